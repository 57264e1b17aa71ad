"""The shapes of a publication: ours, and those of its own `shapes/*.ttl`, each with the scope in which it is run.

A shape says its scope in `:scope`, once for itself and its property shapes:

    document      the graph of one document by itself, with its text; and the inferred graph by itself
    context       one document together with the authority files and the ontology
    publication   all documents together with the authority files and the ontology
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rdflib import BNode, Graph, Namespace, URIRef
from rdflib.namespace import SH
from rdflib.term import Node

from publisher.errors import Problem, SheetError
from publisher.graphs import graph_of
from publisher.settings import sources
from publisher.vocabularies import turtles

SHAPES: Final = Namespace("https://w3id.org/communique/shapes#")
SCOPES: Final = ("document", "context", "publication")
TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


@dataclass(frozen=True)
class Shapes:
    """The shapes. whole: all that the files say. graphs: the same for each scope, with the targets of its shapes only.

    pySHACL adds to the graphs that it runs; it never gets the whole.
    """

    whole: Graph
    graphs: dict[str, Graph]

    @classmethod
    def read(cls, project: Path) -> "Shapes":
        """Read our shapes, and those that a project adds.

        Raise SheetError where a file is not Turtle, or clashes with ours, or has a shape that says no scope.
        """
        ours, own = turtles(project, "shapes")
        whole = Graph(bind_namespaces="none")
        for file, graph in {**ours, **own}.items():
            for shape in targeting(graph):
                scopes = [str(scope).removeprefix(SHAPES) for scope in graph.objects(shape, SHAPES.scope)]
                if len(scopes) != 1 or scopes[0] not in SCOPES:
                    what = f"the shape {shape} says no scope; expected :scope with one of {', '.join(SCOPES)}"
                    raise SheetError([Problem(file, 0, what)])
            whole += graph
        if not list(targeting(whole)):
            what = "holds no shapes; without them nothing would be checked"
            raise SheetError([Problem(sources(project, "shapes")[0], 0, what)])
        return cls.of(whole)

    @classmethod
    def of(cls, whole: Graph) -> "Shapes":
        """Return the shapes of a graph, each of which says its scope."""
        return cls(whole, {scope: _scoped(whole, scope) for scope in SCOPES})

    def without(self, name: str) -> "Shapes":
        """Return these shapes without one of them, a node shape or a property shape."""
        gone = SHAPES[name]
        kept = graph_of((s, p, o) for s, p, o in self.whole if s != gone and (p, o) != (SH.property, gone))
        return Shapes.of(kept)


def named(name: str) -> URIRef:
    """Return the IRI of a shape by the name that findings have for it: ours without its namespace, others' whole."""
    return URIRef(name) if ":" in name else SHAPES[name]


def owner(shapes: Graph, shape: Node | None) -> Node | None:
    """Return the shape that has a name: a property shape without one is its node shape's."""
    while isinstance(shape, BNode):
        shape = shapes.value(predicate=SH.property, object=shape)
    return shape


def only(shapes: Graph, shape: Node) -> Graph:
    """Return what a graph says of shapes, with the targets of one of them."""
    return graph_of((s, p, o) for s, p, o in shapes if p not in TARGETS or s == shape)


def targeting(graph: Graph) -> Iterator[Node]:
    """Yield the shapes that have a target."""
    yield from dict.fromkeys(shape for target in TARGETS for shape in graph.subjects(target))


def _scoped(whole: Graph, scope: str) -> Graph:
    scoped = set(whole.subjects(SHAPES.scope, SHAPES[scope]))
    return graph_of((s, p, o) for s, p, o in whole if p not in TARGETS or s in scoped)
