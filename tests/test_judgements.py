"""What a reader may well have meant is not refused: the other side of the faults of judgement."""

from pathlib import Path

import pytest

from publisher.seeds import Seeds
from publisher.sheets import Fact, Sheet
from tests import small
from tests.source import Source


def read(folder: Path, source: Source, old: str, new: str) -> Sheet:
    """Read the small document after one edit of its sheet."""
    assert small.SHEET.count(old) == 1
    seeds = small.write(folder / "seeds", small.SHEET.replace(old, new))
    (sheet,) = Seeds.read(seeds, source.vocabularies).sheets
    return sheet


def fact(sheet: Sheet, key: str) -> Fact:
    return next(one for one in sheet.facts if one.key == f"small.{key}")


def test_what_is_denied_gives_no_lifecycle_and_may_have_any_modality(tmp_path: Path, source: Source) -> None:
    denied = "    modality: occurred\n    polarity: negative"
    sheet = read(tmp_path, source, denied, denied.replace("occurred", "planned"))
    assert fact(sheet, "unsigned").modality == "modality#planned"


def test_talks_on_a_topic_that_is_no_initiative_may_be_planned(tmp_path: Path, source: Source) -> None:
    old = "topics: initiative/commission}}\n    quotes: [A joint commission was discussed]\n    modality: occurred"
    new = "topics: oil}}\n    quotes: [A joint commission was discussed]\n    modality: planned"
    assert fact(read(tmp_path, source, old, new), "discussed").modality == "modality#planned"


def test_a_list_of_one_may_be_open(tmp_path: Path, source: Source) -> None:
    topics = "topics: initiative/commission}}\n"
    sheet = read(tmp_path, source, topics, f"{topics}    list: open\n")
    assert fact(sheet, "discussed").list == "list#open"


@pytest.mark.parametrize("words", ["the visit signals", "The visit signals", "new era", "ignals a"])
def test_words_stand_in_a_quote_whatever_the_case_of_their_first_letter(
    words: str, tmp_path: Path, source: Source
) -> None:
    sheet = read(tmp_path, source, "wording: a new era", f"wording: {words}")
    assert vars(fact(sheet, "era").entry)["wording"] == words


def test_a_long_quote_may_say_why_it_is_long(tmp_path: Path, source: Source) -> None:
    text = "The visit " + "signals and " * 14 + "a new era"
    changed = small.TEXT.replace("The visit signals a new era", text)
    written = small.SHEET.replace("[The visit signals a new era]", f"[{text}]\n    long_quote: As it is")
    seeds = small.write(tmp_path / "seeds", written, changed)
    (sheet,) = Seeds.read(seeds, source.vocabularies).sheets
    assert fact(sheet, "era").long_quote == "As it is"
    assert fact(sheet, "era").quotes[0].long
    assert not any(quote.long for one in sheet.facts if one.key != "small.era" for quote in one.quotes)


def test_what_is_set_aside_is_kept_with_its_reason_and_its_place(tmp_path: Path, source: Source) -> None:
    old = "s3: {{begins: No agreement, read: yes}}"
    new = "s3: {{begins: No agreement, read: yes, aside: [{{words: on oil, why: an example}}]}}"
    sheet = read(tmp_path, source, old, new)
    (aside,) = sheet.sentences[3].aside
    assert (aside.words, aside.why) == ("on oil", "an example")
    assert small.TEXT[aside.start : aside.end] == "on oil"
    assert sheet.sentences[3].start < aside.start < sheet.sentences[3].end


def test_two_stances_toward_one_thing_that_differ_in_their_words_are_two(tmp_path: Path, source: Source) -> None:
    more = (
        "  fear2:\n    stance: {{holder: group/officials, kind: characterisation, toward: initiative/railway, "
        "wording: fear}}\n    quotes: [Officials fear]\n    modality: state\n"
    )
    sheet = read(tmp_path, source, "  fear:\n", f"{more}  fear:\n")
    assert {fact(sheet, "fear").kind, fact(sheet, "fear2").kind} == {"stance"}
