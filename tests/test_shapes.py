"""The shapes find what no fact sheet can produce: each fault by its own shape, at its fact, thing or sentence."""

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SH

from mappings.names import CMQ
from publisher.build import Source
from publisher.checks import Shapes, check, check_document
from publisher.graphs import graphs
from publisher.release import Release
from publisher.seeds import Seeds
from tests import small
from tests.broken import FAULTS, Document, edited
from tests.conftest import ROOT
from tests.edits import line

SHAPES = "https://w3id.org/communique/shapes#"
FILES = ("prefixes", "facts", "quotes", "plain", "things")


@pytest.fixture(scope="module")
def document(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Document:
    seeds = Seeds.read(small.write(tmp_path_factory.mktemp("small") / "seeds"), source.vocabularies.schemes)
    made = graphs(seeds, source.vocabularies, source.names)
    context = Graph(bind_namespaces="none")
    context += made["authority"]
    for s, p, o in made["ontology"].triples((None, RDF.type, None)):
        context.add((s, p, o))
    return Document(seeds, seeds.sheets[0], made["small"], context, source.names)


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes.read(ROOT / "shapes")


def holding(shapes: Shapes, names: set[str]) -> Shapes:
    """Return the sets of shapes in which these are, each whole; running a set takes half a second."""

    def kept(graph: Graph) -> Graph:
        return graph if any((URIRef(SHAPES + name), None, None) in graph for name in names) else Graph()

    return Shapes(kept(shapes.alone), kept(shapes.together))


def without(shapes: Shapes, name: str) -> Shapes:
    def less(graph: Graph) -> Graph:
        left = Graph(bind_namespaces="none")
        left += graph
        left.remove((URIRef(SHAPES + name), None, None))
        left.remove((None, SH.property, URIRef(SHAPES + name)))
        return left

    return Shapes(less(shapes.alone), less(shapes.together))


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_by_its_shape_at_its_place(name: str, document: Document, shapes: Shapes) -> None:
    fault = FAULTS[name]
    findings = document.check(edited(document, fault), holding(shapes, fault.shapes))
    assert {finding.shape for finding in findings} == fault.shapes, "\n".join(map(str, findings))
    assert len(set(findings)) == len(findings), "nothing is told twice"
    for finding in findings:
        assert finding.violates
        assert finding.remedy, "a finding says what to do"
        assert finding.file == document.sheet.file
        assert finding.line == line(document.sheet.file, f"\n{fault.place}") + 1, finding
        assert finding.fact == (fault.fact and f"small.{fault.fact}")
        assert str(finding).startswith(f"{finding.file}:{finding.line}: violation: ")


#: For each shape one fault that it finds.
FINDS = {shape: name for name, fault in reversed(FAULTS.items()) for shape in fault.shapes}


@pytest.mark.parametrize("shape", sorted(FINDS))
def test_without_its_shape_a_fault_is_not_found(shape: str, document: Document, shapes: Shapes) -> None:
    fault = FAULTS[FINDS[shape]]
    findings = document.check(edited(document, fault), without(holding(shapes, {shape}), shape))
    assert shape not in {finding.shape for finding in findings}


def test_every_shape_has_a_fault_that_it_finds() -> None:
    graph = Graph(bind_namespaces="none")
    for name in FILES:
        graph.parse(ROOT / "shapes" / f"{name}.ttl")
    named = {shape for kind in (SH.NodeShape, SH.PropertyShape) for shape in graph.subjects(RDF.type, kind)}
    assert {str(shape).removeprefix(SHAPES) for shape in named} - {"Fact"} == set(FINDS)


def test_the_small_document_as_it_is_gives_no_finding(document: Document, shapes: Shapes) -> None:
    assert document.check(document.graph, shapes) == []


def test_the_seeds_as_they_are_give_no_finding(release: Release) -> None:
    report = Graph(bind_namespaces="none").parse(release.folder / "report.ttl")
    (it,) = report.subjects(RDF.type, SH.ValidationReport)
    assert report.value(it, SH.conforms) == Literal(True)
    assert not list(report.objects(it, SH.result))


def test_a_thing_that_no_fact_says_anything_of_is_found(source: Source, shapes: Shapes, tmp_path: Path) -> None:
    """Its sheet can be read; but an event is what its facts say it is, and here none does."""
    sheet = small.SHEET.replace("  event/proposal:", "  event/other: {{label: {{en: Another}}}}\n  event/proposal:")
    seeds = Seeds.read(small.write(tmp_path / "seeds", sheet), source.vocabularies.schemes)
    (finding,) = check(seeds, graphs(seeds, source.vocabularies, source.names), shapes, source.names)
    assert (finding.shape, finding.fact) == ("Reported", None)
    assert finding.line == line(seeds.sheets[0].file, "  event/other:")


def test_the_shapes_find_nothing_in_the_turtle_dump_either(release: Release) -> None:
    """Whoever loads the dump and runs the shapes over it with a validator of their own gets no false alarm."""
    data: Any = ox.Store()
    data.bulk_load(path=str(release.folder / "dumps" / "communique.ttl"))
    by = Graph(bind_namespaces="none")
    for name in FILES:
        by.parse(ROOT / "shapes" / f"{name}.ttl")
    conforms, _, told = pyshacl.validate(data, shacl_graph=by, inference="none", inplace=True)
    assert conforms, told


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("person/andrei-averyanov", RDF.type, CMQ.State),
        ("delegation/ru-ml-2025-07-28", RDF.type, CMQ.Organization),
        ("org/azawad-liberation-front", RDF.type, CMQ.GovernmentBody),
        ("org/ml-air-force", CMQ.ofState, "state/russia"),
    ],
)
def test_a_leak_about_a_thing_of_the_authority_files_is_found(
    subject: str, predicate: URIRef, value: URIRef | str, source: Source
) -> None:
    sheet = next(sheet for sheet in source.seeds.sheets if sheet.document.key == "mali-2025-07-28")
    names = source.names
    graph = Graph()
    graph += source.graphs[sheet.document.key]
    graph.add((names.iri(subject), predicate, value if isinstance(value, URIRef) else names.iri(value)))
    alone = Shapes(Shapes.read(ROOT / "shapes").alone, Graph())
    found = check_document(sheet, graph, Graph(), alone, names, source.seeds)
    assert "Plain" in {finding.shape for finding in found}
