"""All attacks together."""

from tests.attacks import Attack, queries, requests, services


def every(listener: str) -> list[Attack]:
    """Return the attack set. listener: the address of a server that must never be asked."""
    return [*queries.attacks(), *services.attacks(listener), *requests.attacks()]


_ALL = every("http://127.0.0.1:9/")
#: The names of those that are queries, and of the others; they do not depend on who listens.
QUERIES = [attack.name for attack in _ALL if attack.query is not None]
REQUESTS = [attack.name for attack in _ALL if attack.query is None]
