"""HTTP messages as ASGI has them (ASGI 3.0, HTTP scope): what is asked, and what is answered, with its headers."""

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Final

from publisher.errors import BadRequest

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_HOST: Final = re.compile(rb"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?")


def encoded(headers: Mapping[str, str]) -> Headers:
    """Return headers as ASGI has them."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


@dataclass(frozen=True)
class Request:
    """A request. path: decoded; parameters: the query string, as it came. A header that came twice is joined."""

    method: str
    path: str
    parameters: bytes
    headers: Mapping[bytes, bytes]

    @classmethod
    def of(cls, scope: Scope) -> "Request":
        """Read a request from its scope. Raise BadRequest where a header that must be one is more."""
        headers: dict[bytes, bytes] = {}
        for name, value in scope["headers"]:
            if name not in headers:
                headers[name] = value
            elif name in (b"host", b"content-type", b"content-length"):
                raise BadRequest(f"There is more than one header {name.decode()}.")
            else:
                headers[name] += b", " + value
        return cls(scope["method"], scope["path"], scope["query_string"], headers)

    def text(self, name: bytes) -> str | None:
        """Return a header as a text; nothing, where there is none."""
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")

    @property
    def host(self) -> str:
        """The host that was asked, without its port; nothing, where the header is none."""
        found = _HOST.fullmatch(self.headers.get(b"host", b""))
        return found[1].decode().lower() if found else ""

    @property
    def packs(self) -> bool:
        """Whether the client takes gzip (RFC 9110, section 12.5.3)."""
        accepted = self.headers.get(b"accept-encoding")
        if accepted is None or (b"gzip" not in accepted and b"*" not in accepted):
            return False
        weights = {}
        for item in accepted.decode("latin-1").lower().split(","):
            coding, _, parameter = item.partition(";")
            weights[coding.strip()] = not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", parameter)
        return weights.get("gzip", weights.get("*", False))


@dataclass(frozen=True)
class Message:
    """An answer that is whole: its status, its headers, and its body."""

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes = b""

    async def send(self, send: Send, *, bodiless: bool = False) -> None:
        """Send it. bodiless: as the answer to HEAD, whose headers are those of GET."""
        sized = [] if self.status in (204, 304) else [(b"content-length", str(len(self.body)).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": [*self.headers, *sized]})
        await send({"type": "http.response.body", "body": b"" if bodiless else self.body})
