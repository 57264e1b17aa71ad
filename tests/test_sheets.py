"""What is written wrongly is refused, with its file, its line and what was expected; and nothing is published."""

import shutil
from pathlib import Path

import pytest

from mappings.kinds import KINDS
from publisher.build import build
from publisher.errors import SheetError
from publisher.seeds import Seeds
from publisher.settings import Settings
from publisher.vocabularies import Vocabularies
from tests.conftest import ROOT
from tests.edits import SHEET, TEXT, add, apply, drop, line, project, swap
from tests.faults import FAULTS
from tests.faults.fault import STATES, TEAM
from tests.source import Source


def refused(folder: Path, source: Source) -> SheetError:
    with pytest.raises(SheetError) as caught:
        Seeds.read(folder / "seeds", source.vocabularies)
    return caught.value


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_refused_at_its_line_with_what_was_expected(name: str, tmp_path: Path, source: Source) -> None:
    fault = FAULTS[name]
    seeds = project(tmp_path) / "seeds"
    apply(seeds / fault.file, fault.change)
    (problem,) = refused(tmp_path, source).problems
    told = seeds / fault.told
    assert (problem.file, problem.line) == (told, line(told, fault.at) if fault.at else 0), problem
    for words in fault.words:
        assert words in problem.message


@pytest.mark.usefixtures("unchecked")  # what can be read is checked all the same, which takes seconds each time
@pytest.mark.parametrize("name", {fault.file: name for name, fault in FAULTS.items()}.values())
def test_a_build_with_a_fault_leaves_the_current_release_as_it_was(
    name: str, tmp_path: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Vocabularies, "read", lambda _: source.vocabularies)  # no fault is in the ontology
    fault = FAULTS[name]
    apply(project(tmp_path) / "seeds" / fault.file, fault.change)
    releases = tmp_path / "releases"
    (releases / "before").mkdir(parents=True)
    (releases / "current").symlink_to("before")
    with pytest.raises(SheetError):
        build(Settings(tmp_path, releases), None, lambda _: None)
    assert sorted(path.name for path in releases.iterdir()) == ["before", "current"]
    assert (releases / "current").readlink() == Path("before")


def test_the_table_has_no_two_faults_of_one_edit(tmp_path: Path) -> None:
    edited = [(fault.file, fault.change((ROOT / "seeds" / fault.file).read_bytes())) for fault in FAULTS.values()]
    assert len(set(edited)) == len(edited)
    assert all(became != (ROOT / "seeds" / file).read_bytes() for file, became in edited)


def test_the_seeds_as_they_are_are_read_without_a_word(source: Source) -> None:
    seeds = Seeds.read(ROOT / "seeds", source.vocabularies)
    assert [sheet.document.key for sheet in seeds.sheets] == [
        file.stem for file in sorted((ROOT / "seeds").glob("*.yaml"))
    ]
    for sheet in seeds.sheets:
        for fact in sheet.facts:
            assert fact.kind in KINDS
            assert all(sheet.text.characters[quote.start : quote.end] == quote.exact for quote in fact.quotes)


def test_what_yaml_would_resolve_stays_the_text_that_was_written(tmp_path: Path, source: Source) -> None:
    seeds = project(tmp_path) / "seeds"
    apply(seeds / STATES, swap(("label: {en: Mali, fr: Mali", "label: {en: NO, fr: yes")))
    apply(
        seeds / SHEET,
        swap(
            ("{en: Deals between Russia and Mali}", '{en: "007"}'),
            ("{en: Supplies of oil to Mali}", "{en: 1_000.0}"),
            ("{en: Supplies of fertilizers to Mali}", "{en: 0x1F}"),
            ("\n  title: ", "\n  title: ~ # "),
        ),
    )
    read = Seeds.read(seeds, source.vocabularies)
    assert read.authority["state/mali"].labels[:2] == (("en", "NO"), ("fr", "yes"))
    things = ("initiative/ml-oil-supply", "initiative/ml-fertilizer-supply", "initiative/ru-ml-deals")
    labels = [read.sheets[0].things[key].labels for key in things]
    assert labels == [(("en", written),) for written in ("1_000.0", "0x1F", "007")]
    assert read.sheets[0].document.title == "~"


def test_two_quotes_may_begin_at_one_place(tmp_path: Path, source: Source) -> None:
    seeds = project(tmp_path) / "seeds"
    apply(seeds / SHEET, swap((TEAM, "quotes: [60-member, 60-member team]")))
    (fact,) = [fact for fact in Seeds.read(seeds, source.vocabularies).sheets[0].facts if "s2-size" in fact.key]
    assert [quote.exact for quote in fact.quotes] == ["60-member", "60-member team"]


def test_faults_of_several_facts_are_all_told_at_once(tmp_path: Path, source: Source) -> None:
    sheet = project(tmp_path) / "seeds" / SHEET
    apply(
        sheet,
        swap(
            ("size: 60", "size: sixty"), ("means: special-flight", "means: train"), ("wording: high-level", "words: x")
        ),
    )
    told = [(problem.line, problem.message) for problem in refused(tmp_path, source).problems]
    assert [number for number, _ in told] == [line(sheet, at) for at in ("words: x", "size: sixty", "means: train")]
    assert [word in message for (_, message), word in zip(told, ("words", "sixty", "train"), strict=True)] == [True] * 3


def test_faults_of_several_things_and_of_several_sheets_are_all_told_at_once(tmp_path: Path, source: Source) -> None:
    seeds = project(tmp_path) / "seeds"
    shutil.copy(seeds / SHEET, seeds / "second.yaml")
    apply(
        seeds / SHEET,
        swap(
            ("group/officials: {type: Group", "group/officials: {type: A"),
            ("matter/economic-models: {type: Matter", "matter/economic-models: {type: B"),
        ),
    )
    told = refused(tmp_path, source).problems
    assert [problem.file.name for problem in told] == [SHEET, SHEET, "second.yaml"]


def test_a_thing_that_two_sheets_introduce_is_refused_at_the_second(tmp_path: Path, source: Source) -> None:
    seeds = project(tmp_path) / "seeds"
    second = seeds / "second.yaml"
    shutil.copy(seeds / SHEET, second)
    apply(second, swap(("  key: mali-2025-07-28", "  key: second")))
    told = {problem.line: problem for problem in refused(tmp_path, source).problems}
    problem = told[line(second, "  initiative/ru-ml-deals: {type")]
    assert problem.file == second
    assert f"introduced in {SHEET}, line {problem.line} already; move it to seeds/authority/" in problem.message
    assert not [one for one in told.values() if "group/" in one.message or "matter/" in one.message]


def test_a_folder_without_sheets_is_refused(tmp_path: Path, source: Source) -> None:
    for file in (project(tmp_path) / "seeds").glob("*.*"):
        file.unlink()
    (problem,) = refused(tmp_path, source).problems
    assert (problem.file, problem.line) == (tmp_path / "seeds", 0)
    assert "no fact sheet" in problem.message


def test_a_message_is_written_as_compilers_do(tmp_path: Path, source: Source) -> None:
    sheet = project(tmp_path) / "seeds" / SHEET
    apply(sheet, drop("  s17:"))
    assert str(refused(tmp_path, source)).startswith(f"{sheet}:{line(sheet, '  s16: {begins')}: s16 reaches over")


def test_a_document_may_be_in_another_file_of_any_line_but_the_last(tmp_path: Path, source: Source) -> None:
    """A text that ends with a line break is read as one that does not."""
    seeds = project(tmp_path) / "seeds"
    apply(seeds / TEXT, add("\n"))
    (problem,) = refused(tmp_path, source).problems
    actual = problem.message.partition("its sha256 is ")[2][:64]
    written = (seeds / SHEET).read_text("utf-8")
    given = written.partition("sha256: ")[2][:64]
    apply(seeds / SHEET, swap((given, actual)))
    sheet, *_ = Seeds.read(seeds, source.vocabularies).sheets
    assert sheet.sentences[-1].end == len(sheet.text.characters) - 1
