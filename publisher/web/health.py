"""Health: whether the server lives, whether it can answer, and from which release. For those who watch over it."""

import json
from collections.abc import Mapping

from publisher.pool import Pool
from publisher.web.messages import Message, encoded
from publisher.web.responses import UNKEPT
from publisher.web.served import Served


def health(here: Served, pool: Pool) -> Message:
    """Return how it is: 200 where queries find a worker, else 503. It asks nothing of the store, and cannot wait."""
    told = {
        "live": True,
        "ready": pool.ready,
        "release": here.release.id,
        "confined": pool.confined,
        "queries": pool.counts(),
    }
    return _message(200 if pool.ready else 503, told)


def unready() -> Message:
    """Return how a server is that has no release to serve."""
    return _message(503, {"live": True, "ready": False, "release": None})


def _message(status: int, told: Mapping[str, object]) -> Message:
    headers = encoded({"Content-Type": "application/json", **UNKEPT})
    return Message(status, headers, json.dumps(told).encode() + b"\n")
