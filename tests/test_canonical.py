"""Canonical N-Triples and N-Quads are what RDFC-1.0 says, however few statements the algorithm is given."""

import hashlib

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from publisher import canonical
from publisher.release import Release

IRIS = st.sampled_from([ox.NamedNode(f"http://x.example/{name}") for name in "abc"])
BLANKS = st.sampled_from([ox.BlankNode(name) for name in ("b0", "b1", "b2", "b3")])
LITERALS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=4).map(ox.Literal)
SUBJECTS, OBJECTS = st.one_of(IRIS, BLANKS), st.one_of(IRIS, BLANKS, LITERALS)
GRAPHS = st.sampled_from([ox.DefaultGraph(), ox.NamedNode("http://x.example/g"), ox.NamedNode("http://x.example/h")])
QUADS = st.lists(st.builds(ox.Quad, SUBJECTS, IRIS, OBJECTS, GRAPHS), max_size=12)


def whole(quads: list[ox.Quad]) -> list[bytes]:
    """Return canonical N-Quads as the engine makes them from the whole dataset."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))


@given(QUADS)
def test_the_lines_of_a_dataset_are_those_of_the_algorithm_run_over_all_of_it(quads: list[ox.Quad]) -> None:
    graphs: dict[str, list[bytes]] = {"": [], "http://x.example/g": [], "http://x.example/h": []}
    for quad in set(quads):
        triple = ox.Triple(quad.subject, quad.predicate, quad.object)
        line = ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES) or b""
        graphs[getattr(quad.graph_name, "value", "")].append(line)
    default = graphs.pop("")
    assert canonical.nquads(default, graphs) == whole(quads)


@given(QUADS)
def test_a_graph_of_rdflib_gives_the_lines_of_its_triples(quads: list[ox.Quad]) -> None:
    triples = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    written = ox.serialize((quad.triple for quad in triples), format=ox.RdfFormat.N_TRIPLES) or b""
    graph = Graph(bind_namespaces="none").parse(data=written, format="nt")
    assert canonical.ntriples(graph).splitlines(keepends=True) == whole(triples)


@given(QUADS)
def test_a_graph_set_apart_is_the_same_graph_with_no_blank_node_of_another(quads: list[ox.Quad]) -> None:
    triples = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads]
    lines = whole(triples)
    one, other = canonical.apart(lines, "one"), canonical.apart(lines, "other")
    assert canonical.nquads(one, {}) == canonical.nquads(other, {}) == lines
    assert set(one) & set(other) == {line for line in lines if b"_:c14n" not in line}


def test_only_labels_are_set_apart_and_no_words_that_look_like_them() -> None:
    words = [b'_:a <http://x.example/p> "so <> _:b" .\n', b'<http://x.example/s> <http://x.example/p> " _:a ." .\n']
    assert canonical.apart(words, "g") == [b"_:g-" + words[0][2:], words[1]]


def test_the_hashes_of_a_release_are_those_of_what_its_dumps_hold(release: Release) -> None:
    for name, file in (("dataset", "communique.trig"), ("default", "communique.ttl")):
        quads = list(ox.parse(path=release.folder / "dumps" / file))
        assert hashlib.sha256(b"".join(whole(quads))).hexdigest() == release.manifest["rdfc10"][name]
