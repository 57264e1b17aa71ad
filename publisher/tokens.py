"""A query in tokens, as far as it takes to find its keywords and brackets, not fooled by strings and comments.

The engine's parser is the judge of what a query means. This one is for what must be known before the engine sees it,
and for errors that help. It takes time in proportion to the query, whatever is in it: no token is scanned twice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

#: A run is a keyword, a prefixed name or a number. A string that is not closed goes on to the end of its line, or of
#: the query; the engine will refuse it. The quantifiers give nothing back (++, *+), so that nothing is tried twice.
GRAMMAR: Final = re.compile(
    r"""(?P<comment>\#[^\n\r]*+)"""
    r"""|(?P<string>"{3}(?:[^"\\]|\\.|"(?!""))*+(?:"{3})?|'{3}(?:[^'\\]|\\.|'(?!''))*+(?:'{3})?"""
    r"""|"(?:[^"\\\n\r]|\\[^\n\r])*+"?|'(?:[^'\\\n\r]|\\[^\n\r])*+'?)"""
    r"""|<(?P<iri>(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+)>"""
    r"""|(?P<variable>[?$]\w++)"""
    r"""|(?P<run>(?:[^\s<>"'{}()\[\],;|^/*+!?$=&\#\\]|\\.)++)"""
    r"""|(?P<mark>\S)""",
    re.DOTALL,
)


#: What some editors write at the beginning of a file; no part of a query.
BOM: Final = "\ufeff"


@dataclass(frozen=True)
class Token:
    """A token. kind: iri (without its brackets), word (a keyword), name (a prefixed name), variable, or mark."""

    kind: str
    text: str


def tokens(query: str) -> Iterator[Token]:
    """Yield the tokens of a query; comments and strings are passed over."""
    for found in GRAMMAR.finditer(query):
        kind = found.lastgroup or "mark"
        text = found[kind]
        if kind == "run":
            yield Token("name" if ":" in text else "word", text)
        elif kind not in ("comment", "string"):
            yield Token(kind, text)
