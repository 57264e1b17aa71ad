"""Bodies: who owns them, who gave them a mandate, and to do what."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from mappings.fields import Body, Concept, Entry, Topic
from mappings.names import CMQ, Names, Triple


@dataclass(frozen=True, kw_only=True)
class OwnershipEntry(Entry):
    """Bodies are said to be owned in some way.

    ownership: a concept of the scheme ownership.
    """

    bodies: tuple[Body, ...]
    ownership: Annotated[str, Concept("ownership")]


def ownership(entry: OwnershipEntry, names: Names) -> Iterator[Triple]:
    """Yield the ownership of each body."""
    for body in entry.bodies:
        yield from names.links(names.iri(body), CMQ.ownership, entry.ownership)


@dataclass(frozen=True, kw_only=True)
class MandateEntry(Entry):
    """A body has a mandate.

    body: whose mandate it is. by: who gave it. tasks: what the body is mandated to do.
    """

    body: Body
    by: Body | None = None
    tasks: tuple[Topic, ...] = ()


def mandate(entry: MandateEntry, names: Names) -> Iterator[Triple]:
    """Yield who gave the mandate, and what the body aims at by it."""
    it = names.iri(entry.body)
    yield from names.links(it, CMQ.mandatedBy, entry.by)
    yield from names.links(it, CMQ.aim, entry.tasks)
