"""Nothing in the folder of seeds is passed over in silence, and only what is a file is read."""

import os
from pathlib import Path

import pytest

from publisher.errors import Problem, SheetError
from publisher.seeds import Seeds
from tests.edits import SHEET, TEXT, add, apply, project
from tests.source import Source


def refused(seeds: Path, source: Source) -> Problem:
    with pytest.raises(SheetError) as caught:
        Seeds.read(seeds, source.vocabularies)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("name", ["second.yml", "second.YAML", "authority/more.yml"])
def test_a_sheet_by_another_name_is_refused(name: str, tmp_path: Path, source: Source) -> None:
    seeds = project(tmp_path) / "seeds"
    apply(seeds / name, add("# to be written\n"))
    problem = refused(seeds, source)
    assert (problem.file, problem.line) == (seeds / name, 0)
    assert "a name that ends in .yaml was expected" in problem.message


def test_a_text_that_no_sheet_names_is_refused_with_what_to_do(tmp_path: Path, source: Source) -> None:
    seeds = project(tmp_path) / "seeds"
    apply(seeds / "second.txt", add("A visit."))
    problem = refused(seeds, source)
    assert problem.file == seeds / "second.txt"
    assert f"communique new {seeds / 'second.txt'}" in problem.message


def test_what_is_neither_sheet_nor_text_may_stand_there(tmp_path: Path, source: Source) -> None:
    seeds = project(tmp_path) / "seeds"
    for name in ("README.md", "fact-sheet.schema.json", "authority/notes.txt"):
        apply(seeds / name, add("{}"))
    assert Seeds.read(seeds, source.vocabularies) == Seeds.read(seeds, source.vocabularies)


@pytest.mark.parametrize("name", [SHEET, TEXT, "authority/states.yaml"])
def test_a_pipe_is_refused_and_not_waited_for(name: str, tmp_path: Path, source: Source) -> None:
    seeds = project(tmp_path) / "seeds"
    (seeds / name).unlink()
    os.mkfifo(seeds / name)
    problem = refused(seeds, source)
    assert problem.file == seeds / name
    assert "only files are read" in problem.message


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused_and_not_read(device: str, tmp_path: Path, source: Source) -> None:
    seeds = project(tmp_path) / "seeds"
    (seeds / SHEET).unlink()
    (seeds / SHEET).symlink_to(device)
    assert "only files are read" in refused(seeds, source).message


def test_a_folder_that_is_called_like_a_sheet_is_refused(tmp_path: Path, source: Source) -> None:
    seeds = project(tmp_path) / "seeds"
    (seeds / "second.yaml").mkdir()
    assert "a folder" in refused(seeds, source).message


def test_a_link_to_a_file_is_read(tmp_path: Path, source: Source) -> None:
    seeds = project(tmp_path) / "seeds"
    (seeds / TEXT).rename(tmp_path / TEXT)
    (seeds / TEXT).symlink_to(tmp_path / TEXT)
    assert Seeds.read(seeds, source.vocabularies).sheets[0].text.file == seeds / TEXT
