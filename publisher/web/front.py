"""The application as a server runs it (ASGI 3.0): the SPARQL endpoint, whose queries run in a pool; all else in Flask.

Flask's views run in threads, and none of these ever waits for a stranger's query, or for a slow client: what a view
answers is whole before the first byte of it is sent; a file, which may be large, it only names, with its head. WSGI
would do for neither: it does not say when a client goes away, and a server ends a broken stream as if it were whole.
"""

import asyncio
import logging
import multiprocessing
import os
import re
import sys
import threading
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from a2wsgi import WSGIMiddleware

from publisher.errors import BadRequest, CommuniqueError, NoRelease
from publisher.options import Options
from publisher.pool import Pool
from publisher.settings import Settings
from publisher.web import create_app
from publisher.web.endpoint import Endpoint, Shown
from publisher.web.gate import Gate
from publisher.web.health import health, unready
from publisher.web.log import Log
from publisher.web.messages import Receive, Request, Scope, Send
from publisher.web.pieces import asked, send_pieces
from publisher.web.presence import Left, Presence
from publisher.web.problems import told, wants_page
from publisher.web.responses import FILE, always
from publisher.web.served import ANSWER, SERVED, Served, Shelf
from publisher.workers import Opening

#: How many pages are made at a time.
THREADS: Final = 8
#: How many processes serve; each has a pool of its own.
PROCESSES: Final = 2
#: After how many seconds a thread that makes a page lets the event loop go on; Python's own 5 ms add up for a request.
SWITCH: Final = 0.001
SPARQL: Final = re.compile(r"sparql(?:\.([A-Za-z0-9]+))?")

log = logging.getLogger(__name__)


class Standing:
    """A release that answers, with its pool of workers and its endpoint.

    When another takes its place, its pool is closed as soon as nobody is left who was asking by then: whoever has it,
    and whose query has not come yet, is answered by it all the same.
    """

    def __init__(self, served: Served, options: Options) -> None:
        self.served = served
        release = served.release
        opening = Opening(release.store, release.base, release.prefixes, options.mebibytes)
        self.pool = Pool(opening, options.quick, options.long, options.waiting, log.error)
        self.endpoint = Endpoint(served, self.pool, options, PROCESSES)
        self.headers = always(served)
        self.hosts = {served.host, "localhost", "127.0.0.1", "[::1]", *options.hosts}
        self._asking = 0
        self._retired = False

    @contextmanager
    def asking(self) -> Iterator[Endpoint]:
        """Give the endpoint to a request, and keep the pool until it is answered."""
        self._asking += 1
        try:
            yield self.endpoint
        finally:
            self._asking -= 1
            self._close()

    def retire(self) -> None:
        """Close the pool, when those who are asking are answered."""
        self._retired = True
        self._close()

    def _close(self) -> None:
        if self._retired and not self._asking:
            self.pool.close()


class Front:
    """The application."""

    def __init__(self, settings: Settings, options: Options | None = None) -> None:
        """Prepare to serve the current release of these settings, whichever that is when somebody asks."""
        self._options = options or Options()
        self._shelf = Shelf(settings.releases, lambda why: log.error("refused: %s", why))
        pages = create_app(settings)
        pages.config["USE_X_SENDFILE"] = True  # a file is named, and sent by `_file`
        self._pages = WSGIMiddleware(pages, workers=THREADS)  # type: ignore[arg-type]
        self._log = Log(self._options.log)
        self._standing: Standing | None = None
        self._renewing = asyncio.Lock()
        self._gate = Gate()
        self._bare = always(None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; or begin and end, as the server does."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            sent = self._log.watch(scope, send)
            try:
                await self._answer(scope, receive, sent)
            except Left:
                sent.left = True
            finally:
                sent.done()

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await self.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def open(self) -> None:
        """Open the current release now, so that there is one to go on with where the next is refused."""
        try:
            await self._current()
        except NoRelease as error:
            log.error("%s", error)  # noqa: TRY400 - said whole in one line

    def close(self) -> None:
        """End all workers, when what is under way is answered. Call it in the event loop that answers."""
        if self._standing:
            self._standing.retire()

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False
        more = self._bare

        async def plain(event: MutableMapping[str, Any]) -> None:
            nonlocal begun
            begun = True
            await send(event)

        async def framed(event: MutableMapping[str, Any]) -> None:
            if event["type"] == "http.response.start":
                event["headers"] = [*event["headers"], *more]
            await plain(event)

        try:
            try:
                standing = await self._current()
                more = standing.headers
                await self._route(standing, Request.of(scope), scope, receive, plain, framed)
            except NoRelease as error:
                log.error("%s", error)  # noqa: TRY400 - said whole in one line
                if scope["path"].endswith("/health"):  # below which path the release would be served, nobody knows
                    await unready(scope["method"]).send(plain, bodiless=scope["method"] == "HEAD")
                else:
                    await self._page(error, scope, receive, plain)
            except Left:
                raise
            except Exception as error:
                if begun:
                    raise
                if not isinstance(error, CommuniqueError):
                    log.exception("%r failed", scope["path"])
                    error = CommuniqueError()  # what went wrong is for the log
                await self._refuse(error, scope, receive, plain, framed)
        except CommuniqueError as error:
            # The server breaks the connection off, so that no client takes what it has for the whole.
            raise ConnectionAbortedError(f"an answer was broken off: {error}") from None

    async def _route(
        self, standing: Standing, request: Request, scope: Scope, receive: Receive, plain: Send, framed: Send
    ) -> None:
        root = standing.served.root
        if request.host not in standing.hosts:
            raise BadRequest(
                "This server does not answer for the host that was asked. Its operator allows names: --allow-host."
            )
        place = request.path.removeprefix(root) if request.path.startswith(root) else None
        if place == "health":
            answer = health(request.method, standing.served, standing.pool)
            await answer.send(framed, bodiless=request.method == "HEAD")
            return
        found = SPARQL.fullmatch(place) if place is not None else None
        if found is None:
            await self._page(standing.served, scope, receive, plain)
            return

        async def page(shown: Shown) -> None:
            await self._page(standing.served, scope, receive, plain, shown)

        with standing.asking() as endpoint:  # nothing was waited for since the release was chosen
            await self._gate.enter()
            await endpoint.answer(request, found[1], receive, framed, page)

    async def _refuse(self, error: CommuniqueError, scope: Scope, receive: Receive, plain: Send, framed: Send) -> None:
        """Tell a client what is wrong: in a page, where it prefers one."""
        accept = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"accept"), None)
        if self._standing and wants_page(accept):
            await self._page(self._standing.served, {**scope, "query_string": b""}, receive, plain, error)
        else:
            await told(error, accept).send(framed, bodiless=scope["method"] == "HEAD")

    async def _page(
        self,
        found: Served | NoRelease,
        scope: Scope,
        receive: Receive,
        send: Send,
        answer: Shown | CommuniqueError | None = None,
    ) -> None:
        """Let Flask answer, and send what it answers when that is whole: no thread waits for a client."""
        if not scope["query_string"].isascii():
            raise BadRequest("The address has signs in it that are not percent-encoded.")
        events: list[MutableMapping[str, Any]] = []

        async def collect(event: MutableMapping[str, Any]) -> None:
            events.append(event)

        inner = {**scope, SERVED: found, ANSWER: answer}
        await self._pages(inner, _nothing, collect)  # type: ignore[arg-type]
        if FILE in inner and scope["method"] != "HEAD":
            await self._file(inner[FILE], events[0], receive, send)
            return
        for event in events:
            await send(event)

    async def _file(self, path: str, head: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Send a file, or what the head announces of it, as long as its client is there."""
        try:
            file = await asyncio.to_thread(open, path, "rb")
        except OSError as error:
            raise NoRelease(f"{path} cannot be read: {error.strerror}") from error
        there = Presence(receive)
        try:
            await send(head)
            await there.during(send_pieces(file, *asked(head["headers"]), send))
        finally:
            there.close()
            file.close()

    async def _current(self) -> Standing:
        """Return the release that is current now. Raise NoRelease where there is none that can be served."""
        if self._standing is not None and not self._shelf.changed(self._standing.served):
            return self._standing
        async with self._renewing:
            served = await asyncio.to_thread(self._shelf.current)
            before = self._standing
            if before is None or before.served is not served:
                standing = Standing(served, self._options)
                await standing.pool.start()
                self._standing = standing
                if before:
                    before.retire()
            assert self._standing is not None  # noqa: S101 - made above, or there before
            return self._standing


async def _nothing() -> MutableMapping[str, Any]:
    """Receive the body of a request whose body is not wanted."""
    return {"type": "http.request", "body": b"", "more_body": False}


def create() -> Front:
    """Return the application that serves what the environment says."""
    sys.setswitchinterval(SWITCH)
    if (parent := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    return Front(Settings.from_environ(os.environ, Path.cwd()), Options.from_environ(os.environ))


def _end_with(parent: Any) -> None:  # noqa: ANN401 - multiprocessing's own, which has no public type
    """End this process when the one that started it is gone, however that ended: else it would answer for ever."""
    parent.join()
    os._exit(1)
