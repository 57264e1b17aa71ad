"""Each client gets the format that it likes best, and is told that others exist; caches never mix them up."""

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

DOCUMENT = "/doc/state/mali"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
RDFLIB = "application/rdf+xml,text/n3,text/turtle,application/n-triples,application/ld+json,application/n-quads"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "text/turtle; charset=utf-8"),
        ("", "text/turtle; charset=utf-8"),
        ("*/*", "text/turtle; charset=utf-8"),
        (BROWSER, "text/html; charset=utf-8"),
        (RDFLIB, "text/turtle; charset=utf-8"),
        ("application/rdf+xml, text/rdf;q=.6, */*;q=.1", "application/rdf+xml"),  # rapper
        (
            "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,text/html;q=0.2",
            "application/n-quads",
        ),
        ("application/json", "application/ld+json"),
        ("text/*;q=0.5, application/n-triples", "application/n-triples"),
        ("text/turtle;q=0, */*", "text/html; charset=utf-8"),
        ("TEXT/TURTLE", "text/turtle; charset=utf-8"),
        ("text/html;q=0.4, text/turtle;q=0.5", "text/turtle; charset=utf-8"),
    ],
)
def test_the_best_liked_format_is_chosen(client: FlaskClient, accept: str | None, content_type: str) -> None:
    response = client.get(DOCUMENT, headers={} if accept is None else {"Accept": accept})
    assert response.status_code == 200
    assert response.content_type == content_type


@pytest.mark.parametrize("suffix", ["html", "ttl", "nt", "jsonld", "rdf", "trig", "nq"])
def test_a_suffix_beats_accept(client: FlaskClient, suffix: str) -> None:
    response = client.get(f"{DOCUMENT}.{suffix}", headers={"Accept": "image/png"})
    assert response.status_code == 200
    assert "Accept" not in response.vary


def test_a_client_that_takes_nothing_of_ours_is_told_what_there_is(client: FlaskClient) -> None:
    response = client.get(DOCUMENT, headers={"Accept": "image/png"})
    assert response.status_code == 406
    for media_type in ("text/turtle", "text/html", "application/ld+json", "application/trig"):
        assert media_type in response.get_json()["detail"]


def test_vary_is_on_whatever_accept_could_change(client: FlaskClient) -> None:
    first = client.get(DOCUMENT)
    answers = {
        200: first,
        303: client.get("/id/state/mali"),
        304: client.get(DOCUMENT, headers={"If-None-Match": first.headers["ETag"]}),
        404: client.get("/doc/state/atlantis"),
        406: client.get(DOCUMENT, headers={"Accept": "image/png"}),
    }
    for status, response in answers.items():
        assert response.status_code == status
        assert "Accept" in response.vary, status


def test_each_representation_has_a_tag_of_its_own(client: FlaskClient) -> None:
    accepted = [
        client.get(DOCUMENT, headers={"Accept": accept}) for accept in ("text/turtle", "text/html", "*/*;q=0.1")
    ]
    suffixed = [client.get(f"{DOCUMENT}.{suffix}") for suffix in ("html", "ttl", "nt", "jsonld", "rdf", "trig", "nq")]
    tags = [response.headers["ETag"] for response in (*accepted, *suffixed)]
    assert all(tag.startswith('"') for tag in tags), "strong"
    assert tags[0] == tags[2], "the same representation, whichever header chose it"
    assert len(set(tags)) == len(tags) - 1


def test_what_the_client_has_is_not_sent_again(client: FlaskClient) -> None:
    for path in (
        DOCUMENT,
        f"{DOCUMENT}.ttl",
        "/",
        "/ns",
        "/graph/authority",
        "/dumps/communique.nq",
        "/sparql?query=ASK{}",
    ):
        with client.get(path) as first:
            tag = first.headers["ETag"]
        with client.get(path, headers={"If-None-Match": tag}) as again:
            assert (again.status_code, again.data) == (304, b""), path
            assert again.headers["ETag"] == tag
            assert again.headers["Cache-Control"] == "public, no-cache"


def test_packed_and_plain_have_tags_of_their_own_and_each_is_known_by_its_own(client: FlaskClient) -> None:
    for path in (DOCUMENT, "/", "/ns", "/sparql", "/sparql?query=SELECT*{?s%20?p%20?o}LIMIT%20100"):
        accept = {"Accept": "text/html"}
        plain = client.get(path, headers=accept)
        packed = client.get(path, headers={**accept, "Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        tags = plain.headers["ETag"], packed.headers["ETag"]
        assert tags[0] != tags[1]
        for encoding, own, other in (("identity", *tags), ("gzip", *reversed(tags))):
            asked = {**accept, "Accept-Encoding": encoding}
            known = client.get(path, headers={**asked, "If-None-Match": own})
            assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", own), path
            assert "Content-Encoding" not in known.headers
            assert client.get(path, headers={**asked, "If-None-Match": other}).status_code == 200, path


def test_a_thing_that_is_not_there_is_never_not_modified(client: FlaskClient) -> None:
    tag = client.get(DOCUMENT).headers["ETag"]
    assert client.get("/doc/state/atlantis", headers={"If-None-Match": tag}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/",
        DOCUMENT,
        "/id/state/mali",
        "/sparql?query=ASK{}",
        "/ns",
        "/graph/authority",
        "/dumps/",
        "/dumps/communique.ttl",
    ],
)
def test_head_is_get_without_a_body(client: FlaskClient, path: str) -> None:
    with client.get(path) as got, client.head(path) as head:
        assert head.status_code == got.status_code
        assert head.data == b""
        assert {k: v for k, v in head.headers if k.lower() != "date"} == {
            k: v for k, v in got.headers if k.lower() != "date"
        }


def test_a_document_names_its_formats_in_its_links(client: FlaskClient) -> None:
    links = client.get(DOCUMENT).headers.getlist("Link")
    assert '</doc/state/mali.ttl>; rel="alternate"; type="text/turtle"' in links
    assert '<http://localhost:8000/id/state/mali>; rel="describes"' in links
    assert '</doc/state/mali>; rel="canonical"' in client.get(f"{DOCUMENT}.ttl").headers.getlist("Link")


@pytest.mark.parametrize("path", ["/graph/mali-2025-07-28", "/.well-known/void", "/ns", "/ns/modality"])
def test_graphs_and_terms_negotiate_too(client: FlaskClient, path: str) -> None:
    assert client.get(path).mimetype == "text/turtle"
    assert client.get(path, headers={"Accept": BROWSER}).mimetype == "text/html"
    assert client.get(path, headers={"Accept": "application/ld+json"}).mimetype == "application/ld+json"


@pytest.mark.parametrize("path", ["/id/state/mali", DOCUMENT, "/ns", "/dumps/", "/sparql", "/graph/authority"])
def test_other_methods_are_refused(client: FlaskClient, path: str) -> None:
    for method in ("PUT", "DELETE", "PATCH", *(() if path == "/sparql" else ("POST",))):
        response = client.open(path, method=method)
        assert response.status_code == 405
        assert "GET" in response.headers["Allow"]


MEDIA = st.sampled_from(
    [
        "text/turtle",
        "text/html",
        "*/*",
        "text/*",
        "application/json",
        "application/trig",
        "a/b",
        "*",
        "/",
        "text/",
        "é/ü",
        "",
    ]
)
RANGES = st.builds(
    lambda name, quality: f"{name}{quality}",
    MEDIA | st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=12),
    st.sampled_from(
        ["", ";q=1", ";q=0", ";q=0.5", ";q=2", ";q=-1", ";q=x", ";q=", ";charset=utf-8;q=0.1", ";q=nan", ";;"]
    ),
)


@given(accept=st.lists(RANGES, max_size=5).map(",".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
def test_no_accept_header_breaks_an_answer(client: FlaskClient, accept: str) -> None:
    for path in ("/id/state/mali", "/doc/place/bamako", "/sparql?query=ASK{}", "/sparql?query=ASK{", "/nothing"):
        response = client.get(path, headers={"Accept": accept})
        assert response.status_code in (200, 303, 400, 404, 406), (path, accept)
