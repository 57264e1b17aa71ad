"""A line: so many at a time, so many waiting behind them, in the order in which they came, and none for ever.

Some may wait in front of the others.
"""

import asyncio
from asyncio import Future
from collections import deque

from publisher.errors import Busy


class Line:
    """What so many may hold at a time.

    slots: how many. waiting: how many may wait for one, in front and behind. patience: how long each, in seconds.
    """

    def __init__(self, slots: int, waiting: int, patience: float) -> None:
        self._free = slots
        self._most = waiting
        self._patience = patience
        self._waiting: tuple[deque[Future[None]], deque[Future[None]]] = (deque(), deque())

    def __len__(self) -> int:
        """Return how many wait."""
        return sum(map(_undone, self._waiting))

    @property
    def full(self) -> bool:
        """Whether whoever comes now and is not known is sent away."""
        return not self._free and _undone(self._waiting[1]) >= self._most

    def enter_at_once(self) -> bool:
        """Take a slot if one is free; say whether."""
        if self._free and not any(self._waiting):
            self._free -= 1
            return True
        return False

    async def enter(self, *, in_front: bool = False) -> None:
        """Take a slot, or wait for one. Raise Busy where too many wait already, or none becomes free in time."""
        if self.enter_at_once():
            return
        waiting = self._waiting[0 if in_front else 1]
        if _undone(waiting) >= self._most:
            raise self._busy()
        place: Future[None] = asyncio.get_running_loop().create_future()
        waiting.append(place)
        try:
            async with asyncio.timeout(self._patience):
                await place
        except TimeoutError:
            self._forgo(place, waiting)
            raise self._busy() from None
        except asyncio.CancelledError:
            self._forgo(place, waiting)
            raise

    def leave(self) -> None:
        """Give a slot back: to the one in front who has waited longest, or else behind."""
        for waiting in self._waiting:
            while waiting:
                place = waiting.popleft()
                if not place.done():
                    place.set_result(None)
                    return
        self._free += 1

    def _forgo(self, place: "Future[None]", waiting: "deque[Future[None]]") -> None:
        """Give up a place; where it was given just now, pass it on."""
        if place.done() and not place.cancelled():
            self.leave()
        elif place in waiting:
            waiting.remove(place)

    def _busy(self) -> Busy:
        seconds = max(1, round(self._patience))
        return Busy(f"Too many queries are being answered. Try again in {seconds} s.", seconds)


def _undone(waiting: "deque[Future[None]]") -> int:
    return sum(not one.done() for one in waiting)
