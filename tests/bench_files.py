"""What `communique serve FILE` takes until it answers, beside what the engine takes to load the same file.

    .venv/bin/python -m tests.bench_files [--file FILE] [--triples 1000000] [--rounds 3]

Without a file, a million triples are generated, all in named graphs: the most work, for each is in the default graph,
too. They take turns; read the difference, and both in one run: where others use the machine, times are noisy.
"""

import argparse
import statistics
import subprocess
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from mappings.names import DEFAULT_BASE as BASE
from tests.bench.measures import milliseconds, table
from tests.generated import MILLION, Writer
from tests.serving import COMMUNIQUE, answer_of, free_port, stop


def named(triples: int, folder: Path) -> Path:
    """Return a file of generated N-Quads, all in named graphs."""
    file = folder / "named.nq"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{line} <{BASE}graph/{graph}> .\n" for graph, line in Writer(triples, BASE).lines())
    return file


def engine(file: Path) -> None:
    """Load a file by the engine alone, in order and on the disk."""
    with tempfile.TemporaryDirectory() as folder:
        store = ox.Store(folder)
        store.bulk_load(path=file)
        store.optimize()
        store.flush()
        del store


def ours(file: Path) -> None:
    """Serve a file until a query is answered."""
    port = free_port()
    words = [*COMMUNIQUE, "serve", str(file), "--port", str(port)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        while process.stdout is not None and (line := process.stdout.readline()) and "Serving" not in line:
            continue
        answer_of(f"http://localhost:{port}/sparql?query=ASK+%7B%3Fs+%3Fp+%3Fo%7D")
    finally:
        stop(process)


def main() -> None:
    """Measure, and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--file", type=Path, help="a file that the engine can load, not packed")
    parser.add_argument("--triples", type=int, default=MILLION)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with ExitStack() as held:
        file = given.file or named(given.triples, Path(held.enter_context(tempfile.TemporaryDirectory())))
        times = [[milliseconds(partial(way, file)) / 1000 for way in (engine, ours)] for _ in range(given.rounds)]
    more = [one[1] - one[0] for one in times]
    rows = [(str(number), *one, more[number - 1]) for number, one in enumerate(times, 1)]
    rows.append(("median", *(statistics.median(found) for found in zip(*times, strict=True)), statistics.median(more)))
    table(f"{file.name}, {file.stat().st_size / 1e6:,.0f} MB, seconds", ("", "engine", "ours", "more"), rows)


if __name__ == "__main__":
    main()
