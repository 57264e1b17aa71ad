"""The workers of a pool that wait for a query, as tests of their lives must know them."""

from publisher.lanes import Lane
from publisher.pool import Pool
from publisher.workers import Worker


def ready(lane: Lane) -> list[Worker]:
    """Return those of a lane."""
    return list(lane._ready._queue)  # type: ignore[attr-defined]


def idle(pool: Pool) -> list[Worker]:
    """Return those of all lanes."""
    return [*ready(pool._known), *ready(pool._new)]
