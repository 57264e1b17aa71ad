"""What we write is read as what it was, by other libraries too, and by those that know little of Turtle."""

import re

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from mappings import Names
from publisher import serialise
from publisher.release import Release

NAMES = Names()
PREFIXES = NAMES.prefixes()
#: What may stand in an IRI (RFC 3987), the signs that Turtle escapes in names among them; a fragment at most once.
LOCAL = st.text(st.sampled_from("ab09-._~!$&'()*+,;=:@/?#é"), max_size=12)


def _iri(namespace: str, local: str) -> ox.NamedNode:
    before, mark, fragment = f"{namespace}{local}%41".partition("#")
    return ox.NamedNode(before + mark + fragment.replace("#", ""))


IRIS = st.builds(_iri, st.sampled_from([*PREFIXES.values(), "http://x.example/"]), LOCAL)
TEXT = st.text(st.characters(blacklist_categories=["Cs", "Cc"], whitelist_characters="\n\t"), max_size=20)
LITERALS = st.one_of(
    TEXT.map(ox.Literal),
    TEXT.map(lambda text: ox.Literal(text, language="en")),
    st.integers().map(ox.Literal),
    st.sampled_from(['a "fact:x\\#y" b', "\\", '"', "fact:a\\#b", "<fact:a\\#b>", " .\n\n", "' \\' \""]).map(
        ox.Literal
    ),
)
TRIPLES = st.lists(st.builds(ox.Triple, IRIS, IRIS, st.one_of(IRIS, LITERALS)), max_size=8)


@given(TRIPLES)
def test_turtle_is_read_as_what_was_written(triples: list[ox.Triple]) -> None:
    written = serialise.turtle(sorted(set(triples), key=serialise.order), PREFIXES)
    assert {quad.triple for quad in _quads(written, ox.RdfFormat.TURTLE)} == set(triples)


@given(TRIPLES, st.sampled_from([ox.DefaultGraph(), ox.NamedNode(str(NAMES.graph("x")))]))
def test_trig_is_read_as_what_was_written(triples: list[ox.Triple], graph: ox.DefaultGraph | ox.NamedNode) -> None:
    quads = {ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples}
    written = serialise.trig(sorted(quads, key=serialise.order), PREFIXES)
    assert set(_quads(written, ox.RdfFormat.TRIG)) == quads


@given(TRIPLES)
def test_no_name_has_an_escape(triples: list[ox.Triple]) -> None:
    """Virtuoso 7 takes the backslash of `fact:x\\#y` for a part of the IRI."""
    written = serialise.turtle(triples, PREFIXES).decode()
    assert "\\" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", written)


def test_the_dumps_have_no_name_with_an_escape(release: Release) -> None:
    for name in ("communique.ttl", "communique.trig"):
        text = (release.folder / "dumps" / name).read_text(encoding="utf-8")
        assert "\\" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", text)


def test_rdflib_reads_the_same_from_turtle(release: Release) -> None:
    dumps = release.folder / "dumps"
    read = Graph().parse(dumps / "communique.ttl")
    engine = {quad.triple for quad in _quads((dumps / "communique.ttl").read_bytes(), ox.RdfFormat.TURTLE)}
    assert len(read) == len(engine)
    named = {one.subject.value for one in engine if isinstance(one.subject, ox.NamedNode)}
    assert {str(subject) for subject in read.subjects()} >= named


def _quads(written: bytes, form: ox.RdfFormat) -> list[ox.Quad]:
    return [quad for quad in ox.parse(written, format=form) if isinstance(quad, ox.Quad)]
