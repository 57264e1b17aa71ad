"""The world of a publication is what its data says of things: what a reasoner reads, and what rules conclude from."""

from collections.abc import Iterable

from rdflib import Graph, Literal
from rdflib.namespace import RDF, XSD
from rdflib.term import Node

from mappings.names import CMQ, TYPES, Names, type_of


def world(graphs: Iterable[Graph], names: Names) -> Graph:
    """Return what data graphs say of the world: types and our properties of all things but documents and Facts.

    Values of type xsd:date are left out: that datatype is not in the OWL 2 datatype map.
    """
    kinds, thing = TYPES.keys() - {"fact", "document"}, f"{names.base}id/"
    found = Graph(bind_namespaces="none")
    for graph in graphs:
        for s, p, o in graph:
            of_the_world = str(s).startswith(thing) and type_of(str(s).removeprefix(thing)) in kinds
            if of_the_world and (p == RDF.type or str(p).startswith(CMQ)) and not _is_date(o):
                found.add((s, p, o))
    return found


def _is_date(node: Node) -> bool:
    return isinstance(node, Literal) and node.datatype == XSD.date
