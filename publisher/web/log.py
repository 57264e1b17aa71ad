"""The access log: one line of JSON a request, whatever stands in the request."""

import json
import os
import sys
import time
from collections.abc import MutableMapping
from typing import Any, Final

from publisher.web.messages import Scope, Send

#: How much of an address is written; a query may be long.
LONGEST: Final = 2_000


class Sent:
    """What is sent in answer to one request, as it is sent."""

    def __init__(self, log: "Log", scope: Scope, send: Send) -> None:
        self._log = log
        self._scope = scope
        self._send = send
        self._begun = time.perf_counter()
        self._status = 0
        self._bytes = 0
        self._whole = False
        self.left = False

    async def __call__(self, event: MutableMapping[str, Any]) -> None:
        """Send it on, and note it."""
        if event["type"] == "http.response.start":
            self._status = event["status"]
        else:
            self._bytes += len(event.get("body", b""))
            self._whole = not event.get("more_body")
        await self._send(event)

    def done(self) -> None:
        """Write the line."""
        if not self._log.kept:
            return
        address = self._scope["path"] + (
            f"?{self._scope['query_string'].decode('latin-1')}" if self._scope["query_string"] else ""
        )
        self._log.write({
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "method": self._scope["method"],
            "address": address[:LONGEST],
            "status": self._status,
            "bytes": self._bytes,
            "ms": round((time.perf_counter() - self._begun) * 1000, 1),
            "end": "left" if self.left else "whole" if self._whole else "broken off",
        })  # fmt: skip


class Log:
    """Where the lines go: a file that several processes add to, or standard output. It names no client's address."""

    def __init__(self, place: str) -> None:
        """Open it. place: a file, `-` for standard output, nothing for no log. Raise OSError where it cannot be had."""
        self.kept = bool(place)
        self._file = -1
        if place == "-":
            self._file = sys.stdout.fileno()
        elif place:
            self._file = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)

    def watch(self, scope: Scope, send: Send) -> Sent:
        """Return what sends the answer to a request, and writes its line in the end."""
        return Sent(self, scope, send)

    def write(self, line: dict[str, object]) -> None:
        """Write a line, by one call, so that lines of several processes never mix."""
        try:
            os.write(self._file, json.dumps(line).encode() + b"\n")  # escapes all that is not ASCII, and line breaks
        except OSError:  # a full disk must not end the service
            self.kept = False
