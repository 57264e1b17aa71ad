"""The endpoint speaks the SPARQL 1.1 Protocol as clients do, and refuses in words what it does not do."""

import csv
import io
import xml.etree.ElementTree as ElementTree
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from werkzeug.test import TestResponse

from mappings.names import DEFAULT_BASE
from publisher.errors import Busy
from publisher.options import Options
from publisher.pool import Pool
from publisher.settings import Settings
from tests.fronts import fronting

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own parsers use it

SELECT = "SELECT ?label { <id/state/mali> <http://www.w3.org/2004/02/skos/core#prefLabel> ?label } ORDER BY ?label"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { <id/state/mali> } ?s ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
AUTHORITY, ONTOLOGY = f"{DEFAULT_BASE}graph/authority", f"{DEFAULT_BASE}graph/ontology"


def ask(client: FlaskClient, query: str, accept: str | None = None, **more: str) -> TestResponse:
    """Ask by GET, as most clients do."""
    address = f"/sparql?{urlencode({'query': query, **more})}"
    return client.get(address, headers={} if accept is None else {"Accept": accept})


def number(response: TestResponse) -> int:
    """Return the one number that a query counted."""
    return int(response.get_json()["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json,text/javascript", "application/sparql-results+json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+xml, application/rdf+xml", "application/sparql-results+xml"),  # rdflib
        ("application/turtle,text/turtle,*/*;q=0.1", "application/sparql-results+json"),
    ],
)
def test_a_table_comes_in_the_format_that_is_asked_for(
    client: FlaskClient, accept: str | None, content_type: str
) -> None:
    response = ask(client, SELECT, accept)
    assert response.status_code == 200
    assert response.content_type == content_type
    assert "Мали" in response.text
    assert "Accept" in response.vary


@pytest.mark.parametrize(
    ("accept", "media_type", "parser"),
    [
        (None, "text/turtle", "turtle"),
        ("application/turtle,text/turtle", "text/turtle", "turtle"),  # SPARQLWrapper
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/n-triples, text/turtle;q=0.9", "application/n-triples", "nt"),
        ("application/ld+json", "application/ld+json", "json-ld"),
    ],
)
def test_a_graph_comes_in_the_format_that_is_asked_for(
    client: FlaskClient, accept: str | None, media_type: str, parser: str
) -> None:
    response = ask(client, CONSTRUCT, accept)
    assert response.mimetype == media_type
    graph = Graph().parse(data=response.data, format=parser)
    assert set(graph.subjects()) == {URIRef(f"{DEFAULT_BASE}id/state/mali")}


def test_csv_and_xml_are_read_by_others(client: FlaskClient) -> None:
    table = ask(client, SELECT, "text/csv")
    assert table.headers["Content-Disposition"] == "attachment"
    assert next(csv.reader(io.StringIO(table.text))) == ["label"]
    ElementTree.fromstring(ask(client, SELECT, "application/sparql-results+xml").data)  # noqa: S314 - our own


def test_all_three_ways_of_sending_a_query_answer_alike(client: FlaskClient) -> None:
    got = ask(client, SELECT)
    for content_type in ("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=UTF-8"):
        form = client.post("/sparql", data=urlencode({"query": SELECT}), content_type=content_type)
        assert form.data == got.data
    for content_type in ("application/sparql-query", "application/sparql-query; charset=utf-8"):
        assert client.post("/sparql?format=json", data=SELECT, content_type=content_type).data == got.data


def test_a_query_may_hold_any_script(client: FlaskClient) -> None:
    words = "Côte d’Ivoire, Мали, 中国, 🕊 + 100 % & more = all"
    query = f'SELECT ("{words}" AS ?words) {{ }}'
    asked = [
        ask(client, query),
        client.get(f"/sparql?query={quote(query, safe='')}"),
        client.post("/sparql", data=urlencode({"query": query}), content_type="application/x-www-form-urlencoded"),
        client.post("/sparql", data=query.encode(), content_type="application/sparql-query"),
        client.open("/sparql", method="QUERY", data=query.encode(), content_type="application/sparql-query"),
    ]
    for answer in asked:
        assert answer.status_code == 200, answer.text
        assert answer.get_json()["results"]["bindings"][0]["words"]["value"] == words
    assert words.replace("&", "&amp;") in ask(client, query, "text/html").text
    graph = "http://x.example/Côte"
    assert number(ask(client, COUNT, **{"default-graph-uri": graph})) == 0


def test_what_editors_and_forms_add_of_their_own_is_no_part_of_the_query(client: FlaskClient) -> None:
    marked = f"\ufeff{COUNT}"
    assert number(ask(client, marked)) == number(ask(client, COUNT)) > 0
    assert number(client.post("/sparql", data=marked.encode(), content_type="application/sparql-query")) > 0
    empty = {"default-graph-uri": "", "named-graph-uri": ""}
    assert number(ask(client, COUNT, **empty)) == number(ask(client, COUNT))


def test_a_client_that_has_lost_its_question_is_told_so(client: FlaskClient) -> None:
    answer = client.get("/sparql?Query=ASK{}", headers={"Accept": "application/sparql-results+json"})
    assert answer.status_code == 400
    assert "There is no query here" in answer.get_json()["detail"]


def test_parameters_that_the_protocol_does_not_know_change_nothing(client: FlaskClient) -> None:
    assert ask(client, SELECT, format="xml", output="xml", results="xml", timeout="1").data == ask(client, SELECT).data


def test_the_dataset_of_the_request_overrides_from(client: FlaskClient) -> None:
    whole, authority = number(ask(client, COUNT)), number(ask(client, COUNT, **{"default-graph-uri": AUTHORITY}))
    assert 0 < authority < whole
    other = COUNT.replace("{", f"FROM <{ONTOLOGY}> {{", 1)
    assert number(ask(client, other, **{"default-graph-uri": AUTHORITY})) == authority
    both = f"default-graph-uri={quote(AUTHORITY)}&default-graph-uri={quote(ONTOLOGY)}"
    of_ontology = number(ask(client, COUNT, **{"default-graph-uri": ONTOLOGY}))
    assert number(client.get(f"/sparql?query={quote(COUNT)}&{both}")) == authority + of_ontology
    named = quote("SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert number(client.get(f"/sparql?query={named}&{both.replace('default', 'named')}")) == 2
    posted = client.post(
        f"/sparql?default-graph-uri={quote(AUTHORITY)}", data=COUNT, content_type="application/sparql-query"
    )
    assert number(posted) == authority


@pytest.mark.parametrize(
    ("response_of", "status", "word"),
    [
        (lambda c: c.post("/sparql", data={}), 415, "type"),
        (lambda c: c.post("/sparql", data={"nothing": "here"}), 400, "exactly one"),
        (lambda c: c.get("/sparql?query=ASK{}&query=ASK{}"), 400, "exactly one"),
        (lambda c: c.post("/sparql?query=ASK{}", data={"query": "ASK{}"}), 400, "exactly one"),
        (lambda c: c.post("/sparql", data={"update": "CLEAR ALL"}), 400, "changed"),
        (lambda c: c.get("/sparql?update=CLEAR+ALL"), 400, "changed"),
        (lambda c: c.get("/sparql?query=CLEAR+ALL"), 400, "line 1"),
        (lambda c: c.get("/sparql?query=SELECT+*+{"), 400, "line 1"),
        (lambda c: c.get("/sparql?query=ASK{FILTER(<http://nothing/f>(1))}"), 400, ""),
        (lambda c: c.get("/sparql?query=ASK{}&default-graph-uri=no+iri"), 400, "no IRI"),
        (lambda c: c.post("/sparql", data="CLEAR ALL", content_type="application/sparql-update"), 415, "update"),
        (lambda c: c.post("/sparql", data="{}", content_type="application/json"), 415, "application/json"),
        (lambda c: c.post("/sparql", data=b"\xff", content_type="application/sparql-query"), 400, "UTF-8"),
        (lambda c: c.post("/sparql", data={"query": "#" * 100_001}), 413, ""),
        (lambda c: c.get("/sparql?query=" + "%23" * 100_001), 414, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_in_words(
    client: FlaskClient, response_of: object, status: int, word: str
) -> None:
    response = response_of(client)  # type: ignore[operator]
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert word in response.get_json()["detail"]


@pytest.mark.parametrize("accept", ["text/html", "application/json", "text/plain, */*;q=0.1", "*/*"])
@pytest.mark.parametrize("path", ["/sparql?query=ASK{}", "/sparql.srj?query=ASK{}"])
def test_who_finds_it_busy_is_told_when_to_come_back(
    accept: str, path: str, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object) -> None:
        raise Busy("All are busy. Try again.", 7)

    path = path.replace("ASK{}", f"ASK%7B%7D%23busy+{quote(accept)}")  # as nobody asked before, and was answered
    monkeypatch.setattr(Pool, "quick", busy)
    response = client.get(path, headers={"Accept": accept})
    assert (response.status_code, response.headers.getlist("Retry-After")) == (503, ["7"])
    assert response.headers["Cache-Control"] == "no-store"
    assert "All are busy" in response.text


@pytest.mark.parametrize("accept", ["text/html", "application/problem+json"])
def test_a_method_that_asks_nothing_is_told_those_that_do(accept: str, client: FlaskClient) -> None:
    response = client.delete("/sparql", headers={"Accept": accept})
    assert (response.status_code, response.headers.getlist("Allow")) == (405, ["GET, HEAD, POST, QUERY, OPTIONS"])


def test_a_table_is_not_a_graph(client: FlaskClient) -> None:
    refused = ask(client, SELECT, "text/turtle")
    assert refused.status_code == 406
    assert "application/sparql-results+json" in refused.get_json()["detail"]
    assert ask(client, SELECT, "text/turtle, text/html;q=0.1").mimetype == "text/html"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK {" + "{" * 61 + "}" * 62,
        "ASK { FILTER(" + "!" * 2000 + "1) }",
        "ASK { FILTER(" + "+".join(["1"] * 20_000) + ") }",
        "ASK { ?s " + "|".join(["a"] * 20_000) + " ?o }",
    ],
)
def test_what_would_harm_the_engine_is_refused(client: FlaskClient, query: str) -> None:
    response = client.post("/sparql", data={"query": query})
    assert response.status_code == 400
    assert client.get("/sparql?query=ASK{}").status_code == 200


def test_words_that_look_like_a_refused_one_are_answered(client: FlaskClient) -> None:
    query = 'PREFIX service: <http://e/> ASK { ?service service:of "SERVICE" , <SERVICE> }'
    assert client.post("/sparql", data={"query": query}).status_code == 200


def test_without_a_query_a_program_gets_the_service_description(client: FlaskClient) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for accept in (None, "application/n-quads,application/trig;q=0.95,text/turtle;q=0.6,text/html;q=0.2"):
        response = client.get("/sparql", headers={} if accept is None else {"Accept": accept})
        form = "turtle" if accept is None else "nquads"
        graph = Graph().parse(data=response.data, format=form)
        service = URIRef(f"{DEFAULT_BASE}sparql")
        assert graph.value(service, URIRef(f"{sd}endpoint")) == service
        assert graph.value(service, URIRef(f"{sd}supportedLanguage")) == URIRef(f"{sd}SPARQL11Query")
        assert graph.value(service, URIRef(f"{sd}defaultDataset")) == URIRef(f"{DEFAULT_BASE}.well-known/void#dataset")
        assert len(list(graph.objects(service, URIRef(f"{sd}resultFormat")))) == 10


def test_a_browser_gets_a_form_and_then_a_table_with_labels_and_links(client: FlaskClient) -> None:
    form = client.get("/sparql", headers={"Accept": "text/html"})
    assert "<textarea" in form.text
    page = ask(client, "SELECT ?state { ?state a <https://w3id.org/communique/ns#State> }", "text/html")
    assert '<a href="/id/state/mali"><bdi lang="en">Mali</bdi></a>' in page.text
    assert "/sparql.csv?query=" in page.text
    assert "Yes." in ask(client, "ASK {}", "text/html").text
    assert "no rows" in ask(client, "SELECT * { ?s a <http://nothing/> }", "text/html").text
    assert "&lt;https://schema.org/sameAs&gt;" in ask(client, CONSTRUCT, "text/html").text or "schema:sameAs" in (
        ask(client, CONSTRUCT, "text/html").text
    )
    wrong = ask(client, "SELECT nothing", "text/html")
    assert wrong.status_code == 400
    assert "SELECT nothing" in wrong.text


def test_a_long_result_is_cut_on_the_page_only_and_says_so(client: FlaskClient) -> None:
    query = "SELECT ?s { ?s ?p ?o } LIMIT 700"
    assert "here are the first 500" in ask(client, query, "text/html").text
    assert len(ask(client, query).get_json()["results"]["bindings"]) == 700


@pytest.mark.parametrize("accept", ["text/html", "application/sparql-results+json"])
def test_an_answer_that_is_another_each_time_has_no_tag_and_all_others_have_one(
    accept: str, client: FlaskClient
) -> None:
    for query in ("SELECT (NOW() AS ?t) {}", "SELECT (rand() AS ?r) {}", "SELECT (UUID() AS ?u) (StrUUID() AS ?v) {}"):
        answered = ask(client, query, accept)
        assert answered.status_code == 200
        assert "ETag" not in answered.headers
        assert answered.headers["Cache-Control"] == "no-store"
    for query in (SELECT, "SELECT ('NOW()' AS ?t) {}"):
        answered = ask(client, query, accept)
        known = {"Accept": accept, "If-None-Match": answered.headers["ETag"]}
        assert client.get(f"/sparql?{urlencode({'query': query})}", headers=known).status_code == 304


def test_a_page_that_shows_other_limits_has_another_tag(client: FlaskClient, settings: Settings) -> None:
    with fronting(settings, Options(seconds=17)) as other:
        for path in ("/sparql", "/sparql?query=ASK%7B%7D"):
            tags = [one.get(path, headers={"Accept": "text/html"}).headers["ETag"] for one in (client, other)]
            assert tags[0] != tags[1]
            known = {"Accept": "text/html", "If-None-Match": tags[0]}
            assert other.get(path, headers=known).status_code == 200
            assert client.get(path, headers=known).status_code == 304


def test_a_suffix_names_the_format_of_a_result(client: FlaskClient) -> None:
    assert client.get(f"/sparql.csv?query={quote(SELECT)}").mimetype == "text/csv"
    assert client.get(f"/sparql.rdf?query={quote(CONSTRUCT)}").mimetype == "application/rdf+xml"
    assert client.get(f"/sparql.ttl?query={quote(SELECT)}").status_code == 406


def test_other_sites_pages_may_ask(client: FlaskClient) -> None:
    preflight = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in preflight.headers
