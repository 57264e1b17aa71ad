"""All attacks together."""

from tests.attacks import Attack, queries, requests, services


def every(listener: str) -> list[Attack]:
    """Return the attack set. listener: the address of a server that must never be asked."""
    return [*queries.attacks(), *services.attacks(listener), *requests.attacks()]


#: The names of all of them, which do not depend on who listens.
NAMES = [attack.name for attack in every("http://127.0.0.1:9/")]
