"""A word is what a reader takes for one, and its place in the text is right to the code point."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.words import FOLDER, function_words, spans, words


def told(text: str, language: str = "en") -> list[str]:
    """Return the words of a text, those of grammar in brackets."""
    return [text[it.start : it.end] if it.content else f"({text[it.start : it.end]})" for it in words(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("major state-owned corporations", ["major", "state-owned", "corporations"]),
        ("Russia’s ministries", ["Russia", "(’s)", "ministries"]),
        ("Russia's ministries", ["Russia", "('s)", "ministries"]),
        ("the Malians’ wish", ["(the)", "Malians", "wish"]),
        ("it’s what we’ve said", ["(it)", "(’s)", "(what)", "(we)", "(’ve)", "said"]),
        ("O’Brien didn’t go", ["O’Brien", "didn’t", "go"]),
        ("in Washington, D.C. Deputy", ["(in)", "Washington", "D.C.", "Deputy"]),
        ("continued U.S.-Niger economic", ["continued", "U.S.-Niger", "economic"]),
        ("Michele J. Sison", ["Michele", "J", "Sison"]),
        ("March 15-22, 2025.", ["March", "15-22", "2025"]),
        ("3.5 of 1,000, 2.", ["3.5", "(of)", "1,000", "2"]),
        ("Sahel States (AES).", ["Sahel", "States", "AES"]),
        ("deals—positioning “colonial” models", ["deals", "positioning", "colonial", "models"]),
        ("follow @State_IO", ["follow", "State_IO"]),
        ("The WHO, who told us in May", ["(The)", "WHO", "(who)", "told", "(us)", "(in)", "May"]),
        ("The US and Mali", ["(The)", "US", "(and)", "Mali"]),
        ("Diarra\u0301, Alou Boi\u0308", ["Diarra\u0301", "Alou", "Boi\u0308"]),
        ("", []),
        ("— … ’ -", []),
    ],
)  # fmt: skip
def test_a_text_falls_into_these_words(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_each_language_has_its_own_grammar() -> None:
    french = ["(l’)", "Azawad", "(d’)", "aujourd’hui", "(qu’)", "(il)", "(n’)", "(a)", "États-Unis"]
    assert told("l’Azawad d’aujourd’hui qu’il n’a États-Unis", "fr") == french
    assert told("из-за России, которая", "ru") == ["(из-за)", "России", "(которая)"]
    assert told("the visit", "en-gb") == ["(the)", "visit"]
    assert told("the visit", "de") == ["the", "visit"]


def test_a_list_of_function_words_has_one_a_line_in_lower_case_and_in_order() -> None:
    assert sorted(file.stem for file in FOLDER.iterdir()) == ["en", "fr", "ru"]
    for file in FOLDER.iterdir():
        lines = file.read_text("utf-8").splitlines()
        assert lines == sorted(set(lines))
        assert function_words(file.stem) == {line for line in lines if line == line.casefold() and line == line.strip()}


@given(text=st.text() | st.text("aA’'-. 0,é\u0301U", max_size=30), language=st.sampled_from(("en", "fr", "ru", "de")))
def test_words_stand_in_their_order_and_leave_out_no_letter_and_no_digit(text: str, language: str) -> None:
    cut = list(words(text, language))
    places = [at for it in cut for at in range(it.start, it.end)]
    assert places == sorted(set(places))
    assert all(it.start < it.end for it in cut)
    assert {at for at, character in enumerate(text) if character.isalnum()} <= set(places)
    assert not any(text[at].isspace() for at in places)
    assert set(places) == {at for start, end in spans(text) for at in range(start, end)}
