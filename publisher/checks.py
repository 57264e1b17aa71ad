"""The shapes, run over the source graphs, each in its scope; pySHACL does the work.

A document is checked by itself, with its text, and then together with the authority files and the ontology; all of
them together are checked once; so is the inferred graph, by itself. Never on data read back from the store, which
rewrites literals.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from pyshacl.graph_abstraction import OxigraphDataGraph
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from mappings import Names
from mappings.names import CMQ
from publisher.canonical import ntriples
from publisher.errors import Problem, ShapeViolation, SheetError
from publisher.findings import Finding, Place, Places
from publisher.shapes import SHAPES, Shapes, only, owner, targeting
from publisher.sheets import Sheet

Where = Callable[[Node | None, str], Place]


@dataclass(frozen=True)
class Checker:
    """What documents are checked with. context: the triples of the authority files and the ontology."""

    shapes: Shapes
    names: Names
    context: tuple[ox.Triple, ...]

    @classmethod
    def of(cls, shapes: Shapes, names: Names, context: Iterable[Graph]) -> "Checker":
        """Return a checker. context: the graph of the authority files and that of the ontology."""
        return cls(shapes, names, tuple(triple for graph in context for triple in _parsed(ntriples(graph))))

    def document(self, sheet: Sheet, graph: Graph, written: bytes, places: Places) -> list[Finding]:
        """Check one document: by itself, with its text, and then in its context. written: its graph as N-Triples."""
        key = sheet.document.key

        def where(culprit: Node | None, message: str) -> Place:
            return places.of(culprit, message, key, graph)

        store = _load(_parsed(written))
        text = ox.Literal(sheet.text.characters)
        store.add(ox.Quad(ox.NamedNode(self.names.document(key)), ox.NamedNode(CMQ.characters), text))
        found = list(self._run(store, "document", where))
        store.extend(map(_quad, self.context))
        found.extend(self._run(store, "context", where))
        return list(dict.fromkeys(found))  # a value can break two rules of one shape

    def publication(self, graphs: Iterable[bytes], places: Places) -> list[Finding]:
        """Check all documents together, of which each by itself was checked before. graphs: theirs, as N-Triples."""
        store = ox.Store()
        store.extend(map(_quad, self.context))
        for graph in graphs:
            store.bulk_load(graph, format=ox.RdfFormat.N_TRIPLES)
        return list(dict.fromkeys(self._run(store, "publication", places.of)))

    def inferred(self, graph: Graph) -> list[Finding]:
        """Check what was inferred by itself. What is found stands at the file of its rule."""

        def where(culprit: Node | None, _: str) -> Place:
            key = str(culprit).partition("#")[0].rpartition("/")[2]
            rule = key.split(".")[1] if key.startswith("inferred.") else "*"
            return Place(Path("ontology", "rules", f"{rule}.rq"), 1, fact=key if rule != "*" else None)

        return list(dict.fromkeys(self._run(_load(_parsed(ntriples(graph))), "document", where)))

    def _run(self, store: ox.Store, scope: str, where: Where) -> Iterator[Finding]:
        shapes = self.shapes.graphs[scope]
        try:
            results = _validate(store, shapes)
        except Exception as error:  # pySHACL and the engine raise what they please for a shape that cannot be run
            raise _unusable(store, shapes, error) from error
        for result in results.subjects(RDF.type, SH.ValidationResult):
            yield _finding(result, results, shapes, self.names, where)


def _parsed(written: bytes) -> Iterator[ox.Triple]:
    return (quad.triple for quad in ox.parse(written, format=ox.RdfFormat.N_TRIPLES))


def _quad(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object)


def _load(triples: Iterable[ox.Triple]) -> ox.Store:
    """Return triples in a store in memory, in which the shapes' queries run some ten times as fast as over rdflib.

    A store writes literals in their canonical form ("01" becomes "1"). What it would change must not be judged there,
    nor be published, since dumps and endpoint would differ: raise ShapeViolation.
    """
    given = list(map(_quad, triples))
    literals = {one.object for one in given if isinstance(one.object, ox.Literal)}
    probe = ox.Store()
    probe.bulk_extend(ox.Quad(ox.NamedNode(CMQ.value), ox.NamedNode(CMQ.value), literal) for literal in literals)
    if changed := literals - {one.object for one in probe}:
        first = min(str(one.triple) for one in given if one.object in changed)
        raise ShapeViolation(f"A literal is not in its canonical form, and the store would change it: {first}")
    store = ox.Store()
    store.bulk_extend(given)
    return store


class _Data(OxigraphDataGraph):
    """A store as pySHACL sees it, which is there.

    For each result pySHACL asks three times whether its data graph is, and by itself that counts all triples.
    """

    def __bool__(self) -> bool:
        return True


def _validate(store: ox.Store, shapes: Graph) -> Graph:
    data = _Data(store)
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True, meta_shacl=False)
    return results  # type: ignore[no-any-return]


def _unusable(store: ox.Store, shapes: Graph, error: Exception) -> SheetError:
    """Return an error that names the shape which cannot be run: the first that cannot be run alone."""
    for shape in targeting(shapes):
        try:
            _validate(store, only(shapes, shape))
        except Exception as own:
            name = str(shape).removeprefix(SHAPES)
            return SheetError([Problem(Path("shapes"), 0, f"the shape {name} cannot be run: {own}")])
    return SheetError([Problem(Path("shapes"), 0, f"the shapes cannot be run: {error}")])


def _finding(result: Node, results: Graph, shapes: Graph, names: Names, where: Where) -> Finding:
    def of(predicate: Node) -> Node | None:
        return results.value(result, predicate)

    shape = owner(shapes, of(SH.sourceShape))
    component, path, focus, value = of(SH.sourceConstraintComponent), of(SH.resultPath), of(SH.focusNode), of(SH.value)
    message = names.short(told := str(of(SH.resultMessage) or ""))
    core = component != SH.SPARQLConstraintComponent
    if core and value is not None and value != focus:  # a core shape's message cannot name the value itself
        message += f" Here: {names.short(str(value))}."
    culprit = focus if value is None or core else value
    remedy = shapes.value(shape, SH.description) if shape is not None else None
    return Finding(
        severity=str(of(SH.resultSeverity)).rpartition("#")[2],
        message=message,
        remedy=str(remedy or ""),
        shape=str(shape).removeprefix(SHAPES) if isinstance(shape, URIRef) else "",
        component=str(component),
        path=str(path) if isinstance(path, URIRef) else "",
        focus=str(culprit),
        value=value.n3() if core and isinstance(value, URIRef | Literal) else "",
        place=where(culprit, told),
    )
