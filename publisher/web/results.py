"""A query's result as a page shows it: yes or no, a table whose IRIs are linked and labelled, or Turtle."""

from dataclasses import dataclass

import pyoxigraph as ox

from publisher.media import RESULTS
from publisher.web.endpoint import Shown as Asked
from publisher.web.known import Known, Term
from publisher.web.labels import label_quads
from publisher.web.served import Served
from publisher.web.shown import Shower, Shown


@dataclass(frozen=True)
class Result:
    """One of three: yes (a yes or no), turtle (a graph), or columns with rows, `more` where there are more of them."""

    yes: bool | None = None
    turtle: str | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Shown | None, ...], ...] = ()
    more: bool = False


def show(here: Served, asked: Asked) -> Result:
    """Return what a page shows of an answer in JSON or Turtle."""
    if asked.form is not RESULTS[0]:
        return Result(turtle=asked.content.decode(), more=asked.more)
    found = ox.parse_query_results(asked.content, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return Result(yes=bool(found))
    columns = tuple(variable.value for variable in found.variables)
    terms = [tuple(row[name] for name in columns) for row in found]
    iris = [term for row in terms for term in row if isinstance(term, ox.NamedNode)]
    shower = Shower(here, Known(label_quads(here.store, iris)))
    rows = tuple(tuple(None if term is None else _cell(here, shower, term) for term in row) for row in terms)
    return Result(columns=columns, rows=rows, more=asked.more)


def _cell(here: Served, shower: Shower, term: Term) -> Shown:
    """Return what to show of a term: without a link, where it is a blank node that is in no triple.

    A graph's name may be one, and a query makes others: there is nothing to be said of these.
    """
    if isinstance(term, ox.BlankNode) and not (
        here.store.quads(term, None, None, 1) or here.store.quads(None, None, term, 1)
    ):
        return Shown(str(term))
    return shower.show(term)
