"""A graph of rdflib's as a file of Turtle."""

from collections.abc import Mapping

import pyoxigraph as ox
from rdflib import Graph

from publisher.canonical import ntriples
from publisher.serialise import subjects, turtle_blocks


def whole(graph: Graph, prefixes: Mapping[str, str]) -> bytes:
    """Return a graph as Turtle; its blank nodes carry the labels of RDFC-1.0."""
    triples = ox.parse(ntriples(graph), format=ox.RdfFormat.N_TRIPLES)
    return b"".join(turtle_blocks(subjects(triples), prefixes))
