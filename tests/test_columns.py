"""The columns of `SELECT *` come in the order in which the query names them, and the rows are the same."""

import io
from collections import Counter

import pyoxigraph as ox
import pytest

from publisher.columns import MOST, written_out
from publisher.datasets import DatasetClause
from publisher.engine import Engine
from publisher.errors import BadQuery
from publisher.media import CSV, JSON

BASE = "http://x.example/"
DATA = """
@prefix x: <http://x.example/> .
x:s x:p x:o , 1 , 2 . x:o x:q "o" . x:g { x:s x:p x:in }
"""
#: Each with the columns that it must have.
ORDERED = {
    "SELECT * { ?subject ?property ?value }": "subject property value",
    "SELECT * { ?o ?p ?a }": "o p a",
    "select distinct*{?z ?p $a}": "z p a",
    "SELECT REDUCED * WHERE { ?z ?p ?a }": "z p a",
    "PREFIX x: <http://x.example/> BASE <b#> # SELECT ?a\nSELECT # *\n * { ?z x:p ?a }": "z a",
    "PREFIX : <p> PREFIX select: <q> SELECT * { ?z ?p ?a }": "z p a",
    "SELECT * { ?z <p> ?a OPTIONAL { ?a ?m ?b } }": "z a m b",
    "SELECT * { ?z <p> ?a BIND('?k ?y' AS ?c) } ORDER BY ?a LIMIT 2": "z a c",
    "SELECT * { ?z <p> ?a FILTER(!BOUND(?none)) FILTER EXISTS { ?z ?inner ?o } MINUS { ?a ?also ?u } }": "z a",
    "SELECT * { ?z ?p ?a { SELECT ?z (COUNT(*) AS ?b) { ?z ?hidden ?too } GROUP BY ?z } }": "z p a b",
    "SELECT * { GRAPH ?h { ?z ?p ?a } }": "h z p a",
    "SELECT * FROM <http://x.example/g> { ?z ?p ?a }": "z p a",
    "SELECT * { ?z ?p ?a } VALUES (?y ?a) { (1 2) }": "z p a y",
    "SELECT * { ?z <p>/<q>* ?a }": "z a",
    "SELECT * { VALUES () { () } }": "",
    "SELECT * { ?b ?ä ?a }": "b ä a",
    "SELECT ?a ?z { ?z ?p ?a }": "a z",
    "SELECT (COUNT(*) AS ?n) ?a { ?z ?p ?a } GROUP BY ?a": "n a",
    "SELECT ?n { { SELECT * { ?n ?p ?a } } }": "n",
}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(DATA.encode(), format=ox.RdfFormat.TRIG)
    return store


@pytest.mark.parametrize(("query", "columns"), ORDERED.items())
def test_columns_come_as_they_are_named_and_rows_as_they_were(query: str, columns: str, store: ox.Store) -> None:
    found, before = (store.query(one, base_iri=BASE) for one in (written_out(query, BASE), query))
    assert isinstance(found, ox.QuerySolutions)
    assert isinstance(before, ox.QuerySolutions)
    assert [one.value for one in found.variables] == columns.split()
    names = sorted(columns.split())
    assert sorted(one.value for one in before.variables) == names
    one, other = (Counter(tuple(str(row[name]) for name in names) for row in rows) for rows in (found, before))
    assert one == other


@pytest.mark.parametrize(
    "query",
    ["ASK { ?z ?p ?a }", "CONSTRUCT { ?z ?p ?a } { SELECT * { ?z ?p ?a } }", "DESCRIBE * { ?z ?p ?a }", "", "*", "<"],
)
def test_what_is_no_select_with_a_star_is_left_as_it_is(query: str) -> None:
    assert written_out(query, BASE) == query


def test_a_query_that_would_be_planned_for_long_is_left_as_it_is() -> None:
    query = f"SELECT * {{ {'?z ?p ?a . ' * MOST} }}"
    assert written_out(query, BASE) == query


def test_the_engine_answers_so_and_says_of_a_mistake_where_it_stands(store: ox.Store) -> None:
    engine, out = Engine(store, BASE, {}), io.BytesIO()
    asked = "SELECT * { ?z <q> ?a }"
    engine.answer(asked, DatasetClause(), lambda _: CSV, lambda _: out)
    assert out.getvalue() == b"z,a\r\nhttp://x.example/o,o\r\n"
    engine.answer(asked, DatasetClause((f"{BASE}g",)), lambda _: JSON, lambda _: out)
    assert out.getvalue().endswith(b'{"head":{"vars":["z","a"]},"results":{"bindings":[]}}')
    with pytest.raises(BadQuery) as wrong:
        engine.answer("SELECT *\n{ ?z ?p", DatasetClause(), lambda _: CSV, lambda _: out)
    assert wrong.value.line == 2
