"""What our server costs over HTTP: against the engine in process, the Oxigraph server and rdflib-endpoint, in one run.

    .venv/bin/python -m tests.bench_http [--triples 1000000] [--data FOLDER] [--rounds 5] [--parts lookups,kinds,...]

`make bench-http`. All have the same generated data and get the same queries; their answers are compared before anything
is timed; all are warm. Read the ratios: absolute times travel nowhere, and they are noisy where others use the machine.
"""

import argparse
import json
import random
import statistics
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from tests.bench import isolation, peers, streams
from tests.bench.kinds import KINDS, Kind
from tests.bench.load import CLIENTS, how, load
from tests.bench.measures import milliseconds, table
from tests.bench.wires import Wire, asked
from tests.generated import MILLION, Generated, generate
from tests.serving import started

JSON: Final = "application/sparql-results+json"
TRIPLES: Final = "application/n-triples"
PARTS: Final = ("isolation", "kinds", "streams", "lookups")
#: How many queries of each kind, with other constants, take turns.
VARIANTS: Final = 12
NUMBERS: Final = count()


@dataclass(frozen=True)
class Endpoint:
    """A server that answers SPARQL. url: of its endpoint."""

    name: str
    url: str

    @property
    def path(self) -> str:
        """The path of its endpoint."""
        return urlsplit(self.url).path or "/"

    def asked(self, query: str) -> str:
        """Return the path of a GET that asks it a query."""
        return asked(query, self.path)


class Engine:
    """The engine in process, over the store that our server has: what no server can be faster than."""

    def __init__(self, made: Generated) -> None:
        self.store = ox.Store.read_only(str(made.store))
        self.base = made.base

    def answer(self, query: str) -> bytes:
        """Return an answer as its own serialiser writes it."""
        found = self.store.query(query, base_iri=self.base)
        form = ox.RdfFormat.N_TRIPLES if isinstance(found, ox.QueryTriples) else ox.QueryResultsFormat.JSON
        return found.serialize(format=form) or b""  # type: ignore[arg-type]


def lookups(made: Generated, servers: list[Endpoint], rounds: int, seconds: int = 4) -> None:
    """Print how many point lookups a second 8 clients get of each server: each another one, or one again and again."""
    dice = random.Random(1)  # noqa: S311 - no secret
    queries = [KINDS[0].query(made, dice) for _ in range(5_000)]
    rates: dict[tuple[str, bool], list[float]] = {(server.name, new): [] for server in servers for new in (True, False)}
    failed = 0
    for number in range(rounds + 1):
        for name, new in rates:
            server = next(one for one in servers if one.name == name)
            paths = [server.asked(query) for query in (queries if new else queries[:1])]
            found = load(server.url, paths, JSON, unique=new, seconds=seconds)
            failed += found.failed
            if number:  # the first round is for warming up
                rates[name, new].append(found.rate)
    medians = {key: statistics.median(found) for key, found in rates.items()}
    rows = [
        (
            name,
            "uncached" if new else "one query",
            medians[name, new],
            min(found),
            max(found),
            medians[name, new] / medians[servers[1].name, new],
        )
        for (name, new), found in rates.items()
    ]
    heads = ("", "", "answers/s", "least", "most", "of Oxigraph's")
    table(f"Point lookup, {CLIENTS} clients ({how()}), median of {rounds} rounds of {seconds} s", heads, rows)
    print(f"  {failed} requests failed")  # noqa: T201


def kinds(made: Generated, engine: Engine, servers: list[Endpoint], rounds: int) -> None:
    """Print what each kind of query takes, in process and of each server, each query with a comment of its own."""
    rows = []
    wires = {server.name: Wire(server.url) for server in servers}
    for kind in KINDS:
        dice = random.Random(kind.name)  # noqa: S311 - no secret
        variants = list(dict.fromkeys(kind.query(made, dice) for _ in range(VARIANTS)))
        for query in variants:
            compare(kind, query, engine, servers, wires)
        ways: list[Callable[[str], object]] = [lambda query: engine.answer(fresh(query))]
        ways += [partial(_ask, wires[server.name], server, kind=kind) for server in servers]
        within, ours, *others = in_turns(ways, variants, rounds)
        kept = "yes" if ours <= 1.1 * within + 1 else "no"
        rows.append((kind.name, within, ours, ours / within, ours - within, kept, *others))
    heads = ("", "in process", "ours", "ratio", "more", "<= 1.1 x + 1 ms", *(server.name for server in servers[1:]))
    title = f"Kinds of query, ms: of up to {VARIANTS} constants, each the median of {rounds}; one client, uncached"
    table(title, heads, rows)


def in_turns(ways: Sequence[Callable[[str], object]], queries: Sequence[str], rounds: int) -> list[float]:
    """Return how long a query takes by each way, in milliseconds: the median of queries, each the median of its times.

    Each way is asked a query twice and timed once, so that it is warm. The ways take turns at each query, so that a
    machine that is busy for a moment, or for a minute, hits all of them.
    """
    times: list[list[list[float]]] = [[[] for _ in queries] for _ in ways]
    for number in range(rounds):
        for place, query in enumerate(queries):
            for turn in range(len(ways)):
                asked = (turn + place + number) % len(ways)
                ways[asked](query)
                times[asked][place].append(milliseconds(partial(ways[asked], query)))
    return [statistics.median(map(statistics.median, one)) for one in times]


def _ask(wire: Wire, server: Endpoint, query: str, kind: Kind) -> bytes:
    return wire.get(server.asked(fresh(query)), TRIPLES if kind.graph else JSON)


def fresh(query: str) -> str:
    """Return a query as it has never been asked before, so that no cache knows it."""
    return f"{query}#{next(NUMBERS)}"


def compare(kind: Kind, query: str, engine: Engine, servers: list[Endpoint], wires: dict[str, Wire]) -> None:
    """Raise RuntimeError where a server does not answer what the engine does in process.

    Whole, where the query has a total order; the number of rows, where it may choose which; triples by their number.
    """
    expected = _read(kind, engine.answer(query))
    for server in servers:
        found = _read(kind, _ask(wires[server.name], server, query, kind))
        if (found if kind.ordered else len(found)) != (expected if kind.ordered else len(expected)):
            raise RuntimeError(f"{server.name} answers {kind.name} otherwise than the engine does:\n{query}")


def _read(kind: Kind, body: bytes) -> list[object]:
    if kind.graph:
        return list(body.splitlines())
    return list(json.loads(body)["results"]["bindings"])


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--triples", type=int, default=MILLION)
    parser.add_argument("--data", type=Path, help="where generated data is, or is to be kept for the next time")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument(
        "--rdflib-endpoint", default="rdflib-endpoint", help="its command, where that is on the machine"
    )
    given = parser.parse_args()
    parts = given.parts.split(",")
    with ExitStack() as held:
        folder = given.data or Path(held.enter_context(tempfile.TemporaryDirectory())) / "data"
        made = generate(folder, given.triples)
        print(f"{made.triples:,} triples, {made.events:,} events")  # noqa: T201
        server = held.enter_context(started(made.releases))
        servers = [
            Endpoint("ours", f"{server.base}sparql"),
            Endpoint("Oxigraph server", held.enter_context(peers.oxigraph(made.dump, folder / "oxigraph"))),
        ]
        engine = Engine(made)
        if "isolation" in parts:
            wire, dice = Wire(servers[0].url), random.Random(2)  # noqa: S311 - no secret
            queries = [KINDS[0].query(made, dice) for _ in range(200)]
            isolation.measure(made, queries, engine.answer, lambda query: _ask(wire, servers[0], query, KINDS[0]))
        if "kinds" in parts:
            kinds(made, engine, servers, given.rounds)
        if "streams" in parts:
            streams.measure(engine.store, servers[0].url, server.process.pid)
        if "lookups" in parts:
            if peers.there(given.rdflib_endpoint):
                url = held.enter_context(peers.rdflib_endpoint(given.rdflib_endpoint, made.dump))
                servers.append(Endpoint("rdflib-endpoint", url))
            else:
                print("\nrdflib-endpoint is not on this machine: --rdflib-endpoint names it")  # noqa: T201
            lookups(made, servers, given.rounds)


if __name__ == "__main__":
    main()
