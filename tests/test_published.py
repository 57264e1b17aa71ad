"""A publication can be verified from afar, and no server can do worse to whoever does it than be found out."""

import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from click.testing import CliRunner, Result

from publisher import published
from publisher.cli import main
from publisher.errors import NoRelease, RemoteError
from publisher.published import Published
from publisher.release import Release
from publisher.stores import LocalStore
from publisher.verify import COUNTS, Fault


class Other(BaseHTTPRequestHandler):
    """A server that has the parts of a release, but for those that a test replaced; what is sent may never end."""

    release: ClassVar[Release]
    counts: ClassVar[bytes]
    id: ClassVar[str]
    instead: ClassVar[dict[str, tuple[int, bytes]]]
    endless: ClassVar[str]
    asked: ClassVar[list[str]]

    def do_GET(self) -> None:
        path = self.path.removeprefix("/dumps/")
        files = (self.release.folder / path, self.release.folder / "dumps" / path)
        file = next((one for one in files if one.is_file()), None)
        self._send(path, (200, file.read_bytes()) if file else (404, b""))

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._send(self.path.removeprefix("/"), (200, self.counts))

    def _send(self, path: str, usual: tuple[int, bytes]) -> None:
        self.asked.append(path)
        status, body = self.instead.get(path, usual)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", body.decode())
        self.send_header("X-Communique-Release", self.id)
        self.end_headers()
        try:
            self.wfile.write(body)
            while path == self.endless:
                self.wfile.write(b"x" * 65536)
        except OSError:
            return  # whoever asked has left, as is right

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def url(release: Release, store: LocalStore) -> Iterator[str]:
    Other.release, Other.id = release, release.id
    Other.counts = store.query(COUNTS, "application/json").read()
    Other.instead, Other.endless, Other.asked = {}, "", []
    with ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def faults(url: str) -> list[Fault]:
    return Published.find(url).verify(lambda _: None)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["verify", *words], env={"COMMUNIQUE_RELEASES": "/nowhere"})


def lying(**changed: object) -> None:
    """Let the server give another manifest, and say that it has that release."""
    written = json.dumps({**Other.release.manifest, **changed}).encode()
    Other.instead["manifest.json"], Other.id = (200, written), hashlib.sha256(written).hexdigest()


def test_what_is_served_as_it_was_made_is_what_it_says(url: str, release: Release) -> None:
    for address in (url, url.removesuffix("/")):
        result = run(address)
        assert (result.exit_code, result.output.count("\n")) == (0, 1), result.output
        assert result.output.startswith(f"release {release.id[:12]} is what it says: ")
    assert {path.removeprefix("dumps/") for path in release.manifest["parts"]} <= set(Other.asked)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ((200, b""), "has 0 bytes, and must have"),
        ((404, b""), "the server answered 404"),
        ((200, None), "was changed: its sha256 is"),
    ],
)
def test_a_part_that_is_another_or_missing_is_named(
    content: tuple[int, bytes | None], words: str, url: str, release: Release
) -> None:
    whole = (release.folder / "void.ttl").read_bytes()
    Other.instead["void.ttl"] = content[0], whole[:-1] + b" " if content[1] is None else content[1]
    result = run(url)
    assert result.exit_code == 1
    first, last = result.output.splitlines()
    assert first.startswith("void.ttl: ")
    assert words in first
    assert last.endswith(": 1 fault")
    told = json.loads(run(url, "--json").output)
    assert (told["sound"], [fault["path"] for fault in told["faults"]]) == (False, ["void.ttl"])


def test_an_endpoint_that_counts_otherwise_is_said(url: str) -> None:
    Other.counts = json.dumps({"results": {"bindings": [{"triples": {"value": "7"}}]}}).encode()
    found = faults(url)
    assert {fault.path for fault in found} == {"sparql"}
    assert "the default graph has 7 triples" in str(found[0])


@pytest.mark.parametrize("answer", [b"", b"{}", b"[]", b'{"results":{"bindings":[{"triples":{"value":"x"}}]}}'])
def test_an_endpoint_that_answers_nonsense_is_said(answer: bytes, url: str) -> None:
    Other.counts = answer
    assert faults(url) == [Fault("sparql", "the answer is no table of counts")]


def test_a_part_that_never_ends_is_read_no_further_than_it_may_be(url: str, release: Release) -> None:
    Other.endless = "void.ttl"
    size = release.manifest["parts"]["void.ttl"]["bytes"]
    assert faults(url) == [Fault("void.ttl", f"has more bytes, and must have {size:,}")]


def test_a_manifest_that_never_ends_is_read_no_further(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "LARGEST", 1 << 20)
    Other.endless = "manifest.json"
    with pytest.raises(NoRelease, match="is not JSON"):
        Published.find(url)


def test_who_sends_too_slowly_is_left(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "PATIENCE", -1_000_000)
    with pytest.raises(RemoteError, match="sends too slowly"):
        Published.find(url)


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "store/CURRENT", "a\nb"])
def test_a_path_that_leads_elsewhere_is_refused_before_anything_is_asked(path: str, url: str) -> None:
    lying(parts={path: {"sha256": "0" * 64, "bytes": 1}})
    with pytest.raises(NoRelease, match="no place for a part"):
        faults(url)
    assert Other.asked == ["manifest.json"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "data:,x"])
def test_where_a_server_leads_only_http_is_followed(target: str, url: str) -> None:
    Other.instead["manifest.json"] = 302, target.encode()
    with pytest.raises(RemoteError):
        Published.find(url)


def test_a_release_that_changes_meanwhile_is_said(url: str) -> None:
    lying()
    assert faults(url) == []
    found = Published.find(url)
    Other.id = "0" * 64
    with pytest.raises(RemoteError, match=r"is of release 0{12}.*verify again"):
        found.verify(lambda _: None)


def test_what_is_no_publication_is_said_in_one_line(url: str) -> None:
    Other.instead["manifest.json"] = 404, b""
    for address in (url, f"{url}no/", "http://127.0.0.1:9/", "https://", "http://[", "ftp://a.example/", "x://y"):
        result = run(address)
        assert (result.exit_code, result.output.count("\n")) == (1, 1), (address, result.output, result.exception)
    Other.instead["manifest.json"] = 503, b""
    assert "503" in run(url).output
    Other.instead["manifest.json"] = 302, b"/dumps/manifest.json"
    result = run(url)
    assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
    assert "infinite loop" in result.output
