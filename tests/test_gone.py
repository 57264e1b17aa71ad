"""A client that goes away takes its query with it: nothing goes on working for nobody, long before any deadline."""

import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests import small
from tests.attacks import post
from tests.attacks.processes import busy, calm, tree
from tests.attacks.requests import COUNTED, ENDLESS
from tests.serving import Server, started

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.xdist_group("attacks")]

#: The server's own, in seconds: so long that nothing here ends because of it.
DEADLINE = 120
#: So long it may take until all is quiet: a second is promised, and machines have other things to do.
PATIENCE = 10


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings, _, _ = small.two_releases(tmp_path_factory.mktemp("project"))
    with started(settings.releases, settings.project, options=("--timeout", str(DEADLINE))) as server:
        yield server


def opened(server: Server, request: bytes) -> socket.socket:
    """Send a request and keep the connection."""
    parts = urlsplit(server.base)
    connection = socket.create_connection((parts.hostname or "", parts.port or 80), timeout=DEADLINE)
    connection.sendall(request)
    return connection


def until_busy(server: Server) -> None:
    until = time.monotonic() + PATIENCE
    while busy(server.process.pid) < 0.5:
        assert time.monotonic() < until, "the query does not begin"


@pytest.mark.parametrize("clients", [1, 30], ids=["one", "more than can be answered at once"])
@pytest.mark.parametrize(
    ("query", "reads"),
    [(COUNTED, 0), (ENDLESS, 0), (ENDLESS, 100_000)],
    ids=["before its first byte", "while it is streamed", "when a little is read"],
)
def test_what_was_asked_for_by_who_has_gone_is_given_up(query: str, clients: int, reads: int, server: Server) -> None:
    root = server.process.pid
    assert calm(root, PATIENCE)
    before = len(tree(root))
    request = post(query.encode(), accept="text/csv")
    connections = [opened(server, request) for _ in range(clients)]
    try:
        if reads:
            received = 0
            while received < reads:
                received += len(connections[0].recv(65536))
        else:
            until_busy(server)
    finally:
        for connection in connections:
            connection.close()
    assert calm(root, PATIENCE), f"{busy(root):.1f} cores are busy for nobody"
    assert settled(root) == before
    assert opened_and_answered(server)


def settled(root: int) -> int:
    """Return how many processes there are when that number no longer changes: one that ended is replaced."""
    count = 0
    for _ in range(20):
        found = len([one for one in tree(root).values() if not one.dead])
        if found == count:
            break
        count = found
        time.sleep(0.5)
    return count


def opened_and_answered(server: Server) -> bool:
    with opened(server, post(b"ASK {}", accept="application/sparql-results+json")) as connection:
        return connection.recv(100).startswith(b"HTTP/1.1 200 ")
