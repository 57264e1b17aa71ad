"""The results of a query are read by other libraries as what they are, whatever the terms, in all four formats."""

import csv
import io
import json
import random
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import assume, example, given
from hypothesis import strategies as st
from rdflib.query import Result
from rdflib.term import Node

from publisher import blocks, results
from publisher.errors import Unwritable
from publisher.media import CSV, JSON, RESULTS, TSV, XML, Format
from publisher.rdfxml import ILLEGAL
from tests.hostile import DATATYPES, IRIS, LANGUAGES, NUMBERS
from tests.hostile import TEXT as LEGAL_TEXT

XSD = "http://www.w3.org/2001/XMLSchema#"
SPARQL = "{http://www.w3.org/2005/sparql-results#}"
#: A term as the JSON format has it.
Term = dict[str, str]
Row = dict[str, Term]

#: Any text that there is, but for halves of characters: control characters and what is no character among them.
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text(
        st.sampled_from("\0\a\t\n\v\f\r\x1c\x1f\x7f\x85\u2028\u2029\ufffe\uffff\"'\\,;<>?_: a中\U0001f600"), max_size=8
    ),
    st.sampled_from(["", " ", "\r\n", "_:b", "<a>", "?a", "1", "true", '"x"@en', "\\n", "\\u0041", '"\\', "a\\"]),
)


def _literals(text: st.SearchStrategy[str]) -> st.SearchStrategy[Term]:
    return st.one_of(
        text.map(lambda value: {"type": "literal", "value": value}),
        st.builds(lambda value, tag: {"type": "literal", "value": value, "xml:lang": tag}, text, LANGUAGES),
        st.builds(
            lambda value, name: {"type": "literal", "value": value, "datatype": name},
            st.one_of(text, NUMBERS),
            DATATYPES.filter(lambda name: name != XSD + "string"),
        ),
    )


NODES = st.one_of(
    IRIS.map(lambda iri: {"type": "uri", "value": iri.value}),
    st.sampled_from(["http://x.example/a,b", "http://x.example/(a)'b", "urn:x:é,", "http://x.example/#char=1,2"]).map(
        lambda iri: {"type": "uri", "value": iri}
    ),
    st.sampled_from(["b0", "a.b", "0", "_"]).map(lambda label: {"type": "bnode", "value": label}),
)
NAMES = ("a", "b_2", "é")


def _rows(literals: st.SearchStrategy[Term]) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.dictionaries(st.sampled_from(NAMES), st.one_of(NODES, literals)), max_size=6)


ROWS = _rows(_literals(TEXT))
LEGAL_ROWS = _rows(_literals(LEGAL_TEXT))


def written(rows: Iterable[Row], wanted: Format, names: tuple[str, ...] = NAMES) -> bytes:
    """Return what we write for these rows."""
    out = io.BytesIO()
    results.write(solutions(rows, names), wanted, out)
    return out.getvalue()


def solutions(rows: Iterable[Row], names: tuple[str, ...] = NAMES) -> ox.QuerySolutions:
    """Return rows as the engine gives them. No store is between: it would write numbers its own way."""
    document = json.dumps({"head": {"vars": names}, "results": {"bindings": list(rows)}})
    found = ox.parse_query_results(document, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    return found


def by_rdflib(body: bytes | str, form: str) -> list[Row]:
    """Return the rows that rdflib reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        source: Any = io.StringIO(body, newline="") if isinstance(body, str) else io.BytesIO(body)
        found = Result.parse(source, format=form)
    return [{str(name): term(node) for name, node in row.items()} for row in found.bindings]


def term(node: Node) -> Term:
    """Return a term of rdflib's as the JSON format has it."""
    if isinstance(node, rdflib.Literal):
        told = {"xml:lang": node.language} if node.language else {}
        if node.datatype and str(node.datatype) != XSD + "string":
            told["datatype"] = str(node.datatype)
        return {"type": "literal", "value": str(node), **told}
    return {"type": "uri" if isinstance(node, rdflib.URIRef) else "bnode", "value": str(node)}


@given(ROWS)
def test_json_is_read_by_json_and_by_rdflib(rows: list[Row]) -> None:
    body = written(rows, JSON)
    assert json.loads(body) == {"head": {"vars": list(NAMES)}, "results": {"bindings": rows}}
    assert by_rdflib(body, "json") == rows


@given(LEGAL_ROWS)
@example([{"a": {"type": "literal", "value": "a\rb\r\nc"}}])
def test_xml_is_read_by_elementtree_and_by_rdflib(rows: list[Row]) -> None:
    body = written(rows, XML)
    assert by_elementtree(body) == rows
    assert by_rdflib(body, "xml") == rows


def by_elementtree(body: bytes) -> list[Row]:
    document = ElementTree.fromstring(body)  # noqa: S314 (our own)
    assert [one.get("name") for one in document.iter(f"{SPARQL}variable")] == list(NAMES)
    kinds = {"{http://www.w3.org/XML/1998/namespace}lang": "xml:lang", "datatype": "datatype"}
    return [
        {
            binding.get("name", ""): {
                "type": value.tag.removeprefix(SPARQL),
                "value": value.text or "",
                **{kinds[name]: told for name, told in value.attrib.items()},
            }
            for binding in result
            for value in binding
        }
        for result in document.iter(f"{SPARQL}result")
    ]


@given(ROWS, st.sampled_from("\0\a\v\f\x1b\x1f\ufffe\uffff"))
def test_a_character_that_xml_has_not_is_an_error_that_names_it(rows: list[Row], character: str) -> None:
    assume(rows)
    rows = [{**rows[0], "a": {"type": "literal", "value": f"a{character}"}}]
    legal = _legal(rows[0].get("b_2")) and _legal(rows[0].get("é"))
    with pytest.raises(Unwritable, match=f"U\\+{ord(character):04X}.*JSON" if legal else "JSON"):
        written(rows, XML)
    assert json.loads(written(rows, JSON))["results"]["bindings"] == rows


def _legal(value: Term | None) -> bool:
    return not value or not ILLEGAL.search(value["value"])


@given(ROWS)
def test_tsv_is_read_by_rdflib_and_by_the_engine(rows: list[Row]) -> None:
    body = written(rows, TSV)
    assert body.startswith("?a\t?b_2\t?é\n".encode())
    assert by_rdflib(body.decode(), "tsv") == rows  # of bytes it would take U+2028 for the end of a row
    again = ox.parse_query_results(body, format=ox.QueryResultsFormat.TSV)
    assert json.loads(again.serialize(format=ox.QueryResultsFormat.JSON) or b"")["results"]["bindings"] == rows


@given(ROWS, st.sampled_from([NAMES, NAMES[:1]]))
def test_csv_is_read_by_csv_and_by_rdflib(rows: list[Row], names: tuple[str, ...]) -> None:
    rows = [{name: value for name, value in row.items() if name in names} for row in rows]
    body = written(rows, CSV, names)
    expected = [[cell(row.get(name)) for name in names] for row in rows]
    assert body.endswith(b"\r\n")
    assert list(csv.reader(io.StringIO(body.decode(), newline=""), strict=True)) == [list(names), *expected]
    found = Result.parse(io.BytesIO(body), format="csv")
    assert [[str(row.get(rdflib.Variable(name), "")) for name in names] for row in found.bindings] == expected


def cell(value: Term | None) -> str:
    """Return what a cell of CSV holds (SPARQL 1.1 Query Results CSV and TSV Formats, section 3.2)."""
    if value is None:
        return ""
    return f"_:{value['value']}" if value["type"] == "bnode" else value["value"]


def test_csv_has_no_marks_without_need() -> None:
    texts = ["plain", "<b>", "?x", "a b", "a,b", 'a"b', "a\nb", "1", ""]
    rows: list[Row] = [
        {"a": {"type": "literal", "value": text}, "b_2": {"type": "literal", "value": "x"}} for text in texts
    ]
    cells = [line.removesuffix(b",x,") for line in written(rows, CSV).split(b"\r\n")[1:-1]]
    assert cells == [b"plain", b"<b>", b"?x", b"a b", b'"a,b"', b'"a""b"', b'"a\nb"', b"1", b""]


@pytest.mark.parametrize(("query", "found"), [("ASK {}", True), ("ASK { ?s ?p ?o }", False)])
def test_yes_or_no_is_read_in_each_format(query: str, found: bool) -> None:
    body = {one: io.BytesIO() for one in RESULTS}
    for wanted, out in body.items():
        answer = ox.Store().query(query)
        assert isinstance(answer, ox.QueryBoolean)
        results.write(answer, wanted, out)
    assert json.loads(body[JSON].getvalue())["boolean"] is found
    assert Result.parse(io.BytesIO(body[XML].getvalue()), format="xml").askAnswer is found
    assert bool(ox.parse_query_results(body[TSV].getvalue(), format=ox.QueryResultsFormat.TSV)) is found
    assert body[CSV].getvalue().strip().decode() == str(found).lower()


@pytest.mark.parametrize("wanted", RESULTS, ids=lambda one: one.name)
@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT * {}", 1),
        ("SELECT ?a { VALUES ?a {} }", 0),
        ('SELECT ?a { VALUES ?a { UNDEF 1 "" UNDEF } }', 4),
        ("SELECT ?a ?b { VALUES ?a { UNDEF 1 } }", 2),
    ],
)
def test_no_columns_no_rows_and_empty_rows_are_read(wanted: Format, query: str, rows: int) -> None:
    body = selected(query, wanted)
    if wanted is CSV:
        count = len(list(csv.reader(io.StringIO(body.decode(), newline="")))) - 1
    else:
        again = ox.parse_query_results(body, format=wanted.engine)  # type: ignore[arg-type]
        assert isinstance(again, ox.QuerySolutions)
        count = sum(1 for _ in again)
    assert count == rows


def selected(query: str, wanted: Format) -> bytes:
    """Return what we write for the answer of an empty store to a SELECT."""
    found, out = ox.Store().query(query), io.BytesIO()
    assert isinstance(found, ox.QuerySolutions)
    results.write(found, wanted, out)
    return out.getvalue()


def test_terms_of_rdf_1_2_are_read_as_what_they_are() -> None:
    triple = ox.Triple(ox.NamedNode("http://a"), ox.NamedNode("http://b"), ox.Literal('c, "d\\ \n'))
    query = f'SELECT ?a ?b {{ VALUES (?a ?b) {{ (<<( {triple} )>> "e"@en--rtl) }} }}'
    for wanted in (JSON, TSV):
        again = ox.parse_query_results(selected(query, wanted), format=wanted.engine)  # type: ignore[arg-type]
        assert isinstance(again, ox.QuerySolutions)
        assert [str(value) for row in again for value in row] == [str(triple), '"e"@en--rtl']
    rows = list(csv.reader(io.StringIO(selected(query, CSV).decode(), newline=""), strict=True))
    assert rows == [["a", "b"], [f"<<( {triple} )>>", "e"]]


# --- In blocks


class Counting:
    """A sink that keeps what it took."""

    def __init__(self) -> None:
        self.blocks: list[bytes] = []

    def write(self, block: bytes) -> None:
        self.blocks.append(block)


@pytest.mark.parametrize("wanted", RESULTS, ids=lambda one: one.name)
def test_many_rows_come_in_blocks_that_give_the_whole(wanted: Format) -> None:
    noise = random.Random(7)  # noqa: S311 (no secret)
    letters = 'abc é中,"\\\r\n\t\u2028' + "x" * 20
    rows: list[Row] = [
        {
            "a": {"type": "uri", "value": f"http://x.example/{number},"},
            "b_2": {"type": "literal", "value": "".join(noise.choices(letters, k=noise.randrange(90)))},
        }
        for number in range(6_000)
    ]
    sink = Counting()
    results.write(solutions(rows), wanted, sink)
    assert len(sink.blocks) > 5
    assert max(map(len, sink.blocks)) < 2 * blocks.SIZE
    body = b"".join(sink.blocks)
    if wanted is CSV:
        read = list(csv.reader(io.StringIO(body.decode(), newline=""), strict=True))[1:]
        assert read == [[cell(row.get(name)) for name in NAMES] for row in rows]
    elif wanted is XML:
        assert by_elementtree(body) == rows
    else:
        again = ox.parse_query_results(body, format=wanted.engine)  # type: ignore[arg-type]
        assert json.loads(again.serialize(format=ox.QueryResultsFormat.JSON) or b"")["results"]["bindings"] == rows


@pytest.mark.parametrize("offset", range(-4, 5))
@pytest.mark.parametrize("pieces", [1, 8])
def test_a_character_across_two_blocks_is_seen(offset: int, pieces: int) -> None:
    before = "é" + "x" * (8192 * pieces - len(written([], XML)) - 60 + offset)
    for character in "\uffff\ufffe\x01":
        with pytest.raises(Unwritable, match=f"U\\+{ord(character):04X}"):
            written([{"a": {"type": "literal", "value": f"{before}{character}b"}}], XML)
    for text in (f"{before}中\r", f"{before}\u2028", f"{before}\uff1e\U0001f600"):
        rows: list[Row] = [{"a": {"type": "literal", "value": text}}]
        assert by_elementtree(written(rows, XML)) == rows
        assert by_rdflib(written(rows, TSV).decode(), "tsv") == rows


@given(st.lists(st.binary(max_size=9)), st.sampled_from([b"", b"\n"]), st.integers(1, 12))
def test_blocks_are_cut_only_where_they_may_end(pieces: list[bytes], end: bytes, size: int) -> None:
    sink = Counting()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", size)
        joined = blocks.Blocks(sink, end)
        for piece in pieces:
            assert joined.write(piece) == len(piece)
        joined.finish()
    assert b"".join(sink.blocks) == b"".join(pieces)
    assert all(block.endswith(end) for block in sink.blocks[:-1])


def test_an_error_of_the_sink_reaches_whoever_writes() -> None:
    class Gone:
        def write(self, block: bytes) -> None:
            raise BrokenPipeError(block[:10])

    for wanted in RESULTS:
        with pytest.raises(BrokenPipeError):
            results.write(solutions([{}]), wanted, Gone())
