"""One kept connection that costs as little as can be: what a measurement uses, so that it measures the server."""

import select
import socket
import time
from collections.abc import Callable
from typing import Final
from urllib.parse import quote, urlsplit

SPACE: Final = 1 << 18


class Wire:
    """A connection to one server. Answers are read to their end, by Content-Length or in chunks (RFC 9112, 6 and 7)."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        self._address = (parts.hostname or "localhost", parts.port or 80)
        self._space = bytearray(SPACE)
        self._connect()

    def _connect(self) -> None:
        self._socket = socket.create_connection(self._address, timeout=300)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def get(self, path: str, accept: str) -> bytes:
        """Return the body of an answer. Raise RuntimeError where it is not 200, or is broken off."""
        blocks: list[bytes] = []
        self.stream(path, accept, lambda block: blocks.append(bytes(block)))
        return b"".join(blocks)

    def stream(self, path: str, accept: str, take: Callable[[memoryview], object]) -> float:
        """Hand the body of an answer over in blocks, and return after how many seconds its first byte came."""
        begun = time.perf_counter()
        head = f"GET {path} HTTP/1.1\r\nHost: {self._address[0]}:{self._address[1]}\r\nAccept: {accept}\r\n\r\n"
        if select.select([self._socket], [], [], 0)[0]:  # the server has closed it, while another was asked for long
            self.close()
            self._connect()
        self._socket.sendall(head.encode())
        received, first = b"", 0.0
        while b"\r\n\r\n" not in received:
            received += self._more()
        headers, _, rest = received.partition(b"\r\n\r\n")
        lines = headers.decode("latin-1").lower().split("\r\n")
        fields = dict(line.split(": ", 1) for line in lines[1:])
        if " 200 " not in f"{lines[0]} ":
            raise RuntimeError(f"{path[:200]}: {lines[0]}")

        def block(data: memoryview) -> None:
            nonlocal first
            first = first or time.perf_counter() - begun
            take(data)

        if "content-length" in fields:
            self._counted(rest, int(fields["content-length"]), block)
        else:
            self._chunked(rest, block)
        return first

    def _more(self) -> memoryview:
        count = self._socket.recv_into(self._space)
        if not count:
            raise RuntimeError("the answer was broken off")
        return memoryview(self._space)[:count]

    def _counted(self, rest: bytes, left: int, take: Callable[[memoryview], object]) -> None:
        data = memoryview(rest)
        while True:
            if data:
                take(data)
            left -= len(data)
            if left <= 0:
                return
            data = self._more()

    def _chunked(self, rest: bytes, take: Callable[[memoryview], object]) -> None:
        data, line = memoryview(rest), b""
        left = -1  # of a chunk, with the end of its line; below 0: the line with the size of the next one is read
        last = False
        while True:
            while data:
                if left > 2:
                    take(data[: left - 2])
                    data, left = data[left - 2 :], max(2, left - len(data))
                elif left > 0:
                    data, left = data[left:], left - min(left, len(data))
                if left == 0:
                    if last:
                        return
                    left = -1
                if left < 0 and data:
                    head, mark, _ = bytes(data[:100]).partition(b"\n")
                    line += head
                    data = data[len(head) + len(mark) :]
                    if mark:
                        size = int(line.split(b";")[0], 16)
                        left, last, line = size + 2, size == 0, b""
            data = self._more()


def asked(query: str, endpoint: str = "/sparql") -> str:
    """Return the path of a GET that asks a query."""
    return f"{endpoint}?query={quote(query, safe='')}"
