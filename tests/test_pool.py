"""Queries run in processes of their own: one ends alone, in time, and others are answered meanwhile."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from publisher.answers import Answer, Question
from publisher.datasets import DatasetClause
from publisher.errors import BadQuery, Busy, NotAcceptable, TooLong, TooMuch
from publisher.lines import Line
from publisher.pool import Pool
from publisher.release import Release
from publisher.workers import Opening
from tests.conftest import ROOT
from tests.idle import idle, ready

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ALL = "SELECT * { ?s ?p ?o . ?a ?b ?c }"
YES = "ASK {}"


def question(query: str, results: str | None = "srj", graphs: str | None = "ttl", most: int | None = None) -> Question:
    return Question(query, DatasetClause(), results, graphs, most=most)


def opening(release: Release) -> Opening:
    return Opening(release.store, release.base, release.prefixes, 1024)


@asynccontextmanager
async def pool(release: Release, quick: int = 1, long: int = 1, waiting: int = 4) -> AsyncIterator[Pool]:
    made = Pool(opening(release), quick, long, waiting)
    await made.start()
    try:
        yield made
    finally:
        made.close()
        await asyncio.sleep(0.1)


async def answered(made: Pool, asked: Question, seconds: float = 20) -> bytes:
    """Return a whole answer."""
    answer = await made.quick(asked, seconds)
    try:
        if not answer.whole:
            answer = await made.long(asked, answer, seconds)
        return b"".join([*answer.blocks, *[block async for block in answer.rest()]])
    finally:
        answer.close()


def within(release: Release, promise: Callable[[Pool], Awaitable[None]], **sizes: int) -> None:
    """Run a promise over a pool, in a loop of its own."""

    async def run() -> None:
        async with pool(release, **sizes) as made:
            await promise(made)

    asyncio.run(run())


def test_a_query_that_overflows_the_stack_or_the_memory_ends_alone(release: Release) -> None:
    doubling = (
        "SELECT ?z { BIND('xxxxxxxxxxxxxxxx' AS ?a0) "
        + " ".join(f"BIND(CONCAT(?a{n}, ?a{n}, ?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(20))
        + " BIND(?a20 AS ?z) }"
    )

    async def promise(made: Pool) -> None:
        for query in ("ASK " + "{" * 20_000, doubling):
            with pytest.raises((TooMuch, TooLong)):
                await answered(made, question(query), 10)
            assert b"true" in await answered(made, question(YES))

    within(release, promise)


def test_what_the_engine_cannot_sort_is_said_with_what_it_can(release: Release) -> None:
    mixed = " ".join(f'{n * 7 % 30} "{n * 11 % 30}a"' for n in range(30))

    async def promise(made: Pool) -> None:
        query = f"SELECT ?x {{ VALUES ?x {{ {mixed} }} }} ORDER BY "
        with pytest.raises(TooMuch, match=r"ORDER BY isNumeric\(\?x\) DATATYPE\(\?x\) \?x"):
            await answered(made, question(f"{query} ?x"))
        answer = await answered(made, question(f"{query} isNumeric(?x) DATATYPE(?x) ?x"))
        assert len(json.loads(answer)["results"]["bindings"]) == 60

    within(release, promise)


def test_a_query_ends_at_its_deadline_and_its_process_with_it(release: Release) -> None:
    async def promise(made: Pool) -> None:
        begun = time.monotonic()
        with pytest.raises(TooLong):
            await answered(made, question(ENDLESS), 1)
        assert time.monotonic() - begun < 30  # it would take hours
        assert made.counts() == {"running": 0, "waiting": 0}

    within(release, promise)


def test_quick_queries_are_answered_while_long_ones_run_and_wait(release: Release) -> None:
    async def promise(made: Pool) -> None:
        long = [asyncio.create_task(answered(made, question(f"{ENDLESS} #{n}"), 4)) for n in range(4)]
        await asyncio.sleep(1.5)
        for _ in range(50):
            assert b"true" in await answered(made, question(YES))
        ended = await asyncio.gather(*long, return_exceptions=True)
        assert {type(one) for one in ended} <= {TooLong, Busy}

    within(release, promise)


@pytest.mark.slow
def test_no_more_wait_than_may_and_those_who_do_are_told_when_to_come_back(release: Release) -> None:
    async def promise(made: Pool) -> None:
        asked = [asyncio.create_task(answered(made, question(f"{ENDLESS} #{n}"), 3)) for n in range(9)]
        ended = await asyncio.gather(*asked, return_exceptions=True)
        busy = [one for one in ended if isinstance(one, Busy)]
        assert busy
        assert all(one.seconds >= 1 for one in busy)

    within(release, promise, waiting=1)


def test_a_query_like_those_that_were_long_is_not_tried_among_the_quick(release: Release) -> None:
    async def promise(made: Pool) -> None:
        for number in range(2):
            with pytest.raises(TooLong):
                await answered(made, question(f"{ENDLESS} LIMIT {number + 5}"), 1)
        begun = await made.quick(question(f"{ENDLESS} LIMIT 9 # again"), 1)
        assert not begun.whole
        assert begun.long is None  # nobody works on it yet
        assert b"true" in await answered(made, question(YES))

    within(release, promise)


def test_what_is_quick_in_the_long_line_is_tried_among_the_quick_again(release: Release) -> None:
    async def promise(made: Pool) -> None:
        for _ in range(2):
            made._experience.was(question(YES).kind, long=True)
        assert b"true" in await answered(made, question(YES))
        assert (await made.quick(question(YES), 5)).whole

    within(release, promise)


@pytest.mark.slow
def test_no_crowd_of_new_queries_takes_a_worker_from_those_that_are_known_to_be_quick(release: Release) -> None:
    async def promise(made: Pool) -> None:
        assert b"true" in await answered(made, question(YES))
        before = {worker.process.pid for worker in ready(made._known)}
        crowd = [
            asyncio.create_task(answered(made, question(ENDLESS.replace("}", ". ?x ?y ?z " * n + "}")), 1))
            for n in range(8)
        ]
        await asyncio.sleep(0.1)
        for _ in range(100):
            assert b"true" in await answered(made, question(YES))
        assert {worker.process.pid for worker in ready(made._known)} == before
        ended = await asyncio.gather(*crowd, return_exceptions=True)
        assert {type(one) for one in ended} <= {TooLong, Busy}

    within(release, promise, waiting=8)


@pytest.mark.slow
def test_however_many_turn_out_long_no_more_processes_are_kept(release: Release) -> None:
    def running() -> int:
        return sum(len(Path(f"{task}/children").read_text().split()) for task in Path("/proc/self/task").iterdir())

    async def promise(made: Pool) -> None:
        before = running()
        for number in range(6):  # each has a template of its own, so each begins among the quick ones
            large = "SELECT * { " + "{} " * number + "?s ?p ?o . ?a ?b ?c } LIMIT 20000"
            assert len(await answered(made, question(large))) > 1_000_000
        async with asyncio.timeout(20):
            while running() != before + 2:  # those that took the others' places are still being started
                await asyncio.sleep(0.1)

    within(release, promise)


def test_an_answer_that_is_let_go_of_frees_its_worker(release: Release) -> None:
    async def promise(made: Pool) -> None:
        answer = await made.quick(question(ALL), 20)
        assert not answer.whole
        answer = await made.long(question(ALL), answer, 20)
        assert answer.size > 0
        answer.close()
        answer.close()
        assert made.counts() == {"running": 0, "waiting": 0}
        assert b"true" in await answered(made, question(YES))

    within(release, promise)


def test_a_worker_that_dies_while_it_waits_is_replaced(release: Release) -> None:
    async def promise(made: Pool) -> None:
        for worker in idle(made):
            os.kill(worker.process.pid, signal.SIGKILL)
        await asyncio.sleep(0.3)
        for _ in range(5):
            assert b"true" in await answered(made, question(YES))

    within(release, promise)


def test_a_pool_that_is_closed_answers_what_it_was_asked_and_ends_its_workers(release: Release) -> None:
    async def run() -> None:
        made = Pool(opening(release), 1, 1, 4)
        await made.start()
        ready = idle(made)
        asked = asyncio.create_task(answered(made, question("SELECT * { ?s ?p ?o }")))
        await asyncio.sleep(0)
        made.close()
        assert b"bindings" in await asked
        await asyncio.sleep(1)
        assert all(worker.process.poll() is not None for worker in ready)

    asyncio.run(run())


def test_what_is_wrong_with_a_query_is_said_as_the_engine_says_it(release: Release) -> None:
    async def promise(made: Pool) -> None:
        with pytest.raises(BadQuery) as wrong:
            await answered(made, question("SELECT *\n{ ?s ?p"))
        assert wrong.value.line == 2
        with pytest.raises(NotAcceptable):
            await answered(made, question(YES, results=None))
        with pytest.raises(NotAcceptable):
            await answered(made, question("DESCRIBE <id/state/mali>", graphs=None))
        answer: Answer = await made.quick(question("SELECT * { ?s ?p ?o }", most=3), 20)
        assert answer.more
        assert b"".join(answer.blocks).count(b'"s":') == 3

    within(release, promise)


def test_no_query_reaches_another_server(release: Release) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.5)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/"

        async def promise(made: Pool) -> None:
            for query in (
                f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
                f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}",
                f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
            ):
                with pytest.raises(BadQuery, match="SERVICE") if "SERVICE <" in query else _whatever():
                    await answered(made, question(query), 10)
                with pytest.raises(TimeoutError):
                    listener.accept()

        within(release, promise)


class _whatever:
    """A context in which both an answer and a refusal are right."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and issubclass(kind, (TooMuch, BadQuery))


def test_a_worker_ends_with_the_process_that_asked_it_even_in_the_middle_of_a_query(release: Release) -> None:
    code = (
        "import asyncio, sys\n"
        "from pathlib import Path\n"
        "from publisher.workers import Opening, Worker\n"
        "async def run():\n"
        f"    worker = await Worker.start(Opening(Path({str(release.store)!r}), {release.base!r}, {{}}, 1024))\n"
        f"    worker.ask({question(ENDLESS).asked(60)!r})\n"
        "    print(worker.process.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(run())\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        worker = int(asking.stdout.readline())
        time.sleep(0.5)
        os.kill(worker, 0)
        asking.kill()
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("the worker runs on")


def test_a_line_is_kept_in_order_and_nobody_who_goes_away_keeps_a_slot() -> None:
    async def run() -> None:
        line, came = Line(1, 3, 5), []

        async def enter(name: str) -> None:
            await line.enter()
            came.append(name)

        await line.enter()
        waiting = [asyncio.create_task(enter(name)) for name in "abc"]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await line.enter()
        waiting[0].cancel()
        await asyncio.sleep(0)
        line.leave()
        await asyncio.sleep(0.01)
        assert came == ["b"]
        line.leave()
        await asyncio.sleep(0.01)
        assert came == ["b", "c"]
        line.leave()
        assert line.enter_at_once()

    asyncio.run(run())
