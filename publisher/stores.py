"""A store answers SPARQL queries. That is all it does: a build made what it holds, or it belongs to someone else."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final, Protocol
from urllib.error import HTTPError, URLError

import pyoxigraph as ox
from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from publisher import media, serialise
from publisher.admission import admit
from publisher.datasets import DatasetClause, clause
from publisher.errors import BadQuery, NoRelease, RemoteError
from publisher.media import Format, negotiate
from publisher.release import Release

Node = ox.NamedNode | ox.BlankNode
ANY: Final = DatasetClause()
REMOTE_SECONDS: Final = 60
VIRTUOSO_ASKED: Final = b"__ASK_RETVAL"  # the only column of its answer to an ASK


@dataclass(frozen=True)
class Answer:
    """What a store answers: the format, and the body in blocks."""

    format: Format
    body: Iterable[bytes]

    def read(self) -> bytes:
        """Return the body as one block."""
        return b"".join(self.body)


class Store(Protocol):
    """Whatever answers SPARQL 1.1 queries."""

    def query(self, sparql: str, accept: str, dataset: DatasetClause = ANY) -> Answer:
        """Answer a query. accept: as in HTTP. dataset: overrides the query's FROM (SPARQL 1.1 Protocol, 2.1.4).

        Raise BadQuery where the query is at fault, NotAcceptable where no format that fits it is taken.
        """
        ...


class LocalStore:
    """The embedded store of a release, opened to read. Relative IRIs in queries are resolved against its base."""

    def __init__(self, release: Release) -> None:
        """Open it. Raise NoRelease where its files are damaged or gone."""
        self.base = release.base
        self.prefixes: Mapping[str, str] = release.prefixes
        try:
            self._store = ox.Store.read_only(str(release.store))
        except (OSError, RuntimeError) as error:
            raise NoRelease(f"The store of release {release.id} cannot be opened: {error}. Build again.") from error
        self._merged = lru_cache(maxsize=8)(self._merge)

    def query(self, sparql: str, accept: str, dataset: DatasetClause = ANY) -> Answer:
        """Answer a query from the release. One thread makes, reads and drops the engine's result, as it must be."""
        admit(sparql)
        try:
            found = self._query(sparql, dataset)
            if isinstance(found, ox.QueryTriples):
                chosen = negotiate(accept, media.GRAPHS)
                return Answer(chosen, [serialise.graph(list(found), chosen, self.prefixes)])
            chosen = negotiate(accept, media.RESULTS)
            return Answer(chosen, [serialise.results(found, chosen)])
        except SyntaxError as error:
            raise BadQuery(f"The query is not SPARQL 1.1: {_place(error)}") from error
        except (RuntimeError, ValueError, OSError) as error:
            raise BadQuery(f"The query cannot be evaluated: {error}") from error

    def _query(self, sparql: str, dataset: DatasetClause) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        asked = dataset or clause(sparql, self.base)
        if len(asked.default) > 1:
            return self._merged(asked).query(
                sparql,
                base_iri=self.base,
                default_graph=ox.DefaultGraph(),
                named_graphs=[ox.NamedNode(name) for name in asked.named],
            )
        if dataset:
            return self._store.query(
                sparql,
                base_iri=self.base,
                default_graph=[ox.NamedNode(name) for name in dataset.default],
                named_graphs=[ox.NamedNode(name) for name in dataset.named],
            )
        return self._store.query(sparql, base_iri=self.base)

    def quads(
        self, subject: Node | None, predicate: ox.NamedNode | None, value: Node | None, most: int
    ) -> list[ox.Quad]:
        """Return the quads of all graphs that have these terms, at most so many: the first in the store's own order.

        Nothing is planned and nothing computed, so it takes no longer than the answer is long. Blank nodes can be asked
        for, as no query can.
        """
        return list(islice(self._store.quads_for_pattern(subject, predicate, value, None), most))

    def graph(self, name: ox.NamedNode, most: int) -> list[ox.Quad]:
        """Return the quads of a named graph, at most so many."""
        return list(islice(self._store.quads_for_pattern(None, None, None, name), most))

    def _merge(self, asked: DatasetClause) -> ox.Store:
        """Return a store whose default graph is the RDF merge of these graphs."""
        merged = ox.Store()
        for name in asked.default:
            quads = self._store.quads_for_pattern(None, None, None, ox.NamedNode(name))
            merged.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        for name in asked.named:
            merged.extend(self._store.quads_for_pattern(None, None, None, ox.NamedNode(name)))
        return merged


class RemoteStore:
    """Any SPARQL 1.1 server, by HTTP. base: what relative IRIs in queries are resolved against, where one is given."""

    def __init__(self, endpoint: str, base: str | None = None) -> None:
        self.endpoint = endpoint
        self.base = base

    def query(self, sparql: str, accept: str, dataset: DatasetClause = ANY) -> Answer:
        """Send a query and return what comes back, in the format that the server chose.

        Raise BadQuery where it says that the query is at fault, RemoteError where it does not answer.
        """
        if not self.endpoint.startswith(("http://", "https://")):  # urllib would read files, too
            raise RemoteError(f"{self.endpoint} cannot be asked: expected an address that begins with http(s)://")
        wrapper = SPARQLWrapper(self.endpoint, agent="communique")
        wrapper.setQuery(f"BASE <{self.base}> {sparql}" if self.base else sparql)
        wrapper.setMethod(POST)
        wrapper.setTimeout(REMOTE_SECONDS)
        offers = media.GRAPHS if wrapper.queryType in ("CONSTRUCT", "DESCRIBE") else media.RESULTS
        wanted = negotiate(accept, offers)
        wrapper.setOnlyConneg(True)  # else it sends format=xml too, which Fuseki and Virtuoso put above Accept
        wrapper.addCustomHttpHeader("Accept", wanted.media_type)
        for parameter, names in (("default-graph-uri", dataset.default), ("named-graph-uri", dataset.named)):
            for name in names:
                wrapper.addParameter(parameter, name)
        try:
            response = wrapper.query().response
            body = response.read()
        except QueryBadFormed as error:
            raise BadQuery(f"{self.endpoint} refused the query: {_first_line(error)}") from error
        except SPARQLWrapperException as error:
            raise RemoteError(f"{self.endpoint} did not answer: {_first_line(error)}") from error
        except HTTPError as error:
            raise RemoteError(f"{self.endpoint} answered {error.code} {error.reason}") from error
        except (URLError, OSError, ValueError) as error:
            raise RemoteError(f"{self.endpoint} cannot be asked: {getattr(error, 'reason', error)}") from error
        sent = str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()
        chosen = next((offer for offer in offers if offer.media_type == sent), wanted)
        return Answer(chosen, [_yes_or_no(body, chosen) if wrapper.queryType == "ASK" else body])


def _yes_or_no(body: bytes, chosen: Format) -> bytes:
    """Return the answer to an ASK as SPARQL 1.1 has it. Virtuoso's is a table: with a row for yes, with none for no."""
    if VIRTUOSO_ASKED not in body:
        return body
    _, _, rows = body.partition(VIRTUOSO_ASKED)
    yes = b"1" in rows if chosen.suffix in ("csv", "tsv") else VIRTUOSO_ASKED in rows
    standard = b'{"head":{},"boolean":%s}' % (b"true" if yes else b"false")
    return serialise.results(ox.parse_query_results(standard, format=ox.QueryResultsFormat.JSON), chosen)


def _place(error: SyntaxError) -> str:
    """Say where a query breaks off. The engine also lists all that might have stood there, which helps nobody."""
    told = str(error.msg or error)
    found = re.match(r"error at (\d+):(\d+): expected", told)
    return f"line {found[1]}, column {found[2]}: something else was expected here." if found else told


def _first_line(error: Exception) -> str:
    text = str(error).replace("\\n", "\n")
    lines = [line.strip() for line in io.StringIO(text) if line.strip()]
    return " ".join(lines)[:500]
