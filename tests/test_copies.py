"""Many documents cost no more than many times one: three copies of the seeds give three times their facts."""

from pathlib import Path

import pytest
from rdflib.namespace import RDF

from mappings.names import CMQ
from publisher.build import build
from tests.copies import project
from tests.source import Source


@pytest.fixture(scope="module")
def copied(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Source:
    return Source.read(project(source.seeds, 3, tmp_path_factory.mktemp("copies")).project)


def test_three_copies_state_three_times_as_much(source: Source, copied: Source) -> None:
    def facts(one: Source, graph: str) -> int:
        return len(set(one.graphs[graph].subjects(RDF.type, CMQ.Fact)))

    assert len(copied.seeds.sheets) == 3 * len(source.seeds.sheets)
    assert {sheet.document.key for sheet in source.seeds.sheets} < {sheet.document.key for sheet in copied.seeds.sheets}
    for sheet in source.seeds.sheets:
        for suffix in ("", "-copy-2", "-copy-3"):
            key = sheet.document.key + suffix
            assert facts(copied, key) == facts(source, sheet.document.key)
            assert len(copied.graphs[key]) == len(source.graphs[sheet.document.key])


def test_what_is_concluded_of_a_copy_is_what_is_concluded_of_its_document(source: Source, copied: Source) -> None:
    """Of each document's own things: what is concluded of the shared ones is concluded once."""
    for sheet in source.seeds.sheets:
        for suffix in ("-copy-2", "-copy-3"):
            for thing in sheet.things:
                kind, _, slug = thing.partition("/")
                key = sheet.document.key
                other = f"{kind}/{slug.replace(key, key + suffix)}" if "." in slug else f"{kind}/{slug}{suffix}"
                of_it = set(source.graphs["inferred"].predicates(source.names.iri(thing)))
                assert set(copied.graphs["inferred"].predicates(copied.names.iri(other))) == of_it, other


@pytest.mark.slow
def test_three_copies_are_built_and_break_no_shape(source: Source, tmp_path: Path) -> None:
    settings = project(source.seeds, 3, tmp_path / "copies")
    release = build(settings, None, lambda _: None)
    stated = {key: one["facts"] for key, one in release.manifest["documents"].items()}
    assert sum(stated.values()) == 3 * sum(len(sheet.facts) for sheet in source.seeds.sheets)
