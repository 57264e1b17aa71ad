"""The SPARQL endpoint: queries in by the protocol, answers out of the pool, in the format that a client likes best."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Final, TypeVar
from zlib import crc32

from publisher import protocol
from publisher.admission import admit
from publisher.answers import Answer, Question
from publisher.errors import BadRequest, Busy, CommuniqueError, NotAcceptable
from publisher.limits import Limit, header, limits
from publisher.media import CSV, GRAPHS, HTML, PAGES, RESULTS, TURTLE, Format, negotiate, of_suffix
from publisher.options import Options
from publisher.pool import Pool
from publisher.protocol import Asked
from publisher.tokens import tokens
from publisher.web import service
from publisher.web.memory import Memory
from publisher.web.messages import Headers, Message, Receive, Request, Send, encoded
from publisher.web.presence import Presence
from publisher.web.responses import ASKING, CACHE, DOWNLOAD, UNKEPT, entity_tag, representation
from publisher.web.served import Served

#: Data first: who takes a page and data equally is a program.
OFFERS: Final = (*RESULTS, *GRAPHS, HTML)
#: How many rows, or triples, a page shows; the links beside it give all.
MOST_SHOWN: Final = 500
#: How long a body may take to come, in seconds, and in how many pieces at most: each costs as much as a small request.
BODY_SECONDS: Final = 15
MOST_PIECES: Final = 4_096
#: A request longer than this is read in a thread, in bytes: it takes so long that others would wait.
LONG: Final = 4_096
#: One thread, however many such requests come: Python runs one at a time, and each more would delay all else.
_ASIDE: Final = ThreadPoolExecutor(1, "long-requests")
NO_QUERY: Final = "There is no query here. Send one as the parameter `query`."
#: Functions that answer otherwise each time they are asked (SPARQL 1.1 Query, 17.4); such an answer has no tag.
CHANGING: Final = frozenset({"NOW", "RAND", "UUID", "STRUUID"})

Result = TypeVar("Result")


@dataclass(frozen=True)
class Shown:
    """What the page of a query shows. content, form: the answer in JSON or Turtle. more: there is more than that.

    wrong: why there is no answer, with the status that says so, and in how many seconds to try again, if that is known.
    parameters: those that ask the same again. version: of the limits, which are shown too; None, where the page may be
    another the next time.
    """

    query: str
    content: bytes = b""
    form: Format | None = None
    more: bool = False
    wrong: str = ""
    status: int = 200
    again: int | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    limits: tuple[Limit, ...] = ()
    version: str | None = None


Page = Callable[[Shown], Awaitable[None]]


class Endpoint:
    """The endpoint of one release."""

    def __init__(self, here: Served, pool: Pool, options: Options, processes: int) -> None:
        """Prepare it. processes: how many serve as this one does."""
        self._here = here
        self._pool = pool
        self._options = options
        self._limits = limits(options, processes)
        self._told = header(self._limits).encode()
        self._version = f"-{crc32(self._told):08x}"  # what tells the limits too has a tag of its own for each of them
        self._finished: Memory[Message] = Memory(_size)  # by what was asked
        self._recent: Memory[Message] = Memory(_size)  # by how it was asked, which takes less time to tell

    async def answer(self, request: Request, suffix: str | None, receive: Receive, send: Send, page: Page) -> None:
        """Answer a request for `/sparql`, or for `/sparql.{suffix}`, a result as a file.

        page: answers with a page for a browser. Raise CommuniqueError where there is no answer, and nothing is sent.
        """
        if request.method == "OPTIONS":
            methods = ", ".join(protocol.METHODS).encode()
            allowed = [(b"allow", methods), (b"access-control-allow-methods", methods)]
            await Message(204, [*allowed, *encoded(ASKING)]).send(send)
            return
        if request.method not in protocol.METHODS:
            raise BadRequest(f"{request.method} asks nothing here; expected {', '.join(protocol.METHODS)}.", 405)
        recent = self._recent.get(_sent(request, suffix)) if request.method in ("GET", "HEAD") else None
        if recent is not None:
            await _finish(recent, request, send)
            return
        fixed = None if suffix is None else of_suffix(suffix, (*RESULTS, *GRAPHS))
        body = await _body(receive) if request.method in protocol.WITH_BODY else b""
        read = partial(protocol.read, request.method, request.parameters, request.text(b"content-type") or "", body)
        asked = await _aside(len(request.parameters) + len(body), read)
        accept = request.text(b"accept") or "*/*"
        if asked is None:
            if fixed:
                raise BadRequest(NO_QUERY)
            await self._about(request, accept, send, page)
            return
        there = Presence(receive)
        try:
            if fixed is None and _likes_page(accept):
                await self._page(asked, there, page)
            else:
                await self._data(request, asked, fixed, accept, there, send)
        finally:
            there.close()

    async def _about(self, request: Request, accept: str, send: Send, page: Page) -> None:
        """Describe the service; for a browser, show the form."""
        try:
            wanted = negotiate(accept, PAGES)
        except NotAcceptable:
            if _liked(accept, RESULTS):
                raise BadRequest(NO_QUERY) from None  # a client that wants an answer, and has lost its question
            raise
        if wanted is HTML:
            await page(Shown("", limits=self._limits, version=self._version))
            return
        headers = self._headers(wanted, request, packed=False, negotiated=True, version=self._version)
        if _is_known(request, headers):
            await Message(304, headers).send(send)
            return
        body = await asyncio.to_thread(service.description, self._here, wanted, self._limits)
        await Message(200, headers, body).send(send, bodiless=request.method == "HEAD")

    async def _data(
        self, request: Request, asked: Asked, fixed: Format | None, accept: str, there: Presence, send: Send
    ) -> None:
        pack = request.packs
        wanted = None if fixed else accept
        key = (asked.query, asked.dataset, fixed, wanted, pack, request.method == "POST")
        kept = self._finished.get(key)
        if kept is not None:
            self._keep(kept, request, fixed)
            await _finish(kept, request, send)
            return
        question = Question(
            asked.query,
            asked.dataset,
            _liked(fixed.media_type if fixed else accept, RESULTS),
            _liked(fixed.media_type if fixed else accept, GRAPHS),
            pack,
        )
        if question.results is None and question.graphs is None:
            negotiate(accept, OFFERS)  # says which there are
        tagged = not await _changes(asked.query)
        answer = await self._ask(question, asked, there)
        try:
            form = _by_name(answer.suffix)
            version = "" if tagged else None
            headers = self._headers(form, request, packed=answer.packed, negotiated=fixed is None, version=version)
            if answer.whole:
                message = Message(200, headers, b"".join(answer.blocks))
                if tagged:
                    self._finished.keep(key, message)
                    self._keep(message, request, fixed)
                await _finish(message, request, send)
                return
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            if request.method == "HEAD":
                await send({"type": "http.response.body", "body": b""})
                return
            await there.during(_stream(answer, send))
        finally:
            answer.close()

    def _keep(self, message: Message, request: Request, fixed: Format | None) -> None:
        """Keep an answer for whoever sends the same request again."""
        if request.method in ("GET", "HEAD"):
            self._recent.keep(_sent(request, fixed.suffix if fixed else None), message)

    async def _ask(self, question: Question, asked: Asked, there: Presence) -> Answer:
        """Return the answer, whole, or as far as it must come before its head is sent."""
        await _aside(len(question.query), partial(self._look, question))
        seconds = min(asked.seconds or self._options.seconds, self._options.seconds)
        answer = await self._pool.quick(question, seconds)
        if answer.whole:
            return answer
        return await there.during(self._pool.long(question, answer, seconds), answer.close)

    def _look(self, question: Question) -> None:
        """Look at a query before it is asked. Raise BadQuery for what the engine must not be given."""
        if self._options.checked:
            admit(question.query)
        _ = question.kind  # found out here, where a long query holds up nobody

    async def _page(self, asked: Asked, there: Presence, page: Page) -> None:
        """Answer with the form and the result as a table; what is wrong with the query stands above it."""
        graphs = (("default-graph-uri", asked.dataset.default), ("named-graph-uri", asked.dataset.named))
        again = (("query", asked.query), *((name, graph) for name, all_of in graphs for graph in all_of))
        shown = Shown(asked.query, parameters=again, limits=self._limits)
        question = Question(asked.query, asked.dataset, RESULTS[0].suffix, TURTLE.suffix, most=MOST_SHOWN)
        try:
            answer = await self._ask(question, asked, there)
            try:
                blocks = [*answer.blocks, *[block async for block in answer.rest()]]
            finally:
                answer.close()
        except CommuniqueError as error:
            seconds = error.seconds if isinstance(error, Busy) else None
            await page(replace(shown, wrong=str(error), status=error.status, again=seconds))
            return
        version = None if await _changes(asked.query) else self._version
        form, content = _by_name(answer.suffix), b"".join(blocks)
        await page(replace(shown, content=content, form=form, more=answer.more, version=version))

    def _headers(
        self, form: Format, request: Request, *, packed: bool, negotiated: bool, version: str | None
    ) -> Headers:
        headers = [
            (b"content-type", form.content_type.encode()),
            (b"vary", b"Accept, Accept-Encoding" if negotiated else b"Accept-Encoding"),
            (b"x-communique-limits", self._told),
        ]
        if packed:
            headers.append((b"content-encoding", b"gzip"))
        if form is CSV:
            headers += encoded(DOWNLOAD)
        if version is None:
            headers += encoded(UNKEPT)
        elif request.method != "POST":
            name = representation(form, negotiated=negotiated, version=version, packed=packed)
            headers += encoded({"ETag": entity_tag(self._here, name), "Cache-Control": CACHE})
        return headers


def _sent(request: Request, suffix: str | None) -> tuple[object, ...]:
    """Return what an answer to a GET depends on, as it was sent."""
    return suffix, request.parameters, request.headers.get(b"accept"), request.packs


def _size(message: Message) -> int:
    return len(message.body) + 1_000


async def _finish(message: Message, request: Request, send: Send) -> None:
    if _is_known(request, message.headers):
        await Message(304, message.headers).send(send)
    else:
        await message.send(send, bodiless=request.method == "HEAD")


def _is_known(request: Request, headers: Headers) -> bool:
    """Say whether the client has this representation already (RFC 9110, section 13.1.2)."""
    known = request.headers.get(b"if-none-match")
    if known is None or request.method not in ("GET", "HEAD"):
        return False
    tag = next((value for name, value in headers if name == b"etag"), None)
    tags = (one.strip().removeprefix(b"W/") for one in known.split(b","))
    return tag is not None and (known.strip() == b"*" or tag in tags)


async def _stream(answer: Answer, send: Send) -> None:
    for block in answer.blocks:
        await send({"type": "http.response.body", "body": block, "more_body": True})
    async for block in answer.rest():
        await send({"type": "http.response.body", "body": block, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _aside(length: int, call: Callable[[], Result]) -> Result:
    """Call something that takes time in proportion to a length: where that is long, in the thread for such."""
    return call() if length <= LONG else await asyncio.get_running_loop().run_in_executor(_ASIDE, call)


async def _body(receive: Receive) -> bytes:
    """Return the body of a request. Raise BadRequest where it is too long, does not come, or breaks off.

    A client that left is no other case than one whose chunks are none: the server tells both as the end of it.
    """
    body = bytearray()
    pieces = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise BadRequest("The body breaks off, or is not in chunks as HTTP has them.")
                body += message.get("body", b"")
                pieces += 1
                if pieces > MOST_PIECES:
                    raise BadRequest(f"The body comes in more than {MOST_PIECES:,} pieces.", 413)
                if len(body) > protocol.LONGEST_BODY:
                    raise BadRequest(f"The body is longer than {protocol.LONGEST_BODY:,} bytes.", 413)
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        raise BadRequest(f"The body did not come within {BODY_SECONDS} s.", 408) from None


def _by_name(suffix: str) -> Format:
    return next(form for form in (*RESULTS, *GRAPHS) if form.suffix == suffix)


def _likes_page(accept: str) -> bool:
    return negotiate(accept, OFFERS) is HTML


def _liked(accept: str, offers: Sequence[Format]) -> str | None:
    try:
        return negotiate(accept, offers).suffix
    except NotAcceptable:
        return None


async def _changes(query: str) -> bool:
    """Say whether a query may be answered otherwise the next time."""

    def has_one() -> bool:
        written = query.upper()
        return any(name in written for name in CHANGING) and any(
            token.kind == "word" and token.text.upper() in CHANGING for token in tokens(query)
        )

    return await _aside(len(query), has_one)
