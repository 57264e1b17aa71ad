"""The world of a publication is what its data says of things: what a reasoner reads, and what rules conclude from."""

import re
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox
from rdflib import Graph, Literal
from rdflib.namespace import SKOS, XSD
from rdflib.term import Node

from mappings import Triple
from mappings.names import SCHEMA, TYPES, Names, type_of
from publisher.terms import triple

#: The types of things: what the world consists of.
THINGS: Final = TYPES.keys() - {"fact", "document"}
#: What things are called, and their identifiers elsewhere, says nothing of the world.
IDENTITY: Final = (str(SKOS), str(SCHEMA.sameAs))


def of_things(ntriples: bytes, names: Names) -> list[Triple]:
    """Return what a graph says of things. ntriples: the graph as canonical N-Triples."""
    a_thing = rf"<{re.escape(names.base)}id/(?:{'|'.join(sorted(THINGS))})/[^\n]*\n"
    lines = re.findall(rf"^{a_thing}".encode(), ntriples, re.MULTILINE)
    return [triple(one) for one in ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES)]


def world(graphs: Iterable[Iterable[Triple]], names: Names) -> Graph:
    """Return what data graphs say of the world: types and properties of all things but documents and Facts.

    Values of type xsd:date are left out: that datatype is not in the OWL 2 datatype map.
    """
    thing = f"{names.base}id/"
    found = Graph(bind_namespaces="none")
    for graph in graphs:
        for s, p, o in graph:
            of_the_world = str(s).startswith(thing) and type_of(str(s).removeprefix(thing)) in THINGS
            if of_the_world and not str(p).startswith(IDENTITY) and not _is_date(o):
                found.add((s, p, o))
    return found


def _is_date(node: Node) -> bool:
    return isinstance(node, Literal) and node.datatype == XSD.date
