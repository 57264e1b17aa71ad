"""Workers, seen from the process that serves: started, asked, listened to, and ended, and no thread waits for them."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from asyncio import Future
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import publisher
from publisher.errors import NoRelease
from publisher.frames import QUESTION, READY, Reader, told

#: Where the package lies: what a worker's `-m` looks in, whatever the folder in which the server was started.
ABOVE: Final = Path(publisher.__file__).resolve().parent.parent
#: How much of an answer waits here until its client takes it, in bytes; then the worker waits too.
MOST_WAITING: Final = 1 << 20
SECONDS_TO_START: Final = 30
#: By how much a worker gives way, once its query takes long (nice, 0 to 19): to the quick ones, too.
LONG_GIVES_WAY: Final = 15


@dataclass(frozen=True)
class Opening:
    """What a worker opens: a store's folder, the base and the prefixes of its data; and how much memory it may have."""

    store: Path
    base: str
    prefixes: Mapping[str, str]
    mebibytes: int


class Gone(Exception):
    """Raised when a worker's process has ended."""


class Worker(asyncio.Protocol):
    """A process that runs queries, one at a time, and what it says."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes]
        self.confined = False
        self._transport: asyncio.Transport
        self._reader = Reader()
        self._frames: deque[tuple[bytes, bytes]] = deque()
        self._waiting = 0
        self._paused = False
        self._listener: Future[None] | None = None
        self._ended = False

    @classmethod
    async def start(cls, opening: Opening) -> "Worker":
        """Start a process, and return it when it is ready. Raise NoRelease where it cannot open the store."""
        ours, theirs = socket.socketpair()
        with theirs:
            executing = asyncio.ensure_future(asyncio.to_thread(_execute, theirs))
            try:
                process = await asyncio.shield(executing)
            except asyncio.CancelledError:  # it starts all the same, and must be ended
                ours.close()
                process = await executing
                process.kill()
                await asyncio.to_thread(process.wait)
                raise
        ours.setblocking(False)
        _, worker = await asyncio.get_running_loop().create_connection(cls, sock=ours)
        worker.process = process
        try:
            worker.ask({
                "store": str(opening.store), "base": opening.base, "prefixes": dict(opening.prefixes),
                "mebibytes": opening.mebibytes,
            })  # fmt: skip
            async with asyncio.timeout(SECONDS_TO_START):
                tag, content = await worker.hear()
        except (Gone, TimeoutError) as error:
            worker.end()
            raise NoRelease(f"No process that answers queries could be started on {opening.store}.") from error
        except asyncio.CancelledError:
            worker.end()
            raise
        if tag != READY:
            worker.end()
            raise NoRelease(f"What was started on {opening.store} is no process that answers queries.")
        worker.confined = json.loads(content)["confined"]
        return worker

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep our end of the socket."""
        self._transport = cast(asyncio.Transport, transport)  # what a stream socket's is, in whatever event loop

    def data_received(self, data: bytes) -> None:
        """Take what the worker says; where nobody takes it from here, let it wait."""
        for tag, content in self._reader.take(data):
            self._frames.append((tag, content))
            self._waiting += len(content)
        if self._waiting > MOST_WAITING:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, _: Exception | None) -> None:
        """Note that the process is gone."""
        self._ended = True
        self._wake()

    def _wake(self) -> None:
        if self._listener is not None and not self._listener.done():
            self._listener.set_result(None)

    def ask(self, question: Mapping[str, Any]) -> None:
        """Send a question."""
        self._transport.write(told(QUESTION, **question))

    async def hear(self) -> tuple[bytes, bytes]:
        """Return the next frame of the answer. Raise Gone where the process has ended, and said all that it said."""
        while not self._frames:
            if self._ended:
                raise Gone
            self._listener = asyncio.get_running_loop().create_future()
            await self._listener
        tag, content = self._frames.popleft()
        self._waiting -= len(content)
        if self._paused and self._waiting <= MOST_WAITING and not self._ended:
            self._paused = False
            self._transport.resume_reading()
        return tag, content

    @property
    def usable(self) -> bool:
        """Whether the process runs, and has nothing more to say."""
        return not self._ended and not self._frames

    def give_way(self) -> None:
        """Let others go first from now on. It cannot be taken back."""
        try:
            os.setpriority(os.PRIO_PROCESS, self.process.pid, LONG_GIVES_WAY)
        except OSError:  # it has just ended
            return

    def memory(self) -> int:
        """Return how much memory the process holds, in bytes; 0 where that cannot be known."""
        try:
            pages = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0
        return int(pages) * os.sysconf("SC_PAGESIZE")

    def end(self) -> None:
        """End the process, in whatever it is; what it was to say is gone."""
        self._ended = True
        self._frames.clear()
        self._transport.abort()
        self.process.kill()
        asyncio.get_running_loop().run_in_executor(None, self.process.wait)
        self._wake()


def _execute(theirs: socket.socket) -> "subprocess.Popen[bytes]":
    """Execute a worker. Its environment tells it nothing but where programs are: a query must not read a secret."""
    environment = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-E", "-s", "-m", "publisher.worker"],
        cwd=ABOVE,
        env={**environment, "MALLOC_ARENA_MAX": "2"},  # each arena takes address space, which is limited
        stdin=theirs.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # where a query overflows the stack, the engine says so in many lines
        close_fds=True,
    )
