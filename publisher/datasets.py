"""The dataset that a query asks for: its FROM and FROM NAMED clauses (SPARQL 1.1 Query, section 13.2).

The engine reads them itself. We read them too, because it repeats a triple for each of several FROM graphs that holds
it, where the standard asks for their merge; such a query is answered from a merge that we make.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

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
    declared: list[str] = []
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
            words.append(token.text)
            continue
        written = f"<{token.text}>" if token.kind == "iri" else token.text
        if words[-1:] == ["BASE"]:
            declared.append(f"BASE {written}")
        elif words[-2:-1] == ["PREFIX"]:
            declared.append(f"PREFIX {words[-1]} {written}")
        elif words[-2:] == ["FROM", "NAMED"]:
            named.append(written)
        elif words[-1:] == ["FROM"]:
            default.append(written)
        words = []
    return DatasetClause(_resolved(default, declared, base), _resolved(named, declared, base))


def _resolved(written: Sequence[str], declared: Sequence[str], base: str) -> tuple[str, ...]:
    """Return the IRIs that are written so, each once. The engine alone knows how it resolves and unescapes them."""
    if not written:
        return ()
    asked = " ".join(f"({iri} AS ?g{place})" for place, iri in enumerate(written))
    try:
        (row,) = ox.Store().query(f"{' '.join(declared)} SELECT {asked} {{}}", base_iri=base)  # type: ignore[misc]
    except SyntaxError:
        return ()
    return tuple(dict.fromkeys(iri.value for iri in row))
