"""The shapes find what no fact sheet can produce: each fault by its own shape, at its fact, thing or sentence."""

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from mappings.names import CMQ
from publisher.canonical import ntriples
from publisher.checks import Checker
from publisher.findings import Places
from publisher.graphs import graphs
from publisher.release import Release
from publisher.seeds import Seeds
from publisher.shapes import SHAPES, Shapes
from tests import small
from tests.broken import FAULTS
from tests.conftest import ROOT
from tests.document import Document, edited
from tests.edits import entry, line
from tests.source import Source, check
from tests.spared import SPARED


@pytest.fixture(scope="module")
def document(source: Source, tmp_path_factory: pytest.TempPathFactory) -> Document:
    seeds = Seeds.read(small.write(tmp_path_factory.mktemp("small") / "seeds"), source.vocabularies)
    made = graphs(seeds, source.vocabularies, source.names)
    context = Graph(bind_namespaces="none")
    context += made["authority"]
    for s, p, o in made["ontology"].triples((None, RDF.type, None)):
        context.add((s, p, o))
    return Document(seeds, seeds.sheets[0], made["small"], context, source.names)


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes.read(ROOT)


def _scope(graph: Graph, shape: Node) -> Node | None:
    """Return the scope of a shape; a property shape has its node shape's."""
    return graph.value(shape, SHAPES.scope) or graph.value(
        graph.value(predicate=SH.property, object=shape), SHAPES.scope
    )


def holding(shapes: Shapes, names: set[str], without: str = "") -> Shapes:
    """Return the scopes in which these shapes are, each whole but for one; running one takes a quarter of a second."""
    scopes = {_scope(shapes.whole, SHAPES[name]) for name in names}
    left = shapes.without(without) if without else shapes
    graphs = {scope: graph if SHAPES[scope] in scopes else Graph() for scope, graph in left.graphs.items()}
    return Shapes(left.whole, graphs)


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_by_its_shape_at_its_place(name: str, document: Document, shapes: Shapes) -> None:
    fault = FAULTS[name]
    findings = document.check(edited(document, fault.edit(document)), holding(shapes, fault.shapes))
    assert {finding.shape for finding in findings} == fault.shapes, "\n".join(map(str, findings))
    assert len(set(findings)) == len(findings), "nothing is told twice"
    for finding in findings:
        assert finding.violates == (finding.shape not in fault.warnings)
        assert finding.remedy, "a finding says what to do"
        assert finding.place.file == document.sheet.file
        assert finding.place.line in entry(document.sheet.file, f"\n{fault.place}"), finding
        assert finding.place.fact == (fault.fact and f"small.{fault.fact}")


@pytest.mark.parametrize("shape", SPARED)
def test_what_comes_close_is_spared(shape: str, document: Document, shapes: Shapes) -> None:
    changed = edited(document, SPARED[shape](document))
    assert shape not in {finding.shape for finding in document.check(changed, holding(shapes, {shape}))}


#: For each shape one fault that it finds.
FINDS = {shape: name for name, fault in reversed(FAULTS.items()) for shape in fault.shapes}


@pytest.mark.slow
@pytest.mark.parametrize("shape", sorted(FINDS))
def test_without_its_shape_a_fault_is_not_found(shape: str, document: Document, shapes: Shapes) -> None:
    fault = FAULTS[FINDS[shape]]
    findings = document.check(edited(document, fault.edit(document)), holding(shapes, {shape}, without=shape))
    assert shape not in {finding.shape for finding in findings}


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
    seeds = Seeds.read(small.write(tmp_path / "seeds", sheet), source.vocabularies)
    (finding,) = check(seeds, graphs(seeds, source.vocabularies, source.names), shapes, source.names)
    assert (finding.shape, finding.place.fact) == ("Reported", None)
    assert finding.place.line == line(seeds.sheets[0].file, "  event/other:")


def test_the_shapes_find_nothing_in_the_turtle_dump_either(release: Release) -> None:
    """Whoever loads the dump and runs the shapes over it with a validator of their own gets no false alarm."""
    data: Any = ox.Store()
    data.bulk_load(path=str(release.folder / "dumps" / "communique.ttl"))
    by = Shapes.read(ROOT).whole
    conforms, _, told = pyshacl.validate(data, shacl_graph=by, inference="none", inplace=True, allow_warnings=True)
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
    subject: str, predicate: URIRef, value: URIRef | str, source: Source, shapes: Shapes
) -> None:
    sheet = next(sheet for sheet in source.seeds.sheets if sheet.document.key == "mali-2025-07-28")
    names = source.names
    graph = Graph()
    graph += source.graphs[sheet.document.key]
    graph.add((names.iri(subject), predicate, value if isinstance(value, URIRef) else names.iri(value)))
    places = Places([sheet], source.seeds.authority, names)
    found = Checker.of(holding(shapes, {"Plain"}), names, []).document(sheet, graph, ntriples(graph), places)
    assert "Plain" in {finding.shape for finding in found}
