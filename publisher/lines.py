"""A line: so many at a time, so many waiting behind them, in the order in which they came, and none for ever."""

import asyncio
from asyncio import Future
from collections import deque

from publisher.errors import Busy


class Line:
    """What so many may hold at a time.

    slots: how many. waiting: how many may wait for one. patience: how long each, in seconds.
    """

    def __init__(self, slots: int, waiting: int, patience: float) -> None:
        self._free = slots
        self._most = waiting
        self._patience = patience
        self._waiting: deque[Future[None]] = deque()

    def __len__(self) -> int:
        """Return how many wait."""
        return sum(not place.done() for place in self._waiting)

    @property
    def full(self) -> bool:
        """Whether whoever comes now is sent away."""
        return not self._free and len(self) >= self._most

    def enter_at_once(self) -> bool:
        """Take a slot if one is free; say whether."""
        if self._free and not self._waiting:
            self._free -= 1
            return True
        return False

    async def enter(self) -> None:
        """Take a slot, or wait for one. Raise Busy where too many wait already, or none becomes free in time."""
        if self.enter_at_once():
            return
        if len(self) >= self._most:
            raise self._busy()
        place: Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            async with asyncio.timeout(self._patience):
                await place
        except TimeoutError:
            self._forgo(place)
            raise self._busy() from None
        except asyncio.CancelledError:
            self._forgo(place)
            raise

    def leave(self) -> None:
        """Give a slot back: to the one who has waited longest."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(None)
                return
        self._free += 1

    def _forgo(self, place: "Future[None]") -> None:
        """Give up a place; where it was given just now, pass it on."""
        if place.done() and not place.cancelled():
            self.leave()
        elif place in self._waiting:
            self._waiting.remove(place)

    def _busy(self) -> Busy:
        seconds = max(1, round(self._patience))
        return Busy(f"Too many queries are being answered. Try again in {seconds} s.", seconds)
