"""What isolation costs: a query in this process, in a worker of the pool and over HTTP; and what a new worker costs."""

import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Final

from publisher.answers import Question
from publisher.datasets import DatasetClause
from publisher.pool import Pool
from publisher.workers import Opening, Worker
from tests.bench.measures import table
from tests.generated import Generated

ROUNDS: Final = 400
STARTS: Final = 10


Asking = Callable[[str], object]


def measure(made: Generated, queries: Sequence[str], within: Asking, over: Asking) -> None:
    """Print it for some queries of one kind. within: asks one in this process; over: asks one over HTTP."""
    times = asyncio.run(_times(made, queries, within, over))
    starts = asyncio.run(_starts(made))
    base = statistics.median(times["in this process"])
    rows = [
        (name, median := statistics.median(found), median - base, statistics.quantiles(found, n=100)[98])
        for name, found in times.items()
    ]
    heads = ("", "median", "more", "p99")
    table(f"Cost of isolation, ms: a point lookup {ROUNDS} times, one client, each asked once", heads, rows)
    print(f"  a new worker is ready after {statistics.median(starts):.0f} ms (median of {STARTS})")  # noqa: T201


async def _times(made: Generated, queries: Sequence[str], within: Asking, over: Asking) -> dict[str, list[float]]:
    pool = Pool(_opening(made), 1, 1, 8)
    await pool.start()
    times: dict[str, list[float]] = {"in this process": [], "in a worker": [], "over HTTP": []}
    for number in range(ROUNDS):
        query = f"{queries[number % len(queries)]} # {number}"
        begun = time.perf_counter()
        within(query)
        done = time.perf_counter()
        times["in this process"].append((done - begun) * 1000)
        begun = time.perf_counter()
        answer = await pool.quick(Question(query, DatasetClause(), "srj", None), 30)
        times["in a worker"].append((time.perf_counter() - begun) * 1000)
        if not answer.whole:
            raise RuntimeError("a point lookup was not answered quickly")
        begun = time.perf_counter()
        over(query)
        times["over HTTP"].append((time.perf_counter() - begun) * 1000)
    pool.close()
    await asyncio.sleep(0.1)
    return {name: found[ROUNDS // 10 :] for name, found in times.items()}  # the first ones are for warming up


async def _starts(made: Generated) -> list[float]:
    found = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        worker = await Worker.start(_opening(made))
        found.append((time.perf_counter() - begun) * 1000)
        worker.end()
    return found


def _opening(made: Generated) -> Opening:
    return Opening(made.store, made.base, {}, 1024)
