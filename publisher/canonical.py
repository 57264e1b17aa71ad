"""Canonical N-Triples and N-Quads (RDF Dataset Canonicalization, RDFC-1.0): one line a statement, sorted, none twice.

What is in these forms can be compared byte for byte, and hashed: the sha256 of a canonical document is the hash of the
graph or the dataset. Blank nodes get their labels from the statements that mention them alone, as the algorithm has it;
so only those statements are given to it, and the rest is only sorted.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox
from rdflib import Graph

BLANK: Final = re.compile(rb"_:|\S+ \S+ _:")
LABEL: Final = re.compile(rb'^_:|(?<=> )_:(?=[^\s"]+ \.\n$)')


def ntriples(graph: Graph) -> bytes:
    """Return a graph as canonical N-Triples."""
    written = graph.serialize(format="nt11", encoding="utf-8")
    dataset = ox.Dataset(ox.parse(written, format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = (ox.serialize((quad.triple for quad in dataset), format=ox.RdfFormat.N_TRIPLES) or b"").split(b"\n")
    return b"\n".join([*sorted(line for line in lines if line), b""])


def merge(graphs: Iterable[Iterable[bytes]]) -> list[bytes]:
    """Return the lines of the merge of graphs, whose blank nodes of one label are one node.

    graphs: the lines of canonical N-Triples, each with its line end. The merge is canonical where at most one of them
    has blank nodes.
    """
    return sorted({line for lines in graphs for line in lines})


def apart(lines: Iterable[bytes], name: str) -> list[bytes]:
    """Return the lines of a graph whose blank nodes bear its name, and so are none of another graph's.

    The merge of graphs has blank nodes of its own (RDF 1.1 Semantics, section 4.1). It must have them in a dataset too:
    where one blank node stands in two graphs, Hash N-Degree Quads finds the same node related to it twice, which some
    implementations of RDFC-1.0 count once and others twice, so that they do not agree on the hash.
    """
    prefix = f"_:{name}-".encode()
    return [LABEL.sub(prefix, line) if BLANK.match(line) else line for line in lines]


def nquads(default: Iterable[bytes], graphs: Mapping[str, Iterable[bytes]]) -> list[bytes]:
    """Return the lines of a dataset as canonical N-Quads.

    default: the lines of its default graph. graphs: those of its named graphs by their IRIs. Blank nodes of one label
    are one node, wherever they stand.
    """
    lines = [*default, *(line[:-2] + b"<%s> .\n" % iri.encode() for iri, part in graphs.items() for line in part)]
    blank = [line for line in lines if BLANK.match(line)]
    dataset = ox.Dataset(ox.parse(b"".join(blank), format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    relabelled = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    return sorted([*(line for line in lines if not BLANK.match(line)), *relabelled.splitlines(keepends=True)])
