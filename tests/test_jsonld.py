"""JSON-LD says what the triples say, and reads well: names as keys, things by short names, texts by language."""

import json
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from mappings import Names
from publisher import jsonld, serialise
from publisher.errors import Unwritable
from publisher.release import Release
from tests.hostile import PREFIXES, RDF, TRIPLES, XSD, by_engine, by_rdflib, canonical

S = ox.NamedNode("http://localhost:8000/id/person/s")
CMQ, SKOS = PREFIXES["cmq"], PREFIXES["skos"]


def written(triples: list[ox.Triple], prefixes: dict[str, str] = PREFIXES) -> bytes:
    return b"".join(jsonld.write(serialise.subjects(triples), jsonld.context(triples, prefixes)))


def node(*pairs: tuple[str, Any]) -> dict[str, Any]:
    """Return the object that a subject with these properties and values becomes."""
    triples = [
        ox.Triple(S, ox.NamedNode(predicate), ox.NamedNode(value) if isinstance(value, str) else value)
        for predicate, value in pairs
    ]
    made = written(triples, Names().prefixes())
    assert by_engine(made, ox.RdfFormat.JSON_LD) == by_rdflib(made, "json-ld") == canonical(triples)
    (found,) = json.loads(made)["@graph"]
    return dict(found)


@given(TRIPLES, st.sampled_from([PREFIXES, {}]))
def test_pyoxigraph_reads_what_was_written(triples: list[ox.Triple], prefixes: dict[str, str]) -> None:
    assert by_engine(written(triples, prefixes), ox.RdfFormat.JSON_LD) == canonical(triples)


@given(TRIPLES, st.sampled_from([PREFIXES, {}]))
def test_rdflib_reads_what_was_written(triples: list[ox.Triple], prefixes: dict[str, str]) -> None:
    assert by_rdflib(written(triples, prefixes), "json-ld") == canonical(triples)


@given(TRIPLES)
def test_the_context_does_not_depend_on_the_order_of_the_triples(triples: list[ox.Triple]) -> None:
    there, back = (json.dumps(jsonld.context(some, PREFIXES)) for some in (triples, triples[::-1]))
    assert there == back


def test_keys_are_names_and_things_are_called_by_short_names() -> None:
    assert node((RDF + "type", CMQ + "Person"), (CMQ + "heads", "http://localhost:8000/id/delegation/d")) == {
        "id": "person:s",
        "type": "cmq:Person",
        "heads": "delegation:d",
    }


def test_texts_stand_by_their_languages_where_all_are_in_one() -> None:
    texts = [ox.Literal(text, language=tag) for text, tag in (("a", "en"), ("b", "en"), ("c", "ru"))]
    labels = [(SKOS + "altLabel", text) for text in texts]
    assert node(*labels)["altLabel"] == {"en": ["a", "b"], "ru": "c"}
    assert node(labels[0], (SKOS + "altLabel", ox.Literal("d")))["altLabel"] == [
        {"@value": "a", "@language": "en"},
        "d",
    ]


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (ox.Literal(60), 60),
        (ox.Literal("-7", datatype=ox.NamedNode(XSD + "integer")), -7),
        (ox.Literal("07", datatype=ox.NamedNode(XSD + "integer")), {"@value": "07", "@type": "xsd:integer"}),
        (ox.Literal(10**15), {"@value": "1000000000000000", "@type": "xsd:integer"}),
        (ox.Literal("60"), "60"),
        (ox.Literal("2025-07-28", datatype=ox.NamedNode(XSD + "date")), "2025-07-28"),
        (ox.Literal("1.50", datatype=ox.NamedNode(XSD + "decimal")), "1.50"),
        (ox.Literal("[ 1 ]", datatype=ox.NamedNode(RDF + "JSON")), "[ 1 ]"),
    ],
)
def test_a_literal_is_a_json_value_only_where_it_comes_back_as_it_was(literal: ox.Literal, value: object) -> None:
    assert node((CMQ + "size", literal))["size"] == value


def test_values_of_two_kinds_each_say_what_they_are() -> None:
    date = ox.Literal("2025-07-28", datatype=ox.NamedNode(XSD + "date"))
    assert node((RDF + "object", CMQ + "Visit"), (RDF + "object", date))["object"] == [
        {"@value": "2025-07-28", "@type": "xsd:date"},
        {"id": "cmq:Visit"},
    ]


def test_of_two_properties_with_one_name_the_one_whose_prefix_stands_first_has_it() -> None:
    end = ox.Literal(2)
    assert set(node((CMQ + "end", end), (PREFIXES["oa"] + "end", end))) == {"id", "end", "oa:end"}
    assert set(node((PREFIXES["oa"] + "end", end))) == {"id", "end"}


def test_a_prefix_gives_way_to_a_property_of_its_name() -> None:
    assert node((CMQ + "modality", "https://w3id.org/communique/modality#state"))["modality"] == "Modality:state"
    assert node((CMQ + "kind", "https://w3id.org/communique/modality#state"))["kind"] == "modality:state"


def test_an_iri_is_short_only_where_it_is_read_as_itself() -> None:
    person = "http://localhost:8000/id/person/"
    for iri in (person, person + "//x", "person:x", "http://elsewhere.example/"):
        assert node((CMQ + "kind", iri))["kind"] == iri


def test_the_context_has_no_prefix_that_nothing_uses() -> None:
    triple = ox.Triple(S, ox.NamedNode(CMQ + "heads"), S)
    made = jsonld.context([triple], Names().prefixes())
    assert list(made) == ["@version", "id", "type", "person", "heads"]


def test_what_json_ld_has_not_is_an_error() -> None:
    with pytest.raises(Unwritable, match="triple term"):
        written([ox.Triple(S, S, ox.Triple(S, S, S))])


def test_the_releases_default_graph_is_written_as_it_is(release: Release) -> None:
    quads = ox.parse(path=str(release.folder / "dumps" / "communique.ttl"), format=ox.RdfFormat.TURTLE)
    triples = sorted((quad.triple for quad in quads if isinstance(quad, ox.Quad)), key=serialise.order)
    made = written(triples, Names().prefixes())
    assert by_engine(made, ox.RdfFormat.JSON_LD) == canonical(triples)
    assert len(Graph().parse(data=made, format="json-ld")) == len(triples)
    keys = {key for found in json.loads(made)["@graph"] for key in found}
    assert not {key for key in keys if "/" in key}
    assert keys >= {"prefLabel", "modality", "heads", "evidence"}


def test_a_page_and_an_answer_have_their_context(client: FlaskClient) -> None:
    page = client.get("/doc/person/sergei-tsivilev.jsonld").get_json(force=True)
    (person,) = [found for found in page["@graph"] if found["id"] == "person:sergei-tsivilev"]
    assert person["heads"] == "delegation:ru-ml-2025-07-28"
    query = "CONSTRUCT { ?who <x:heads> ?what } { ?who <https://w3id.org/communique/ns#heads> ?what }"
    answer = client.get("/sparql", query_string={"query": query}, headers={"Accept": "application/ld+json"})
    assert answer.get_json(force=True)["@graph"] == [
        {"id": "person:sergei-tsivilev", "heads": "delegation:ru-ml-2025-07-28"}
    ]
