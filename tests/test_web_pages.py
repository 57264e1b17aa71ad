"""A page says in words what is so, what is only spoken of, and whose word it is; and all its links lead somewhere."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF

from mappings.names import CMQ, DEFAULT_BASE, SCHEMES, VOCABULARY
from publisher.build import build
from publisher.examples import examples
from publisher.release import Release
from publisher.settings import Settings
from publisher.web import create_app
from tests.edits import SHEET, apply, project, swap

PAGES = (
    "/",
    "/sparql",
    "/ns",
    "/ns/modality",
    "/dumps/",
    "/graph/ontology",
    "/graph/mali-2025-07-28",
    "/doc/state/mali",
    "/doc/person/sergei-tsivilev",
    "/doc/initiative/ru-ml-intergovernmental-commission",
    "/doc/fact/mali-2025-07-28.s16-colonial",
    "/doc/fact/inferred.head-is-member.5d9657d2a9dca709",
    "/graph/inferred",
    "/ns/rule",
    "/ns/shapes",
    "/doc/document/mali-2025-07-28",
)
VOID = {"meta", "link", "img", "input", "br", "hr", "wbr"}


@dataclass
class Element:
    """An element of a page: its tag, its attributes, the text in it, and the elements in it."""

    tag: str
    attributes: dict[str, str | None]
    text: str = ""
    inside: list["Element"] = field(default_factory=list)

    def all(self, tag: str, cls: str = "") -> list["Element"]:
        """Return all elements of a tag in it, of a class where one is given."""
        return [
            one
            for one in self.inside
            if one.tag == tag and (not cls or cls in (one.attributes.get("class") or "").split())
        ]


class Page(HTMLParser):
    """A page as a parser sees it. It must be well-formed: each element is closed, in order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(source)
        self.close()
        assert self.open == [self.root], [one.tag for one in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        for one in self.open:
            one.inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, (self.open[-1].tag, tag, self.getpos())
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for one in self.open:
            one.text += data


def page(client: FlaskClient, path: str) -> Element:
    """Return a page, parsed."""
    response = client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
    assert response.mimetype == "text/html", path
    return Page(response.get_data(as_text=True)).root


def spaced(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_well_formed_and_its_links_lead_somewhere(client: FlaskClient, path: str) -> None:
    root = page(client, path)
    assert len(root.all("h1")) == 1
    assert root.all("html")[0].attributes["lang"] == "en"
    ids = [one.attributes["id"] for one in root.inside if "id" in one.attributes]
    assert len(ids) == len(set(ids)), "an id stands once"
    for href in {one.attributes["href"] or "" for one in root.all("a")}:
        target, _, anchor = href.partition("#")
        if not target:
            assert anchor in ids, href
        elif target.startswith("/"):
            with client.get(target, headers={"Accept": "text/html"}, follow_redirects=True) as response:
                assert response.status_code == 200, href
                if anchor:
                    assert f'id="{anchor}"' in response.get_data(as_text=True), href
        else:
            assert target.startswith(("http://", "https://")), href


@pytest.mark.parametrize("path", PAGES)
def test_a_page_needs_no_script_and_nothing_from_elsewhere(client: FlaskClient, path: str) -> None:
    root = page(client, path)
    assert not root.all("script")
    assert not [one for one in root.inside if any(name.startswith("on") or name == "style" for name in one.attributes)]
    loaded = [one.attributes.get("src") or one.attributes.get("href") for one in (*root.all("link"), *root.all("img"))]
    assert all(address and address.startswith(("/static/", "data:,")) for address in loaded)


@pytest.mark.parametrize("path", PAGES)
def test_a_link_to_another_site_does_not_vouch_for_it(client: FlaskClient, path: str) -> None:
    for link in page(client, path).all("a"):
        if (link.attributes["href"] or "").startswith(("http://", "https://")):
            assert {"nofollow", "noopener"} <= set((link.attributes.get("rel") or "").split()), link


def unasserted(release: Release) -> list[tuple[str, str]]:
    """Return each statement that no graph asserts: its subject and its Fact, both as `type/slug`."""
    dump = release.part("dumps/communique.ttl")
    assert dump is not None
    graph = Graph().parse(data=dump.read_bytes())
    found = []
    for statement, subject in graph.subject_objects(RDF.subject):
        triple = (subject, graph.value(statement, RDF.predicate), graph.value(statement, RDF.object))
        if triple not in graph:
            (fact,) = graph.subjects(CMQ.statement, statement)
            found.append((str(subject), str(fact)))
    return found


def test_no_page_shows_an_unasserted_statement_as_a_plain_one(client: FlaskClient, release: Release) -> None:
    found = unasserted(release)
    assert len(found) > 10
    for subject, fact in found:
        path = "/" + subject.removeprefix(DEFAULT_BASE)
        rows = [
            row for row in page(client, path).all("tr", "unasserted") if fact.removeprefix(DEFAULT_BASE) in str(row)
        ]
        assert rows, (subject, fact)
        assert all("Not asserted." in row.text for row in rows), (subject, fact)
    for fact in {fact for _, fact in found}:
        rows = page(client, "/" + fact.removeprefix(DEFAULT_BASE)).all("tr", "unasserted")
        assert rows
        assert all("not asserted" in row.text for row in rows)


def test_a_proposed_thing_says_so_in_words(client: FlaskClient) -> None:
    text = spaced(page(client, "/id/initiative/ml-civil-nuclear").text)
    assert "does not mean that it exists or was done" in text
    assert "How far it is reported to have come: proposed" in text
    assert "proposed, not reported as done" in text


def test_what_is_attributed_names_whose_word_it_is(client: FlaskClient) -> None:
    text = spaced(page(client, "/id/fact/mali-2025-07-28.s16-colonial").text)
    assert "according to Malian authorities" in text
    holder = spaced(page(client, "/id/group/mali-2025-07-28.malian-authorities").text).partition("attributed to it")[2]
    assert "what Malian authorities describe as “colonial” economic models" in holder
    stance = spaced(page(client, "/id/stance/mali-2025-07-28.s16-colonial").text)
    assert "A stance tells of its holder." in stance
    assert "according to Malian authorities" in stance


def test_what_is_denied_says_so(tmp_path: Path) -> None:
    copy = project(tmp_path)
    entry = "    quotes: [60-member team]\n    modality: state"
    apply(copy / "seeds" / SHEET, swap((entry, f"{entry}\n    polarity: negative")))
    build(settings := Settings(copy, tmp_path / "releases"), None, lambda _: None)
    client = create_app(settings).test_client()
    rows = {
        row.all("th")[0].text: row.text
        for row in page(client, "/id/delegation/ru-ml-2025-07-28").all("tr")
        if "60-member team" in row.text
    }
    assert "Not asserted." in rows["size"]
    assert all("denied" in text for text in rows.values())


def test_a_fact_shows_its_quote_in_its_sentence(client: FlaskClient) -> None:
    root = page(client, "/id/fact/mali-2025-07-28.s2-led")
    (quote,) = root.all("mark")
    assert quote.text == "led by Russian Energy Minister Sergei Tsivilev"
    (sentence,) = root.all("blockquote")
    assert sentence.text.startswith("The 60-member team, led by Russian")
    assert sentence.text.endswith("Chief of Staff of the Air Force.")
    assert sentence.attributes["lang"] == "en"
    assert re.search(r"Sentence 2, code points \d+ to \d+ of the stored text", spaced(root.text))
    assert "s2-led" in root.text


def test_a_document_shows_all_its_sentences_and_which_are_read(client: FlaskClient, release: Release) -> None:
    root = page(client, "/id/document/mali-2025-07-28")
    listed = release.manifest["documents"]["mali-2025-07-28"]
    assert f"{listed['read']} of {listed['sentences']} sentences read, {listed['facts']} facts" in spaced(root.text)
    text = (release.folder / "documents" / "mali-2025-07-28.txt").read_text("utf-8")
    shown = [one.all("blockquote")[0].text.strip() for one in root.all("li") if one.all("blockquote")]
    assert spaced(" ".join(shown)) == spaced(text)
    read = [one for one in root.all("li") if (one.attributes.get("class") or "") == "read"]
    assert len(read) == listed["read"]


def test_labels_and_quotes_carry_their_language(client: FlaskClient) -> None:
    root = page(client, "/id/state/mali")
    assert {"en", "fr", "ru"} <= {one.attributes.get("lang") for one in (*root.all("bdi"), *root.all("span"))}
    assert all(one.attributes.get("lang") == "en" for one in root.all("q"))


def test_the_first_page_counts_the_facts_and_offers_each_question(client: FlaskClient, release: Release) -> None:
    root = page(client, "/")
    dump = release.part("dumps/communique.ttl")
    assert dump is not None
    graph = Graph().parse(data=dump.read_bytes())
    numbers = [int(one.text) for one in root.all("td", "number") if one.text.isdigit()]
    assert sum(numbers) == len(list(graph.subjects(RDF.type, CMQ.Fact)))
    asked = {one.text for one in root.all("a") if (one.attributes["href"] or "").startswith("/sparql?query=")}
    assert asked == {one.summary for one in examples()}
    assert "registration of that namespace is pending" in root.text


def test_each_question_of_the_first_page_has_its_answer_as_a_table(client: FlaskClient) -> None:
    for link in page(client, "/").all("a"):
        if (link.attributes["href"] or "").startswith("/sparql?query="):
            answer = page(client, link.attributes["href"] or "")
            assert answer.all("table", "result") or answer.all("p", "answer"), link.text


def test_every_term_and_concept_is_explained_where_our_pages_link_to(client: FlaskClient, release: Release) -> None:
    graph = Graph().parse(data=client.get("/graph/ontology.ttl").data)
    terms = {str(term) for term in graph.subjects() if isinstance(term, URIRef) and str(term).startswith(VOCABULARY)}
    pages = {"ns": page(client, "/ns"), **{name: page(client, f"/ns/{name}") for name in SCHEMES}}
    ids = {
        f"{name}#{one.attributes['id']}"
        for name, root in pages.items()
        for one in root.inside
        if "id" in one.attributes
    }
    assert {term.removeprefix(VOCABULARY) for term in terms if "#" in term} <= ids
    for one in graph.objects(CMQ.Visit, URIRef("http://www.w3.org/2004/02/skos/core#definition")):
        assert isinstance(one, Literal)
        assert str(one) in pages["ns"].text


def test_the_dumps_page_lists_each_file_with_its_checksum(client: FlaskClient, release: Release) -> None:
    text = page(client, "/dumps/").text
    for file in release.manifest["dumps"]:
        assert release.manifest["parts"][f"dumps/{file}"]["sha256"] in text
        with client.get(f"/dumps/{file}") as response:
            part = release.part(f"dumps/{file}")
            assert part is not None
            assert response.data == part.read_bytes()
            assert response.headers["ETag"] == f'"{release.manifest["parts"][f"dumps/{file}"]["sha256"]}"'


def test_a_dump_comes_in_ranges(client: FlaskClient) -> None:
    with client.get("/dumps/communique.nq", headers={"Range": "bytes=0-9"}) as response:
        assert response.status_code == 206
        assert len(response.data) == 10


@pytest.mark.parametrize("path", ["/dumps/communique.nq", "/static/style.css"])
def test_what_is_no_range_is_ignored(path: str, client: FlaskClient) -> None:
    """RFC 9110, section 14.2. A server may also send the whole where several ranges are wanted."""
    with client.get(path) as response:
        whole = response.data

    def told(wanted: str) -> tuple[int, bytes, str | None]:
        with client.get(path, headers={"Range": wanted}) as response:
            return response.status_code, response.data, response.headers.get("Content-Range")

    no_ranges = ("items=0-1", "bytes=0-1,10-14", "bytes=abc", "bytes=5-2", "bytes=", "bytes", "bytes=0-1,", "=0-1")
    for wanted in (*no_ranges, "bytes=-999999999"):  # of fewer bytes, all are the last ones
        assert told(wanted) == (200, whole, None), wanted
    size = len(whole)
    for wanted, part in (("bytes=0-1", whole[:2]), ("Bytes=2-", whole[2:]), ("bytes=-3", whole[-3:])):
        assert told(wanted)[:2] == (206, part), wanted
    for wanted in (f"bytes={size}-", f"bytes={size}-{size + 1}", "bytes=-0"):
        status, _, place = told(wanted)
        assert (status, place) == (416, f"bytes */{size}"), wanted


def test_the_page_of_a_document_says_what_was_set_aside_and_why(client: FlaskClient) -> None:
    text = spaced(page(client, "/doc/document/us-sison-travel-bamako-2022-03-14").text)
    assert "Set aside: updates, follow @State_IO on Twitter. An address for the reader of the release" in text
