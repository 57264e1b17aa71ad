"""A build succeeds, or changes nothing."""

import re
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import RDF

from mappings.names import CMQ, OA
from publisher import serialise
from publisher.build import build
from publisher.errors import CommuniqueError, NoRelease, ShapeViolation, SheetError
from publisher.release import Release, current
from publisher.settings import Settings
from tests import small
from tests.conftest import parts
from tests.edits import add, apply, line, swap


def silent(_: str) -> None:
    pass


def unchanged(settings: Settings) -> None:
    """A release is there, and nothing else."""
    assert sorted(path.name for path in settings.releases.iterdir()) == ["before", "current"]
    assert (settings.releases / "current").readlink() == Path("before")


@pytest.fixture
def served(little: Settings) -> Settings:
    (little.releases / "before").mkdir(parents=True)
    (little.releases / "current").symlink_to("before")
    return little


@pytest.mark.slow
def test_data_that_breaks_a_shape_is_not_published(served: Settings) -> None:
    sheet = served.project / "seeds" / f"{small.KEY}.yaml"
    apply(sheet, swap(("visitor: delegation/d, host: state/mali}", "visitor: delegation/d, during: event/other}")))
    apply(sheet, swap(("  event/visit: {label", "  event/other: {label: {en: Another}}\n  event/visit: {label")))
    with pytest.raises(ShapeViolation) as caught:
        build(served, None, silent)
    told = str(caught.value)
    assert told.startswith(f"{sheet}:{line(sheet, '  event/other:')}\n")
    assert "violation: event/other is introduced, and no entry says what it is" in told
    assert "event/other is mentioned, and neither declared nor reported" in told
    unchanged(served)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("publication.toml", "is not TOML"),
        ("ontology/own.ttl", "is not Turtle"),
        ("shapes/own.ttl", "is not Turtle"),
    ],
)
def test_a_project_that_cannot_be_read_is_not_published(file: str, words: str, served: Settings) -> None:
    broken = served.project / file
    broken.parent.mkdir(exist_ok=True)
    apply(broken, add("\n<<<\n"))
    with pytest.raises(SheetError) as caught:
        build(served, None, silent)
    (problem,) = caught.value.problems
    assert problem.file == broken
    assert words in problem.message
    unchanged(served)


@pytest.mark.parametrize(
    "base",
    ["data.example/", "https://data.example", "ftp://a.example/", "https://a b/", "http://a:b/", "http://a/b", ""],
)
def test_a_base_that_is_none_is_not_published(base: str, served: Settings) -> None:
    with pytest.raises(CommuniqueError, match=r"base: .*expected http"):
        build(served, base, silent)
    unchanged(served)


@pytest.mark.usefixtures("unchecked")
def test_a_build_that_breaks_off_leaves_nothing_behind(served: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(serialise, "trig_blocks", full)
    with pytest.raises(CommuniqueError, match=r"Nothing was published.*No space left"):
        build(served, None, silent)
    unchanged(served)


@pytest.mark.slow
@pytest.mark.usefixtures("unchecked")
def test_current_is_swapped_and_the_release_before_stays(served: Settings) -> None:
    release = build(served, None, silent)
    assert current(served.releases) == served.releases / release.id
    assert sorted(path.name for path in served.releases.iterdir()) == sorted(
        ["before", "current", "previous", release.id]
    )


# --- Damage


@pytest.mark.usefixtures("unchecked")
@pytest.mark.slow
def test_a_release_whose_manifest_was_changed_is_refused_and_building_again_mends_it(little: Settings) -> None:
    release = build(little, None, silent)
    before = parts(release)
    apply(release.folder / "manifest.json", swap(('"title": "Communiqué"', '"title": "Other"')))
    with pytest.raises(NoRelease, match=r"was changed.*Build again"):
        Release.open(current(little.releases))
    assert parts(build(little, None, silent)) == before
    (release.folder / "dumps" / "communique.ttl").write_bytes(b"")
    assert parts(build(little, None, silent)) == before
    assert sorted(path.name for path in little.releases.iterdir()) == sorted(["current", release.id])


def test_where_there_is_no_release_this_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoRelease, match="communique build"):
        current(tmp_path)
    with pytest.raises(NoRelease, match="communique build"):
        Release.open(tmp_path)
    (tmp_path / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(NoRelease):
        Release.open(tmp_path)


def test_each_of_these_errors_is_one_that_a_person_can_mend() -> None:
    assert all(issubclass(error, CommuniqueError) for error in (SheetError, ShapeViolation, NoRelease))


# --- Rights


@pytest.mark.slow
@pytest.mark.usefixtures("unchecked")
def test_of_a_document_whose_rights_are_quotes_only_the_quotes_are_published(little: Settings) -> None:
    apply(little.project / "seeds" / f"{small.KEY}.yaml", swap(("rights: full", "rights: quotes")))
    release = build(little, None, silent)
    published = (release.folder / "documents" / "small.txt").read_text("utf-8")
    assert len(published) == len(small.TEXT)
    data = Graph(bind_namespaces="none").parse(release.folder / "dumps" / "communique.ttl")
    quotes = set(re.findall(r"quotes: \[(?:\{\{sentence: s4, quote: )?([^]}]+)", small.SHEET))
    assert len(quotes) > 5
    for words in quotes:
        assert published[(at := small.TEXT.index(words)) : at + len(words)] == words
    assert [(at, one) for at, one in enumerate(published) if one not in ("…", " ", small.TEXT[at])] == []
    for words in ("A visit to Bamako", "said that", "."):
        assert words not in published
    assert {str(words) for words in data.objects(None, OA.exact)} == quotes
    assert not list(data.subject_objects(OA.prefix)) + list(data.subject_objects(OA.suffix))
    assert not list((release.folder / "store").glob("LOG*"))
    assert len(set(data.subjects(RDF.type, CMQ.Sentence))) == 7
