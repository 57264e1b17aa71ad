"""Experience: what came of queries that were asked before, so that the next one like them stands in the right line.

Queries are alike that have the same template: those that differ in their constants, in the names of their variables,
in comments and in spaces. Applications ask thousands of such; and whoever means harm needs no more than a number that
changes to send a query that is new each time.
"""

from collections import OrderedDict
from typing import Final

from publisher.tokens import GRAMMAR

MOST_TEMPLATES: Final = 10_000
#: So many queries of a template in a row were long before the next is taken to be. One alone may have met a hub.
ENOUGH: Final = 2


def template(query: str) -> int:
    """Return a number that stands for the template of a query; it holds in this process only."""
    variables: dict[str, int] = {}
    parts: list[str | int] = []
    for comment, string, _, variable, run, mark in GRAMMAR.findall(query):
        if mark:
            parts.append(mark)
        elif variable:
            parts.append(variables.setdefault(variable[1:], len(variables)))
        elif run:
            parts.append("name" if ":" in run else "number" if run[0].isdigit() else run.upper())
        elif not comment and not string:  # then an IRI, be it empty
            parts.append("iri")
    return hash(tuple(parts))


class Experience:
    """What came of the queries of each template, the latest of many."""

    def __init__(self) -> None:
        self._long: OrderedDict[int, int] = OrderedDict()

    def was(self, template: int, *, long: bool) -> None:
        """Note what came of a query."""
        self._long[template] = self._long.get(template, 0) + 1 if long else 0
        self._long.move_to_end(template)
        if len(self._long) > MOST_TEMPLATES:
            self._long.popitem(last=False)

    def is_quick(self, template: int) -> bool:
        """Say whether the last query of a template was answered quickly."""
        return self._long.get(template) == 0

    def is_long(self, template: int) -> bool:
        """Say whether the last queries of a template all were long."""
        return self._long.get(template, 0) >= ENOUGH
