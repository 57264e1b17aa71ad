"""Whatever stands in a fact sheet, it is read, or refused with a SheetError; and what is read can be published."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from publisher import reports
from publisher.canonical import ntriples
from publisher.errors import SheetError
from publisher.graphs import document_graph
from publisher.seeds import Seeds
from publisher.shapes import Shapes
from tests import desk
from tests.conftest import ROOT
from tests.edits import SHEET, TEXT, project
from tests.slips.slip import PERSONS, SHERMAN
from tests.source import Source

#: The real sheet, with all that a header can hold.
WRITTEN = (
    (ROOT / "seeds" / SHEET)
    .read_bytes()
    .replace(
        b"\n  rights:",
        b"\n  source: https://news.example/\n  published: 2025-07-29\n  author: state/mali\n  rights:",
    )
)
#: What people and machines write where something else belongs.
VALUES = (
    "",
    "~",
    "null",
    "yes",
    "NO",
    "60",
    "-1",
    "1e9",
    "٣",
    "2025-02-30",
    "2025-W31-1",
    "[]",
    "{}",
    "[[]]",
    "{a: b}",
    "- a",
    "state/mali",
    "state/",
    "/mali",
    "group/officials",
    "place/bamako",
    "#",
    "modality#state",
    "a.b",
    "a: b",
    "*a",
    "&a b",
    "!!int 1",
    '"\\x00"',
    '"\\ud800"',
    '"\\uFFFF"',
    '"\\u2028"',
    "'",
    '"',
    "|",
    ">-",
    "%",
    "@",
    "`",
    "? a",
    "---",
    "...",
    "a" * 300,
    "é",
    "e\u0301",
    "https://a.example/%zz",
    "https://[",
    "https://a.example/ b",
    "en-ab-cd",
    "..",
    "/etc",
    "mali-2025-07-28.yaml",
)


INDEX = st.integers(0, 10_000)
EDITS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(("drop", "indent")), INDEX, st.sampled_from(("  ", "    ", "\t", "- "))),
        st.tuples(st.sampled_from(("swap", "copy")), INDEX, INDEX),
        st.tuples(st.just("value"), INDEX, st.sampled_from(VALUES)),
        st.tuples(st.just("letter"), INDEX, st.tuples(INDEX, st.integers(0, 3), st.text(max_size=3))),
        st.tuples(st.just("quote"), INDEX, st.tuples(INDEX, st.sampled_from("'’“—- aA\u00a0\u0301"))),
        st.tuples(st.just("bytes"), INDEX, st.tuples(INDEX, st.integers(0, 2), st.binary(max_size=4))),
    ),
    min_size=1,
    max_size=3,
)


def edited(edits: list[Any], written: bytes = WRITTEN) -> bytes:
    """Return a sheet after edits of its lines, its values, its letters, its quotes and its bytes."""
    lines = written.splitlines(keepends=True)
    for what, index, how in edits:
        at = index % len(lines)
        match what:
            case "drop":
                lines.pop(at)
            case "indent":
                lines[at] = how.encode() + lines[at].lstrip()
            case "swap":
                lines[at], lines[how % len(lines)] = lines[how % len(lines)], lines[at]
            case "copy":
                lines.insert(at, lines[how % len(lines)])
            case "value":
                key, colon, _ = lines[at].partition(b": ")
                lines[at] = key + colon + how.encode() + b"\n"
            case "letter":
                line, (place, cut, more) = lines[at].decode(errors="replace"), how
                place %= len(line) + 1
                lines[at] = (line[:place] + more + line[place + cut :]).encode("utf-8", "surrogatepass")
            case "quote":
                quotes = [number for number, line in enumerate(lines) if b"quotes:" in line] or [at]
                at = quotes[index % len(quotes)]
                line, place = lines[at].decode(errors="replace"), how[0] % len(lines[at])
                lines[at] = (line[:place] + how[1] + line[place + 1 :]).encode()
            case "bytes":
                place = how[0] % (len(lines[at]) + 1)
                lines[at] = lines[at][:place] + how[2] + lines[at][place + how[1] :]
    return b"".join(lines)


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes.read(ROOT)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("fuzz")) / "seeds"


def holds(seeds: Path, source: Source) -> None:
    """Read the seeds; what is read has its quotes in the text, and makes a graph that can be written."""
    try:
        read = Seeds.read(seeds, source.vocabularies)
    except SheetError as error:
        event("refused")
        assert error.problems
        for problem in error.problems:
            assert problem.file.is_relative_to(seeds), problem
            assert 0 <= problem.line <= max(1, len(problem.file.read_bytes().split(b"\n"))), problem
        return
    event("read")
    for sheet in read.sheets:
        text = sheet.text.characters
        assert (seeds / sheet.text.file.name).read_bytes() == text.encode()
        for fact in sheet.facts:
            for quote in fact.quotes:
                assert text[quote.start : quote.end] == quote.exact
                assert quote.sentence.start <= quote.start < quote.end <= quote.sentence.end
        covered = [text[sentence.start : sentence.end] for sentence in sheet.sentences]
        assert "".join("".join(covered).split()) == "".join(text.split())
        assert ntriples(document_graph(sheet, source.vocabularies, source.names))


FUZZ = settings(
    deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.slow
@FUZZ
@given(edits=EDITS)
@example(edits=[("letter", 10_000, (1154, 0, "0")), ("drop", 0, "")])  # what libyaml finds wrong only at the end
def test_an_edited_sheet_is_read_or_refused(edits: list[Any], seeds: Path, source: Source) -> None:
    (seeds / TEXT).write_bytes((ROOT / "seeds" / TEXT).read_bytes())
    (seeds / SHEET).write_bytes(edited(edits))
    holds(seeds, source)


@settings(FUZZ, max_examples=100)
@given(written=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_a_file_of_anything_is_refused(written: bytes, seeds: Path, source: Source) -> None:
    (seeds / TEXT).write_bytes((ROOT / "seeds" / TEXT).read_bytes())
    (seeds / SHEET).write_bytes(written)
    with pytest.raises(SheetError):
        Seeds.read(seeds, source.vocabularies)


@pytest.mark.slow
@settings(FUZZ, max_examples=60)
@given(
    place=st.integers(0, 4000),
    more=st.text(max_size=3) | st.sampled_from(("\n", "\n\n", "\u2028", "\ufeff", " ", "\u00a0", "e\u0301", "😀")),
    cut=st.integers(0, 3),
)
def test_a_changed_text_whose_checksum_was_renewed_is_read_or_refused(
    place: int, more: str, cut: int, seeds: Path, source: Source
) -> None:
    text = (ROOT / "seeds" / TEXT).read_text("utf-8")
    changed = (text[:place] + more + text[place + cut :]).encode("utf-8", "surrogatepass")
    renewed = WRITTEN.replace(sha256(text.encode()).hexdigest().encode(), sha256(changed).hexdigest().encode())
    (seeds / TEXT).write_bytes(changed)
    (seeds / SHEET).write_bytes(renewed)
    holds(seeds, source)


@pytest.mark.slow
@pytest.mark.parametrize("file", [SHERMAN, PERSONS])
@settings(FUZZ, max_examples=1500)
@given(edits=EDITS)
def test_what_the_check_lets_pass_has_its_quotes_in_the_text(
    file: str, edits: list[Any], seeds: Path, source: Source, shapes: Shapes
) -> None:
    """Thousands of edits of a sheet and of an authority file: a report of what is wrong, or nothing that is."""
    for name in (SHERMAN, PERSONS):
        (seeds / f"{name}.yaml").write_bytes((ROOT / "seeds" / f"{name}.yaml").read_bytes())
    changed = edited(edits, (seeds / f"{file}.yaml").read_bytes())
    (seeds / f"{file}.yaml").write_bytes(changed)
    try:
        found, problems = desk.check(seeds.parent, SHERMAN, source, shapes)
    except SheetError as error:  # of the authority files
        found, problems = [], list(error.problems)
    for one in found:
        assert one.place.file.is_relative_to(seeds), one
        assert 0 < one.place.line <= len(one.place.file.read_text("utf-8").split("\n")), one
    assert len(list(reports.text(problems, found))) >= len(problems) + len(found)
    assert json.dumps(reports.data(problems, found))
    assert reports.turtle(found, source.names, seeds.parent)
    passes = not problems and not any(one.violates for one in found)
    event("passes" if passes else "violates" if found else "refused")
    if passes:
        text = (seeds / f"{SHERMAN}.txt").read_text("utf-8")
        sheet = yaml.load((seeds / f"{SHERMAN}.yaml").read_bytes(), yaml.BaseLoader)  # noqa: S506 - all texts
        for fact in sheet["facts"].values():
            quotes = fact["quotes"] if isinstance(fact["quotes"], list) else [fact["quotes"]]
            for quote in quotes:
                assert (quote["quote"] if isinstance(quote, dict) else quote) in text
