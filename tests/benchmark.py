"""What our layers cost, as ratios in one run: the engine in process, our store over it, our server, a peer's server.

    .venv/bin/python -m tests.benchmark [--peer PATH_OF_OXIGRAPH] [--rounds 300]
    .venv/bin/python -m tests.benchmark --reason    what HermiT takes over ontology and world, and nothing else

Absolute times travel nowhere; the ratios of one run do. Nothing here is a test.
"""

import argparse
import http.client
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from publisher.reasoner import reason
from publisher.release import Release, current
from publisher.shapes import Shapes
from publisher.stores import LocalStore
from tests.conftest import ROOT
from tests.serving import free_port, serving
from tests.source import Source

POINT = "SELECT ?p ?o { <id/person/sergei-tsivilev> ?p ?o }"
JOIN = (ROOT / "publisher" / "queries" / "defence-talks.rq").read_text(encoding="utf-8")
RESULTS = ox.QueryResultsFormat.JSON
JSON = "application/sparql-results+json"


def median(call: Callable[[], object], rounds: int) -> float:
    """Return the median time of a call in milliseconds, after some that do not count."""
    for _ in range(max(3, rounds // 10)):
        call()
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        call()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


class Client:
    """One kept-alive connection."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)

    def get(self, path: str, accept: str) -> bytes:
        """Return the body of a GET, which must go well."""
        self.connection.request("GET", path, headers={"Accept": accept})
        response = self.connection.getresponse()
        body = response.read()
        if response.status != http.client.OK:
            raise RuntimeError(f"{path}: {response.status} {body[:200]!r}")
        return body


@contextmanager
def oxigraph(command: str, dump: Path) -> Iterator[str]:
    """Serve a dump with Oxigraph's own server, on a free port of this machine."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([command, "load", "-l", folder, "-f", str(dump)], check=True, capture_output=True)
        process = subprocess.Popen(
            [command, "serve-read-only", "-l", folder, "-b", f"127.0.0.1:{port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            time.sleep(2)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait()


def stages() -> None:
    """Print how long each stage of a build takes, and its share."""
    begun = time.perf_counter()
    source = Source.read(ROOT)
    read = time.perf_counter()
    source.check(Shapes.read(ROOT))
    checked = time.perf_counter()
    facts = sum(len(sheet.facts) for sheet in source.seeds.sheets)
    whole = checked - begun
    print(f"read and map {facts} facts  {read - begun:6.2f} s  {(read - begun) / whole:4.0%} of read and check")  # noqa: T201
    print(f"check                {checked - read:6.2f} s  {(checked - read) / whole:4.0%}")  # noqa: T201


def reasoning(rounds: int = 3) -> None:
    """Print how long HermiT takes over ontology and world, and its peak of memory: with Java's start, and owlready2."""
    source = Source.read(ROOT)
    ontology, data = source.vocabularies.world, source.world
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        verdict = reason(ontology, data)
        times.append(time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # of Java's; Linux counts in KiB
    consistent = "consistent" if verdict.consistent else "inconsistent"
    print(f"HermiT, {len(ontology)} triples of ontology and {len(data)} of the world: {consistent}")  # noqa: T201
    print(f"median of {rounds}  {statistics.median(times):6.2f} s  peak {peak:4.0f} MiB")  # noqa: T201


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", help="the oxigraph command, to compare with its server")
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--reason", action="store_true", help="measure HermiT, and nothing else")
    given = parser.parse_args()
    if given.reason:
        reasoning()
        return
    stages()
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server:
        release = Release.open(current(Path(folder)))
        store, engine = LocalStore(release), ox.Store.read_only(str(release.store))
        client = Client(server.base)
        rows: list[tuple[str, float]] = []

        def row(name: str, call: Callable[[], object]) -> None:
            rows.append((name, median(call, given.rounds)))

        def in_process(query: str) -> object:
            found = engine.query(query, base_iri=release.base)
            return list(found) if isinstance(found, ox.QueryTriples) else found.serialize(format=RESULTS)

        for kind, query in (("point lookup", POINT), ("three-way join", JOIN)):
            rows.clear()
            asked = f"/sparql?query={quote(query)}"
            row("engine in process", partial(in_process, query))
            row("our store", partial(store.query, query, JSON))
            row("our server", partial(client.get, asked, JSON))
            if given.peer:
                with oxigraph(given.peer, release.folder / "dumps" / "communique.nq") as peer:
                    whole = f"/query?query={quote(f'BASE <{release.base}> {query}')}"
                    row("Oxigraph's server", partial(Client(peer).get, whole, JSON))
            table(kind, rows)
        rows.clear()
        row("DESCRIBE, engine in process", partial(in_process, "DESCRIBE <id/state/mali>"))
        for path in ("/doc/state/mali.ttl", "/doc/state/mali.html", "/doc/person/sergei-tsivilev.ttl"):
            row(path, partial(client.get, path, "*/*"))
        table("dereference", rows)


def table(title: str, rows: list[tuple[str, float]]) -> None:
    """Print rows with their ratio to the first."""
    print(f"\n{title}")  # noqa: T201
    for name, milliseconds in rows:
        print(f"  {name:32} {milliseconds:8.3f} ms  {milliseconds / rows[0][1]:7.1f} x")  # noqa: T201


if __name__ == "__main__":
    main()
