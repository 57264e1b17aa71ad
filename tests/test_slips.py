"""A curator's slip of one edit is found by its shape on its line, and what only looks like a slip is not found."""

import importlib
import pkgutil
from collections import Counter
from pathlib import Path

import pytest
from rdflib.namespace import RDF, SH

from publisher.findings import Finding
from publisher.shapes import SHAPES, Shapes
from tests import desk, slips
from tests.broken import FAULTS
from tests.conftest import ROOT
from tests.edits import apply, line, project
from tests.slips.slip import NearMiss, Slip
from tests.source import Source

SUBJECTS = [
    importlib.import_module(f"tests.slips.{module.name}")
    for module in pkgutil.iter_modules(slips.__path__)
    if module.name != "slip"
]
SLIPS: dict[str, Slip] = {name: one for subject in SUBJECTS for name, one in subject.SLIPS.items()}
NEAR_MISSES: dict[str, NearMiss] = {shape: one for subject in SUBJECTS for shape, one in subject.NEAR_MISSES.items()}
KNOWN: dict[tuple[str, str], str] = {key: why for subject in SUBJECTS for key, why in subject.KNOWN.items()}
#: For each shape one slip that it finds.
FINDS = {shape: name for name, one in reversed(SLIPS.items()) for shape in one.found}


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes.read(ROOT)


def check(folder: Path, document: str, source: Source, shapes: Shapes, others: tuple[str, ...] = ()) -> list[Finding]:
    """Return what is found in one document of a project, in the authority files, and between it and other documents."""
    found, problems = desk.check(folder, document, source, shapes, others)
    assert not problems, "the reader refuses it already: " + "\n".join(map(str, problems))
    return found


def told(findings: list[Finding]) -> Counter[tuple[str, str, str]]:
    return Counter((one.shape, one.severity, one.message) for one in findings)


@pytest.fixture(scope="module")
def before(source: Source, shapes: Shapes) -> dict[str, Counter[tuple[str, str, str]]]:
    """What is found in each document as it is: warnings."""
    keys = [sheet.document.key for sheet in source.seeds.sheets]
    return {key: told(check(ROOT, key, source, shapes)) for key in keys}


@pytest.mark.slow
@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_found_by_its_shape_on_its_line(
    name: str,
    tmp_path: Path,
    source: Source,
    shapes: Shapes,
    before: dict[str, Counter[tuple[str, str, str]]],
) -> None:
    one = SLIPS[name]
    folder = project(tmp_path)
    apply(folder / "seeds" / f"{one.file}.yaml", one.change)
    findings = check(folder, one.document, source, shapes, one.others)
    new = told(findings) - before[one.document]
    found = [finding for finding in findings if (finding.shape, finding.severity, finding.message) in new]
    assert {finding.shape for finding in found} == set(one.found), found
    file = folder / "seeds" / f"{one.told}.yaml"
    for finding in found:
        assert finding.place.file == file
        assert finding.place.document == (None if one.told.startswith("authority/") else one.told)
        assert finding.place.line == line(file, one.found[finding.shape]), finding
        assert finding.place.length, "the wrong part is underlined"
        assert finding.remedy, "a finding says what to do"
    for words in one.words:
        assert any(words in finding.message for finding in found), found


@pytest.mark.slow
@pytest.mark.parametrize("shape", NEAR_MISSES)
def test_what_only_looks_like_a_slip_is_not_found(
    shape: str,
    tmp_path: Path,
    source: Source,
    shapes: Shapes,
    before: dict[str, Counter[tuple[str, str, str]]],
) -> None:
    one = NEAR_MISSES[shape]
    folder = project(tmp_path)
    apply(folder / "seeds" / f"{one.file}.yaml", one.change)
    assert not told(check(folder, one.document, source, shapes, one.others)) - before[one.document]


@pytest.mark.slow
@pytest.mark.parametrize("shape", sorted(FINDS))
def test_without_its_shape_a_slip_is_not_found(shape: str, tmp_path: Path, source: Source, shapes: Shapes) -> None:
    one = SLIPS[FINDS[shape]]
    folder = project(tmp_path)
    apply(folder / "seeds" / f"{one.file}.yaml", one.change)
    findings = check(folder, one.document, source, shapes.without(shape), one.others)
    assert shape not in {finding.shape for finding in findings}


def test_the_seeds_give_no_violation_and_the_warnings_that_are_explained(source: Source, shapes: Shapes) -> None:
    found = source.check(shapes)
    assert not [finding for finding in found if finding.violates]
    assert {(finding.shape, finding.place.fact or source.names.short(finding.focus)) for finding in found} == set(KNOWN)


def test_every_shape_has_a_slip_or_a_fault_that_it_finds(shapes: Shapes) -> None:
    whole = shapes.whole
    named = {shape for kind in (SH.NodeShape, SH.PropertyShape) for shape in whole.subjects(RDF.type, kind)}
    found = {*FINDS, *(shape for fault in FAULTS.values() for shape in fault.shapes)}
    assert {str(shape).removeprefix(SHAPES) for shape in named} - {"Fact"} == found
