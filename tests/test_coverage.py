"""Every content word of a document is covered by a quote, set aside, or shown as uncovered: one of them, never two."""

import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from mappings import KINDS
from publisher.cli import main
from publisher.coverage import Coverage, complete, counts, coverage, share
from publisher.documents import Document
from publisher.seeds import Seeds
from publisher.sheets import Fact, Sheet
from publisher.texts import Aside, Quote, Sentence, Text
from publisher.words import words
from tests import small
from tests.conftest import ROOT
from tests.edits import project
from tests.source import Source

DOCUMENT = Document("doc", 1, "A visit", "en", "rights#full", "agent/doc.author", False, None, None, None, None)


def sheet(texts: list[str], quotes: list[tuple[int, int, int]], asides: list[tuple[int, int, int]], why: str) -> Sheet:
    """Return a sheet of these sentences; a quote or aside is a sentence's number and two places in it."""
    whole = "\n".join(texts)
    starts = [sum(len(one) + 1 for one in texts[:number]) for number in range(len(texts))]

    def span(number: int, one: int, other: int) -> tuple[int, int]:
        size = len(texts[number])
        return (starts[number] + min(one, other) % (size + 1), starts[number] + max(one, other) % (size + 1))

    places = [(number % len(texts), *span(number % len(texts), *ends)) for number, *ends in asides]
    tiles = tuple(
        Sentence(
            f"s{number}", 1, starts[number], starts[number] + len(text), True,
            tuple(Aside(whole[start:end], "an example", start, end) for of, start, end in places if of == number),
        )
        for number, text in enumerate(texts)
    )  # fmt: skip
    facts = []
    for number, (of, *ends) in enumerate(quotes):
        start, end = span(of % len(texts), *ends)
        quote = Quote(whole[start:end], start, end, tiles[of % len(texts)])
        facts.append(
            Fact(
                f"doc.f{number}", 1, "talks", KINDS["talks"], None, (quote,), "", "", "", (), None, (),  # type: ignore[arg-type]
                long_quote=why or None,
            )
        )  # fmt: skip
    return Sheet(Path("doc.yaml"), DOCUMENT, Text(Path("doc.txt"), whole, ""), tiles, {}, tuple(facts))


PLACES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 200), st.integers(0, 200)), max_size=4)
WORDS = ("the", "Mali", "Russia’s", "D.C.", "U.S.-Niger", "—", "😀", "of", "15-22,", "e\u0301te\u0301", "a")
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join), min_size=1, max_size=3)


@given(texts=TEXTS, quotes=PLACES, asides=PLACES, why=st.sampled_from(("", "It is one list.")))
def test_each_content_word_has_one_status_and_its_own_place(
    texts: list[str], quotes: list[tuple[int, int, int]], asides: list[tuple[int, int, int]], why: str
) -> None:
    given = sheet(texts, quotes, asides, why)
    found, whole = coverage(given), given.text.characters
    assert [(word.start, word.end) for word in found.words] == [(it.start, it.end) for it in words(whole, "en")]
    for sentence in found.sentences:
        for word in sentence.words:
            assert whole[word.start : word.end] == word.text
            assert sentence.sentence.start <= word.start < word.end <= sentence.sentence.end

    def within(spans: list[tuple[int, int]], start: int, end: int) -> bool:
        return any(set(range(start, end)) <= set(range(*span)) for span in spans)

    few = [quote for fact in given.facts for quote in fact.quotes if why or len(list(words(quote.exact, "xx"))) <= 15]
    covering = [(quote.start, quote.end) for quote in few]
    aside = [(one.start, one.end) for sentence in given.sentences for one in sentence.aside]
    for it, word in zip(words(whole, "en"), found.words, strict=True):
        expected = (
            "function" if not it.content
            else "covered" if within(covering, it.start, it.end)
            else "aside" if within(aside, it.start, it.end)
            else "uncovered"
        )  # fmt: skip
        assert word.status == expected
    of = counts(found)
    assert sum(of.values()) == sum(it.content for it in words(whole, "en"))
    assert sum(of.values()) == sum(sum(counts(one).values()) for one in found.sentences)
    assert complete(found) == (of["uncovered"] == 0) == (share(found) == 1)
    assert 0 <= share(found) <= 1


def test_a_quote_of_sixteen_words_covers_nothing_until_its_entry_says_why() -> None:
    text = " ".join(["Mali"] * 16)
    for size, why, covered in ((79, "", 0), (79, "It is one list.", 16), (74, "", 15)):
        found = coverage(sheet([text], [(0, 0, size)], [], why))
        assert counts(found)["covered"] == covered
        assert found.sentences[0].long == (() if covered else ("f0",))
        assert found.sentences[0].facts == ("f0",)


def test_a_quote_covers_no_word_that_it_cuts() -> None:
    found = coverage(sheet(["Russia’s state-owned firms"], [(0, 0, 6), (0, 9, 14)], [], ""))
    assert {word.text: word.status for word in found.words} == {
        "Russia": "covered", "’s": "function", "state-owned": "uncovered", "firms": "uncovered",
    }  # fmt: skip


def small_coverage(folder: Path, source: Source) -> Coverage:
    (sheet,) = Seeds.read(small.write(folder / "seeds"), source.vocabularies).sheets
    return coverage(sheet)


def test_the_small_document_is_covered_but_for_these_words(tmp_path: Path, source: Source) -> None:
    found = small_coverage(tmp_path, source)
    assert [word.text for word in found.words if word.status == "uncovered"] == ["visit", "Bamako", "said"]
    assert found.sentences[3].facts == ("unsigned",)
    assert [word.status for word in found.sentences[3].words] == [
        "covered",
        "covered",
        "function",
        "covered",
        "function",
        "covered",
    ]


def run(folder: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, ["coverage", *words], env={"COMMUNIQUE_PROJECT": str(folder), "NO_COLOR": ""})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with the small document, of which one sentence is not read and some words are set aside."""
    project(tmp_path)
    shutil.rmtree(tmp_path / "seeds")
    sheet = small.SHEET.replace(
        "Officials said, read: yes", "Officials said, read: yes, aside: [{{words: said, why: a verb}}]"
    )
    small.write(tmp_path / "seeds", sheet.replace("Officials fear, read: yes", "Officials fear, read: no"))
    return tmp_path


def test_the_command_shows_each_sentence_with_what_is_uncovered_in_brackets(folder: Path) -> None:
    result = run(folder)
    assert result.exit_code == 1
    assert "small: 22 of 24 content words covered (91 %), 1 set aside; 6 of 7 sentences read" in result.output
    assert (
        "s0  0 of 2 content words covered (0 %)\n    A [visit] to [Bamako]\n    uncovered: visit, Bamako"
        in result.output
    )
    assert (
        "s3  4 of 4 content words covered (100 %)\n    No agreement on oil was signed.\n    entries: unsigned"
        in result.output
    )
    assert "set aside: “said” (a verb)" in result.output
    assert "s6  not read\n    Officials fear the railway." in result.output
    assert "\x1b" not in result.output


def test_the_command_exits_with_0_where_all_is_covered(folder: Path) -> None:
    file = folder / "seeds" / "small.yaml"
    written = file.read_text("utf-8")
    aside = "read: yes, aside: [{words: A visit to Bamako, why: the title}]}"
    file.write_text(written.replace("{begins: A visit, read: yes}", "{begins: A visit, " + aside), "utf-8")
    assert run(folder, "small").exit_code == 0
    assert run(folder, str(file)).exit_code == 0


def test_what_cannot_be_read_is_told_and_exits_with_2(folder: Path) -> None:
    result = run(folder, "smal")
    assert result.exit_code == 2
    assert "smal: is neither a document nor a sheet (did you mean small?)" in result.output
    file = folder / "seeds" / "small.yaml"
    file.write_text(file.read_text("utf-8").replace("size: 60", "size: sixty"), "utf-8")
    result = run(folder)
    assert result.exit_code == 2
    assert "'sixty' is no whole number" in result.output


def test_the_same_as_data(folder: Path) -> None:
    result = run(folder, "small", "--json")
    assert result.exit_code == 1
    (told,) = json.loads(result.output)["documents"]
    assert (told["covered"], told["aside"], told["uncovered"], told["share"]) == (22, 1, 2, 0.9167)
    text = (folder / "seeds" / "small.txt").read_text("utf-8")
    for sentence in told["sentences"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
        for word in sentence["words"]:
            assert text[word["start"] : word["end"]] == word["text"]
    assert told["sentences"][4]["set_aside"] == [{"words": "said", "why": "a verb"}]
    assert told["sentences"][6]["read"] is False
    assert told["sentences"][3]["facts"] == ["unsigned"]


@pytest.mark.parametrize(("environ", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_uncovered_words_are_coloured_on_a_terminal_unless_no_colour_is_wanted(
    environ: dict[str, str], coloured: bool, folder: Path
) -> None:
    outside, inside = pty.openpty()
    command = [sys.executable, "-c", "from publisher.cli import main; main()", "coverage"]
    left = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environ = {**left, "COMMUNIQUE_PROJECT": str(folder), **environ}
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=inside)
    os.close(inside)
    said = b""
    try:
        while block := os.read(outside, 4096):
            said += block
    except OSError:
        pass  # how Linux says that the other end was closed
    os.close(outside)
    assert process.wait(timeout=30) == 1
    assert (b"\x1b[31m\x1b[4mBamako\x1b[0m" in said) == coloured
    assert (b"[Bamako]" in said) != coloured


def test_every_sentence_of_the_seeds_is_read_and_each_of_its_content_words_is_quoted_or_set_aside(
    source: Source,
) -> None:
    for sheet in source.seeds.sheets:
        found = coverage(sheet)
        assert [one.sentence.key for one in found.sentences if not one.sentence.read] == []
        assert [(word.start, word.text) for word in found.words if word.status == "uncovered"] == []
        assert [one.long for one in found.sentences if one.long] == [], "a quote too long to cover anything"
