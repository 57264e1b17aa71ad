"""No query makes the engine ask another server or overflows its stack; none is refused for words that look like it."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.admission import admit, asks_another_server
from publisher.errors import BadQuery
from publisher.release import Release
from publisher.stores import LocalStore
from publisher.tokens import tokens


class Listener:
    """A server of ours that nobody should ask. url: its address; hits: who did."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        self.hits = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.hits += 1
            connection.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A listener that ends with the test."""
    listening = Listener()
    yield listening
    listening.socket.close()


HOSTILE = [
    "SELECT * { SERVICE <U> { ?s ?p ?o } }",
    "select * { service<U>{ ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <U> { ?s ?p ?o } }",
    "SELECT * { SERVICE\n#x\n<U>#y\n{ ?s ?p ?o } }",
    "SELECT * { VALUES ?v { <U> } SERVICE ?v { ?s ?p ?o } }",
    "SELECT * { VALUES ?v { <U> } SERVICE SILENT ?v{ ?s ?p ?o } }",
    "SELECT * { { { SERVICE <U> { SERVICE <U> { ?s ?p ?o } } } } }",
    "PREFIX ex: <U> SELECT * { SERVICE ex:foo { ?s ?p ?o } }",
    "PREFIX ex: <U> SELECT * { SERVICEex:foo { ?s ?p ?o } }",
    "PREFIX ex: <U> SELECT * { SERVICESILENTex:foo { ?s ?p ?o } }",
    "PREFIX : <U> SELECT * { SERVICE : { ?s ?p ?o } }",
    "PREFIX : <U> SELECT * { SERVICE: { ?s ?p ?o } }",
    "PREFIX ex: <U> SELECT * { SERVICE ex:a\\#b { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE <U> { ?s ?p ?o } }",
    "SELECT * { # a comment that ends in CR\rSERVICE <U> { ?s ?p ?o } }",
    'SELECT * { FILTER(1<#>"""\n 2) SERVICE <U> { ?s ?p ?o } #"""\n }',
    "SELECT * { FILTER(1<#>'\n 2) SERVICE <U> { ?s ?p ?o } #'\n }",
    "ASK { FILTER EXISTS { SERVICE <U> { ?s ?p ?o } } }",
    "SELECT ?a { ?s ?p ?o\nSERVICE <U> { ?a ?b ?c } } LIMIT 1",
    "SELECT ?a { ?s ?p $o\nSERVICE <U> { ?a ?b ?c } } LIMIT 1",
    "SELECT ?a { BIND(1 AS ?y) #?\nSERVICE <U> { ?a ?b ?c } }",
    "SELECT ?a { ?s ?p ?o\r\nSERVICE <U> { ?a ?b ?c } } LIMIT 1",
    "SELECT * { SERVICE S\\u0049LENT <U> { ?a ?b ?c } }",
    "BASE <U> SELECT * { SERVICE <> { ?a ?b ?c } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <U> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_makes_the_store_ask_another_server(query: str, listener: Listener, store: LocalStore) -> None:
    with pytest.raises(BadQuery):
        store.query(query.replace("U", listener.url), "*/*")
    assert listener.hits == 0


def test_the_engine_by_itself_would_ask(listener: Listener) -> None:
    """Without this the test above could not fail."""
    engine = ox.Store()
    engine.add(ox.Quad(ox.NamedNode("http://a"), ox.NamedNode("http://b"), ox.Literal(True)))
    for query in HOSTILE[:1] + HOSTILE[8:10] + HOSTILE[14:16]:
        before = listener.hits
        try:
            found = engine.query(query.replace("U", listener.url))
            assert isinstance(found, ox.QuerySolutions)
            list(found)
        except (OSError, RuntimeError):
            pass
        assert listener.hits > before, query


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT ?service ?x { ?x ?p ?service }",
        "SELECT $myservice ?x { ?x ?p ?o }",
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT * { ?s a sd:Service }",
        "PREFIX service: <http://x/service#> SELECT * { ?s a service:Thing . ?s service:p ?o }",
        "SELECT * { ?s ?p 'the foreign service' }",
        "# about a service\nSELECT * { ?s ?p ?o }",
        "SELECT * { GRAPH ?service { ?s ?p ?o } }",
        "SELECT * { ?s <http://x/service> ?o } # SERVICE",
    ],
)
def test_words_that_look_like_it_are_no_service_clause(query: str, store: LocalStore) -> None:
    assert not asks_another_server(query)
    store.query(query, "*/*")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { " + "{" * 20_000 + "}" * 20_000 + " }",
        "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
        "SELECT * { FILTER(" + "!" * 10_000 + "true) }",
        "SELECT * { FILTER(" + "-" * 10_000 + "1) }",
        "ASK { FILTER(1<" + "(" * 1000 + "1" + ")" * 1000 + "&&2>1) }",
        "ASK { FILTER(1<1" + "+1" * 3000 + "&&2>1) }",
        "ASK { FILTER(1<1" + "-1" * 3000 + "&&2>1) }",
        "SELECT * { ?s " + "/".join(["<p>"] * 800) + " ?o }",
        "SELECT * { ?s " + "|".join(["<p>"] * 10_000) + " ?o }",
        "SELECT * { " + "OPTIONAL { ?s ?p ?o } " * 1000 + " }",
        "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 2000) + " }",
        "SELECT * { " + "{ ?s ?p ?o } " * 4000 + "}",
        "SELECT * { " + "GRAPH ?g { ?s ?p ?o } " * 4000 + "}",
        "SELECT * { " + "VALUES ?a { 1 } " * 4000 + "}",
        "SELECT " + " ".join(f"(1 AS ?a{number})" for number in range(4000)) + " {}",
        "ASK { " + "<<" * 4000 + "<a> <b> <c>" + ">>" * 4000 + " ?p ?o }",
        "SELECT * { " + "?s ?p ?o . " * 4000 + "}",
        "SELECT * { ?s " + "?p ?o ; " * 4000 + "}",
        "SELECT * { ?s ?p " + "?o , " * 4000 + "?o }",
        "PREFIX ex: <http://x/> SELECT * { " + "?s ?p ex:o. " * 4000 + "}",
    ],
)
def test_a_query_too_deep_for_the_engine_is_refused_in_words(query: str, store: LocalStore) -> None:
    with pytest.raises(BadQuery, match="at most"):
        store.query(query, "*/*")


@pytest.mark.slow
def test_a_long_list_of_values_is_neither_deep_nor_chained(store: LocalStore) -> None:
    values = " ".join(f"(<http://x/{number}> '({{[')" for number in range(1000))
    store.query(f"SELECT * {{ VALUES (?a ?b) {{ {values} }} }}", "*/*")
    store.query(f"SELECT * {{ ?s ?p ?o FILTER(?o IN ({', '.join(map(str, range(1000)))})) }}", "*/*")


@given(st.text())
def test_any_text_is_admitted_or_refused_and_nothing_else(text: str) -> None:
    list(tokens(text))
    with contextlib.suppress(BadQuery):
        admit(text)


def test_a_release_is_served_behind_the_admission(release: Release) -> None:
    with pytest.raises(BadQuery, match="SERVICE"):
        LocalStore(release).query(HOSTILE[0].replace("U", "http://127.0.0.1:9/"), "*/*")
