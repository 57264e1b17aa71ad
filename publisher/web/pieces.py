"""A file as ASGI sends it: from the disk, piece by piece, as its client takes it, so that memory stays flat."""

import asyncio
import re
from typing import IO, Final

from publisher.errors import CommuniqueError
from publisher.web.messages import Headers, Send

#: How much is read at a time, in bytes.
PIECE: Final = 1 << 17
#: How long a client may take for each, in seconds: one that takes longer reads nothing, and only keeps the file open.
PATIENCE: Final = 60
_FROM: Final = re.compile(rb"bytes ([0-9]+)-")


def asked(headers: Headers) -> tuple[int, int]:
    """Return which part of a file an answer's head announces: the first byte of it, and how many there are."""
    told = dict(headers)
    found = _FROM.match(told.get(b"content-range", b""))
    return int(found[1]) if found else 0, int(told[b"content-length"])


async def send_pieces(file: IO[bytes], start: int, length: int, send: Send) -> None:
    """Send so many bytes of a file from a place in it on, as the body of an answer.

    It is read in threads, for a disk may be slow; none of them waits for the client. Raise CommuniqueError where the
    file ends before, or the client does not take it.
    """
    file.seek(start)
    left = length
    while left:
        piece = await asyncio.to_thread(file.read, min(PIECE, left))
        if not piece:
            raise CommuniqueError("a file is shorter than it was when its head was sent")
        left -= len(piece)
        try:
            async with asyncio.timeout(PATIENCE):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        except TimeoutError:
            raise CommuniqueError(f"its client took nothing for {PATIENCE} s") from None
    await send({"type": "http.response.body", "body": b""})
