"""Frames: what the process that serves and a process that runs queries say to each other, over one socket.

A frame is a tag of one byte, the length of what follows in four, and that. A question is one frame, and so is the
report that the process is ready; an answer is any number: its format, by its suffix, and whether it is packed; its
blocks; and its end, which says whether there is more than was wanted. Instead of any of them, a refusal.
"""

import json
import struct
from collections.abc import Iterator
from typing import Any, Final

from publisher.errors import BadQuery, CommuniqueError, NotAcceptable, Unwritable

HEAD: Final = struct.Struct(">cI")
QUESTION, READY, PLAIN, PACKED, BLOCK, END, MORE, REFUSED = b"Q", b"R", b"F", b"G", b"B", b"E", b"M", b"X"
#: What a refusal is called on the way.
REFUSALS: Final[dict[str, type[CommuniqueError]]] = {
    error.__name__: error for error in (BadQuery, NotAcceptable, Unwritable)
}
#: No frame is longer; who says otherwise does not speak this language.
LONGEST: Final = 1 << 24


def frame(tag: bytes, content: bytes = b"") -> bytes:
    """Return a frame."""
    return HEAD.pack(tag, len(content)) + content


def told(tag: bytes, **values: Any) -> bytes:  # noqa: ANN401 - whatever JSON holds
    """Return a frame that holds these values."""
    return frame(tag, json.dumps(values).encode())


class Reader:
    """Bytes as they come, and the frames that are whole."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def take(self, block: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Yield the tag and the content of each frame that is whole with this block. Raise ValueError for no frame."""
        self._waiting += block
        done = 0
        try:
            while len(self._waiting) - done >= HEAD.size:
                tag, length = HEAD.unpack_from(self._waiting, done)
                if length > LONGEST:
                    raise ValueError(f"a frame of {length} bytes")
                if len(self._waiting) - done < HEAD.size + length:
                    break
                begin = done + HEAD.size
                done = begin + length
                yield tag, bytes(self._waiting[begin:done])
        finally:
            del self._waiting[:done]
