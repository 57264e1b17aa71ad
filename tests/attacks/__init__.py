"""The attack set: what a stranger may send to break a SPARQL endpoint, each with how it may end.

An attack is bytes on a connection, so that what no library would send is sent too. It ends with the status of an answer
that came whole, or with one of the words below. Nothing else is a promise kept: a hang is a failure, and so is an
answer that looks whole and is not.
"""

from dataclasses import dataclass, replace
from typing import Final

Ending = int | str

#: The answer began and was broken off, so that every client notices.
BROKEN: Final = "broken off"
#: The connection was closed without an answer.
CLOSED: Final = "closed"
#: The attacker left, since the server let the connection be, as it may with one that does nothing.
LEFT: Final = "left alone"

ANSWERED: Final = frozenset[Ending]({200})
#: What is wrong with the request is said. Where it is not even HTTP, the connection may be closed without a word.
REFUSED: Final = frozenset[Ending]({400, 413})
UNREADABLE: Final = frozenset[Ending]({400, 413, 414, 431, CLOSED})
#: A limit stopped it: time, memory, the stack, or that too much is asked already. 400, where a cheap check foresaw it.
STOPPED: Final = frozenset[Ending]({400, 413, 429, 500, 503, 504, BROKEN})
#: It depends on the size of the data, and on the machine, which of the two comes first.
EITHER: Final = ANSWERED | STOPPED


@dataclass(frozen=True)
class Attack:
    """One attack.

    request: what is sent. expected: how it may end. Where the cheap checks are switched off, it may also be stopped.
    at_once: so many bytes are sent first; what is left of the request is dripped, a byte at a time (none: all is sent).
    pause: seconds between two of those bytes. slowly: the answer is read a byte a second, until patience ends.
    connections: so many are opened at once, and each does the same. query, accept: what is asked, and as what, where it
    is the query that does the harm.
    """

    name: str
    request: bytes
    expected: frozenset[Ending]
    at_once: int | None = None
    pause: float = 0.1
    slowly: bool = False
    connections: int = 1
    query: str | None = None
    accept: str = ""

    def varied(self, number: int) -> "Attack":
        """Return the same attack with a query that has not been seen yet, so that nothing can remember it."""
        if self.query is None:
            return self
        return replace(self, request=post(f"{self.query}\n#{number}".encode(), accept=self.accept))

    def endings(self, *, checked: bool) -> frozenset[Ending]:
        """Return how it may end, with the cheap checks or without."""
        return self.expected if checked or self.expected is UNREADABLE else self.expected | STOPPED | ANSWERED


def ask(name: str, query: str, expected: frozenset[Ending], accept: str = "application/sparql-results+json") -> Attack:
    """Return an attack by a query, sent as POST direct."""
    return Attack(name, post(query.encode(), accept=accept), expected, query=query, accept=accept)


def post(body: bytes, kind: str = "application/sparql-query", accept: str = "*/*", path: str = "/sparql") -> bytes:
    """Return a POST."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nAccept: {accept}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def get(target: bytes, *headers: bytes) -> bytes:
    """Return a GET of a target, which may be nonsense, with headers that may be nonsense too."""
    return b"\r\n".join([b"GET " + target + b" HTTP/1.1", b"Host: localhost", *headers, b"", b""])
