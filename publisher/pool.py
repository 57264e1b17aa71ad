"""The pool: workers that run the queries of strangers, so that none of these holds up another, or the server.

Most queries are answered in a few milliseconds. They pass through a quick lane. What is not answered whole after a
quarter of a second, or a megabyte, is long: its worker goes on in a slot for long queries, if one is free, and another
takes its place in the lane; if none is free, it is ended, and its query begins anew when its turn in the long line
comes. So however many long queries are asked, quick ones wait for a quick one at most.

What its like has been before decides where a query stands: long ones go to the long line at once, and those that are
known to be quick have a lane of their own, in which hardly a worker is ever ended.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from publisher.answers import Answer, Question, Turn
from publisher.errors import CommuniqueError, TooMuch
from publisher.experience import Experience
from publisher.frames import REFUSALS
from publisher.lanes import Lane
from publisher.lines import Line
from publisher.workers import Gone, Opening, Worker

QUICK_SECONDS: Final = 0.25
QUICK_BYTES: Final = 1_000_000
#: How long a long query waits for its turn, in seconds.
PATIENCE: Final = 5
#: How much of a long answer is there before its head is sent: until then what goes wrong can still be said.
HELD_BYTES: Final = 1 << 16
#: A worker that a query has left with more memory than this is replaced, in bytes.
TOO_FAT: Final = 256 << 20


class Pool:
    """The workers of one release. Use it in one event loop."""

    def __init__(
        self, opening: Opening, quick: int, long: int, waiting: int, say: Callable[[str], None] = lambda _: None
    ) -> None:
        """Prepare it. quick, long: how many queries of each kind run at a time. waiting: how many of each may wait.

        quick goes for those that are known and for those that are new.
        """
        self.confined = False
        self._known = Lane(opening, quick, waiting, say)
        self._new = Lane(opening, quick, waiting, say)
        self._long = Line(long, waiting, PATIENCE)
        self._long_ready: list[Worker] = []
        self._most_ready = quick + long  # each query that turns out long leaves one: no more than are of use
        self._experience = Experience()
        self._users = 0
        self._closed = False

    async def start(self) -> None:
        """Start all workers. Raise NoRelease where they cannot open the store."""
        self.confined = all(await asyncio.gather(self._known.start(), self._new.start()))

    @property
    def ready(self) -> bool:
        """Whether a quick query would find a worker, now or soon."""
        return not self._closed and not self._new.line.full

    def counts(self) -> dict[str, int]:
        """Return how many queries are being answered, and how many wait."""
        return {"running": self._users, "waiting": sum(map(len, (self._known.line, self._new.line, self._long)))}

    async def quick(self, question: Question, seconds: float) -> Answer:
        """Answer a query if it can be done quickly; else return an Answer that is not whole, for `long`.

        seconds: how long it may take in all. Raise BadQuery, NotAcceptable or Unwritable as the engine does, Busy where
        no worker becomes free, TooMuch where the query ends its worker.
        """
        answer = Answer()
        if self._experience.is_long(question.kind):
            return answer
        lane = self._known if self._experience.is_quick(question.kind) else self._new
        with self._in_use():
            await lane.line.enter()
            if self._experience.is_long(question.kind):  # as one like it has shown while this one waited
                lane.line.leave()
                return answer
            try:
                worker = await lane.hand()
            except BaseException:
                lane.line.leave()
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
                lane.take_back(worker, whole=False)
                raise TooMuch from None
            except BaseException as error:
                lane.take_back(worker, whole=isinstance(error, CommuniqueError))
                raise
            self._experience.was(question.kind, long=not answer.whole)
            if answer.whole:
                lane.take_back(worker, whole=True)
                return answer
            return self._lengthen(answer, lane, worker, begun + seconds)

    def _lengthen(self, answer: Answer, lane: Lane, worker: Worker, until: float) -> Answer:
        """Let a query go on in the long line, if it has room; else end it, to begin anew when it has."""
        if not self._long.enter_at_once():
            lane.take_back(worker, whole=False)
            return Answer()
        worker.give_way()
        lane.replace()
        lane.line.leave()
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
        room = not self._closed and len(self._long_ready) < self._most_ready
        if whole and room and worker.usable and worker.memory() < TOO_FAT:
            self._long_ready.append(worker)
        else:
            worker.end()
        self._long.leave()
        self._users -= 1
        self._end_if_closed()

    async def _hand_long(self) -> Worker:
        while self._long_ready:
            worker = self._long_ready.pop()  # the last one is the warmest
            if worker.usable:
                return worker
            worker.end()
        worker = await self._new.hand()
        worker.give_way()
        self._new.replace()
        return worker

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
        self._known.close()
        self._new.close()
        while self._long_ready:
            self._long_ready.pop().end()
