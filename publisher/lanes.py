"""A lane: workers that take one quick query after the other, and the line of those who wait for one."""

import asyncio
from asyncio import Task
from collections.abc import Callable
from typing import Final

from publisher.errors import Busy, NoRelease
from publisher.lines import Line
from publisher.workers import Opening, Worker

AGAIN_AFTER: Final = 1.0
#: How long a query waits for its turn; and one that has its turn, for a process that is being started. In seconds.
#: Each before it takes a quarter of a second at most, so that it is worth the wait even where all comes at once.
PATIENCE: Final = 10


class Lane:
    """So many workers, and one more that is ready to take the place of one that ends."""

    def __init__(self, opening: Opening, slots: int, waiting: int, say: Callable[[str], None]) -> None:
        """Prepare it. slots: how many queries run at a time. waiting: how many may wait. say: is told what fails."""
        self.line = Line(slots, waiting, PATIENCE)
        self._opening = opening
        self._size = slots + 1
        self._say = say
        self._ready: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()  # the last one that answered is the warmest
        self._starting: set[Task[None]] = set()
        self._closed = False

    async def start(self) -> bool:
        """Start all workers, and say whether they are confined. Raise NoRelease where they cannot open the store."""
        workers = await asyncio.gather(*(Worker.start(self._opening) for _ in range(self._size)))
        for worker in workers:
            self._ready.put_nowait(worker)
        return all(worker.confined for worker in workers)

    async def hand(self) -> Worker:
        """Return a worker that is free. Raise Busy where none is for long."""
        while True:
            try:
                worker = self._ready.get_nowait()
            except asyncio.QueueEmpty:
                worker = await self._next()
            if worker.usable:
                return worker
            worker.end()  # it has ended by itself while it waited
            self.replace()

    async def _next(self) -> Worker:
        """Return the next worker that is started, or given back."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._ready.get()
        except TimeoutError:
            raise Busy("No process is ready for the query yet. Try again.", PATIENCE) from None

    def take_back(self, worker: Worker, *, whole: bool) -> None:
        """Take a worker back, and its place in the line. whole: it has said all that it had to say."""
        if whole and worker.usable:
            self._ready.put_nowait(worker)
        else:
            worker.end()
            self.replace()
        self.line.leave()

    def replace(self) -> None:
        """Start another worker, in the background, for one that does not come back."""
        if self._closed:
            return
        task = asyncio.get_running_loop().create_task(self._start())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start(self) -> None:
        while True:
            try:
                self._ready.put_nowait(await Worker.start(self._opening))
            except NoRelease as error:
                self._say(str(error))
                await asyncio.sleep(AGAIN_AFTER)
            else:
                return

    def close(self) -> None:
        """End all workers. Nobody may be in it any more."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        while not self._ready.empty():
            self._ready.get_nowait().end()
