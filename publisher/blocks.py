"""Blocks of bytes: what writes an answer hands it on in these, so that no answer need be held as a whole."""

from collections.abc import Callable
from typing import IO, Final, Protocol, cast

#: About how many bytes are handed on at a time.
SIZE: Final = 1 << 16


class Sink(Protocol):
    """Whatever takes an answer, block by block."""

    def write(self, block: bytes, /) -> object:
        """Take the next block. An error raised here ends the writing, and reaches whoever asked for it."""
        ...


class Blocks:
    """A sink for many small pieces: they are joined, changed where they must be, and handed on.

    out: takes the blocks. end: a single byte after which a block may end, or nothing, where it may end anywhere.
    change: makes of each block what is handed on. The last one may end anywhere.
    """

    def __init__(self, out: Sink, end: bytes = b"", change: Callable[[bytes], bytes] = bytes) -> None:
        self._out = out
        self._end = end
        self._change = change
        self._waiting: list[bytes] = []
        self._size = 0

    @property
    def file(self) -> IO[bytes]:
        """The sink by the type that the engine asks for, though it only writes and flushes."""
        return cast("IO[bytes]", self)

    def write(self, piece: bytes) -> int:
        """Take a piece, and return how many bytes were taken, as the engine expects of a file."""
        self._waiting.append(piece)
        self._size += len(piece)
        if self._size >= SIZE and (cut := piece.rfind(self._end) + len(self._end)):
            self._waiting[-1] = piece[:cut]
            self.finish()
            if cut < len(piece):
                self._waiting.append(piece[cut:])
                self._size = len(piece) - cut
        return len(piece)

    def flush(self) -> None:
        """Do nothing: the engine flushes where it ends, and more may come."""

    def finish(self) -> None:
        """Hand on what waits."""
        if self._waiting:
            block = b"".join(self._waiting)
            self._waiting.clear()
            self._size = 0
            self._out.write(self._change(block))


def cut(body: bytes, out: Sink) -> None:
    """Hand on what is at hand as a whole."""
    for start in range(0, len(body), SIZE):
        out.write(body[start : start + SIZE])
