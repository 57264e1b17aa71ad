"""Whether two results are the same: tables whatever their blank nodes are called, graphs as RDFC-1.0 has them."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, Graph, Namespace
from rdflib.term import Node

EXPECTED: Final = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
RS: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")

Row = tuple[object, ...]
#: Columns, sorted, and rows.
Table = tuple[list[str], list[Row]]


def read(found: ox.QuerySolutions | ox.QueryBoolean) -> Table | bool:
    """Return a result as a truth or as a table."""
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    columns = sorted({variable.value for variable in found.variables})
    return columns, [tuple(_canonical(row[name]) for name in columns) for row in found]


def expected(path: Path, base: str) -> Table | bool:
    """Return the result that a file of the suite has: a truth, or columns and rows."""
    if path.suffix not in EXPECTED:
        return _result_graph(Graph().parse(path, publicID=base))
    return read(ox.parse_query_results(path=path, format=EXPECTED[path.suffix]))


def _result_graph(graph: Graph) -> Table:
    """Return a table that is written as a graph (DAWG's result set vocabulary)."""
    (node,) = graph.subjects(RDF.type, RS.ResultSet)
    columns = sorted(str(one) for one in graph.objects(node, RS.resultVariable))
    rows = []
    for solution in graph.objects(node, RS.solution):
        values = {
            str(graph.value(one, RS.variable)): graph.value(one, RS.value)
            for one in graph.objects(solution, RS.binding)
        }
        rows.append(tuple(_canonical(_term(values.get(name))) for name in columns))
    return columns, rows


def _term(node: Node | None) -> object:
    if node is None:
        return None
    (quad,) = ox.parse(f"<urn:s> <urn:p> {node.n3()} .", format=ox.RdfFormat.TURTLE)
    return quad.object


@cache
def _canonical(term: object) -> object:
    """Return a term as the store has it: 1.50 and 1.5 are one decimal."""
    if not isinstance(term, ox.Literal):
        return term
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), term))
    return next(iter(store)).object


def canonical(quads: Iterable[ox.Quad]) -> list[str]:
    """Return a graph such that two are the same if these are (RDFC-1.0)."""
    dataset = ox.Dataset(ox.Quad(one.subject, one.predicate, _canonical(one.object)) for one in quads)  # type: ignore[arg-type]
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def same(wanted: Sequence[Row], found: Sequence[Row]) -> bool:
    """Say whether two tables have the same rows, whatever their blank nodes are called, in whatever order."""
    if len(wanted) != len(found):
        return False
    if not any(isinstance(term, ox.BlankNode) for row in wanted for term in row):
        return Counter(wanted) == Counter(found)
    return _match(list(wanted), list(found), {})


def _match(wanted: list[Row], found: list[Row], names: dict[object, object]) -> bool:
    if not wanted:
        return True
    first, *rest = wanted
    for number, row in enumerate(found):
        learned = dict(names)
        if all(_fits(term, other, learned) for term, other in zip(first, row, strict=True)):
            left = [*found[:number], *found[number + 1 :]]
            if _match(rest, left, learned):
                return True
    return False


def _fits(term: object, other: object, names: dict[object, object]) -> bool:
    if not isinstance(term, ox.BlankNode) or not isinstance(other, ox.BlankNode):
        return term == other
    if term not in names and other not in names.values():
        names[term] = other
    return names.get(term) == other


def csv_table(text: str) -> tuple[list[str], Counter[tuple[str, ...]]]:
    """Return a table in CSV, its columns sorted. It tells texts and no terms; a blank node may have any label."""
    read_rows = list(csv.DictReader(io.StringIO(text)))
    columns = sorted(read_rows[0]) if read_rows else []
    return columns, Counter(tuple(re.sub(r"^_:.*", "_:", row[name]) for name in columns) for row in read_rows)
