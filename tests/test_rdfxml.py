"""RDF/XML is legal and says what the triples say, whatever their predicates and literals are; or it is an error."""

import re
from urllib.parse import urljoin
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from rdflib import Graph

from mappings import Names
from publisher import rdfxml, serialise
from publisher.errors import Unwritable
from publisher.media import RDF_XML
from publisher.release import Release
from tests.hostile import PREFIXES, RDF, TRIPLES, by_engine, by_rdflib, canonical

S, P = ox.NamedNode("http://x.example/s"), ox.NamedNode("http://x.example/p")


def written(triples: list[ox.Triple]) -> bytes:
    return b"".join(rdfxml.write(serialise.subjects(triples), PREFIXES))


def one(predicate: str) -> bytes:
    return written([ox.Triple(S, ox.NamedNode(predicate), ox.Literal("o"))])


@given(TRIPLES)
def test_pyoxigraph_reads_what_was_written(triples: list[ox.Triple]) -> None:
    triples = [triple for triple in triples if writable(triple)]
    assert by_engine(written(triples), ox.RdfFormat.RDF_XML) == canonical(triples)


@given(TRIPLES)
def test_rdflib_reads_what_was_written(triples: list[ox.Triple]) -> None:
    triples = [triple for triple in triples if writable(triple) and all(map(read_as_is, iris(triple)))]
    assert by_rdflib(written(triples), "xml") == canonical(triples)


@given(TRIPLES)
def test_what_cannot_be_written_is_an_error_that_names_the_property(triples: list[ox.Triple]) -> None:
    for triple in triples:
        if not writable(triple):
            with pytest.raises(Unwritable, match=re.escape(triple.predicate.value)):
                written([triple])


def writable(triple: ox.Triple) -> bool:
    """Say whether a predicate ends in a name: a letter or an underscore after which only what names may have comes."""
    return bool(re.search(r"[^\W\d·][\w.·\u0301-]*\Z", triple.predicate.value))


def read_as_is(iri: str) -> bool:
    """Say whether rdflib leaves an IRI as it is: it resolves each, and its parser knows no names above U+FFFF."""
    return urljoin("http://base.example/", iri) == iri and max(iri) <= "\uffff"


def iris(triple: ox.Triple) -> list[str]:
    terms = [triple.subject, triple.predicate, triple.object, getattr(triple.object, "datatype", None)]
    return [term.value for term in terms if isinstance(term, ox.NamedNode)]


@pytest.mark.parametrize(
    ("predicate", "element"),
    [
        (PREFIXES["skos"] + "prefLabel", "skos:prefLabel"),
        (PREFIXES["cmq"] + "2nd", "ns2:nd"),
        ("http://x.example/", None),
        ("http://x.example/2025", None),
        ("http://x.example/2025/é", "ns2:é"),
        ("http://x.example/a%20b", "ns2:b"),
        ("http://x.example/ns1#a.b-c", "ns1:a.b-c"),
        ("http://www.w3.org/2000/xmlns/ab", "ns2:b"),
        ("http://www.w3.org/2000/xmlns/a", None),
        (RDF + "_1", "rdf:_1"),
        (RDF + "li", None),
        (RDF + "about", None),
        (RDF + "Description", None),
    ],
)
def test_a_predicate_is_split_at_the_longest_name_that_it_ends_in(predicate: str, element: str | None) -> None:
    if element is None:
        with pytest.raises(Unwritable, match=re.escape(predicate)):
            one(predicate)
    else:
        assert f"\t<{element}".encode() in one(predicate)
        assert by_rdflib(one(predicate), "xml") == [f'<{S.value}> <{predicate}> "o"']


def test_a_class_without_a_name_or_of_the_syntax_is_a_property() -> None:
    for cls in ("http://x.example/1", RDF + "li", RDF + "Description"):
        triple = ox.Triple(S, ox.NamedNode(RDF + "type"), ox.NamedNode(cls))
        assert b"<rdf:Description rdf:about" in written([triple])
        assert by_rdflib(written([triple]), "xml") == canonical([triple])


@pytest.mark.parametrize("character", ["\0", "\a", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_has_not_is_an_error(character: str) -> None:
    with pytest.raises(Unwritable, match=f"U\\+{ord(character):04X}.*{re.escape(P.value)}"):
        written([ox.Triple(S, P, ox.Literal(f"a{character}"))])


def test_what_rdf_1_1_has_not_is_an_error() -> None:
    for value in (ox.Literal("a", language="en", direction=ox.BaseDirection.RTL), ox.Triple(S, P, P)):
        with pytest.raises(Unwritable, match=r"RDF/XML 1\.1"):
            written([ox.Triple(S, P, value)])


def test_nothing_is_escaped_without_need() -> None:
    text = '“A\'s” "b" > c, \t\né & < ]]> \r'
    literal = re.search(rb"<ns2:p[^>]*>(.*)</ns2:p>", written([ox.Triple(S, P, ox.Literal(text))]), re.DOTALL)
    assert literal
    assert literal[1].decode() == '“A\'s” "b" > c, \t\né &amp; &lt; ]]&gt; &#13;'


def test_the_releases_default_graph_is_written_as_it_is(release: Release) -> None:
    quads = ox.parse(path=str(release.folder / "dumps" / "communique.ttl"), format=ox.RdfFormat.TURTLE)
    triples = sorted((quad.triple for quad in quads if isinstance(quad, ox.Quad)), key=serialise.order)
    made = written(triples)
    assert by_engine(made, ox.RdfFormat.RDF_XML) == canonical(triples)
    assert len(Graph().parse(data=made, format="xml")) == len(triples)
    assert b"\n<foaf:Person rdf:about=" in made or b"\n<sem:Actor rdf:about=" in made


def test_a_page_declares_the_prefixes_that_it_uses_and_no_other() -> None:
    triple = ox.Triple(S, ox.NamedNode(PREFIXES["skos"] + "prefLabel"), ox.Literal("o", language="en"))
    made = serialise.graph([triple], RDF_XML, Names().prefixes()).decode()
    assert re.findall(r"xmlns:(\w+)", made) == ["rdf", "skos"]


def test_an_answer_that_rdf_xml_cannot_write_says_so(client: FlaskClient) -> None:
    query = 'CONSTRUCT { <a> <http://x.example/1> "b" } { }'
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "application/rdf+xml"})
    assert answer.status_code == 406
    assert "http://x.example/1" in answer.text
    fine = client.get("/sparql", query_string={"query": query.replace("/1", "/p")}, headers={"Accept": "text/xml"})
    assert fine.status_code == 200
    assert ElementTree.fromstring(fine.data).tag == f"{{{RDF}}}RDF"  # noqa: S314 (our own)
