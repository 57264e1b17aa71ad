"""A gate in front of the endpoint: whoever asks for a page, or by a name, never waits behind a crowd that queries.

The event loop runs what is ready, in rounds. To read a query and look at it takes as long as to lead many from a name
to its page; so in each round one request passes the gate, however many stand before it, and all else goes on.
"""

import asyncio
from asyncio import Future
from collections import deque


class Gate:
    """Lets one pass in each round of the event loop, in the order in which they came."""

    def __init__(self) -> None:
        self._waiting: deque[Future[None]] = deque()
        self._passed = False

    async def enter(self) -> None:
        """Pass; wait where somebody has passed in this round already."""
        if self._passed:
            place: Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(place)
            await place
        else:
            self._let_pass()

    def _let_pass(self) -> None:
        self._passed = True
        asyncio.get_running_loop().call_soon(self._next)

    def _next(self) -> None:
        self._passed = False
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():  # else the client has left
                place.set_result(None)
                self._let_pass()
                return
