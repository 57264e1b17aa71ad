"""A query's result as a page shows it: yes or no, a table whose IRIs are linked and labelled, or Turtle."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from publisher.media import RESULTS
from publisher.stores import Answer
from publisher.web.known import Known
from publisher.web.labels import label_quads
from publisher.web.served import Served
from publisher.web.shown import Shower, Shown

#: How many rows a page shows; the links beside it give all.
MOST: Final = 500


@dataclass(frozen=True)
class Result:
    """One of three: yes (a yes or no), turtle (a graph), or columns with rows, of which there are `total`."""

    yes: bool | None = None
    turtle: str | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Shown | None, ...], ...] = ()
    total: int = 0

    @property
    def cut(self) -> bool:
        """Whether the page shows fewer rows than there are."""
        return self.total > len(self.rows)


def show(here: Served, answer: Answer) -> Result:
    """Return what a page shows of an answer in JSON or Turtle."""
    written = answer.read()
    if answer.format is not RESULTS[0]:
        return Result(turtle=written.decode())
    found = ox.parse_query_results(written, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Result(yes=bool(found))
    columns = tuple(variable.value for variable in found.variables)
    terms = [tuple(row[name] for name in columns) for row in found]
    first = terms[:MOST]
    iris = [term for row in first for term in row if isinstance(term, ox.NamedNode)]
    shower = Shower(here, Known(label_quads(here.store, iris)))
    rows = tuple(tuple(None if term is None else shower.show(term) for term in row) for row in first)
    return Result(columns=columns, rows=rows, total=len(terms))
