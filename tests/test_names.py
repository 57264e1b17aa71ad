"""The IRIs that we publish, written out: whoever changes one of these breaks links that others have made."""

import re

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import SKOS

from mappings import KINDS, Names
from mappings.names import CMQ, GRAPHS, KEY, LOCAL, SCHEMES, SLUG, SUFFIXES, TYPES, VOCABULARY, concept
from tests.conftest import ROOT
from tests.source import Source

BASE = "https://data.example/"
NAMES = Names(BASE)


def test_each_iri_is_as_it_was_settled() -> None:
    minted = [
        NAMES.iri("state/mali"),
        NAMES.iri("person/sergei-tsivilev"),
        NAMES.iri("stance/mali-2025-07-28.s1-major"),
        NAMES.iri("group/mali-2025-07-28.officials"),
        NAMES.iri("matter/mali-2025-07-28.economic-models"),
        NAMES.iri("agent/mali-2025-07-28.author"),
        NAMES.document("mali-2025-07-28"),
        NAMES.text("mali-2025-07-28"),
        NAMES.sentence("mali-2025-07-28", "s2"),
        NAMES.within("mali-2025-07-28", "char", 239, 257),
        NAMES.within("mali-2025-07-28", "quote", 239, 257),
        NAMES.within("mali-2025-07-28", "position", 239, 257),
        NAMES.fact("mali-2025-07-28.s2-led"),
        NAMES.graph("mali-2025-07-28"),
        NAMES.graph("description"),
        NAMES.iri("modality#proposed"),
        concept("lifecycle", "proposed"),
        CMQ.Visit,
    ]
    assert list(map(str, minted)) == [
        "https://data.example/id/state/mali",
        "https://data.example/id/person/sergei-tsivilev",
        "https://data.example/id/stance/mali-2025-07-28.s1-major",
        "https://data.example/id/group/mali-2025-07-28.officials",
        "https://data.example/id/matter/mali-2025-07-28.economic-models",
        "https://data.example/id/agent/mali-2025-07-28.author",
        "https://data.example/id/document/mali-2025-07-28",
        "https://data.example/doc/document/mali-2025-07-28.txt",
        "https://data.example/id/document/mali-2025-07-28#s2",
        "https://data.example/id/document/mali-2025-07-28#char=239,257",
        "https://data.example/id/document/mali-2025-07-28#quote=239,257",
        "https://data.example/id/document/mali-2025-07-28#position=239,257",
        "https://data.example/id/fact/mali-2025-07-28.s2-led",
        "https://data.example/graph/mali-2025-07-28",
        "https://data.example/graph/description",
        "https://w3id.org/communique/modality#proposed",
        "https://w3id.org/communique/lifecycle#proposed",
        "https://w3id.org/communique/ns#Visit",
    ]


def test_a_statement_is_named_by_the_hash_of_its_triple_without_the_base() -> None:
    """The hashed lines are `<id/person/p> <https://w3id.org/communique/ns#heads> <id/delegation/d>`, and so on."""
    for base in (BASE, "http://localhost:8000/", "https://data.example/below/"):
        names = Names(base)
        triple = (names.iri("person/p"), CMQ.heads, names.iri("delegation/d"))
        assert names.statement("doc.s2-led", triple) == URIRef(f"{base}id/fact/doc.s2-led#425794c7")
        words = (names.iri("event/e"), CMQ.dateText, Literal("recent", lang="en"))
        assert names.statement("doc.s7", words) == URIRef(f"{base}id/fact/doc.s7#45426430")


def test_statements_of_other_triples_have_other_names() -> None:
    one = (NAMES.iri("event/e"), CMQ.dateText, Literal("recent", lang="en"))
    others = [
        (NAMES.iri("event/f"), CMQ.dateText, Literal("recent", lang="en")),
        (NAMES.iri("event/e"), CMQ.title, Literal("recent", lang="en")),
        (NAMES.iri("event/e"), CMQ.dateText, Literal("recent", lang="fr")),
        (NAMES.iri("event/e"), CMQ.dateText, Literal("recent")),
    ]
    assert len({NAMES.digest(triple) for triple in (one, *others)}) == 5


def test_the_schemes_are_those_of_the_ontology(source: Source) -> None:
    assert sorted(SCHEMES) == sorted(source.vocabularies.schemes)
    assert sorted(SCHEMES) == sorted(
        path.stem for path in (ROOT / "ontology").glob("*.ttl") if path.stem not in ("ns", "facts")
    )
    for scheme in SCHEMES:
        graph = Graph(bind_namespaces="none").parse(ROOT / "ontology" / f"{scheme}.ttl")
        concepts = {str(it) for it in graph.subjects(RDF.type, SKOS.Concept)}
        assert concepts == {f"{VOCABULARY}{scheme}#{name}" for name in source.vocabularies.schemes[scheme]}


def test_the_classes_that_a_thing_may_be_declared_to_have_are_declared(source: Source) -> None:
    for classes in TYPES.values():
        for name in classes:
            assert (CMQ[name], SKOS.prefLabel, None) in source.vocabularies.graph, name


def test_every_name_in_the_seeds_is_ascii_without_dots(source: Source) -> None:
    references = [*source.seeds.authority, *(name for sheet in source.seeds.sheets for name in sheet.things)]
    assert references
    for reference in references:
        kind, _, slug = reference.partition("/")
        own = slug.partition(".")[2] if kind in LOCAL else slug
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", own), reference
        assert kind in TYPES
    for sheet in source.seeds.sheets:
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", sheet.document.key)
        assert sheet.document.key not in ("authority", "ontology", "inferred", "description")
        for fact in sheet.facts:
            assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*[.][A-Za-z0-9]+(-[A-Za-z0-9]+)*", fact.key)


def test_a_prefix_never_stands_for_two_namespaces_and_each_type_and_scheme_has_one() -> None:
    prefixes = NAMES.prefixes()
    assert len(set(prefixes.values())) == len(prefixes) == 1 + len(TYPES) + len(SCHEMES) + 14
    assert prefixes["state"] == "https://data.example/id/state/"
    assert prefixes["modality"] == "https://w3id.org/communique/modality#"
    assert prefixes["org"] == "https://data.example/id/org/"
    assert prefixes["w3org"] == "http://www.w3.org/ns/org#"


def test_names_that_would_end_an_address_like_a_format_are_reserved() -> None:
    assert set(SUFFIXES) == {"html", "ttl", "nt", "jsonld", "rdf", "trig", "nq", "txt"}
    assert set(GRAPHS) == {"authority", "ontology", "inferred", "description"}


slugs = st.from_regex(SLUG, fullmatch=True)
keys = st.from_regex(KEY, fullmatch=True)
bases = st.sampled_from((BASE, "http://localhost:8000/", "https://data.example/below/"))
places = st.integers(0, 10**9)


@settings(deadline=None)
@given(slug=slugs, key=keys, base=bases, start=places, end=places, kind=st.sampled_from(sorted(TYPES)))
def test_every_iri_that_is_minted_is_one_for_the_store(
    slug: str, key: str, base: str, start: int, end: int, kind: str
) -> None:
    names = Names(base)
    minted = [
        names.iri(f"{kind}/{slug}"),
        names.iri(f"group/{slug}.{slug}"),
        names.iri(f"stance/{slug}.{key}"),
        names.document(slug),
        names.text(slug),
        names.sentence(slug, "s0"),
        names.graph(slug),
        names.fact(f"{slug}.{key}"),
        names.statement(f"{slug}.{key}", (names.document(slug), RDF.type, CMQ.Document)),
        *(names.within(slug, part, start, end) for part in ("char", "quote", "position")),
    ]
    for iri in minted:
        assert iri.isascii()
        assert iri.startswith(base)
        assert ox.NamedNode(iri).value == str(iri)
    assert len(set(minted[3:])) == len(minted) - 3


def test_every_iri_of_the_seeds_is_one_for_the_store(source: Source) -> None:
    iris = {term for graph in source.graphs.values() for triple in graph for term in triple if isinstance(term, URIRef)}
    assert len(iris) > 500
    for iri in iris:
        assert ox.NamedNode(iri).value == str(iri)


def test_a_text_with_our_iris_is_shortened_to_what_a_sheet_writes() -> None:
    text = f"{BASE}id/person/p {CMQ.heads} {VOCABULARY}modality#state {RDF.type} http://localhost:8000/id/person/p"
    assert NAMES.short(text) == "person/p cmq:heads modality#state rdf:type http://localhost:8000/id/person/p"


def test_every_kind_has_a_name_that_a_sheet_can_write() -> None:
    assert all(re.fullmatch("[a-z]+(_[a-z]+)*", kind) for kind in KINDS)
