"""Another server is asked by the protocol alone, and what goes wrong there is said in a sentence."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar
from urllib.parse import parse_qs

import pytest

from publisher.datasets import DatasetClause
from publisher.errors import BadQuery, RemoteError
from publisher.media import RESULTS
from publisher.stores import RemoteStore


class Other(BaseHTTPRequestHandler):
    """A SPARQL server that says what it was asked, and answers what the test wants."""

    asked: ClassVar[list[tuple[dict[str, list[str]], str]]] = []
    status: ClassVar[int] = 200
    media_type: ClassVar[str] = "application/sparql-results+json"
    body: ClassVar[bytes] = b'{"head":{},"boolean":true}'

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        type(self).asked.append((parse_qs(sent), self.headers["Accept"]))
        self.send_response(type(self).status)
        self.send_header("Content-Type", type(self).media_type)
        self.send_header("Content-Length", str(len(type(self).body)))
        self.end_headers()
        self.wfile.write(type(self).body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def other() -> Iterator[str]:
    """The address of such a server."""
    Other.asked, Other.status = [], 200
    Other.media_type, Other.body = "application/sparql-results+json", b'{"head":{},"boolean":true}'
    with HTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/sparql"
        server.shutdown()


def test_nothing_is_sent_but_the_query_and_what_is_accepted(other: str) -> None:
    """Fuseki and Virtuoso put a parameter `format`, which SPARQLWrapper sends by itself, above Accept."""
    answer = RemoteStore(other).query("ASK {}", "application/sparql-results+json")
    assert answer.read() == Other.body
    assert Other.asked == [({"query": ["ASK {}"]}, "application/sparql-results+json")]


def test_relative_iris_get_the_base_and_graphs_go_along(other: str) -> None:
    dataset = DatasetClause(("http://x/a", "http://x/b"), ("http://x/c",))
    RemoteStore(other, "http://base.example/").query("ASK { <s> ?p ?o }", "*/*", dataset)
    parameters, _ = Other.asked[0]
    assert parameters == {
        "query": ["BASE <http://base.example/> ASK { <s> ?p ?o }"],
        "default-graph-uri": ["http://x/a", "http://x/b"],
        "named-graph-uri": ["http://x/c"],
    }


def test_the_format_is_the_one_that_came_back(other: str) -> None:
    Other.media_type, Other.body = "application/sparql-results+xml; charset=utf-8", b"<sparql/>"
    assert RemoteStore(other).query("ASK {}", "application/sparql-results+json").format.name == "XML"


#: What Virtuoso answers to an ASK: for no, and for yes.
VIRTUOSO = {
    "JSON": (
        '{ "head": { "vars": ["__ASK_RETVAL"] }, "results": { "bindings": [ ] } }',
        '{ "head": { "vars": ["__ASK_RETVAL"] }, "results": { "bindings": [ { "__ASK_RETVAL": { "value": "1" }} ] } }',
    ),
    "XML": (
        '<sparql><head><variable name="__ASK_RETVAL"/></head><results></results></sparql>',
        '<sparql><head><variable name="__ASK_RETVAL"/></head><results><result><binding name="__ASK_RETVAL">'
        "<literal>1</literal></binding></result></results></sparql>",
    ),
    "CSV": ('"__ASK_RETVAL"\n', '"__ASK_RETVAL"\n1\n'),
}


@pytest.mark.parametrize("name", VIRTUOSO)
def test_the_table_that_virtuoso_answers_a_yes_or_no_with_is_read_as_one(name: str, other: str) -> None:
    form = next(form for form in RESULTS if form.name == name)
    Other.media_type = form.media_type
    found = []
    for body in VIRTUOSO[name]:
        Other.body = body.encode()
        found.append(RemoteStore(other).query("ASK {}", form.media_type).read())
    assert [b"true" in body for body in found] == [False, True]
    assert [b"false" in body for body in found] == [True, False]


def test_a_refused_query_and_a_failing_server_are_told_apart(other: str) -> None:
    Other.status, Other.body = 400, b"line 1: no such thing"
    with pytest.raises(BadQuery, match="no such thing"):
        RemoteStore(other).query("ASK {}", "*/*")
    Other.status, Other.body = 500, b"out of order"
    with pytest.raises(RemoteError):
        RemoteStore(other).query("ASK {}", "*/*")
    Other.status, Other.body = 404, b"not here"
    with pytest.raises(RemoteError):
        RemoteStore(other).query("ASK {}", "*/*")


def test_an_address_that_is_none_is_said() -> None:
    for address in ("http://127.0.0.1:9/", "nonsense", "file:///etc/passwd", "http://"):
        with pytest.raises(RemoteError, match="cannot be asked"):
            RemoteStore(address).query("ASK {}", "*/*")
