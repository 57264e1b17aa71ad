"""A published release, verified from afar: its manifest and all its parts are fetched from a server and hashed.

Nothing that comes is written anywhere, or believed: only http(s) is spoken, no more is read of a part than the manifest
says that it has, and whoever sends too slowly is left.
"""

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from publisher.errors import RemoteError
from publisher.media import RESULTS
from publisher.release import MANIFEST, read_manifest
from publisher.tables import printable
from publisher.verify import COUNTS, Fault, counted, expected, miscounts

#: How long one read may take, how long a whole answer may, and what must come in each second beyond that.
SECONDS: Final = 30
PATIENCE: Final = 60
SLOWEST: Final = 50_000
#: The most that is read of what has no size in a manifest: the manifest itself, and the counts.
LARGEST: Final = 64 << 20
BLOCK: Final = 1 << 16
RELEASE: Final = "X-Communique-Release"

#: What is given each block that comes.
Take = Callable[[bytes], object]


@dataclass(frozen=True)
class Published:
    """A release as the server at an address has it. url: where its base is served; it ends in a slash."""

    url: str
    id: str
    manifest: dict[str, Any]

    @classmethod
    def find(cls, url: str) -> "Published":
        """Fetch the manifest of a publication. Raise RemoteError where there is none, NoRelease where it is no good."""
        if not _speaks_http(url):
            raise RemoteError(f"{url} cannot be asked: expected an address that begins with http(s)://")
        url = url if url.endswith("/") else f"{url}/"
        written = bytearray()
        try:
            _fetch(f"{url}dumps/{MANIFEST}", LARGEST, written.extend)
        except _Missing as error:
            raise RemoteError(f"There is no publication at {url}: of its manifest, {error}") from error
        return cls(url, hashlib.sha256(written).hexdigest(), read_manifest(bytes(written)))

    def verify(self, say: Callable[[str], None]) -> list[Fault]:
        """Return all that is wrong with it: parts that are not what the manifest says, counts of its endpoint.

        say: told what is fetched. Raise RemoteError where the server stops answering, or has another release by now.
        """
        faults = []
        for path, part in self.manifest["parts"].items():
            say(path)
            faults += self._part(path, part["bytes"], part["sha256"])
        say("sparql")
        answer = bytearray()
        try:
            self._get("sparql", LARGEST, answer.extend, urlencode({"query": COUNTS}).encode())
            faults += miscounts("sparql", counted(bytes(answer)), expected(self.manifest))
        except (_Missing, ValueError) as error:
            faults.append(Fault("sparql", str(error)))
        return faults

    def _part(self, path: str, size: int, sha256: str) -> list[Fault]:
        digest = hashlib.sha256()
        try:
            came = self._get(f"dumps/{quote(path.removeprefix('dumps/'))}", size, digest.update)
        except _Missing as error:
            return [Fault(path, str(error))]
        if came != size:
            more = "more bytes" if came > size else f"{came:,} bytes"
            return [Fault(path, f"has {more}, and must have {size:,}")]
        found = digest.hexdigest()
        return [] if found == sha256 else [Fault(path, f"was changed: its sha256 is {found}, and must be {sha256}")]

    def _get(self, path: str, limit: int, take: Take, form: bytes | None = None) -> int:
        """Fetch what must be of this release; return how many bytes came."""
        came, release = _fetch(f"{self.url}{path}", limit, take, form)
        if release != self.id:
            raise RemoteError(
                f"{self.url}{path} is of release {release[:12] or 'none'}, and the manifest of {self.id[:12]}. "
                "If a new one was published just now, verify again."
            )
        return came


class _Missing(Exception):
    """Raised for a part that the server says it has not."""


def _speaks_http(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _opener() -> OpenerDirector:
    """Return what speaks http(s) and nothing else, also where a server leads on: no file, no FTP."""
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPRedirectHandler, HTTPErrorProcessor,
                    HTTPDefaultErrorHandler, UnknownHandler):  # fmt: skip
        opener.add_handler(handler())
    return opener


def _fetch(url: str, limit: int, take: Take, form: bytes | None = None) -> tuple[int, str]:
    """Read what an address answers, one byte more than the limit at most; return how much, and the id of its release.

    take: is given each block. form: what to POST. Raise RemoteError where it does not answer, _Missing where it says
    that there is nothing.
    """
    headers = {"User-Agent": "communique", "Accept": f"{RESULTS[0].media_type}, */*;q=0.5" if form else "*/*"}
    until = time.monotonic() + PATIENCE + limit / SLOWEST
    came = 0
    try:
        with _opener().open(Request(url, form, headers), timeout=SECONDS) as answer:  # noqa: S310 - http(s) only
            while came <= limit and (block := answer.read1(min(BLOCK, limit + 1 - came))):
                take(block)
                came += len(block)
                if time.monotonic() > until:
                    raise RemoteError(f"{url} sends too slowly; it was left.")
            return came, str(answer.headers.get(RELEASE, ""))
    except HTTPError as error:
        told = printable(f"the server answered {error.code} {' '.join(str(error.reason).split())}")
        error.close()
        if form is None and error.code in (404, 410):
            raise _Missing(told) from error
        raise RemoteError(f"{url}: {told}") from error
    except (OSError, ValueError, HTTPException) as error:
        raise RemoteError(f"{url} cannot be asked: {getattr(error, 'reason', None) or error}") from error
