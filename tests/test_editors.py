"""Editors of others find at the endpoint, by the queries that they send to any, its prefixes, examples and classes.

The queries have the form in which the SIB's SPARQL editor asks; what they bind is what it completes and offers.
"""

import json
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import XSD

from mappings import Names
from mappings.names import CMQ
from publisher.examples import Example, example, examples
from publisher.release import Release
from publisher.stores import LocalStore
from tests.questions import ANSWERS, rows

SH = "PREFIX sh: <http://www.w3.org/ns/shacl#>"
PREFIXES = f"{SH} SELECT DISTINCT ?prefix ?namespace {{ [] sh:namespace ?namespace ; sh:prefix ?prefix }}"
EXAMPLES = f"""{SH} PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?it ?comment ?query {{
  ?it a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query .
}} ORDER BY ?it"""
CLASSES = """PREFIX void: <http://rdfs.org/ns/void#> PREFIX void-ext: <http://ldf.fi/void-ext#>
SELECT DISTINCT ?class ?property ?to ?datatype ?triples {
  ?part void:class ?class ; void:propertyPartition ?way .
  ?way void:property ?property .
  OPTIONAL { ?way void:triples ?triples }
  OPTIONAL {
    { ?way void:classPartition [ void:class ?to ] }
    UNION { ?way void-ext:datatypePartition [ void-ext:datatype ?datatype ] }
  }
}"""
#: What an endpoint is asked that cannot be asked itself: what belongs to it, and what it is.
TARGETS = f"""{SH} PREFIX schema: <https://schema.org/>
SELECT ?it ?target ?prefixes {{ ?it a sh:SPARQLExecutable ; schema:target ?target ; sh:prefixes ?prefixes }}"""


def ask(store: LocalStore, query: str) -> list[dict[str, str]]:
    found = json.loads(store.query(query, "application/sparql-results+json").read())
    return [{name: term["value"] for name, term in row.items()} for row in found["results"]["bindings"]]


def test_it_finds_all_prefixes(store: LocalStore, release: Release) -> None:
    found = {row["prefix"]: row["namespace"] for row in ask(store, PREFIXES)}
    assert found == Names(release.base).prefixes()


def test_it_finds_all_examples_each_once_with_its_question(store: LocalStore, release: Release) -> None:
    found = [(row["it"], row["comment"]) for row in ask(store, EXAMPLES)]
    names = Names(release.base)
    assert found == sorted((str(names.query(one.name)), one.summary) for one in examples())


def test_each_example_names_the_endpoint_and_the_dataset_whose_prefixes_hold(
    store: LocalStore, release: Release
) -> None:
    names = Names(release.base)
    found = {(row["it"], row["target"], row["prefixes"]) for row in ask(store, TARGETS)}
    assert found == {(str(names.query(one.name)), str(names.endpoint()), str(names.dataset())) for one in examples()}


@pytest.fixture(scope="module")
def elsewhere(release: Release) -> Iterator[ox.Store]:
    """A store that knows nothing of our base: what is asked of it must say all of itself."""
    store = ox.Store()
    store.bulk_load(path=release.folder / "dumps" / "communique.nq", format=ox.RdfFormat.N_QUADS)
    yield store


def test_each_example_as_it_is_written_there_is_answered_anywhere(
    store: LocalStore, release: Release, elsewhere: ox.Store
) -> None:
    names = Names(release.base)
    texts = {row["it"]: row["query"] for row in ask(store, EXAMPLES)}
    for name, answer in ANSWERS.items():
        found = elsewhere.query(texts[str(names.query(name))])
        assert isinstance(found, ox.QuerySolutions | ox.QueryBoolean)
        written = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        assert rows(json.loads(written), release.base) == answer, name


def test_it_finds_which_properties_a_class_has_and_what_they_lead_to(store: LocalStore) -> None:
    found = ask(store, CLASSES)
    talks = [row for row in found if row["class"] == str(CMQ.Talks)]
    ends = {(row["property"], row.get("to") or row.get("datatype")) for row in talks}
    assert (str(CMQ.participant), str(CMQ.Person)) in ends
    assert (str(CMQ.size), str(XSD.integer)) in {
        (row["property"], row.get("datatype")) for row in found if row["class"] == str(CMQ.Delegation)
    }
    assert all(int(row["triples"]) > 0 for row in found)


def test_what_it_completes_would_be_answered(store: LocalStore) -> None:
    """Whatever it offers after a class is there: no row of the description is of nothing."""
    for row in ask(store, CLASSES)[::50]:
        end = f"?o a <{row['to']}>" if "to" in row else f"FILTER(DATATYPE(?o) = <{row['datatype']}>)"
        pattern = f"?s a <{row['class']}> ; <{row['property']}> ?o . {end if {'to', 'datatype'} & set(row) else ''}"
        asked: dict[str, Any] = json.loads(store.query(f"ASK {{ {pattern} }}", "application/json").read())
        assert asked["boolean"], row


@pytest.mark.parametrize(("text", "form"), [("# ASK\nSELECT * {}", "SELECT"), ("ASK { }", "ASK")])
def test_the_form_of_an_example_is_what_its_query_begins_with(text: str, form: str) -> None:
    assert Example("x", "", "", text).form == form
    assert example("signed-russia-mali").form == "ASK"
