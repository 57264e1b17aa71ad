"""A result as large as the data: when its first byte comes, how fast the rest, and what memory that takes."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pyoxigraph as ox

from tests.attacks.processes import memory
from tests.bench.measures import table
from tests.bench.wires import Wire, asked

WHOLE: Final = (
    ("rows as JSON", "SELECT ?s ?p ?o { ?s ?p ?o }", "application/sparql-results+json", b'"o":'),
    ("triples as N-Triples", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "application/n-triples", b" .\n"),
)  # fmt: skip


class Sink:
    """What takes an answer and forgets it: it counts bytes, and how often something stands in them."""

    def __init__(self, mark: bytes = b"") -> None:
        self.size = self.marks = 0
        self._mark, self._tail = mark, b""

    def write(self, block: bytes | memoryview) -> int:
        """Take a block."""
        self.size += len(block)
        if self._mark:
            seen = self._tail + bytes(block)
            self.marks += seen.count(self._mark)
            self._tail = seen[len(seen) - len(self._mark) + 1 :]
        return len(block)

    def flush(self) -> None:
        """Keep nothing back, as it does anyway."""


def measure(store: ox.Store, url: str, root: int) -> None:
    """Print it for our server, beside the engine's own serialiser in process. root: the server's process."""
    rows = []
    for name, query, accept, mark in WHOLE:
        alone = Sink()
        begun = time.perf_counter()
        found = store.query(query)
        if isinstance(found, ox.QueryTriples):
            found.serialize(alone, format=ox.RdfFormat.N_TRIPLES)  # type: ignore[arg-type]
        elif isinstance(found, ox.QuerySolutions):
            found.serialize(alone, format=ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
        within = time.perf_counter() - begun
        counted, timed = Sink(mark), Sink()
        Wire(url).stream(asked(query), accept, counted.write)
        before = memory(root)
        with _peak(root) as peak:
            begun = time.perf_counter()
            first = Wire(url).stream(asked(f"{query}#"), accept, timed.write)
            took = time.perf_counter() - begun
        rows.append(
            (name, counted.marks, timed.size / 1e6, first, took, within, took / within, before / 1e6, peak[0] / 1e6)
        )
    heads = ("", "rows", "MB", "first byte, s", "all, s", "in process, s", "ratio", "MB of memory before", "at most")
    table("All of the data, streamed to one client", heads, rows)


@contextmanager
def _peak(root: int) -> Iterator[list[int]]:
    """Give the most memory that a server has had, whole at the end."""
    over, peak = threading.Event(), [0]

    def watch() -> None:
        while not over.wait(0.1):
            peak[0] = max(peak[0], memory(root))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()
