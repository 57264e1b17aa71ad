"""A file of any size is sent from the disk, piece by piece: memory stays flat, and a slow client holds nobody up."""

import asyncio
import hashlib
import io
import json
import socket
import time
from collections.abc import Iterator, MutableMapping
from contextlib import ExitStack, closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from publisher.errors import CommuniqueError
from publisher.files import load
from publisher.release import CURRENT, MANIFEST
from publisher.web import pieces
from publisher.web.pieces import send_pieces
from tests.attacks.processes import memory, tree
from tests.serving import Server, answer_of, started

pytestmark = [pytest.mark.server, pytest.mark.slow]

BLOCK: Final = 1_000_000
BLOCKS: Final = 200
SIZE: Final = BLOCK * BLOCKS
PATH: Final = "dumps/large.nq"
#: More clients than a server has threads for pages.
CLIENTS: Final = 20
#: How much more memory all of them may take: less than half of one file.
MORE: Final = SIZE // 2


def block(number: int) -> bytes:
    """Return one of the blocks of the file; no two are alike."""
    return (f"# {number:07}".encode() + b"x" * 90 + b"\n") * (BLOCK // 100)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with a file that is large."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "small.nt").write_text("<http://x.example/a> <http://x.example/b> <http://x.example/c> .\n", "utf-8")
    made = load([folder / "small.nt"], folder, "http://localhost:8000/", merge=False, say=lambda _: None)
    large = made.folder / PATH
    large.parent.mkdir()
    digest = hashlib.sha256()
    with large.open("wb") as file:
        for number in range(BLOCKS):
            file.write(block(number))
            digest.update(block(number))
    parts = {PATH: {"bytes": SIZE, "sha256": digest.hexdigest()}}
    written = json.dumps({**made.manifest, "parts": parts}).encode()
    (made.folder / MANIFEST).write_bytes(written)
    (folder / CURRENT).unlink()
    (folder / CURRENT).symlink_to(made.folder.rename(folder / hashlib.sha256(written).hexdigest()).name)
    return folder


@pytest.fixture(scope="module")
def server(releases: Path) -> Iterator[Server]:
    with started(releases) as server:
        yield server


@contextmanager
def asked(server: Server, method: str = "GET", **headers: str) -> Iterator[HTTPResponse]:
    """Ask for the file, and read but the head of the answer."""
    connection = HTTPConnection("localhost", urlsplit(server.base).port, timeout=60)
    connection.connect()
    connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
    with closing(connection):
        connection.request(method, f"/{PATH}", headers={name.replace("_", "-"): one for name, one in headers.items()})
        with connection.getresponse() as response:
            yield response


def held(server: Server) -> list[str]:
    """Return the open files of the server's processes that are the large one."""
    found = []
    for pid in tree(server.process.pid):
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            try:
                found += [str(descriptor)] if str(descriptor.readlink()).endswith(PATH) else []
            except OSError:  # it was closed, or its process ended
                continue
    return found


def test_slow_clients_take_no_memory_and_no_thread_and_leave_nothing_open(server: Server) -> None:
    answer_of(f"{server.base}dumps/manifest.json")
    before = memory(server.process.pid)
    with ExitStack() as stack:
        for _ in range(CLIENTS):
            response = stack.enter_context(asked(server))
            assert response.status == 200
            assert response.headers["Content-Length"] == str(SIZE)
            assert response.read(BLOCK) == block(0)
        time.sleep(2)
        assert held(server)
        assert memory(server.process.pid) - before < MORE
        assert b"<h1" in answer_of(server.base)
    until = time.monotonic() + 60
    while held(server):
        assert time.monotonic() < until, "a file stays open that nobody reads"
        time.sleep(0.1)


def test_a_client_gets_all_of_it_and_no_process_ever_holds_it(server: Server) -> None:
    before = memory(server.process.pid)
    with asked(server) as response:
        for number in range(BLOCKS):
            assert response.read(BLOCK) == block(number)
            if number % 20 == 0:
                assert memory(server.process.pid) - before < MORE
        assert response.read() == b""


def test_a_range_of_it_is_sent_as_asked(server: Server) -> None:
    whole = f"/{SIZE}"
    with asked(server, "HEAD") as response:
        etag = response.headers["ETag"]
        assert (response.status, response.headers["Content-Length"], response.read()) == (200, str(SIZE), b"")
        assert response.headers["Accept-Ranges"] == "bytes"
    for wanted, told, content in (
        ("bytes=1000000-1000009", f"bytes 1000000-1000009{whole}", block(1)[:10]),
        ("bytes=-100", f"bytes {SIZE - 100}-{SIZE - 1}{whole}", block(BLOCKS - 1)[-100:]),
        (f"bytes={SIZE - BLOCK}-", f"bytes {SIZE - BLOCK}-{SIZE - 1}{whole}", block(BLOCKS - 1)),
        ("bytes=0-0", f"bytes 0-0{whole}", b"#"),
    ):
        for headers in (dict[str, str](), {"If_Range": etag}):
            with asked(server, Range=wanted, **headers) as response:
                assert (response.status, response.headers["Content-Range"]) == (206, told)
                assert response.headers["Content-Length"] == str(len(content))
                assert response.read() == content
        with asked(server, "HEAD", Range=wanted) as response:
            assert (response.status, response.headers["Content-Range"], response.read()) == (206, told, b"")
    with asked(server, Range="bytes=0-0", If_Range='"another"') as response:
        assert (response.status, response.headers["Content-Length"]) == (200, str(SIZE))
    with asked(server, Range=f"bytes={SIZE}-") as response:
        assert (response.status, response.headers["Content-Range"]) == (416, f"bytes */{SIZE}")
    with asked(server, If_None_Match=etag) as response:
        assert (response.status, response.read()) == (304, b"")


def test_a_file_that_is_cut_short_meanwhile_is_never_taken_for_whole() -> None:
    sent: list[MutableMapping[str, Any]] = []

    async def send(event: MutableMapping[str, Any]) -> None:
        sent.append(event)

    with pytest.raises(CommuniqueError):
        asyncio.run(send_pieces(io.BytesIO(b"0123456789"), 8, 3, send))
    assert [event["body"] for event in sent if event["more_body"]] == [b"89"]


def test_who_neither_reads_nor_leaves_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PATIENCE", 0.05)

    async def send(event: MutableMapping[str, Any]) -> None:
        await asyncio.sleep(30 if event["more_body"] else 0)

    with pytest.raises(CommuniqueError):
        asyncio.run(send_pieces(io.BytesIO(b"0123456789"), 0, 10, send))
