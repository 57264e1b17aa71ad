"""The dataset that a query asks for: its FROM and FROM NAMED clauses (SPARQL 1.1 Query, section 13.2).

The engine reads them itself. We read them too, because it repeats a triple for each of several FROM graphs that holds
it, where the standard asks for their merge; such a query is answered from a merge that we make.
"""

from dataclasses import dataclass
from urllib.parse import urljoin

from publisher.tokens import tokens


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
    words: list[str] = []  # the keywords, and the prefix that is being declared, since the last IRI
    for token in tokens(query):
        depth += (token.text == "{") - (token.text == "}")
        if depth or token.kind not in ("word", "name", "iri"):  # no clause stands in a template or a pattern
            continue
        if token.kind == "word":
            words.append(token.text.upper())
            continue
        if words[-1:] == ["PREFIX"]:
            words.append(token.text.removesuffix(":"))
            continue
        iri = _resolve(base, token.text) if token.kind == "iri" else _expand(token.text, prefixes)
        if words[-1:] == ["BASE"]:
            base = iri
        elif words[-2:-1] == ["PREFIX"]:
            prefixes[words[-1]] = iri
        elif words[-2:] == ["FROM", "NAMED"]:
            named.append(iri)
        elif words[-1:] == ["FROM"]:
            default.append(iri)
        words = []
    return DatasetClause(tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named)))


def _resolve(base: str, reference: str) -> str:
    try:
        return urljoin(base, reference)
    except ValueError:  # brackets that are no IPv6 address: the engine refuses the query
        return reference


def _expand(name: str, prefixes: dict[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return prefixes.get(prefix, "") + local
