"""A server of somebody else, which nobody may ever ask: it counts who connects."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Listener:
    """What listens, on both loopback addresses where there are two. asked: whoever connected, by what was sent."""

    port: int
    asked: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/"


@contextmanager
def listening() -> Iterator[Listener]:
    """Listen on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as four, socket.socket(socket.AF_INET6) as six:
        listener = Listener(four.getsockname()[1])
        servers = [four]
        with suppress(OSError):  # where there is no IPv6
            six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            six.bind(("::1", listener.port))
            six.listen()
            servers.append(six)
        threads = [threading.Thread(target=_count, args=(listener, server)) for server in servers]
        for thread in threads:
            thread.start()
        try:
            yield listener
        finally:
            for server in servers:
                server.shutdown(socket.SHUT_RDWR)  # which wakes whoever waits in accept
            for thread in threads:
                thread.join()


def _count(listener: Listener, server: socket.socket) -> None:
    with suppress(OSError):
        while True:
            connection, _ = server.accept()
            with connection:
                connection.settimeout(2)
                listener.asked.append(b"")
                with suppress(OSError):
                    listener.asked[-1] = connection.recv(1000)
