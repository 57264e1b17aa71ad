"""The world of a publication is what its data says of things: what a reasoner reads, and what rules conclude from."""

from collections.abc import Iterable
from typing import Final

from rdflib import Graph, Literal
from rdflib.namespace import SKOS, XSD
from rdflib.term import Node

from mappings.names import SCHEMA, TYPES, Names, type_of

#: What things are called, and their identifiers elsewhere, says nothing of the world.
IDENTITY: Final = (str(SKOS), str(SCHEMA.sameAs))


def world(graphs: Iterable[Graph], names: Names) -> Graph:
    """Return what data graphs say of the world: types and properties of all things but documents and Facts.

    Values of type xsd:date are left out: that datatype is not in the OWL 2 datatype map.
    """
    kinds, thing = TYPES.keys() - {"fact", "document"}, f"{names.base}id/"
    found = Graph(bind_namespaces="none")
    for graph in graphs:
        for s, p, o in graph:
            of_the_world = str(s).startswith(thing) and type_of(str(s).removeprefix(thing)) in kinds
            if of_the_world and not str(p).startswith(IDENTITY) and not _is_date(o):
                found.add((s, p, o))
    return found


def _is_date(node: Node) -> bool:
    return isinstance(node, Literal) and node.datatype == XSD.date
