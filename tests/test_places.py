"""The place of a mistake in a query is the first token that cannot stand where it is; a reason, if any, is told."""

import re
import socket
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from publisher import places
from publisher.datasets import DatasetClause
from publisher.engine import Engine
from publisher.errors import BadQuery
from publisher.examples import Example, examples
from publisher.media import CSV
from publisher.places import LATE_REASONS, REASONS, refusal
from publisher.tokens import GRAMMAR

BASE = "http://x.example/"
#: Queries, with ▶ before the place that is wrong, and what is said of it.
WRONG = {
    "▶": "empty",
    "▶ \n # nothing\n": "empty",
    "▶SELCT * { ?s ?p ?o }": '"SELCT" cannot stand here.',
    "SELECT * WHERE {\n  ?s ?p ?o .\n  ?s ?q\n▶}\nLIMIT 10\n": '"}" cannot',
    "SELECT * WHERE {\n  ?s a ?t .\n  FILTER ▶?t = 3\n}\nLIMIT 10": '"?t" cannot',
    '# ö\r\nSELECT * {\r\n ?ö ▶"x" }': '"x" cannot',
    "SELECT * {\r\n\r\n  ?s ?p 'a', ▶; }": '";" cannot',
    "SELECT * { ?s ?p '𝄞🎼' ▶'𝄞' }": "'𝄞' cannot",
    "SELECT * { ?s ?p '''a\n\"b\" ''c\n''' ▶1 }": '"1" cannot',
    "SELECT * { # } }\n ?s ?p 1 } # {\n ▶} # x": '"}" cannot',
    "SELECT ?s▶, ?p { ?s ?p ?o }": '"," cannot',
    "SELECT ?s ▶WHER { ?s ?p ?o }": '"WHER" cannot',
    "ASK {} ▶SELECT * {}": '"SELECT" cannot',
    "ASK { ▶LET(?x := 1) }": '"LET" cannot',
    "ASK { FILTER(?x = ▶a) }": '"a" cannot',
    "ASK { FILTER(1 IN▶) }": '")" cannot',
    "ASK { FILTER(?a ▶& & ?b) }": '"&" cannot',
    "ASK { FILTER(?a && ▶&& ?b || ?c != 1e+5) }": '"&&" cannot',
    "ASK { FILTER(?a <= 3 && ?b >= 1e+5 ▶?c) }": '"?c" cannot',
    "ASK { FILTER(REGEX(1▶)) }": '")" cannot',
    "ASK { BIND(COALESCE(1 ▶2) AS ?x) }": '"2" cannot',
    "ASK { BIND(▶COALESCE (1, 2) AS ?x) }": "no blank may stand",
    "SELECT * { ?s ?p ?o } ORDER ▶?s": '"?s" cannot',
    "SELECT * { ?s ?p ?o } LIMIT ▶?n": '"?n" cannot',
    "SELECT ?a (COUNT(*) AS ?n) { ?s ?p ?a } ▶GRUP BY ?a": '"GRUP" cannot',
    "CONSTRUCT { ?s ?p ?o . ▶FILTER(1) } {}": '"FILTER" cannot',
    "DESCRIBE ▶'x'": "'x' cannot",
    "SELECT * { ?s <a>/<b>* ▶* ?o }": '"*" cannot',
    "SELECT * { ?s !(^<a>|▶'b') ?o }": "'b' cannot",
    "SELECT * { ?s ?p [ <a> 1 ; <b> ▶] , ( 1 2 ) }": '"]" cannot',
    "SELECT * { { ?s ?p ?o } UNION ▶?s ?p ?o }": '"?s" cannot',
    "SELECT * { VALUES ?x { 1 ▶?y } }": '"?y" cannot',
    "SELECT * { ?s ?p ▶“x” }": '"“x”" cannot',
    f"SELECT * {{ ?s ?p 1 ▶'{'a' * 99}' }}": f"'{'a' * 38}… cannot",
    "SELECT *▶\u00a0{ ?s ?p ?o }": "U+00A0 (NO-BREAK SPACE)",
    "▶\ufeffSELECT * {}": "U+FEFF",
    "SELECT * { ?s ?p na▶\u200bme }": "U+200B",
    "▶DELETE DATA { <a> <b> 1 }": "update",
    "PREFIX x: <x>\n▶insert { ?s ?p 1 } WHERE { ?s ?p 2 }": "update",
    "▶CLEAR ALL": "update",
    "▶DROP GRAPH <g>": "update",
    "ASK { ?s ?p ▶'a\nb' }": "string begins here that is not closed",
    "ASK { ?s ?p ▶'''a\nb'' }": "string begins here that is not closed",
    "ASK { ?s ?p ▶'a\\'": "string begins here that is not closed",
    "ASK { ?s ?p 'a\\n▶\\z' }": '"\\z" is no escape',
    "ASK { ?s ?p 'a▶\\u00' }": '"\\u" is no escape',
    "ASK { ?s ▶<http://a ?o }": "IRI begins here that is not closed",
    "ASK { ?s ▶<http://a ?o . ?x <http://b> 1 }": "IRI begins here that is none",
    "ASK { FILTER(?a < 3) ?s ▶<a b> 3 }": "IRI begins here that is none",
    "ASK { ?s ?p ▶<http://[a> }": "IRI begins here that is none",
    "ASK { ?s ?p ▶<http://a/\\uD800> }": "IRI begins here that holds an escape",
    "ASK { ?s ?p ▶<http://a/\\z> }": "IRI begins here that holds an escape",
    "ASK { ?s ▶foaf:name ?n }": 'the prefix of "foaf:name" is not declared',
    "ASK { ?s ▶: ?n }": 'the prefix of ":" is not declared',
    "ASK { ?s ?p _:a OPTIONAL { ?s ?p ▶_:a } }": "another group",
    "ASK { ?s ?p 'a'▶@abcdefghijkl }": "no language tag",
    "ASK { ?s ?p 'a'▶@en--xtr }": "no language tag",
    "ASK {} LIMIT ▶99999999999999999999999": "too large",
    "ASK {} OFFSET ▶99999999999999999999999": "too large",
    "ASK { VALUES (?a ?b) { (1 2)\n▶(1) (2) (1 2) } }": "this row",
    "ASK { ▶VALUES (?a ?a) { (1 2) } }": "VALUES names a variable twice",
    "ASK { ?s ?x ?o BIND((1) AS ?y) ▶BIND((1 + 2) AS ?x) ?a ?b ?c BIND(4 AS ?q) }": "BIND gives",
    "\n▶SELECT (1 AS ?x) (2 AS ?x) {}": "names a variable twice",
    "SELECT ?x { { ▶SELECT ?y (1 AS ?y) {} } { SELECT * {} } }": "names a variable twice",
    "▶SELECT (1 AS ?x) { ?x ?y ?z }": "has one in the pattern",
    "▶SELECT ?x { ?x ?y ?z } GROUP BY ?y": "neither in GROUP BY",
    "▶SELECT (?x + 1 AS ?z) { ?x ?y ?o } GROUP BY ?y": "neither in GROUP BY",
    "▶SELECT * { ?s ?p ?x } GROUP BY ?x": "SELECT * cannot stand",
    "SELECT *\n{ ?s ?p▶": "breaks off",
    "SELECT * { ?s ?p ?o▶ # }\r\n\r\n": "breaks off",
    "SELECT * {} LIMIT▶": "breaks off",
    "SELECT (CONCAT▶": "breaks off",
    "ASK { FILTER(?a < ?b▶": "breaks off",
}
#: What can stand nowhere in a query, outside its strings and comments.
NOWHERE = ("SELCT", "§", "𝄞", "\u00a0", "{ ( }")


def told(query: str, base: str = BASE) -> BadQuery:
    """Return what is said of a query that is wrong."""
    with pytest.raises(SyntaxError) as wrong:
        ox.Store().query(query, base_iri=base)
    return refusal(wrong.value, query, base)


def place(query: str, at: int) -> tuple[int, int]:
    """Return the line and the column of a place in a text."""
    lines = query[:at].split("\n")
    return len(lines), len(lines[-1]) + 1


@pytest.mark.parametrize(("marked", "word"), WRONG.items())
def test_the_place_is_where_the_first_thing_stands_that_cannot_and_the_message_says_so(marked: str, word: str) -> None:
    query = marked.replace("▶", "")
    found = told(query)
    line, column = place(query, marked.index("▶"))
    assert (found.line, found.column) == (line, column)
    assert str(found).startswith(f"The query is not SPARQL 1.1: line {line}, column {column}: ")
    assert word in str(found)
    assert str(found).isprintable()


def test_each_reason_that_we_have_words_for_is_one_that_the_engine_gives() -> None:
    spoken = " ".join(str(told(marked.replace("▶", ""))) for marked in WRONG)
    for said in [*REASONS.values(), *(said for _, said in LATE_REASONS.values())]:
        assert max(said.split("{text}"), key=len) in spoken


def boundaries(query: str) -> Iterator[int]:
    """Yield each place in a query where a token ends before a blank."""
    for token in GRAMMAR.finditer(query):
        if token.lastgroup != "comment" and query[token.end() : token.end() + 1].isspace():
            yield token.end()


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_what_can_stand_nowhere_is_found_wherever_it_stands(example: Example) -> None:
    query = example.at(BASE)
    for at in list(boundaries(query))[::7]:
        for word in NOWHERE:
            wrong = f"{query[:at]} {word} {query[at:]}"
            found = told(wrong)
            assert (found.line, found.column) >= place(wrong, at + 1)
            if len(word.split()) == 1:
                assert (found.line, found.column) == place(wrong, at + 1)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_a_query_that_is_cut_off_breaks_off_at_its_end(example: Example) -> None:
    query = example.at(BASE)
    for at in list(boundaries(query))[::5]:
        if query.count("{", 0, at) > query.count("}", 0, at):
            found = told(query[:at])
            assert (found.line, found.column) == place(query, at)
            assert "breaks off" in str(found)


def test_nothing_is_asked_of_another_server_while_the_place_is_sought() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        found = told(f"ASK {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }}")
        assert '"}" cannot stand here.' in str(found)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.slow
def test_a_query_as_long_as_one_may_be_is_searched_with_few_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    real = places._Search._told

    def counted(search: places._Search, query: str) -> str:
        asked.append(query)
        return real(search, query)

    monkeypatch.setattr(places, "LONGEST", 60)
    monkeypatch.setattr(places._Search, "_told", counted)
    row, bad = "(1 2)\n", "(3)\n"
    query = f"SELECT * {{ VALUES (?x ?y) {{ {row * 9000}{bad}{row * 6000} }} }}"
    assert (told(query).line, len(asked) <= 30) == (9001, True)
    asked.clear()
    assert told(f"{query} }}").line == 9001
    query = query.replace(bad, "")
    asked.clear()
    assert (told(f"{query} }}").line, len(asked) <= 10) == (15001, True)


@pytest.mark.parametrize("took", [0, 60])
def test_where_the_search_would_take_long_the_place_of_the_engine_is_told(
    took: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not took:
        monkeypatch.setattr(places, "LONGEST", 0)
    with pytest.raises(SyntaxError) as wrong:
        ox.Store().query("SELCT * {}")
    found = refusal(wrong.value, "SELCT * {}", BASE, took)
    assert re.match(rf"error at {found.line}:{found.column}: ", str(wrong.value))
    assert "something else was expected here" in str(found)


def test_what_the_engine_says_without_a_place_is_passed_on() -> None:
    found = refusal(SyntaxError("No scheme found in an absolute IRI"), "ASK {}", "")
    assert (found.line, found.column) == (None, None)
    assert "No scheme" in str(found)


def test_the_engine_tells_the_place_in_the_query_that_was_asked() -> None:
    engine = Engine(ox.Store(), BASE, {})
    with pytest.raises(BadQuery) as wrong:
        engine.answer("SELECT *\n{ ?z ?a <c> ; ?q}", DatasetClause(), lambda _: CSV, lambda _: None)  # type: ignore[arg-type, return-value]
    assert (wrong.value.line, wrong.value.column) == (2, 17)
