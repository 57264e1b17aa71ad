"""The pool: workers that run the queries of strangers, so that none of these holds up another, or the server.

Most queries are answered in a few milliseconds. They pass through the quick line. What is not answered whole after a
quarter of a second, or a megabyte, is long: its worker goes on in a slot for long queries, if one is free, and another
takes its place in the quick line; if none is free, it is ended, and its query begins anew when its turn in the long
line comes. So however many long queries are asked, quick ones wait for a quick one at most. What its like has been
before decides where a query stands: long ones go to the long line at once, and quick ones wait in front of the unknown.
"""

import asyncio
from asyncio import Task
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from publisher.answers import Answer, Question, Turn, too_much
from publisher.errors import Busy, CommuniqueError, NoRelease
from publisher.experience import Experience
from publisher.frames import REFUSALS
from publisher.lines import Line
from publisher.workers import Gone, Opening, Worker

QUICK_SECONDS: Final = 0.25
QUICK_BYTES: Final = 1_000_000
#: How much of a long answer is there before its head is sent: until then what goes wrong can still be said.
HELD_BYTES: Final = 1 << 16
#: A worker that a query has left with more memory than this is replaced, in bytes.
TOO_FAT: Final = 256 << 20
AGAIN_AFTER: Final = 1.0
#: How long a query waits for its turn; and one that has its turn, for a process that is being started. In seconds.
PATIENCE: Final = 5


class Pool:
    """The workers of one release. Use it in one event loop."""

    def __init__(
        self, opening: Opening, quick: int, long: int, waiting: int, say: Callable[[str], None] = lambda _: None
    ) -> None:
        """Prepare it. quick, long: how many queries of each kind run at a time. waiting: how many of each may wait."""
        self.opening = opening
        self.confined = False
        self._size = quick + 1  # one more is ready, and takes the place of one that ends
        self._say = say
        self._quick = Line(quick, waiting, PATIENCE)
        self._long = Line(long, waiting, PATIENCE)
        self._ready: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()  # the last one that answered is the warmest
        self._long_ready: deque[Worker] = deque()
        self._experience = Experience()
        self._starting: set[Task[None]] = set()
        self._users = 0
        self._closed = False

    async def start(self) -> None:
        """Start all workers. Raise NoRelease where they cannot open the store."""
        workers = await asyncio.gather(*(Worker.start(self.opening) for _ in range(self._size)))
        self.confined = all(worker.confined for worker in workers)
        for worker in workers:
            self._ready.put_nowait(worker)

    @property
    def ready(self) -> bool:
        """Whether a quick query would find a worker, now or soon."""
        return not self._closed and not self._quick.full

    def counts(self) -> dict[str, int]:
        """Return how many queries are being answered, and how many wait."""
        return {"running": self._users, "waiting": len(self._quick) + len(self._long)}

    async def quick(self, question: Question, seconds: float) -> Answer:
        """Answer a query if it can be done quickly; else return an Answer that is not whole, for `long`.

        seconds: how long it may take in all. Raise BadQuery, NotAcceptable or Unwritable as the engine does, Busy where
        no worker becomes free, TooMuch where the query ends its worker.
        """
        answer = Answer()
        if self._experience.is_long(question.kind):
            return answer
        with self._in_use():
            await self._quick.enter(in_front=self._experience.is_quick(question.kind))
            if self._experience.is_long(question.kind):  # as one like it has shown while this one waited
                self._quick.leave()
                return answer
            try:
                worker = await self._hand()
            except BaseException:
                self._quick.leave()
                raise
            begun = asyncio.get_running_loop().time()
            try:
                worker.ask(question.asked(seconds))
                async with asyncio.timeout(min(QUICK_SECONDS, seconds)):
                    while not answer.whole and answer.size < QUICK_BYTES:
                        answer.take(*await worker.hear())
            except TimeoutError:
                pass
            except Gone:
                self._experience.was(question.kind, long=True)
                self._quick_left(worker, whole=False)
                raise too_much() from None
            except CommuniqueError:
                self._quick_left(worker, whole=True)
                raise
            except BaseException:
                self._quick_left(worker, whole=False)
                raise
            self._experience.was(question.kind, long=not answer.whole)
            if answer.whole:
                self._quick_left(worker, whole=True)
                return answer
            return self._lengthen(answer, worker, begun + seconds)

    def _lengthen(self, answer: Answer, worker: Worker, until: float) -> Answer:
        """Let a query go on in the long line, if it has room; else end it, to begin anew when it has."""
        if not self._long.enter_at_once():
            self._quick_left(worker, whole=False)
            return Answer()
        worker.give_way()
        self._replace()
        self._quick.leave()
        self._users += 1  # until its turn ends
        answer.long = Turn(worker, until, self._long_left)
        return answer

    async def long(self, question: Question, begun: Answer, seconds: float) -> Answer:
        """Go on with a query that was not answered quickly, until its answer is whole, or its first blocks are there.

        The answer must be closed. Raise as `quick` does, and TooLong where its time is over.
        """
        answer = begun
        anew = answer.long is None
        if answer.long is None:
            with self._in_use():
                await self._long.enter()
                try:
                    worker = await self._hand_long()
                except BaseException:
                    self._long.leave()
                    raise
                self._users += 1
                answer.long = Turn(worker, asyncio.get_running_loop().time() + seconds, self._long_left)
                worker.ask(question.asked(seconds))
        asked = asyncio.get_running_loop().time()
        try:
            while not answer.whole and answer.size < HELD_BYTES:
                answer.take(*await answer.long.hear())
        except BaseException as error:
            answer.long.end(whole=isinstance(error, tuple(REFUSALS.values())))
            raise
        if anew and answer.whole and asyncio.get_running_loop().time() - asked < QUICK_SECONDS:
            self._experience.was(question.kind, long=False)
        return answer

    def _long_left(self, worker: Worker, whole: bool) -> None:
        """Take back a worker that had a long query. whole: it has said all that it had to say."""
        if whole and worker.usable and not self._closed and worker.memory() < TOO_FAT:
            self._long_ready.append(worker)
        else:
            worker.end()
        self._long.leave()
        self._users -= 1
        self._end_if_closed()

    async def _hand(self) -> Worker:
        """Return a worker that is free."""
        while True:
            try:
                worker = self._ready.get_nowait()
            except asyncio.QueueEmpty:
                worker = await self._next()
            if worker.usable:
                return worker
            worker.end()  # it has ended by itself while it waited
            self._replace()

    async def _next(self) -> Worker:
        """Return the next worker that is started, or given back."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._ready.get()
        except TimeoutError:
            raise Busy("No process is ready for the query yet. Try again.", PATIENCE) from None

    async def _hand_long(self) -> Worker:
        while self._long_ready:
            worker = self._long_ready.popleft()
            if worker.usable:
                return worker
            worker.end()
        worker = await self._hand()
        worker.give_way()
        self._replace()
        return worker

    def _quick_left(self, worker: Worker, *, whole: bool) -> None:
        if whole and worker.usable:
            self._ready.put_nowait(worker)
        else:
            worker.end()
            self._replace()
        self._quick.leave()

    def _replace(self) -> None:
        """Start another worker, in the background."""
        if self._closed and not self._users:
            return
        task = asyncio.get_running_loop().create_task(self._start())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start(self) -> None:
        while True:
            try:
                self._ready.put_nowait(await Worker.start(self.opening))
            except NoRelease as error:
                self._say(str(error))
                await asyncio.sleep(AGAIN_AFTER)
            else:
                self._end_if_closed()
                return

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        """Keep the workers, even where the pool is closed meanwhile."""
        self._users += 1
        try:
            yield
        finally:
            self._users -= 1
            self._end_if_closed()

    def close(self) -> None:
        """Take no more than is being answered, and end all workers when that is done."""
        self._closed = True
        self._end_if_closed()

    def _end_if_closed(self) -> None:
        if not self._closed or self._users:
            return
        for task in self._starting:
            task.cancel()
        while not self._ready.empty():
            self._ready.get_nowait().end()
        while self._long_ready:
            self._long_ready.popleft().end()
