"""From a conclusion a reader walks to the sentences, and a page never shows as said what only follows."""

import re

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH, SKOS
from rdflib.term import Node

from mappings.names import CMQ, DEFAULT_BASE, OA, concept
from tests.conftest import ROOT
from tests.source import Source
from tests.test_web_pages import page, spaced

RULES = sorted(file.stem for file in (ROOT / "ontology" / "rules").glob("*.rq"))


def path(thing: Node | None) -> str:
    return "/" + str(thing).removeprefix(DEFAULT_BASE)


@pytest.fixture(scope="module")
def inferred(source: Source) -> Graph:
    return source.graphs["inferred"]


@pytest.fixture(scope="module")
def merged(source: Source) -> Graph:
    merged = Graph(bind_namespaces="none")
    for graph in source.graphs.values():
        merged += graph
    return merged


def facts(inferred: Graph) -> list[URIRef]:
    return sorted(one for one in inferred.subjects(RDF.type, CMQ.Fact) if isinstance(one, URIRef))


def test_its_document_holds_all_that_it_rests_on_down_to_the_quotes(client: FlaskClient, inferred: Graph) -> None:
    for fact in facts(inferred):
        graph = Graph().parse(data=client.get(path(fact).replace("/id/", "/doc/") + ".ttl").data)
        below = set(graph.transitive_objects(fact, CMQ.restsOn))
        assert len(below) > 1
        for ground in below:
            selectors = [
                one for span in graph.objects(ground, CMQ.evidence) for one in graph.objects(span, OA.hasSelector)
            ]
            quoted = any((one, OA.exact, None) in graph for one in selectors)
            assert quoted or (ground, CMQ.rule, None) in graph or (ground, RDF.type, RDF.Statement) in graph, ground


def test_its_page_leads_to_its_rule_to_each_step_and_to_the_sentences(
    client: FlaskClient, inferred: Graph, merged: Graph
) -> None:
    for fact in facts(inferred):
        root = page(client, path(fact))
        hrefs = {link.attributes["href"] for link in root.all("a")}
        rule = inferred.value(fact, CMQ.rule)
        assert rule is not None
        assert f"/ns/rule#{str(rule).rpartition('#')[2]}" in hrefs
        assert str(merged.value(rule, SKOS.definition)) in spaced(root.text)
        for ground in set(merged.transitive_objects(fact, CMQ.restsOn)) - {fact}:
            assert path(ground) in hrefs, (fact, ground)
            for span in merged.objects(ground, CMQ.evidence):
                assert path(merged.value(span, CMQ.inSentence)) in hrefs
        assert "No document says so" in root.text


def test_the_page_of_a_fact_says_what_follows_from_it(client: FlaskClient, inferred: Graph) -> None:
    for fact, ground in inferred.subject_objects(CMQ.restsOn):
        following = page(client, path(ground)).text.partition("What follows from it")[2]
        assert str(inferred.value(fact, SKOS.prefLabel)) in following


def test_a_page_marks_what_is_derived_and_says_how_it_follows(client: FlaskClient, inferred: Graph) -> None:
    for fact in facts(inferred):
        statement = inferred.value(fact, CMQ.statement)
        for place in (RDF.subject, RDF.object):
            thing = inferred.value(statement, place)
            rows = [row for row in page(client, path(thing)).all("tr") if path(fact) in str(row)]
            assert rows, (fact, thing)
            for row in rows:
                assert row.attributes.get("class") == "derived"
                assert "Derived." in row.text
                assert "How it follows" in row.text


def test_what_a_thing_is_called_to_be_is_what_was_said_of_it_and_the_rest_is_called_derived(
    client: FlaskClient,
) -> None:
    root = page(client, "/id/person/sergei-tsivilev")
    assert [one.text for one in root.all("p", "type")] == ["person"]
    assert "Derived types" in root.text
    assert "foaf:Person" in root.text


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_explained_with_its_own_text(name: str, client: FlaskClient) -> None:
    text = (ROOT / "ontology" / "rules" / f"{name}.rq").read_text("utf-8")
    (entry,) = [one for one in page(client, "/ns/rule").all("article") if one.attributes["id"] == name]
    (shown,) = entry.all("pre")
    assert shown.text.strip() == text.strip()
    graph = Graph().parse(data=client.get("/ns/rule.ttl").data)
    assert str(graph.value(concept("rule", name), SH.construct)) == text


def test_the_graph_of_what_was_inferred_answers_with_it(client: FlaskClient, inferred: Graph) -> None:
    assert set(Graph().parse(data=client.get("/graph/inferred.ttl").data)) == set(inferred)
    assert "/ns/rule" in {link.attributes["href"] for link in page(client, "/graph/inferred").all("a")}


def test_what_follows_can_be_left_out_of_an_answer_as_the_readme_says(client: FlaskClient, source: Source) -> None:
    def answer(query: str) -> list[str]:
        return client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"}).text.split()[1:]

    by_graph, by_nature = re.findall("```sparql\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    derived = ",".join(source.names.iri(one) for one in ("delegation/ru-ml-2025-07-28", "person/sergei-tsivilev"))
    assert derived in answer(re.sub("FROM <.*?> ", "", by_graph))
    stated = answer(by_graph)
    assert stated
    assert derived not in stated
    assert set(answer(by_nature)) == {
        str(source.names.fact(fact.key)) for one in source.seeds.sheets for fact in one.facts
    }
