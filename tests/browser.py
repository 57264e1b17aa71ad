"""A browser for a test: headless Chromium, spoken to over a pipe in the DevTools protocol."""

import contextlib
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.prerequisites import need

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe",
]  # fmt: skip


class Page:
    """A tab. errors: what the page's console said that was an error, a refusal by its policy among them."""

    def __init__(self, to: int, back: int) -> None:
        self._to, self._back = to, back
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self._events: list[dict[str, Any]] = []
        target = self._send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._send(f"{domain}.enable")

    def open(self, url: str, width: int) -> None:
        """Load an address at this width, and wait until it is there."""
        self._events.clear()
        self._send(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600
        )
        self._send("Page.navigate", url=url)
        while not any(event.get("method") == "Page.loadEventFired" for event in self._events):
            self._events.append(self._read())

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 - whatever JavaScript returns
        """Return the value of an expression in the page."""
        return self._send("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    @property
    def errors(self) -> list[str]:
        """The errors that were logged since the page was opened."""
        return [
            event["params"]["entry"]["text"]
            for event in self._events
            if event.get("method") == "Log.entryAdded" and event["params"]["entry"]["level"] == "error"
        ]

    @property
    def requested(self) -> list[str]:
        """The addresses that the page asked for, its own included."""
        sent = (event["params"] for event in self._events if event.get("method") == "Network.requestWillBeSent")
        return [params["request"]["url"] for params in sent]

    def _send(self, method: str, **params: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer["result"]
                return result
            self._events.append(answer)

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            read = os.read(self._back, 65536)
            if not read:
                raise RuntimeError("Chromium went away")
            self._rest += read
        message, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer


@contextmanager
def browsing() -> Iterator[Page]:
    """Start Chromium, and end it with the test."""
    command = need("chromium")
    their_in, our_out = os.pipe()
    our_in, their_out = os.pipe()

    def give() -> None:  # Chromium reads from descriptor 3 and writes to 4
        reading, writing = os.dup(their_in), os.dup(their_out)
        os.dup2(reading, 3)
        os.dup2(writing, 4)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [command, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            preexec_fn=give,
            close_fds=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(their_in)
        os.close(their_out)
        try:
            yield Page(our_out, our_in)
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=10)
            process.kill()
            process.wait()
            os.close(our_out)
            os.close(our_in)
