"""The small document as a graph that tests change, triple by triple."""

from dataclasses import dataclass

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from mappings import Names, Triple
from mappings.names import CMQ, OA
from publisher.canonical import ntriples
from publisher.checks import Checker
from publisher.findings import Finding, Places
from publisher.seeds import Seeds
from publisher.shapes import Shapes
from publisher.sheets import Sheet


@dataclass(frozen=True)
class Document:
    """The small document: its sheet, its graph, and what stands around it, as far as shapes look at it."""

    seeds: Seeds
    sheet: Sheet
    graph: Graph
    context: Graph
    names: Names

    def check(self, graph: Graph, shapes: Shapes) -> list[Finding]:
        places = Places([self.sheet], self.seeds.authority, self.names)
        checker = Checker.of(shapes, self.names, [self.context])
        written = ntriples(graph)
        found = checker.document(self.sheet, graph, written, places)
        return [*found, *checker.publication([written], places)]

    def iri(self, reference: str) -> URIRef:
        return self.names.iri(reference)

    def fact(self, key: str) -> URIRef:
        return self.names.fact(f"small.{key}")

    def statement(self, key: str, *predicates: URIRef) -> Node:
        """Return a Fact's statement with this predicate, or the only one that it has."""
        every = list(self.graph.objects(self.fact(key), CMQ.statement))
        (it,) = [one for one in every if not predicates or self.graph.value(one, RDF.predicate) in predicates]
        return it

    def evidence(self, key: str) -> Node:
        (it,) = self.graph.objects(self.fact(key), CMQ.evidence)
        return it

    def selector(self, key: str, part: URIRef) -> Node:
        """Return the selector of a Fact's evidence that has this: oa:exact, oa:start ..."""
        (it,) = [
            one for one in self.graph.objects(self.evidence(key), OA.hasSelector) if (one, part, None) in self.graph
        ]
        return it


#: What is taken from the graph, and what is put there.
Edit = tuple[list[Triple], list[Triple]]


def edited(document: Document, edit: Edit) -> Graph:
    """Return the document's graph after an edit, each part of which changes it."""
    gone, new = edit
    graph = Graph(bind_namespaces="none")
    graph += document.graph
    for triple in gone:
        assert triple in graph, triple
        graph.remove(triple)
    for triple in new:
        assert triple not in graph, triple
        graph.add(triple)
    return graph
