"""What a query may ask of the engine: no other server, and no more brackets and steps than its stack can take.

The engine answers SERVICE by asking whatever server a query names, and a deep enough query overflows its stack and
takes the process along (measured: from some 300 brackets or 1,000 steps on).
"""

import re
from dataclasses import dataclass
from typing import Final

from publisher.errors import BadQuery
from publisher.tokens import tokens

DEEPEST: Final = 60
MOST_STEPS: Final = 400
#: The engine plans a star of 120 triples for some seconds, and the time grows with the fourth power [measured].
MOST_TRIPLES: Final = 120
#: What chains patterns and expressions; the engine goes one call deeper for each.
PATTERNS: Final = frozenset({"UNION", "OPTIONAL", "MINUS", "BIND", "FILTER", "EXISTS", "AS"})
OPERATORS: Final = frozenset("+-*/|&!^<{")
#: An IRI with more signs than this may be no IRI.
MOST_SIGNS: Final = 50
MOST_SERVICES: Final = 200
NO_SERVICE: Final = (
    "SERVICE is not answered here: this store asks no other server. Ask each of them, and join the answers."
)
_BLANK: Final = r"(?:\s++|#[^\n\r]*+)*+"
#: A SERVICE clause, wherever it stands: in a string or a comment too. A tokeniser would have to agree with the engine
#: on every string, comment and IRI, and one disagreement (`1<#>` begins a comment there) would let a clause through.
SERVICE: Final = re.compile(
    rf"service{_BLANK}(?:silent{_BLANK})?(?P<name><[^<>\s{{}}]*+>|(?:[^\s{{}}<>#\\]|\\.)++){_BLANK}\{{",
    re.IGNORECASE | re.ASCII,
)
_VARIABLE: Final = re.compile(r"[?$]\w*\Z")


def admit(query: str) -> None:
    """Raise BadQuery for what the engine must not be given."""
    if asks_another_server(query):
        raise BadQuery(f"{NO_SERVICE} (A clause that is commented out counts too: remove it.)")
    asked = bound(query)
    if asked.depth > DEEPEST or asked.steps > MOST_STEPS or asked.triples > MOST_TRIPLES:
        asked = size(query)
    if asked.depth > DEEPEST:
        raise BadQuery(f"The query nests more brackets in each other than are answered: at most {DEEPEST}.")
    if asked.steps > MOST_STEPS:
        raise BadQuery(f"The query has more operators and patterns than are answered: at most {MOST_STEPS}.")
    if asked.triples > MOST_TRIPLES:
        raise BadQuery(f"The query's patterns have more triples than are answered: at most {MOST_TRIPLES}.")


def asks_another_server(query: str) -> bool:
    """Say whether a SERVICE clause may stand in a query; a variable called ?service is none."""
    if query.lower().count("service") > MOST_SERVICES:  # so that the search takes no longer than the query is long
        return True
    for found in SERVICE.finditer(query):
        names_a_server = found["name"][0] in "<?$" or ":" in found["name"]
        if names_a_server and not _VARIABLE.search(query, max(0, found.start() - 200), found.start()):
            return True
    return False


@dataclass(frozen=True)
class Size:
    """How much a query asks of the engine before it answers anything.

    depth: how deep it nests its brackets of all kinds. steps: how many operators and patterns it chains.
    triples: how many triples its patterns have, counted by what ends each: a full stop, a semicolon or a comma. What
    follows the place where one of them is more than it may be is not counted.
    """

    depth: int
    steps: int
    triples: int


def bound(query: str) -> Size:
    """Return a size that a query does not exceed, whatever is a string or a comment in it. For most that is enough."""
    count = query.upper().count
    steps = sum(map(count, OPERATORS)) + sum(map(count, PATTERNS))
    return Size(count("{") + count("(") + count("["), steps, count(".") + count(";") + count(","))


def size(query: str) -> Size:
    """Return the size of a query. Strings, IRIs, comments and names do not count."""
    brackets: list[str] = []
    deepest = steps = triples = 0
    for token in tokens(query):
        if token.kind == "word":
            steps += token.text.upper() in PATTERNS
            steps += sum(sign in OPERATORS for sign in token.text)  # a sign that stands against a number
        if token.kind == "iri":  # or what the engine reads as less, an expression, and greater: `1<((2))&&3>1`
            deepest = max(deepest, len(brackets) + token.text.count("("))
            signs = sum(map(token.text.count, OPERATORS))
            steps += signs if signs > MOST_SIGNS else 0
        elif token.kind in ("word", "name"):
            triples += token.text.endswith(".")
        elif token.kind == "mark":
            if token.text in "{([":
                brackets.append(token.text)
                deepest = max(deepest, len(brackets))
            elif token.text in "})]" and brackets:
                brackets.pop()
            steps += token.text in OPERATORS
            triples += token.text == ";" or (token.text == "," and brackets[-1:] != ["("])  # no argument's comma
        if deepest > DEEPEST or steps > MOST_STEPS or triples > MOST_TRIPLES:
            break  # nobody's time is spent on the rest
    return Size(deepest, steps, triples)
