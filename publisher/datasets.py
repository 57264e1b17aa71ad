"""The dataset that a query asks for: its FROM and FROM NAMED clauses (SPARQL 1.1 Query, section 13.2).

The engine reads them itself. We read them too, because it repeats a triple for each of several FROM graphs that holds
it, where the standard asks for their merge; such a query is answered from a merge that we make.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

#: What a query is made of, as far as it takes to find its FROM clauses: comments and strings are passed over whole.
TOKENS: Final = re.compile(
    r"""(?P<skip>\#[^\n]*|"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
    r"""|<(?P<iri>[^<>"{}|^`\\\x00-\x20]*)>|(?P<name>[^\s<>"'{}()\[\],;.|^/*+!?=&#]*:[^\s<>"'{}()\[\],;|^/*+!?=&#]*)"""
    r"""|[?$]\w+|(?P<word>[A-Za-z]+)|(?P<open>\{)|(?P<close>\})|.""",
    re.DOTALL,
)


@dataclass(frozen=True)
class DatasetClause:
    """The graphs that a query is asked over; none of either kind leaves it to the query, or to the store.

    default: the graphs whose merge is the default graph. named: the graphs that GRAPH can name.
    """

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


def clause(query: str, base: str) -> DatasetClause:
    """Return what a query's own FROM clauses ask for. A query that is not SPARQL gives nothing; the engine says why."""
    if "from" not in query.lower():
        return DatasetClause()
    prefixes: dict[str, str] = {}
    default: list[str] = []
    named: list[str] = []
    depth = 0
    words: list[str] = []  # the keywords and names since the last IRI
    for token in TOKENS.finditer(query):
        depth += bool(token["open"]) - bool(token["close"])
        if depth:  # a template, a pattern: no clause stands in braces
            continue
        if token["word"]:
            words.append(token["word"].upper())
        elif token["iri"] is not None or token["name"]:
            iri = urljoin(base, token["iri"]) if token["iri"] is not None else _expand(token["name"], prefixes)
            if words[-1:] == ["BASE"] and token["iri"] is not None:
                base = iri
            elif words[-1:] == ["PREFIX"]:
                words.append(token["name"] or "")
                continue
            elif words[-2:-1] == ["PREFIX"]:
                prefixes[words[-1].removesuffix(":")] = iri
            elif words[-2:] == ["FROM", "NAMED"]:
                named.append(iri)
            elif words[-1:] == ["FROM"]:
                default.append(iri)
            words = []
    return DatasetClause(tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named)))


def _expand(name: str, prefixes: dict[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return prefixes.get(prefix, "") + local
