"""The queries of pages: files in `publisher/queries/pages`, with IRIs put in their places, asked of any store."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

from publisher.media import RESULTS
from publisher.stores import Store

JSON: Final = RESULTS[0]
#: How many IRIs stand in one query at most.
BATCH: Final = 400


@cache
def _text(name: str) -> str:
    return files("publisher").joinpath("queries", "pages", f"{name}.rq").read_text(encoding="utf-8")


def _written(name: str, places: dict[str, Iterable[str]]) -> str:
    """Return a query with these IRIs for `<place>`. NamedNode checks each, so that none can end the place and go on."""
    query = _text(name)
    for place, iris in places.items():
        query = query.replace(f"<{place}>", " ".join(str(ox.NamedNode(iri)) for iri in iris))
    return query


def solutions(store: Store, name: str, **places: Iterable[str]) -> Iterator[ox.QuerySolution]:
    """Yield the rows that a page's SELECT query gives."""
    written = store.query(_written(name, places), JSON.media_type).read()
    found = ox.parse_query_results(written, format=ox.QueryResultsFormat.JSON)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"{name}.rq is no SELECT query")
    yield from found


def holds(store: Store, name: str, **places: Iterable[str]) -> bool:
    """Return what a page's ASK query gives."""
    written = store.query(_written(name, places), JSON.media_type).read()
    return bool(ox.parse_query_results(written, format=ox.QueryResultsFormat.JSON))


def quads(store: Store, name: str, **places: Iterable[str]) -> list[ox.Quad]:
    """Return what a query of ?g ?s ?p ?o gives, as quads."""
    return [ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in solutions(store, name, **places)]


def graph_quads(store: Store, graph: str) -> list[ox.Quad]:
    """Return all of a named graph; nothing, where there is no such graph."""
    return quads(store, "graph", thing=[graph])


def evidence_quads(store: Store, iris: Iterable[str]) -> list[ox.Quad]:
    """Return what is known of these pieces of evidence: their quotes, their positions, and their sentences."""
    wanted = sorted(set(iris))
    batches = (wanted[first : first + BATCH] for first in range(0, len(wanted), BATCH))
    return [quad for batch in batches for quad in quads(store, "evidence", things=batch)]
