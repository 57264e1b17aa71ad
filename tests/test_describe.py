"""What is known of any IRI is shown, with what points to it; for a node with very many links it is as little work."""

from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from publisher.files import load
from publisher.settings import Settings
from publisher.web.neighbourhood import MOST, MOST_INNER, SOME
from publisher.web.portrait import CHARACTERS, VALUES
from tests.fronts import fronting
from tests.test_web_pages import Element, Page, page, spaced

BASE = "http://localhost:8000/"
EX = "http://x.example/"
HOSTILE = ["javascript:alert(1)", "data:text/html,x", "urn:x:1", "mailto:a@x.example", "http://x.example/?a=1&b=2#c"]
MANY = 12_000

DATA = f"""
@prefix : <http://x.example/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <http://schema.org/> .
@prefix ex: <http://x.example/> .
ex:mine {{
  :ann a foaf:Person ; foaf:name "Anne"@fr , "Ann"@en ; foaf:knows :bob , [ foaf:name "Nobody" ; foaf:knows :ann ] ;
    :list (1 "two" [ rdfs:label "three" ]) ; :age 7 ; :markup "<b onclick='x'>bold</b>" ; :long "{"x" * 9000}" ;
    :links {", ".join(f"<{iri}>" for iri in HOSTILE)} .
}}
ex:other {{ :ann :age 7 . :bob rdfs:label "Bob" ; foaf:knows :ann . }}
:carol skos:prefLabel "Carol" ; foaf:knows :bob .
:dave dcterms:title "Dave" ; foaf:knows :bob .
:erin schema:name "Erin" ; foaf:knows :bob .
<> :about <#me> . <#me> rdfs:label "I" .
<id/state/mali> rdfs:label "A state of others" .
_:a :next _:b . _:b :next _:a . :circle :begins _:a .
_:unnamed {{ :fred :age 8 . }}
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A release of one file, with a node to which very much points, and from which very much leads."""
    folder = tmp_path_factory.mktemp("described")
    many = "".join(f":link{number} a :Many ; :of :hub . :hub :leads :link{number} .\n" for number in range(MANY))
    (folder / "data.trig").write_text(f"{DATA}\n{many}")
    load([folder / "data.trig"], folder, BASE, merge=True, say=lambda _: None)
    return Settings(folder, folder)


@pytest.fixture(scope="module")
def reader(files: Settings) -> Iterator[FlaskClient]:
    with fronting(files) as client:
        yield client


def path(iri: str, suffix: str = "") -> str:
    return f"/describe{suffix}?iri={quote(iri, safe='')}"


def row(root: Element, name: str) -> str:
    """Return what stands in the row of a property."""
    about = root.all("section")[0].all("tr")
    (found,) = [one for one in about if one.all("th") and spaced(one.all("th")[0].text) == name]
    return spaced(found.all("td")[0].text)


def test_a_page_has_what_is_said_of_a_thing_and_in_which_graph(reader: FlaskClient) -> None:
    root = page(reader, path(f"{EX}ann"))
    assert [one.text for one in root.all("h1")] == ["Ann"]
    assert row(root, "ex:age") == "7 xsd:integer in ex:mine, ex:other"
    assert row(root, "is a").startswith("foaf:Person")
    assert row(root, "ex:markup").startswith("<b onclick='x'>bold</b>")
    assert not root.all("b")
    assert "Anne" in spaced(root.all("header", "thing")[0].text)


def test_blank_nodes_and_lists_are_set_out_where_they_stand(reader: FlaskClient) -> None:
    root = page(reader, path(f"{EX}ann"))
    assert "foaf:name Nobody" in row(root, "foaf:knows")
    members = [spaced(one.text) for one in root.all("ol", "members")[0].all("li")]
    assert members == ["1 xsd:integer", "two", "rdfs:label three"]


def test_blank_nodes_in_a_circle_end(reader: FlaskClient) -> None:
    assert "ex:next" in page(reader, path(f"{EX}circle")).text


@pytest.mark.parametrize("name", ["Ann", "Carol", "Dave", "Erin"])
def test_what_points_to_a_thing_is_called_by_its_label_whatever_the_property(name: str, reader: FlaskClient) -> None:
    rows = page(reader, path(f"{EX}bob")).all("section")[1].all("tr")
    assert name in spaced(rows[1].text)


def test_no_link_but_to_the_web_leads_away_and_none_runs_a_script(reader: FlaskClient) -> None:
    root = page(reader, path(f"{EX}ann"))
    links = {one.attributes["href"] or "" for one in root.all("a")}
    away = {href for href in links if not href.startswith("/") and not href.startswith("#")}
    assert all(href.startswith(("http://", "https://")) for href in away)
    for iri in HOSTILE:
        assert path(iri).replace("%3A", ":").replace("%2F", "/") in links
        assert parse_qs(urlsplit(path(iri)).query)["iri"] == [iri]
    assert HOSTILE[-1] in away
    for one in root.all("a", "away"):
        assert {"nofollow", "noopener"} <= set((one.attributes["rel"] or "").split())


@pytest.mark.parametrize("iri", [f"{EX}ann", f"{EX}bob", f"{EX}Many", f"{EX}hub", f"{EX}mine", f"{EX}knows", *HOSTILE])
def test_every_link_of_a_page_to_an_iri_leads_somewhere(iri: str, reader: FlaskClient) -> None:
    response = reader.get(path(iri), headers={"Accept": "text/html"})
    if iri == f"{EX}knows":  # it is in no triple
        assert response.status_code == 404
        return
    links = {one.attributes["href"] or "" for one in Page(response.text).root.all("a")}
    for href in sorted(href for href in links if href.startswith(("/describe", "/graph")))[:40]:
        with reader.get(href, headers={"Accept": "text/html"}) as answer:
            assert answer.status_code in (200, 303), href


FORMATS = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "trig": ox.RdfFormat.TRIG}


@pytest.mark.parametrize("suffix", [*FORMATS, "rdf", "jsonld"])
def test_each_format_has_all_that_is_said_of_it_and_its_blank_nodes(suffix: str, reader: FlaskClient) -> None:
    response = reader.get(path(f"{EX}bob", f".{suffix}"))
    assert response.status_code == 200
    form = FORMATS.get(suffix) or {"rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}[suffix]
    triples = {str(quad.triple) for quad in ox.parse(response.get_data(), format=form)}
    assert f'<{EX}carol> <http://www.w3.org/2004/02/skos/core#prefLabel> "Carol"' in triples
    assert f"<{EX}ann> <http://xmlns.com/foaf/0.1/knows> <{EX}bob>" in triples
    same = reader.get(path(f"{EX}bob"), headers={"Accept": response.mimetype})
    assert same.get_data() == response.get_data()
    assert "accept" in same.vary.as_set()


def test_blank_nodes_are_in_the_data(reader: FlaskClient) -> None:
    quads = list(ox.parse(reader.get(path(f"{EX}ann", ".nt")).get_data(), format=ox.RdfFormat.N_TRIPLES))
    assert {"Nobody", "three", "two"} <= {quad.object.value for quad in quads if isinstance(quad.object, ox.Literal)}


def test_a_node_with_very_many_links_takes_few_lookups(reader: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from publisher.stores import LocalStore

    asked: list[tuple[int, int]] = []
    quads = LocalStore.quads

    def watched(self: LocalStore, *terms: object) -> list[ox.Quad]:
        found = quads(self, *terms)  # type: ignore[arg-type]
        asked.append((int(str(terms[3])), len(found)))
        return found

    monkeypatch.setattr(LocalStore, "quads", watched)
    for iri in (f"{EX}hub", f"{EX}Many", f"{EX}of"):
        asked.clear()
        response = reader.get(path(iri), headers={"Accept": "text/html"})
        assert response.status_code == 200
        assert len(response.get_data()) < 200_000
        assert max(most for most, _ in asked) <= MOST_INNER + 1
        assert sum(found for _, found in asked) < 2 * (MOST + 1) + SOME * 7 + 4_000


def test_what_is_cut_says_so_and_leads_to_all_of_it(reader: FlaskClient) -> None:
    root = page(reader, path(f"{EX}hub"))
    assert "There is more than a page holds" in root.text
    assert "The first ten thousand" in spaced(root.text) or "the first ten thousand" in spaced(root.text)
    more = [one.attributes["href"] or "" for one in root.all("a") if one.text == "ask for them"]
    assert more
    for href in more:
        assert reader.get(href, headers={"Accept": "text/csv"}).status_code == 200
    assert len(root.all("section")[0].all("li")) <= VALUES + 1
    data = reader.get(path(f"{EX}hub", ".nt"))
    assert data.status_code == 303  # to the endpoint, whose answers are whole
    assert len(reader.get(data.headers["Location"]).get_data().splitlines()) == MANY


def test_a_long_text_is_cut_on_the_page_and_whole_in_the_data(reader: FlaskClient) -> None:
    assert row(page(reader, path(f"{EX}ann")), "ex:long") == "x" * CHARACTERS + " goes on in ex:mine"
    assert b"x" * 9000 in reader.get(path(f"{EX}ann", ".nt")).get_data()


def test_a_property_shows_where_it_is_used(reader: FlaskClient) -> None:
    root = page(reader, path("http://xmlns.com/foaf/0.1/knows"))
    assert "Where it is a property" in root.text
    assert "Carol" in root.text


@pytest.mark.parametrize(
    ("iri", "status", "words"),
    [
        ("http://x.example/unknown", 404, "Nothing is known of http://x.example/unknown"),
        ("_:unknown", 404, "Nothing is known"),
        ("", 400, "Say which IRI"),
        ("a b", 400, "is no IRI"),
        ("relative", 400, "is no IRI"),
        ("http://x.example/<>", 400, "is no IRI"),
        ("_:<>", 400, "is no IRI"),
        ("http://x.example/" + "a" * 3000, 404, "Nothing is known"),
    ],
)
def test_what_cannot_be_shown_is_said(iri: str, status: int, words: str, reader: FlaskClient) -> None:
    response = reader.get(path(iri), headers={"Accept": "application/problem+json"})
    assert response.status_code == status
    assert words in response.get_json(force=True)["detail"]


@pytest.mark.parametrize("at", ["/data.trig", "/id/state/mali"])
def test_an_iri_of_a_file_below_our_base_leads_to_what_is_said_of_it(at: str, reader: FlaskClient) -> None:
    response = reader.get(at)
    assert response.status_code == 303
    assert reader.get(response.headers["Location"], headers={"Accept": "text/html"}).status_code == 200


@pytest.mark.parametrize(
    "at",
    ["/ns", "/ns.ttl", "/ns/modality", "/ns/shapes", "/dumps/", "/doc/state/atlantis", "/id/state/atlantis",
     "/graph/authority", "/nothing"],
)  # fmt: skip
def test_pages_of_ours_that_have_nothing_behind_them_say_so_and_are_not_linked(at: str, reader: FlaskClient) -> None:
    response = reader.get(at, headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert len(spaced(Page(response.text).root.all("p", "lead")[0].text)) > 10
    links = {one.attributes["href"] for one in page(reader, "/").all("a")}
    assert at not in links


def test_the_first_page_says_what_there_is_and_all_its_links_lead_somewhere(reader: FlaskClient) -> None:
    root = page(reader, "/")
    assert [one.text for one in root.all("h1")] == ["data.trig"]
    assert "3 named graphs" in root.text
    for one in root.all("a"):
        href = one.attributes["href"] or ""
        if href.startswith("/"):
            with reader.get(href, headers={"Accept": "text/html"}) as answer:
                assert answer.status_code == 200, href


def test_any_named_graph_has_a_page_and_its_triples(reader: FlaskClient) -> None:
    assert "It holds 4 triples" not in page(reader, f"/graph?graph={EX}other").text
    assert "It holds 3 triples" in page(reader, f"/graph?graph={EX}other").text
    data = reader.get(f"/graph?graph={EX}other", headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert len(list(ox.parse(data.get_data(), format=ox.RdfFormat.TURTLE))) == 3
    assert reader.get("/graph?graph=http://x.example/none").status_code == 404
    assert reader.get("/graph?graph=none").status_code == 400
    assert reader.get("/graph").status_code == 400


def test_a_thing_of_ours_is_described_too_and_leads_to_its_own_page(client: FlaskClient) -> None:
    root = page(client, path(f"{BASE}id/state/mali"))
    (own,) = [one.attributes["href"] for one in root.all("a") if one.text == "Its own page"]
    assert own == "/id/state/mali"
    assert client.get(path("https://w3id.org/communique/ns#State", ".ttl")).status_code == 200


def test_in_a_table_a_term_of_others_leads_to_what_is_known_of_it(client: FlaskClient) -> None:
    query = quote(
        "SELECT ?p WHERE { <id/state/mali> a ?t ; ?p [] FILTER(STRSTARTS(STR(?p), 'http://www.w3.org/')) } LIMIT 1"
    )
    links = [one.attributes["href"] or "" for one in page(client, f"/sparql?query={query}").all("td")[0].all("a")]
    assert links[0].startswith("/describe?iri=http://www.w3.org/")
    assert links[1].startswith("http://www.w3.org/")


def test_in_a_table_a_blank_node_leads_somewhere_or_nowhere(reader: FlaskClient) -> None:
    """A graph's name, or what the query made, is in no triple: nothing is known of it."""

    def cells(query: str) -> list[Element]:
        return page(reader, f"/sparql?query={quote(query)}").all("td")

    for query in (f"SELECT ?g {{ GRAPH ?g {{ <{EX}fred> ?p ?o }} }}", "SELECT (BNODE() AS ?b) {}"):
        (cell,) = cells(query)
        assert cell.text.startswith("_:")
        assert cell.all("a") == []
    (cell,) = cells(f"SELECT ?b {{ <{EX}circle> <{EX}begins> ?b }}")
    (link,) = cell.all("a")
    assert reader.get(link.attributes["href"] or "").status_code == 200
