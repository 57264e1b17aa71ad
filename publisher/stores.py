"""A store answers SPARQL queries. That is all it does: a build made what it holds, or it belongs to someone else."""

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Protocol, TypeVar
from urllib.error import HTTPError, URLError

import pyoxigraph as ox
from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from publisher import media, serialise
from publisher.admission import admit
from publisher.datasets import DatasetClause
from publisher.engine import Engine
from publisher.errors import BadQuery, NoRelease, RemoteError
from publisher.media import Format, negotiate
from publisher.release import Release

Loaded = TypeVar("Loaded")
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
            store = ox.Store.read_only(str(release.store))
        except (OSError, RuntimeError) as error:
            raise NoRelease(f"The store of release {release.id} cannot be opened: {error}. Build again.") from error
        self._store = store
        self._engine = Engine(store, self.base, self.prefixes)

    def query(self, sparql: str, accept: str, dataset: DatasetClause = ANY) -> Answer:
        """Answer a query from the release, in this process: for our own queries, and a person's at the command line."""
        admit(sparql)
        body = io.BytesIO()
        chosen: list[Format] = []

        def begin(form: Format) -> io.BytesIO:
            chosen.append(form)
            return body

        self._engine.answer(sparql, dataset, lambda offers: negotiate(accept, offers), begin)
        return Answer(chosen[0], [body.getvalue()])

    def quads(
        self, subject: Node | None, predicate: ox.NamedNode | None, value: Node | None, most: int | None
    ) -> list[ox.Quad]:
        """Return the quads of all graphs that have these terms, at most so many: the first in the store's own order.

        most: None for all. Nothing is planned and nothing computed, so it takes no longer than the answer is long.
        Blank nodes can be asked for, as no query can.
        """
        return list(islice(self._store.quads_for_pattern(subject, predicate, value, None), most))

    def graph(self, name: ox.NamedNode, most: int) -> list[ox.Quad]:
        """Return the quads of a named graph, at most so many."""
        return list(islice(self._store.quads_for_pattern(None, None, None, name), most))


def make(folder: Path, load: Callable[[ox.Store], Loaded]) -> Loaded:
    """Make a store in a folder, in order and with no file that nobody needs. Return what `load`, which fills it, does.

    `load` must keep nothing of the store: it is closed here.
    """
    store = ox.Store(str(folder))
    loaded = load(store)
    store.optimize()
    store.flush()
    del store
    for log in folder.glob("LOG*"):  # it names the machine and its folders
        log.unlink()
    return loaded


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


def _first_line(error: Exception) -> str:
    text = str(error).replace("\\n", "\n")
    lines = [line.strip() for line in io.StringIO(text) if line.strip()]
    return " ".join(lines)[:500]
