"""Health: whether the server lives, whether it can answer, and from which release. For those who watch over it."""

import json
from collections.abc import Mapping
from typing import Final

from publisher.errors import BadRequest
from publisher.pool import Pool
from publisher.web.messages import Message, encoded
from publisher.web.problems import told as problem
from publisher.web.responses import UNKEPT
from publisher.web.served import Served

#: How one may ask.
METHODS: Final = ("GET", "HEAD")


def health(method: str, here: Served, pool: Pool) -> Message:
    """Return how it is: 200 where queries find a worker, else 503. It asks nothing of the store, and cannot wait.

    method: of HTTP; by any but METHODS the answer is 405.
    """
    told = {
        "live": True,
        "ready": pool.ready,
        "release": here.release.id,
        "confined": pool.confined,
        "queries": pool.counts(),
    }
    return _message(method, 200 if pool.ready else 503, told)


def unready(method: str) -> Message:
    """Return how a server is that has no release to serve."""
    return _message(method, 503, {"live": True, "ready": False, "release": None})


def _message(method: str, status: int, told: Mapping[str, object]) -> Message:
    if method not in METHODS:
        return problem(BadRequest(f"{method} asks nothing here; expected {' or '.join(METHODS)}.", 405, METHODS), None)
    headers = encoded({"Content-Type": "application/json", **UNKEPT})
    return Message(status, headers, json.dumps(told).encode() + b"\n")
