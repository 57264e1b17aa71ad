"""A bare connection: it sends what an attack says, reads what comes, and says how that ended."""

import io
import select
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse, IncompleteRead, RemoteDisconnected
from typing import Any, Final

from tests.attacks import BROKEN, CLOSED, LEFT, Attack, Ending

Address = tuple[str, int]
#: So much of an answer is kept, to be looked at; the rest is counted and forgotten.
KEPT: Final = 1 << 16
BLOCK: Final = 1 << 16


@dataclass(frozen=True)
class Outcome:
    """How one connection of an attack ended: after how many seconds, and with how many bytes of an answer."""

    ending: Ending
    seconds: float
    size: int = 0
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def carry_out(attack: Attack, server: Address, patience: float) -> list[Outcome]:
    """Carry out an attack; return how each of its connections ended.

    patience: for so many seconds the attacker waits for a byte, or for the end of an answer. A slow reader is slow for
    as long, and then reads the rest at once, to see how the answer ends.
    """
    if attack.connections == 1:
        return [_carry_out(attack, server, patience)]
    with ThreadPoolExecutor(attack.connections) as threads:
        return list(threads.map(lambda _: _carry_out(attack, server, patience), range(attack.connections)))


def _carry_out(attack: Attack, server: Address, patience: float) -> Outcome:
    begun = time.monotonic()
    with socket.socket() as connection:
        connection.settimeout(patience)
        if attack.slowly:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        try:
            connection.connect(server)
            sent = _send(attack, connection, begun + patience)
        except OSError:
            sent = True  # it was hung up on; what was said before that may still be there to be read
        if not sent:
            return Outcome(LEFT, time.monotonic() - begun)
        return _receive(attack, connection, begun, patience)


def _send(attack: Attack, connection: socket.socket, until: float) -> bool:
    """Send a request as the attack says. Return whether there is an answer to wait for."""
    if attack.at_once is None:
        connection.sendall(attack.request)
        return True
    connection.sendall(attack.request[: attack.at_once])
    for place in range(attack.at_once, len(attack.request)):
        answered, _, _ = select.select([connection], [], [], max(0.0, min(attack.pause, until - time.monotonic())))
        if answered:
            return True
        if time.monotonic() >= until:
            return False
        connection.send(attack.request[place : place + 1])
    return True


class _Incoming(io.RawIOBase):
    """What comes on a connection, read a byte a second until some time, and then as it comes."""

    def __init__(self, connection: socket.socket, slowly_until: float) -> None:
        self._connection = connection
        self._slowly_until = slowly_until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - whatever can be written to
        view = memoryview(buffer)
        if time.monotonic() < self._slowly_until:
            time.sleep(1)
            view = view[:1]
        return self._connection.recv_into(view)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Be a socket, as far as the reader of an answer is concerned."""
        return io.BufferedReader(self)


def _receive(attack: Attack, connection: socket.socket, begun: float, patience: float) -> Outcome:
    slowly_until = begun + patience if attack.slowly else begun
    until = slowly_until + patience
    method = attack.request.partition(b" ")[0].decode("latin-1")  # the answer to a HEAD has no body
    response = HTTPResponse(_Incoming(connection, slowly_until), method=method)  # type: ignore[arg-type]
    kept, size = b"", 0

    def outcome(ending: Ending) -> Outcome:
        told = {name.lower(): value for name, value in response.headers.items()} if response.headers else {}
        return Outcome(ending, time.monotonic() - begun, size, kept, told)

    try:
        response.begin()
    except TimeoutError:
        return outcome(LEFT)
    except (OSError, HTTPException) as error:
        if isinstance(error, (OSError, RemoteDisconnected)):
            return outcome(CLOSED)
        raise
    try:
        while block := response.read(BLOCK):
            size += len(block)
            kept += block[: KEPT - len(kept)]
            if time.monotonic() > until:
                return outcome(LEFT)
    except TimeoutError:
        return outcome(LEFT)
    except (OSError, IncompleteRead):
        return outcome(BROKEN)
    return outcome(BROKEN if response.length else response.status)
