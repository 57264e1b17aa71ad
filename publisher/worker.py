"""A worker: a process that opens a store, gives up what no query needs, and answers queries until it is told to end.

    python -m publisher.worker        over a socket at its standard input; ends when the other side is closed

Never forked from a server's thread, always executed anew: a fork would hold the server's listening socket, and end with
the thread that made it. What a query does to it, be it a stack that overflows or memory that runs out, ends it alone.
"""

import json
import os
import select
import signal
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import pyoxigraph as ox

from publisher.confinement import confine
from publisher.datasets import DatasetClause
from publisher.engine import Engine
from publisher.errors import BadQuery, NotAcceptable
from publisher.frames import BLOCK, END, MORE, PACKED, PLAIN, QUESTION, READY, REFUSALS, REFUSED, Reader, frame, told
from publisher.media import GRAPHS, WORTH_PACKING, Format

SOCKET: Final = 0
#: How much of an answer is sent at a time, in bytes.
AT_A_TIME: Final = 1 << 16
#: By how much a worker gives way to the processes that serve (nice, 0 to 19): a page waits for no query.
GIVES_WAY: Final = 5
#: How long after its deadline a worker ends by itself, should nobody end it, in seconds.
GRACE: Final = 2


class Outlet:
    """Where an answer's blocks go: gathered, packed if that was asked for, and sent as frames."""

    def __init__(self, chosen: Format, *, pack: bool) -> None:
        self._format = chosen
        self._pack = pack
        self._packer: Any = None
        self._held = bytearray()
        self._begun = False

    def write(self, block: bytes) -> int:
        """Take a block."""
        self._held += block
        if len(self._held) >= AT_A_TIME:
            self._send(self._packed() if self._pack else bytes(self._held))
            self._held.clear()
        return len(block)

    def end(self, *, more: bool) -> None:
        """Send what is left, and that this was all; or that there was more than was wanted."""
        if self._packer is None and not (self._pack and len(self._held) >= WORTH_PACKING):
            rest = bytes(self._held)
        else:
            rest = self._packed() + self._packer.flush()
        self._send(rest, frame(MORE if more else END))

    def _packed(self) -> bytes:
        if self._packer is None:
            self._packer = zlib.compressobj(1, wbits=31)  # gzip; the quickest level: a query's answer waits for it
        packed: bytes = self._packer.compress(self._held)
        return packed

    def _send(self, block: bytes, after: bytes = b"") -> None:
        before = b"" if self._begun else frame(PACKED if self._packer else PLAIN, self._format.suffix.encode())
        self._begun = True
        send(before + (frame(BLOCK, block) if block else b"") + after)


def send(content: bytes) -> None:
    """Send all of this, waiting for the other side as long as it takes."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(SOCKET, rest) :]


def serve(engine: Engine, questions: Iterator[dict[str, Any]]) -> None:
    """Answer questions, one after the other."""
    for question in questions:
        with deadline(question["seconds"] + GRACE):
            try:
                answer(engine, question)
            except tuple(REFUSALS.values()) as error:
                place = {"line": error.line, "column": error.column} if isinstance(error, BadQuery) else {}
                send(told(REFUSED, kind=type(error).__name__, message=str(error), **place))


def answer(engine: Engine, question: dict[str, Any]) -> None:
    """Answer one: the query, the graphs it is asked over, and of results and of graphs the format to write, if any."""
    outlet: Outlet | None = None

    def choose(offers: Sequence[Format]) -> Format:
        wanted = question["graphs" if offers is GRAPHS else "results"]
        if wanted is None:
            listed = ", ".join(f"{offer.media_type} ({offer.name})" for offer in offers)
            what = "The answer is a graph" if offers is GRAPHS else "The answer is a table, or yes or no"
            raise NotAcceptable(f"{what}, and Accept names none of the formats for it. There are: {listed}.")
        return next(offer for offer in offers if offer.suffix == wanted)

    def begin(chosen: Format) -> Outlet:
        nonlocal outlet
        outlet = Outlet(chosen, pack=question["pack"])
        return outlet

    dataset = DatasetClause(tuple(question["default"]), tuple(question["named"]))
    more = engine.answer(question["query"], dataset, choose, begin, question["most"])
    if outlet is not None:
        outlet.end(more=more)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Let the kernel end this process, in whatever call it is, if this takes longer."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def received() -> Iterator[dict[str, Any]]:
    """Yield what the other side asks, until it closes the socket."""
    reader = Reader()
    while block := os.read(SOCKET, AT_A_TIME):
        for tag, content in reader.take(block):
            if tag != QUESTION:
                raise ValueError(f"{tag!r} is no question")
            yield json.loads(content)


def end_with_the_other_side() -> None:
    """End this process as soon as the other side is gone, even in the middle of a query."""
    waiting = select.poll()
    waiting.register(SOCKET, getattr(select, "POLLRDHUP", select.POLLHUP))
    while not waiting.poll():
        pass
    os._exit(0)


def main() -> None:
    """Open what the first question names, give up the rest, and answer the questions that follow."""
    os.nice(GIVES_WAY)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the socket
    questions = received()
    opening = next(questions, None)
    if opening is None:
        return
    store = ox.Store.read_only(opening["store"])
    store.query("ASK { ?s ?p ?o }")  # so that all files are open, and the engine's threads begun
    threading.Thread(target=end_with_the_other_side, daemon=True).start()
    confined = confine(opening["mebibytes"])
    send(told(READY, confined=confined))
    serve(Engine(store, opening["base"], opening["prefixes"]), questions)


# In a module of that name a worker's functions would be looked for by those who import it; so only when it is run.
if __name__ == "__main__":
    main()
