"""What a query is sent to: the endpoint of a server, or the engine alone, which says whose a fault is."""

import http.client
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlencode, urlsplit

import pyoxigraph as ox

RESULTS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
#: What the endpoint says of a query that is none.
NOT_SPARQL: Final = b"not SPARQL"


@dataclass(frozen=True)
class Reply:
    """What was answered."""

    status: int
    media_type: str
    body: bytes


class Asked(Protocol):
    """What answers a query about a dataset, in the format that is wanted."""

    def ask(self, query: str, accept: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> Reply:
        """Answer a query. default, named: the graphs of its dataset; where there are none, its own FROM, or all."""


class Endpoint:
    """The endpoint of a server."""

    def __init__(self, base: str) -> None:
        self._base = urlsplit(base)

    def send(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> Reply:
        """Send one request, with these headers and no others that say what it is."""
        connection = http.client.HTTPConnection(self._base.hostname or "", self._base.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return Reply(response.status, (response.headers.get_content_type() or "").lower(), response.read())
        finally:
            connection.close()

    def ask(self, query: str, accept: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> Reply:
        """Send a query by POST, as a form."""
        sent = urlencode({"query": query, "default-graph-uri": default, "named-graph-uri": named}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        return self.send("POST", "/sparql", headers, sent.encode())


class Alone:
    """The engine, without anything of ours, in this process."""

    def __init__(self, data: Path) -> None:
        """Load a file of N-Quads."""
        self._store = ox.Store()
        self._store.bulk_load(path=data, format=ox.RdfFormat.N_QUADS)

    def ask(self, query: str, accept: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> Reply:
        """Ask the engine; an error is a reply, as a server's is."""
        try:
            if default or named:
                found = self._store.query(
                    query,
                    default_graph=[ox.NamedNode(one) for one in default],
                    named_graphs=[ox.NamedNode(one) for one in named],
                )
            else:
                found = self._store.query(query)
            if isinstance(found, ox.QueryTriples):
                body = found.serialize(format=GRAPHS.get(accept, ox.RdfFormat.TURTLE))
            else:
                body = found.serialize(format=RESULTS.get(accept, ox.QueryResultsFormat.CSV))
        except SyntaxError:
            return Reply(400, "text/plain", NOT_SPARQL)
        except (OSError, RuntimeError, ValueError) as error:
            return Reply(500, "text/plain", str(error).encode())
        return Reply(200, accept, body or b"")
