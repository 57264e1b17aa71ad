"""Graphs that writers of RDF get wrong, and two parsers that say what was written."""

from collections.abc import Iterable

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import strategies as st
from rdflib.term import Node

from mappings import Names
from publisher import serialise

#: Ours, and some of which each is a trap: within another, named like a scheme, like a key, and without an end.
PREFIXES = {
    **Names().prefixes(),
    "within": "http://localhost:8000/id/person/a",
    "urn": "urn:x:",
    "tag": "http://x.example/tag/",
    "id": "http://x.example/id#",
    "type": "http://x.example/type#",
    "open": "http://x.example/open",
    "xmlish": "http://x.example/xml#",
    "ns1": "http://x.example/ns1#",
    "0": "http://x.example/zero#",
    "same": "https://w3id.org/communique/ns#",
}
RDF = PREFIXES["rdf"]
XSD = PREFIXES["xsd"]
#: What may stand in an IRI (RFC 3987).
LOCAL = st.one_of(
    st.sampled_from(["modality", "person", "id", "type", "@id", "//x", "a:b", "label", "tag", "1", "a/", "x-y.z"]),
    st.text(st.sampled_from("ab09-._~!$&'()*+,;=:@/?é中·\u0301\U00010400"), max_size=8),
)  # fmt: skip
IRIS = st.builds(
    lambda namespace, local: ox.NamedNode(namespace + local),
    st.sampled_from([*PREFIXES.values(), "http://x.example/", "urn:y:", "person:", "modality:", "tag:", "a:"]),
    LOCAL,
)
TEXT = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff", min_codepoint=32), max_size=9),
    st.sampled_from(["", " ", "\r", "\r\n", "\t\n", " a ", "]]>", "<![CDATA[", "&amp;", "'\"", "\\", "\u0085\u2028"]),
)  # fmt: skip
DATATYPES = st.one_of(
    st.sampled_from([RDF + name for name in ("JSON", "HTML", "XMLLiteral")]),
    st.sampled_from([XSD + name for name in ("string", "integer", "boolean", "date", "double", "decimal", "anyURI")]),
    IRIS.map(lambda iri: iri.value),
)
NUMBERS = st.one_of(
    st.integers().map(str), st.sampled_from(["01", "+1", "-0", "1.0", "1e400", "true", "[1]", "2020-13-01"])
)
LANGUAGES = st.sampled_from(["en", "en-us", "zh-hans-cn", "id", "type", "x-a"])
LITERALS = st.one_of(
    TEXT.map(ox.Literal),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXT, LANGUAGES),
    st.builds(lambda text, name: ox.Literal(text, datatype=ox.NamedNode(name)), st.one_of(TEXT, NUMBERS), DATATYPES),
)
BLANKS = st.sampled_from(["c14n0", "b1", "0a", "_0a", "_", "a.b", "a:b", "a..b"]).map(ox.BlankNode)
NODES = st.one_of(IRIS, BLANKS)
WELL_KNOWN = st.sampled_from(
    [RDF + name for name in ("type", "first", "rest", "_1", "value")] + [PREFIXES["cmq"] + "modality"]
).map(ox.NamedNode)
TRIPLES = st.lists(
    st.builds(ox.Triple, NODES, st.one_of(IRIS, WELL_KNOWN, WELL_KNOWN), st.one_of(NODES, LITERALS)), max_size=8
).map(lambda triples: sorted(set(triples), key=serialise.order))


def canonical(triples: Iterable[ox.Triple]) -> list[str]:
    """Return triples such that two graphs are the same if these are (RDFC-1.0)."""
    dataset = ox.Dataset(ox.Quad(one.subject, one.predicate, one.object) for one in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def by_engine(written: bytes, form: ox.RdfFormat) -> list[str]:
    """Return what pyoxigraph reads."""
    return canonical(quad.triple for quad in ox.parse(written, format=form) if isinstance(quad, ox.Quad))


def by_rdflib(written: bytes, form: str) -> list[str]:
    """Return what rdflib reads, its literals as they were written."""
    blanks: dict[Node, ox.BlankNode] = {}

    def term(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        if isinstance(node, rdflib.URIRef):
            return ox.NamedNode(str(node))
        if isinstance(node, rdflib.BNode):
            return blanks.setdefault(node, ox.BlankNode())
        assert isinstance(node, rdflib.Literal)
        if node.language:
            return ox.Literal(str(node), language=node.language)
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or XSD + "string")))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rdflib, "NORMALIZE_LITERALS", False)
        graph = rdflib.Graph().parse(data=written, format=form)
    return canonical(ox.Triple(*map(term, triple)) for triple in graph)  # type: ignore[arg-type]
