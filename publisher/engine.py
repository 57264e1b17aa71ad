"""The engine: a query, asked of an embedded store, and its answer pushed out in a format, block by block.

It runs in the thread that calls it, from the first to the last block: the engine's results may not change threads.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any, Final, Generic, TypeVar

import pyoxigraph as ox

from publisher import results, serialise
from publisher.admission import NO_SERVICE
from publisher.blocks import Sink
from publisher.columns import written_out
from publisher.datasets import DatasetClause, clause
from publisher.errors import BadQuery
from publisher.media import GRAPHS, RESULTS, Format
from publisher.places import refusal

#: How many merges of graphs that a query named are kept.
MERGES: Final = 8

Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Engine:
    """An embedded store, opened to read.

    base: what relative IRIs in queries are resolved against. prefixes: for graphs in formats that have some.
    """

    def __init__(self, store: ox.Store, base: str, prefixes: Mapping[str, str]) -> None:
        self._store = store
        self._base = base
        self._prefixes = prefixes
        self._merged = lru_cache(maxsize=MERGES)(self._merge)

    def answer(
        self,
        sparql: str,
        dataset: DatasetClause,
        choose: Callable[[Sequence[Format]], Format],
        begin: Callable[[Format], Sink],
        most: int | None = None,
    ) -> bool:
        """Answer a query. dataset: overrides the query's FROM (SPARQL 1.1 Protocol, 2.1.4).

        choose: of the formats that fit the answer, takes one. begin: told of it, gives what takes the blocks.
        most: how many rows, in JSON, or how many triples are wanted, if not all. Return whether there would be more.
        Raise BadQuery where the query is at fault, with the place where its grammar breaks; what `choose` raises; and
        Unwritable where the format cannot hold the answer.

        A query with SERVICE that comes so far is at fault, where this process is confined and reaches no other server.
        With SERVICE SILENT that is a solution without bindings, as the standard has it of a server that fails (SPARQL
        1.1 Federated Query, 2.3); and inside EXISTS the engine takes the failure for a solution.
        """
        begun = time.thread_time()
        try:
            return self._write(self._ask(written_out(sparql, self._base), dataset), choose, begin, most)
        except SyntaxError as error:
            raise refusal(error, sparql, self._base, time.thread_time() - begun) from error
        except OSError as error:
            if error.errno is not None or "service" not in sparql.lower():  # a socket's or a file's, and no server's
                raise
            raise BadQuery(NO_SERVICE) from error
        except (RuntimeError, ValueError) as error:
            raise BadQuery(f"The query cannot be evaluated: {error}") from error

    def _write(
        self,
        found: Found,
        choose: Callable[[Sequence[Format]], Format],
        begin: Callable[[Format], Sink],
        most: int | None,
    ) -> bool:
        if isinstance(found, ox.QueryTriples):
            chosen = choose(GRAPHS)
            if most is None:  # as the engine has them: it writes lines without us
                serialise.write_graph(found, chosen, self._prefixes, begin(chosen))
                return False
            first = Some(found, most)
            serialise.write_graph(first, chosen, self._prefixes, begin(chosen))
            return first.more
        chosen = choose(RESULTS)
        if most is None or isinstance(found, ox.QueryBoolean):
            results.write(found, chosen, begin(chosen))
            return False
        rows = Some(found, most)
        begin(chosen).write(table([one.value for one in found.variables], rows))
        return rows.more

    def _ask(self, sparql: str, dataset: DatasetClause) -> Found:
        asked = dataset or clause(sparql, self._base)
        if len(asked.default) > 1:
            return self._merged(asked).query(
                sparql,
                base_iri=self._base,
                default_graph=ox.DefaultGraph(),
                named_graphs=[ox.NamedNode(name) for name in asked.named],
            )
        if asked:
            return self._store.query(
                sparql,
                base_iri=self._base,
                default_graph=[ox.NamedNode(name) for name in asked.default],
                named_graphs=[ox.NamedNode(name) for name in asked.named],
            )
        return self._store.query(sparql, base_iri=self._base)

    def _merge(self, asked: DatasetClause) -> ox.Store:
        """Return a store whose default graph is the RDF merge of these graphs."""
        merged = ox.Store()
        for name in asked.default:
            quads = self._store.quads_for_pattern(None, None, None, ox.NamedNode(name))
            merged.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        for name in asked.named:
            merged.extend(self._store.quads_for_pattern(None, None, None, ox.NamedNode(name)))
        return merged


Item = TypeVar("Item")


class Some(Generic[Item]):
    """The first so many of some. more: whether there were more, when these are through."""

    def __init__(self, found: Iterator[Item], most: int) -> None:
        self._found = found
        self._most = most
        self.more = False

    def __iter__(self) -> Iterator[Item]:
        yield from islice(self._found, self._most)
        self.more = next(self._found, None) is not None


def table(names: Sequence[str], rows: Iterable[ox.QuerySolution]) -> bytes:
    """Return rows as SPARQL 1.1 Query Results JSON."""
    bindings = [{name: _term(row[name]) for name in names if row[name] is not None} for row in rows]
    return json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}}, ensure_ascii=False).encode()


def _term(term: Any) -> dict[str, Any]:  # noqa: ANN401 - a term of the engine's
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Literal):
        about = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        return {"type": "literal", "value": term.value, **about}
    return {"type": "literal", "value": str(term)}  # a triple: SPARQL 1.1 has no way to write it
