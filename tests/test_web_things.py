"""A thing has one address; its document is one redirect away, in every format, and says the same in all of them."""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import FOAF, RDF, SKOS

from mappings.names import CMQ, DEFAULT_BASE
from publisher.build import build
from publisher.media import GRAPHS
from publisher.release import Release
from publisher.settings import Settings
from publisher.web import create_app
from tests.conftest import ROOT
from tests.edits import SHEET, TEXT, apply, project, swap
from tests.fronts import fronting

# rdflib's own parsers use what it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset.default_context) is deprecated")

THINGS = (
    "state/mali",
    "person/sergei-tsivilev",
    "delegation/ru-ml-2025-07-28",
    "event/ru-ml-2025-07-28-visit",
    "initiative/ru-ml-intergovernmental-commission",
    "stance/mali-2025-07-28.s16-colonial",
    "fact/mali-2025-07-28.s7-civil-nuclear",
    "fact/inferred.head-is-member.5d9657d2a9dca709",
    "document/mali-2025-07-28",
)
MALI = URIRef(f"{DEFAULT_BASE}id/state/mali")


def answers(client: FlaskClient, path: str) -> bool:
    """Say whether there is something at an address."""
    with client.get(path) as response:
        return response.status_code in (200, 303)


def quiet(_: str) -> None:
    """Say nothing of a build's progress."""


@pytest.mark.parametrize("thing", THINGS)
def test_a_thing_redirects_to_its_document(client: FlaskClient, thing: str) -> None:
    response = client.get(f"/id/{thing}")
    assert response.status_code == 303
    assert response.headers["Location"] == f"/doc/{thing}"
    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize("thing", THINGS)
def test_all_formats_say_the_same(client: FlaskClient, thing: str) -> None:
    documents = {
        form.suffix: Graph().parse(data=client.get(f"/doc/{thing}.{form.suffix}").data, format=rdflib_name)
        for form, rdflib_name in zip(GRAPHS, ("turtle", "nt", "json-ld", "xml"), strict=False)
    }
    dataset = Dataset()
    dataset.parse(data=client.get(f"/doc/{thing}.trig").data, format="trig")
    merged = Graph()
    for subject, predicate, value, _ in dataset.quads():
        merged.add((subject, predicate, value))
    assert len(documents["ttl"]) > 10
    for suffix, graph in {**documents, "trig": merged}.items():
        assert isomorphic(graph, documents["ttl"]), suffix


def test_trig_and_n_quads_have_the_graphs_and_a_default_graph_that_merges_them(client: FlaskClient) -> None:
    quads = list(ox.parse(client.get("/doc/state/mali.trig").data, format=ox.RdfFormat.TRIG))
    assert set(ox.parse(client.get("/doc/state/mali.nq").data, format=ox.RdfFormat.N_QUADS)) == set(quads)
    label = ox.Literal("Mali", language="en")
    graphs = {quad.graph_name for quad in quads if quad.object == label}
    assert graphs == {ox.DefaultGraph(), ox.NamedNode(f"{DEFAULT_BASE}graph/authority")}
    merged = {quad.triple for quad in quads if quad.graph_name == ox.DefaultGraph()}
    assert merged == {quad.triple for quad in quads}


def test_a_document_is_about_its_thing(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/doc/state/mali.ttl").data)
    document = URIRef(f"{DEFAULT_BASE}doc/state/mali")
    assert graph.value(document, FOAF.primaryTopic) == MALI
    assert graph.value(document, RDF.type) == FOAF.Document


def test_a_document_holds_the_facts_that_mention_its_thing_whole(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/doc/state/niger.ttl").data)
    mentions = set(graph.subjects(RDF.object, URIRef(f"{DEFAULT_BASE}id/state/niger")))
    facts = {fact for statement in mentions for fact in graph.subjects(CMQ.statement, statement)}
    assert facts
    for fact in facts:
        assert graph.value(fact, CMQ.modality)
        for statement in graph.objects(fact, CMQ.statement):
            assert graph.value(statement, RDF.predicate)
        for evidence in graph.objects(fact, CMQ.evidence):
            assert graph.value(graph.value(evidence, CMQ.inSentence), CMQ.number) is not None


def test_whatever_a_document_mentions_has_its_label(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/doc/state/mali.ttl").data)
    assert Literal("Mali", lang="fr") in set(graph.objects(MALI, SKOS.prefLabel))
    for mentioned in (CMQ.ofState, CMQ.State, URIRef("https://w3id.org/communique/modality#state")):
        assert graph.value(mentioned, SKOS.prefLabel), mentioned


def test_a_text_is_served_as_it_is_stored(client: FlaskClient, release: Release) -> None:
    response = client.get("/doc/document/mali-2025-07-28.txt")
    assert response.content_type == "text/plain; charset=utf-8"
    part = release.part("documents/mali-2025-07-28.txt")
    assert part is not None
    assert response.data == part.read_bytes()


@pytest.mark.slow
def test_of_a_text_whose_rights_are_quotes_the_quotes_are_served_in_their_places_and_shown(tmp_path: Path) -> None:
    copy = project(tmp_path)
    apply(copy / "seeds" / SHEET, swap(("rights: full", "rights: quotes")))
    build(settings := Settings(copy, tmp_path / "releases"), None, quiet)
    client = create_app(settings).test_client()
    served, whole = client.get("/doc/document/mali-2025-07-28.txt").text, (copy / "seeds" / TEXT).read_text("utf-8")
    quote = "led by Russian Energy Minister Sergei Tsivilev"
    assert served.index(quote) == whole.index(quote)
    assert "arrived via a special flight from Moscow through Niamey and was received" not in served
    page = client.get("/doc/document/mali-2025-07-28.html").text
    assert "led by Russian Energy Minister Sergei Tsivilev" in page  # a quote
    assert "arrived via a special flight from Moscow through Niamey and was received" not in page  # no sentence


@pytest.mark.parametrize(
    "path",
    [
        "/id/state/atlantis",
        "/id/nothing/mali",
        "/id/State/mali",
        "/id/state/mali.ttl",
        "/id/state/mali/",
        "/id/state/",
        "/id/state/Mali",
        "/id//state/mali",
        "/doc/state/atlantis.ttl",
        "/doc/state/mali.nt3",
        "/doc/state/mali.txt",
        "/doc/document/nothing.txt",
        "/doc/state/m%20ali",
        "/doc/state/mali%3E",
        "/doc/state/..%2fmali",
        "/graph/nothing",
        "/graph/",
        "/ns/nothing",
        "/ns.exe",
        "/dumps/nothing.ttl",
        "/sparql/",
        "/nothing",
    ],
)
def test_what_is_not_there_is_a_problem_and_no_redirect(client: FlaskClient, path: str) -> None:
    problem = client.get(path)
    assert problem.status_code == 404
    assert problem.content_type == "application/problem+json"
    assert problem.get_json()["status"] == 404
    page = client.get(path, headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert page.content_type == "text/html; charset=utf-8"


@pytest.mark.slow
def test_every_link_to_ourselves_in_the_data_answers(client: FlaskClient, release: Release) -> None:
    dump = release.part("dumps/communique.ttl")
    assert dump is not None
    graph = Graph().parse(data=dump.read_bytes())
    things = {
        re.sub("#.*", "", str(node)).removeprefix(DEFAULT_BASE)
        for triple in graph
        for node in triple
        if isinstance(node, URIRef) and str(node).startswith(DEFAULT_BASE)
    }
    prefixes = {f"id/{kind}/" for kind in {path.split("/")[1] for path in things if path.startswith("id/")}}
    assert [path for path in sorted(things - prefixes) if not answers(client, f"/{path}")] == []


@pytest.mark.slow
def test_a_base_with_a_path_is_served_under_it(tmp_path: Path) -> None:
    build(settings := Settings(ROOT, tmp_path), "http://localhost:8000/data/", quiet)
    with fronting(settings) as client:
        assert client.get("/id/state/mali").status_code == 404
        response = client.get("/data/id/state/mali")
        assert response.headers["Location"] == "/data/doc/state/mali"
        page = client.get("/data/doc/state/mali", headers={"Accept": "text/html"}).text
        ours = [href for href in re.findall(r'(?:href|action)="([^"]*)"', page) if href.startswith("/")]
        assert ours
        assert all(href.startswith("/data/") for href in ours)
        for href in set(ours):
            assert answers(client, href.partition("#")[0]), href


@pytest.mark.slow
def test_a_new_release_answers_the_next_request(tmp_path: Path) -> None:
    copy = project(tmp_path)
    settings = Settings(copy, tmp_path / "releases")
    first = build(settings, None, quiet)
    client = create_app(settings).test_client()
    before = client.get("/doc/state/mali.ttl")
    apply(copy / "seeds" / "authority" / "states.yaml", swap(("[Republic of Mali]", "[Republic of Mali, The Mali]")))
    second = build(settings, None, quiet)
    after = client.get("/doc/state/mali.ttl")
    assert (before.headers["X-Communique-Release"], after.headers["X-Communique-Release"]) == (first.id, second.id)
    assert "The Mali" not in before.text
    assert "The Mali" in after.text
    assert before.headers["ETag"] != after.headers["ETag"]


def test_without_a_release_the_answer_says_so_and_no_folder(tmp_path: Path) -> None:
    response = create_app(Settings(ROOT, tmp_path)).test_client().get("/", headers={"Accept": "text/html"})
    assert response.status_code == 503
    assert str(tmp_path) not in response.text
