"""A query is answered over the dataset that it names: FROM, FROM NAMED, the protocol's parameters, or the store's."""

import json
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.datasets import DatasetClause, clause
from publisher.engine import Engine
from publisher.release import Release
from publisher.stores import LocalStore

BASE = "http://b.example/"


@pytest.fixture(scope="module")
def graphs(release: Release) -> dict[str, set[ox.Triple]]:
    """The triples of each graph, read from the dump and not through the store; the default graph has no name."""
    dump = (release.folder / "dumps" / "communique.nq").read_bytes()
    found: dict[str, set[ox.Triple]] = {}
    for quad in ox.parse(dump, format=ox.RdfFormat.N_QUADS):
        assert isinstance(quad, ox.Quad)
        name = quad.graph_name.value.removeprefix(release.base) if isinstance(quad.graph_name, ox.NamedNode) else ""
        found.setdefault(name, set()).add(quad.triple)
    return found


def count(store: LocalStore, query: str, dataset: DatasetClause | None = None) -> int:
    """Return the one number that a query gives."""
    answer = store.query(query, "application/sparql-results+json", dataset or DatasetClause())
    return int(json.loads(answer.read())["results"]["bindings"][0]["n"]["value"])


ALL = "{ ?s ?p ?o }"
NAMED = "{ GRAPH ?g { ?s ?p ?o } }"


def named_only(triples: set[ox.Triple]) -> set[ox.Triple]:
    """Return those without blank nodes, of which the merge has its own."""
    return {one for one in triples if not any(isinstance(term, ox.BlankNode) for term in (one.subject, one.object))}


def test_without_a_clause_the_default_graph_is_the_merge_of_all(
    store: LocalStore, graphs: dict[str, set[ox.Triple]]
) -> None:
    merged = set().union(*(triples for name, triples in graphs.items() if name))
    assert named_only(graphs[""]) == named_only(merged)
    assert len(graphs[""]) == len(merged)
    assert count(store, f"SELECT (COUNT(*) AS ?n) {ALL}") == len(merged)
    assert count(store, f"SELECT (COUNT(*) AS ?n) {NAMED}") == sum(len(t) for name, t in graphs.items() if name)


def test_one_from_is_that_graph_and_no_named_one(store: LocalStore, graphs: dict[str, set[ox.Triple]]) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM <graph/authority> "
    assert count(store, query + ALL) == len(graphs["graph/authority"])
    assert count(store, query + NAMED) == 0


def test_several_from_are_their_merge_where_each_triple_is_once(
    store: LocalStore, graphs: dict[str, set[ox.Triple]]
) -> None:
    names = ["graph/authority", "graph/mali-2025-07-28", "graph/ontology"]
    merged = set().union(*(graphs[name] for name in names))
    clauses = " ".join(f"FROM <{name}>" for name in names)
    assert count(store, f"SELECT (COUNT(*) AS ?n) {clauses} {ALL}") == len(merged)
    assert count(store, f"SELECT (COUNT(*) AS ?n) FROM <{names[0]}> FROM <{names[0]}> {ALL}") == len(graphs[names[0]])
    twice = "PREFIX g: <graph/> SELECT (COUNT(*) AS ?n) FROM g:authority FROM <graph/authority> FROM g:ontology "
    assert count(store, twice + ALL) == len(graphs["graph/authority"] | graphs["graph/ontology"])


def test_a_merge_repeats_no_triple_that_two_graphs_hold(release: Release) -> None:
    """Each document's graph labels its own things; two graphs that share a triple are made here by naming one twice."""
    store = LocalStore(release)
    base = release.base
    memory = ox.Store()
    triple = ox.Triple(ox.NamedNode("http://x/s"), ox.NamedNode("http://x/p"), ox.NamedNode("http://x/o"))
    for name in ("a", "b", "c"):
        memory.add(ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(f"{base}{name}")))
    store._engine = Engine(memory, base, store.prefixes)
    query = "SELECT (COUNT(*) AS ?n) FROM <a> FROM <b> FROM <c> "
    assert count(store, query + ALL) == 1
    assert count(store, query + "{ ?s ?p ?o . ?s ?q ?r }") == 1


def test_from_named_is_what_graph_can_name(store: LocalStore, graphs: dict[str, set[ox.Triple]]) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM NAMED <graph/authority> "
    assert count(store, query + NAMED) == len(graphs["graph/authority"])
    assert count(store, query + ALL) == 0
    both = "SELECT (COUNT(*) AS ?n) FROM <graph/authority> FROM <graph/ontology> FROM NAMED <graph/description> "
    assert count(store, both + NAMED) == len(graphs["graph/description"])


def test_the_protocols_parameters_override_the_querys_clauses(
    store: LocalStore, graphs: dict[str, set[ox.Triple]], release: Release
) -> None:
    query = "SELECT (COUNT(*) AS ?n) FROM <graph/ontology> "
    one = DatasetClause(default=(f"{release.base}graph/authority",))
    assert count(store, query + ALL, one) == len(graphs["graph/authority"])
    two = DatasetClause(default=tuple(f"{release.base}graph/{name}" for name in ("authority", "description")))
    assert count(store, query + ALL, two) == len(graphs["graph/authority"] | graphs["graph/description"])
    named = DatasetClause(named=(f"{release.base}graph/authority",))
    assert count(store, query + NAMED, named) == len(graphs["graph/authority"])
    assert count(store, query + ALL, named) == 0


def test_an_unknown_graph_is_an_empty_one(store: LocalStore) -> None:
    assert count(store, f"SELECT (COUNT(*) AS ?n) FROM <graph/nowhere> {ALL}") == 0
    assert count(store, f"SELECT (COUNT(*) AS ?n) FROM <http://127.0.0.1:9/x> FROM <file:///etc/passwd> {ALL}") == 0


def clauses(*default: str, named: Iterable[str] = ()) -> DatasetClause:
    return DatasetClause(default, tuple(named))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM <x> FROM NAMED <y> { }", clauses("http://b.example/x", named=["http://b.example/y"])),
        ("select * from <x> from named <y> { }", clauses("http://b.example/x", named=["http://b.example/y"])),
        ("PREFIX g: <graph/> SELECT ?from FROM g:a.b-c WHERE {}", clauses("http://b.example/graph/a.b-c")),
        ("BASE <http://z/> # FROM <no>\nSELECT ('FROM <no>' AS ?x) FROM <q> { ?s ?p \"FROM <n>\" }", clauses("http://z/q")),
        ("CONSTRUCT { ?s ?p ?o } FROM <x> WHERE { ?s ?p ?o }", clauses("http://b.example/x")),
        ("CONSTRUCT FROM <x> WHERE { ?s ?p ?o }", clauses("http://b.example/x")),
        ("DESCRIBE <http://from/x> FROM <http://g/1> FROM <http://g/1>", clauses("http://g/1")),
        ("PREFIX from: <http://d/> SELECT * FROM from:from FROM NAMED from:named {}",
         clauses("http://d/from", named=["http://d/named"])),
        ("SELECT (EXISTS { ?a <b> ?c } AS ?x) FROM <x> {}", clauses("http://b.example/x")),
        ('ASK { ?s ?p """FROM <no> " } FROM <no>""" }', clauses()),
        ("ASK { FILTER EXISTS { ?x <from> ?y } }", clauses()),
        ("PREFIX g: <http://g/#> ASK FROM g:a FROM g: FROM <http://g/q?> FROM <http://g/p;> FROM <HTTP://G/> {}",
         clauses("http://g/#a", "http://g/#", "http://g/q?", "http://g/p;", "HTTP://G/")),
        (r"PREFIX g: <http://g/> ASK FROM <http://g/gr\u00f6\U000000DFe> FROM g:x\,y FROM <urn:graph:1> {}",
         clauses("http://g/größe", "http://g/x,y", "urn:graph:1")),
        ("BASE <http://a/b/> BASE <c/> PREFIX g: <#> PREFIX h: <../d> ASK FROM g:x FROM h:y FROM <> {}",
         clauses("http://a/b/c/#x", "http://a/b/dy", "http://a/b/c/")),
        ("this is no query FROM", clauses()),
    ],
)  # fmt: skip
def test_clauses_are_read_as_the_grammar_has_them(query: str, expected: DatasetClause) -> None:
    assert clause(query, BASE) == expected


@given(st.text())
def test_whatever_is_sent_as_a_query_is_read_without_an_error(query: str) -> None:
    assert isinstance(clause("FROM " + query, BASE), DatasetClause)
