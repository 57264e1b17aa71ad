"""The columns of `SELECT *`: in the order in which the query names them first, where the engine sorts them by name.

The standard leaves the order open (SPARQL 1.1 Query, section 18.2.4.4). Whoever writes `SELECT * { ?person ?property
?value }` reads a table in that order. So the star is written out, and the engine does the rest.
"""

from typing import Final

import pyoxigraph as ox

from publisher.tokens import GRAMMAR

#: A query that names variables more often than this is left as it is: to plan it twice might take seconds.
MOST: Final = 60


def written_out(query: str, base: str) -> str:
    """Return a query whose outermost SELECT has a star with its variables instead; any other one as it is.

    base: what its relative IRIs are resolved against. It is asked of an empty store, since only the engine knows which
    variables are in scope. Raise what the engine does, SyntaxError for one.
    """
    star = _star(query) if "*" in query else None
    if star is None:
        return query
    mentioned = [token[0][1:] for token in GRAMMAR.finditer(query, star) if token.lastgroup == "variable"]
    if len(mentioned) > MOST:
        return query
    found = ox.Store().query(query, base_iri=base)
    if not isinstance(found, ox.QuerySolutions):
        return query
    names = [variable.value for variable in found.variables]
    named = [name for name in dict.fromkeys(mentioned) if name in names]
    if named == names or len(named) < len(names):  # in order as they are; or written so that we do not read them
        return query
    return f"{query[: star - 1]} {' '.join(f'?{name}' for name in named)} {query[star:]}"


def _star(query: str) -> int | None:
    """Return where the star of the outermost SELECT ends; nothing, where there is none."""
    selects = False
    for token in GRAMMAR.finditer(query):
        kind, text = token.lastgroup, token[0].upper()
        if kind == "comment":
            continue
        if selects and text not in ("DISTINCT", "REDUCED"):
            return token.end() if text == "*" else None
        if kind == "run" and ":" not in text and text not in ("BASE", "PREFIX"):
            if not selects and text != "SELECT":
                return None
            selects = True
        elif kind not in ("run", "iri"):
            return None
    return None
