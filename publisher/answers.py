"""Questions to workers, and their answers, as far as these have come."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from publisher.datasets import DatasetClause
from publisher.errors import TooLong, TooMuch
from publisher.experience import template
from publisher.frames import BLOCK, END, MORE, PACKED, PLAIN, REFUSALS, REFUSED
from publisher.workers import Gone, Worker


@dataclass(frozen=True)
class Question:
    """A query, the graphs it is asked over, the formats for a table and for a graph, and whether to pack the answer.

    results, graphs: suffixes of formats; None, where the client takes none of that kind. most: how many rows or triples
    are wanted, if not all.
    """

    query: str
    dataset: DatasetClause
    results: str | None
    graphs: str | None
    pack: bool = False
    most: int | None = None

    @cached_property
    def kind(self) -> int:
        """Return a number that questions share that are alike but for constants. It takes as long as the query is."""
        return hash((template(self.query), bool(self.dataset.default), bool(self.dataset.named), self.most))

    def asked(self, seconds: float) -> dict[str, Any]:
        """Return it as a worker takes it. seconds: how long it may take."""
        return {
            "query": self.query,
            "default": self.dataset.default,
            "named": self.dataset.named,
            "results": self.results,
            "graphs": self.graphs,
            "pack": self.pack,
            "most": self.most,
            "seconds": seconds,
        }


@dataclass
class Answer:
    """An answer, as far as it has come. whole: all of it is in `blocks`; else `rest` gives what follows them.

    more: there would have been more than was wanted.
    """

    suffix: str = ""
    packed: bool = False
    blocks: list[bytes] = field(default_factory=list)
    size: int = 0
    whole: bool = False
    more: bool = False
    long: "Turn | None" = None

    def take(self, tag: bytes, content: bytes) -> None:
        """Take a frame. Raise what a worker refuses with."""
        if tag == BLOCK:
            self.blocks.append(content)
            self.size += len(content)
        elif tag in (PLAIN, PACKED):
            self.suffix, self.packed = content.decode(), tag == PACKED
        elif tag in (END, MORE):
            self.whole, self.more = True, tag == MORE
        elif tag == REFUSED:
            told = json.loads(content)
            raise REFUSALS[told.pop("kind")](told.pop("message"), **told)

    async def rest(self) -> AsyncIterator[bytes]:
        """Yield the blocks that follow. Raise TooLong at the deadline, TooMuch where the worker ended."""
        while self.long is not None and not self.whole:
            tag, content = await self.long.hear()
            if tag == BLOCK:
                yield content
            else:
                self.take(tag, content)

    def close(self) -> None:
        """Let go of what answers. Where the answer is not whole, nobody wants the rest: its worker is ended."""
        if self.long is not None:
            self.long.end(whole=self.whole)


@dataclass
class Turn:
    """A worker's turn with a long query. until: its deadline, in the time of the event loop. leave: gives it back."""

    worker: Worker
    until: float
    leave: Callable[[Worker, bool], None]
    ended: bool = False

    async def hear(self) -> tuple[bytes, bytes]:
        """Return the next frame. Raise TooLong at the deadline, TooMuch where the worker ended."""
        try:
            async with asyncio.timeout_at(self.until):
                return await self.worker.hear()
        except TimeoutError:
            raise TooLong("The query was not answered in its time, and was ended.") from None
        except Gone:
            raise TooMuch from None

    def end(self, *, whole: bool) -> None:
        """End it, once. whole: the worker has said all that it had to say."""
        if not self.ended:
            self.ended = True
            self.leave(self.worker, whole)
