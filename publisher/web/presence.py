"""Whether a client is still there: what is done for one that left is stopped, and what did it is free for others."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from publisher.errors import CommuniqueError
from publisher.web.messages import Receive

Result = TypeVar("Result")


class Left(Exception):
    """Raised when the client went away: there is nobody to answer."""


class Presence:
    """Whether a client is still there. It is asked once for a request: asked anew, a server may say that it left."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._leaving: asyncio.Future[None] | None = None

    async def during(self, work: Awaitable[Result], let_go: Callable[[], None] = lambda: None) -> Result:
        """Do something for the client, and stop as soon as it goes away: its worker is for others then."""
        doing = asyncio.ensure_future(work)
        self._leaving = self._leaving or asyncio.ensure_future(_leaving(self._receive))
        try:
            await asyncio.wait((doing, self._leaving), return_when=asyncio.FIRST_COMPLETED)
            if doing.done():
                return doing.result()
            raise Left
        finally:
            if not doing.done():
                doing.cancel()
                with suppress(asyncio.CancelledError, CommuniqueError):
                    await doing
            if not doing.done() or doing.cancelled():
                let_go()

    def close(self) -> None:
        """Ask no more."""
        if self._leaving is not None:
            self._leaving.cancel()


async def _leaving(receive: Receive) -> None:
    """Return when the client is gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
