"""A graph too large to be sorted is written as it comes, in every format, and is the same graph to each parser."""

import io
import itertools
import json
import re
from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rdflib import Literal, URIRef

from publisher import blocks, serialise
from publisher.datasets import DatasetClause
from publisher.engine import Engine
from publisher.errors import Unwritable
from publisher.media import GRAPHS, JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from tests.hostile import IRIS, LANGUAGES, PREFIXES, TRIPLES, XSD, by_engine, by_rdflib, canonical
from tests.test_rdfxml import iris, read_as_is, writable

#: What rdflib calls our formats.
READERS = {TURTLE: "turtle", N_TRIPLES: "nt", JSON_LD: "json-ld", RDF_XML: "xml"}
S, P = ox.NamedNode("http://x.example/s"), ox.NamedNode("http://x.example/p")
#: Any text that there is, but for halves of characters.
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.text(
        st.sampled_from("\0\a\t\n\v\f\r\x1c\x1f\x7f\x85\u2028\ufffe\uffff\"'\\,;.<>{}?_:# a中\U0001f600"), max_size=8
    ),
)
LITERALS = st.one_of(
    TEXT.map(ox.Literal),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXT, LANGUAGES),
    st.builds(
        lambda text, name: ox.Literal(text, datatype=ox.NamedNode(XSD + name)), TEXT, st.sampled_from(["date", "byte"])
    ),
)  # fmt: skip


def labelled(term: object) -> bool:
    """Say whether a term is no blank node with a label that only JSON-LD has. A store gives labels of its own."""
    return not isinstance(term, ox.BlankNode) or ":" not in term.value


#: Triples of few subjects, which come back after others, and with predicates that end as they like.
MIXED = st.one_of(
    TRIPLES.map(lambda triples: [triple for triple in triples if all(map(labelled, triple))]),
    st.lists(st.builds(ox.Triple, st.sampled_from([S, P, ox.BlankNode("b")]), IRIS, LITERALS), max_size=12),
).flatmap(lambda triples: st.permutations(triples + triples[:3]))
SIZES = st.sampled_from([0, 1, 3])


def streamed(triples: list[ox.Triple], wanted: Format, size: int = 0) -> bytes:
    """Return what is written of triples where more than `size` are too many to be sorted."""
    out = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(serialise, "BLOCK", size)
        patch.setattr(serialise, "PORTION", 2)
        patch.setattr(blocks, "SIZE", 40)
        serialise.write_graph(iter(triples), wanted, PREFIXES, out)
    return out.getvalue()


@pytest.mark.parametrize("wanted", [TURTLE, TRIG, N_TRIPLES, N_QUADS, JSON_LD], ids=lambda one: one.name)
@given(triples=MIXED, size=SIZES)
def test_the_engine_reads_what_was_written(wanted: Format, triples: list[ox.Triple], size: int) -> None:
    assert by_engine(streamed(triples, wanted, size), form(wanted)) == canonical(triples)


@pytest.mark.parametrize("wanted", [TURTLE, N_TRIPLES, JSON_LD], ids=lambda one: one.name)
@given(triples=MIXED)
def test_rdflib_reads_what_was_written(wanted: Format, triples: list[ox.Triple]) -> None:
    # rdflib reads a bare number as its value: `00` as 0.
    assume(wanted is not TURTLE or not any(map(odd_number, (triple.object for triple in triples))))
    assert by_rdflib(streamed(triples, wanted), READERS[wanted]) == canonical(triples)


def odd_number(term: object) -> bool:
    """Say whether Turtle may have a term as a bare number that is written otherwise than its value."""
    bare = isinstance(term, ox.Literal) and re.fullmatch(r"[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?", term.value)
    return bool(bare) and str(Literal(term.value, datatype=URIRef(term.datatype.value))) != term.value  # type: ignore[attr-defined]


@given(MIXED, SIZES)
def test_both_read_rdf_xml_or_it_is_an_error(triples: list[ox.Triple], size: int) -> None:
    if all(map(possible, triples)):
        made = streamed(triples, RDF_XML, size)
        assert by_engine(made, ox.RdfFormat.RDF_XML) == canonical(triples)
        if all(read_as_is(iri) for triple in triples for iri in iris(triple)):
            assert by_rdflib(made, "xml") == canonical(triples)
    else:
        with pytest.raises(Unwritable):
            streamed(triples, RDF_XML, size)


def possible(triple: ox.Triple) -> bool:
    """Say whether RDF/XML can hold a triple."""
    text = triple.object.value if isinstance(triple.object, ox.Literal) else ""
    return writable(triple) and all(one in "\t\n\r" or " " <= one not in ("\ufffe", "\uffff") for one in text)


def form(wanted: Format) -> ox.RdfFormat:
    assert isinstance(wanted.engine, ox.RdfFormat)
    return wanted.engine


@pytest.mark.parametrize("wanted", GRAPHS, ids=lambda one: one.name)
def test_up_to_the_limit_a_graph_is_sorted_and_pretty(wanted: Format) -> None:
    triples = [ox.Triple(S, P, ox.Literal(number)) for number in range(8)] * 2
    assert streamed(triples, wanted, 16) == serialise.graph(triples, wanted, PREFIXES)
    assert streamed(triples, wanted, 15) != serialise.graph(triples, wanted, PREFIXES)


@pytest.mark.parametrize("wanted", GRAPHS, ids=lambda one: one.name)
def test_an_answer_of_the_engine_is_written_whole(wanted: Format) -> None:
    store = ox.Store()
    triples = [ox.Triple(S, P, ox.Literal(f"a\n,{number}")) for number in range(20_500)]
    store.bulk_extend(ox.Quad(*triple) for triple in triples)
    found, out = store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"), io.BytesIO()
    assert isinstance(found, ox.QueryTriples)
    serialise.write_graph(found, wanted, PREFIXES, out)
    read = ox.parse(out.getvalue(), format=form(wanted))
    assert {quad.triple for quad in read if isinstance(quad, ox.Quad)} == set(triples)


@pytest.mark.parametrize("wanted", [N_TRIPLES, N_QUADS], ids=lambda one: one.name)
def test_where_all_is_wanted_the_engine_writes_lines_itself(wanted: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    store, out = ox.Store(), io.BytesIO()
    store.bulk_extend(ox.Quad(S, P, ox.Literal(number)) for number in range(serialise.BLOCK + 5))
    monkeypatch.setattr(ox, "serialize", lambda *_: pytest.fail("each triple came through our hands"))
    query, asked = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", DatasetClause()
    assert not Engine(store, "http://x.example/", PREFIXES).answer(query, asked, lambda _: wanted, lambda _: out)
    assert out.getvalue().count(b"\n") == serialise.BLOCK + 5


def test_turtle_declares_its_prefixes_first_and_has_no_escape_in_a_name() -> None:
    name = ox.NamedNode("http://localhost:8000/id/document/d#char=1,2")
    made = streamed([ox.Triple(name, P, ox.Literal(text)) for text in ("document:d\\#x", "b")], TURTLE).decode()
    head, _, rest = made.rpartition("@prefix")
    assert head.count("@prefix") == len(PREFIXES) - 2, "but for the one that Turtle cannot have"
    assert f"<{name.value}>" in rest
    assert '"document:d\\\\#x"' in rest


@pytest.mark.parametrize("wanted", [TURTLE, TRIG, N_TRIPLES, N_QUADS], ids=lambda one: one.name)
def test_what_rdf_1_2_has_is_written_where_it_can_be(wanted: Format) -> None:
    triples = [
        ox.Triple(S, P, ox.Triple(S, P, P)),
        ox.Triple(S, P, ox.Literal("a", language="en", direction=ox.BaseDirection.RTL)),
    ]
    assert by_engine(streamed(triples, wanted), form(wanted)) == canonical(triples)


@pytest.mark.parametrize("wanted", [RDF_XML, JSON_LD], ids=lambda one: one.name)
def test_and_is_an_error_where_it_cannot(wanted: Format) -> None:
    with pytest.raises(Unwritable, match="triple term"):
        streamed([ox.Triple(S, P, ox.Triple(S, P, P))], wanted)


@pytest.mark.parametrize("wanted", GRAPHS, ids=lambda one: one.name)
def test_what_is_written_is_handed_on_before_all_has_come(wanted: Format) -> None:
    class Full(Exception):
        pass

    class Sink:
        taken = 0

        def write(self, block: bytes) -> None:
            assert len(block) < 4 * blocks.SIZE
            self.taken += len(block)
            if self.taken > 1_000_000:
                raise Full

    def endless(of: Callable[[int], ox.NamedNode]) -> Iterator[ox.Triple]:
        return (ox.Triple(of(number), P, ox.Literal(number)) for number in itertools.count())

    for subject in (lambda _: S, lambda number: ox.NamedNode(f"http://x.example/{number}")):
        with pytest.raises(Full):
            serialise.write_graph(endless(subject), wanted, PREFIXES, Sink())


def test_an_error_where_triples_come_from_reaches_whoever_writes() -> None:
    def broken() -> Iterator[ox.Triple]:
        yield ox.Triple(S, P, S)
        yield ox.Triple(S, P, P)
        raise RuntimeError("evaluation")

    for wanted in GRAPHS:
        with pytest.MonkeyPatch.context() as patch, pytest.raises(RuntimeError, match="evaluation"):
            patch.setattr(serialise, "BLOCK", 1)
            serialise.write_graph(broken(), wanted, PREFIXES, io.BytesIO())


def test_streamed_json_ld_is_json() -> None:
    triples = [ox.Triple(S, P, ox.Literal(number)) for number in range(5)]
    assert {key for node in json.loads(streamed(triples, JSON_LD)) for key in node} == {"@id", P.value}
