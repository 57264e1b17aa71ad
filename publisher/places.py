"""Where a query that is not SPARQL is at fault, and why: the first token that cannot stand where it is.

The engine's parser tells the furthest place at which it compared anything, and it compares whole keywords: that may be
a line too late. So it is asked again, of shorter and shorter beginnings of the query. One that could go on is at fault
at its very end only, and one that holds the mistake is so before; the mistake is where the one becomes the other.

Nothing is evaluated, nor planned: each of these questions ends when the engine has parsed it.
"""

import re
import time
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, NoReturn

import pyoxigraph as ox

from publisher.errors import BadQuery
from publisher.tokens import GRAMMAR

#: The reasons that the engine gives, as it words them, and as we do. They are found at the end of the token that is
#: wrong; {text} is that token.
REASONS: Final = {
    "Prefix not found": "the prefix of {text} is not declared.",
    "Already used blank node id": "the blank node {text} stands in another group already; it can stand in one only.",
    "IRI parsing failed": "an IRI begins here that is none.",
    "IRIs are only allowed to contain escape": "an IRI begins here that holds an escape that is none.",
    "\\u escape sequence should be followed": "an IRI begins here that holds an escape that is none.",
    "language tag parsing failed": "{text} is no language tag.",
    "only base directions allowed": "{text} is no language tag.",
    "The query limit should be": "the number {text} is too large.",
    "The query offset should be": "the number {text} is too large.",
}
_FORMS: Final = frozenset({"SELECT", "CONSTRUCT", "DESCRIBE", "ASK"})
#: These are found where the group or the query ends that holds the mistake. With each, what the mistake begins with.
LATE_REASONS: Final = {
    "The VALUES clause rows": ({"("}, "this row of VALUES has more values than variables, or fewer (write UNDEF)."),
    "Repeated variables are not allowed in VALUES": ({"VALUES"}, "VALUES names a variable twice."),
    "BIND is overriding": ({"BIND"}, "BIND gives a value to a variable that stands in its group before."),
    "Duplicated variable name in SELECT": (_FORMS, "SELECT names a variable twice."),
    "The SELECT overrides an existing": (_FORMS, "SELECT gives a value to a variable that has one in the pattern."),
    "The SELECT contains": (_FORMS, "SELECT has a variable that is neither in GROUP BY nor in an aggregate."),
    "SELECT * is not authorized": (_FORMS, "SELECT * cannot stand with GROUP BY or an aggregate: name the variables."),
}
#: How long the search may take in all, in seconds of the processor; its last question may take it beyond. So a query
#: that is none is a quick one.
LONGEST: Final = 0.03
#: The engine compares no more than so many characters at a time, so the mistake is no more than so many tokens back.
NEAR: Final = 20
MOST_SHOWN: Final = 40
#: How many places are tried where an IRI may begin that has no end.
MOST_BEGINNINGS: Final = 5
_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected")
#: Longer than any keyword. The end of the line closes a comment, and no string goes on behind it but a long one.
_PAD: Final = "\n" + 30 * " "
#: What is one token to the engine, and several in the grammar that we read queries with.
_WIDER: Final = re.compile(r"&&|\|\||\^\^|!=|<=|>=|<<\(?|\)?>>|-?\d*\.?\d*[eE]\+\d+")
_BLANK: Final = re.compile(r"[^ \t\r\n]")
_ESCAPE: Final = re.compile(r"""\\(?:[tbnrf"'\\]|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|(\\.?)""", re.DOTALL)
#: The functions whose bracket the engine reads only where it follows at once.
_CLINGING: Final = frozenset({"COALESCE", "CONCAT"})
_OPENS: Final = frozenset({"(", "[", "{", "<<("})
_CLOSES: Final = frozenset({")", "]", "}", ")>>"})
_CHANGES: Final = frozenset(["INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"])


class _WellFormed(Exception):
    """Raised in the place of an evaluation."""


class _Unsure(Exception):
    """Raised where the search contradicts itself, or takes too long."""


class _NoGraphs:
    """Graphs that the engine asks for when it has parsed a query, before anything else."""

    def __iter__(self) -> NoReturn:
        raise _WellFormed


@dataclass(frozen=True)
class _Fault:
    """Where a query is at fault, as a place in its text, and what is said of it."""

    at: int
    said: str


def refusal(error: SyntaxError, query: str, base: str, took: float = 0) -> BadQuery:
    """Say where a query is at fault, and why, of what the engine says of it.

    base: as the engine had it. took: how long that parsed, in seconds; no question of the search takes much longer.
    Where the search finds no place that is sure, the engine's own is told. The engine also lists all that might have
    stood there, which helps nobody.
    """
    told = str(error.msg or error)
    found = _PLACE.match(told)
    if found is None:
        return BadQuery(f"The query is not SPARQL 1.1: {told}")
    line, column = int(found[1]), int(found[2])
    try:
        fault = _Search(query, base, LONGEST if took < LONGEST / 2 else 0).fault(_offset(query, line, column))
    except _Unsure:
        said = "something else was expected here."
    else:
        said = fault.said
        line, column = query.count("\n", 0, fault.at) + 1, fault.at - query.rfind("\n", 0, fault.at)
    return BadQuery(f"The query is not SPARQL 1.1: line {line}, column {column}: {said}", line=line, column=column)


class _Search:
    """The search for the mistake in one query."""

    def __init__(self, query: str, base: str, seconds: float = LONGEST) -> None:
        self._query = query
        self._base = base
        self._spans = list(_spans(query))
        self._store = ox.Store()
        self._until = time.thread_time() + seconds

    def fault(self, furthest: int) -> _Fault:
        """Find the mistake. furthest: the engine's place. Raise _Unsure where it is not found."""
        if not self._spans:
            return _Fault(0, "the query is empty.")
        last = bisect_right(self._spans, furthest, key=lambda span: span[0]) - 1  # what is behind it is not at fault
        if last < 0:
            raise _Unsure
        if not self._can_go_on(last):
            wrong = self._first_wrong(last)
            try:
                return self._explained(wrong)
            except _Unsure:  # why; where is known
                return _Fault(self._spans[wrong][0], f"{_shown(self._text(wrong))} cannot stand here.")
        if last + 1 < len(self._spans):
            raise _Unsure
        return self._broken_off()

    def _first_wrong(self, wrong: int) -> int:
        """Return the first token that cannot stand where it is, of those up to one behind which nothing can follow."""
        right = max(wrong - NEAR, -1)
        if right >= 0 and not self._can_go_on(right):
            right, wrong = -1, right
        return bisect_left(range(wrong), True, right + 1, key=lambda at: not self._can_go_on(at))

    def _explained(self, wrong: int) -> _Fault:
        """Say why a token cannot stand where it is."""
        start, end = self._spans[wrong]
        text = self._text(wrong)
        if text[0] in "\"'":
            if not _is_closed(text):
                return _Fault(start, "a string begins here that is not closed.")
            for escape in _ESCAPE.finditer(text):
                if escape[1]:
                    return _Fault(start + escape.start(), f"{_shown(escape[1])} is no escape in a string.")
        elif text[0] != "<":
            for at, sign in enumerate(text, start):
                if sign not in "\u200c\u200d" and not sign.isprintable():
                    return _Fault(at, f"the character {_named(sign)} cannot stand here.")
        told = self._told(self._query[:end])
        if "<unreported>" in told and text.startswith("_:") and text in map(self._text, range(wrong)):
            told = "Already used blank node id"
        for reason, said in REASONS.items():
            if reason in told:
                begins = self._iri(end) if said.startswith("an IRI") else None
                return _Fault(start if begins is None else begins, said.format(text=_shown(text)))
        if text.upper() in _CLINGING and self._text(wrong + 1) == "(":
            return _Fault(start, f"no blank may stand between {_shown(text)} and its bracket.")
        late = self._late(wrong, told)
        if late is not None:
            return late
        if text.upper() in _CHANGES and "{" not in map(self._text, range(wrong)):
            return _Fault(start, f"{_shown(text)} begins an update, and only queries are answered.")
        return _Fault(start, f"{_shown(text)} cannot stand here.")

    def _broken_off(self) -> _Fault:
        """Say what is wrong with a query whose last token can stand where it is."""
        start, end = self._spans[-1]
        if self._query[start] in "\"'" and not _is_closed(self._query[start:end]):
            return _Fault(start, "a string begins here that is not closed.")
        at = self._iri(len(self._query) + 1)
        if at is not None:
            return _Fault(at, "an IRI begins here that is not closed.")
        late = self._late(len(self._spans), "")
        return late or _Fault(end, "the query breaks off: it ends where something else was expected.")

    def _late(self, wrong: int, told: str) -> _Fault | None:
        """Return what is wrong with what ends at a token, or before it; nothing, where it is that token that is.

        told: what the engine says of the query up to the end of that token.
        """
        if wrong == 0:
            return None
        before = self._told(self._query[: self._spans[wrong - 1][1]])
        closes = wrong == len(self._spans) or self._text(wrong) == "}"
        for reason, (begins, said) in LATE_REASONS.items():
            if reason not in before + told or (begins is _FORMS and not closes):  # what follows might still mend it
                continue
            beginning = wrong + 1 if begins == {"VALUES"} else wrong
            found = [(at, close) for at, close in self._back(beginning) if self._text(at).upper() in begins]
            if begins in ({"("}, {"BIND"}):  # the first with which the engine gives this reason
                found.reverse()
                behind = "}" if reason in told else ""
                at = bisect_left(found, True, key=lambda one: reason in self._told(self._up_to(one[1]) + behind))
                found = found[at:]
            if found:
                return _Fault(self._spans[found[0][0]][0], said)
        return None

    def _back(self, wrong: int) -> Iterator[tuple[int, int]]:
        """Yield what stands before a token, in the same bracket, the last first: each token, and each bracket as one.

        With each the end of the bracket that it is, or else that follows.
        """
        depth, close = 0, wrong - 1
        for at in range(wrong - 1, -1, -1):
            text = self._text(at)
            if text in _CLOSES:
                close = close if depth else at
                depth += 1
            elif text in _OPENS:
                depth -= 1
            if depth < 0:
                return
            if depth == 0:
                yield at, close

    def _iri(self, end: int) -> int | None:
        """Return where the IRI begins that the engine reads when it comes to the last character before a place."""
        begin = self._query.rfind(">", 0, end - 1) + 1
        for found in islice(re.compile("<").finditer(self._query, begin, end), MOST_BEGINNINGS):
            if "IRI parsing failed" in self._told(self._query[: found.end()] + " >"):
                return found.start()
        return None

    def _text(self, at: int) -> str:
        """Return a token; nothing behind the last."""
        start, end = self._spans[at] if at < len(self._spans) else (0, 0)
        return self._query[start:end]

    def _up_to(self, at: int) -> str:
        return self._query[: self._spans[at][1]]

    def _can_go_on(self, at: int) -> bool:
        """Say whether a query can begin as this one does, up to the end of a token."""
        follows = self._query.startswith("(", self._spans[at][1]) or at == len(self._spans) - 1
        clings = follows and self._text(at).upper() in _CLINGING
        begun = self._up_to(at) + "(" * clings + _PAD
        found = _PLACE.match(self._told(begun))
        return found is None or (int(found[1]), int(found[2])) == (begun.count("\n") + 1, len(_PAD))

    def _told(self, query: str) -> str:
        """Return what the engine says of a query that is none; nothing of one that is. Raise _Unsure: time is up."""
        if time.thread_time() > self._until:
            raise _Unsure
        try:
            self._store.query(query, base_iri=self._base, named_graphs=_NoGraphs())  # type: ignore[arg-type]
        except SyntaxError as error:
            return str(error.msg or error)
        except _WellFormed:
            return ""
        raise _Unsure


def _spans(query: str) -> Iterator[tuple[int, int]]:
    """Yield where each token begins and ends; comments are passed over, and the blanks that SPARQL has."""
    done = 0
    for found in GRAMMAR.finditer(query):
        start, end = found.span()
        if start < done:  # of a wider one
            continue
        yield from ((blank.start(), blank.end()) for blank in _BLANK.finditer(query, done, start))
        if found.lastgroup != "comment":
            wider = _WIDER.match(query, start)
            if wider and wider.end() > end:
                end = wider.end()
            yield start, end
        done = end
    yield from ((blank.start(), blank.end()) for blank in _BLANK.finditer(query, done))


def _offset(query: str, line: int, column: int) -> int:
    """Return where a line's column is in a text; both are counted from 1, and a column is a character."""
    start = 0
    for _ in range(line - 1):
        start = query.find("\n", start) + 1
    return start + column - 1


def _is_closed(string: str) -> bool:
    mark = string[:3] if string[:3] in ('"""', "'''") else string[0]
    return re.fullmatch(rf"{mark}(?:[^\\]|\\.)*?{mark}", string, re.DOTALL) is not None


def _shown(text: str) -> str:
    """Return a token as it is shown: not too long, in one line, and in quotation marks if it has none."""
    cut = text if len(text) <= MOST_SHOWN else text[: MOST_SHOWN - 1] + "…"
    cut = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04X}" for sign in cut)
    return cut if text[0] in "\"'" else f'"{cut}"'


def _named(sign: str) -> str:
    name = unicodedata.name(sign, "")
    return f"U+{ord(sign):04X}" + (f" ({name})" if name else "")
