"""Matters and likenesses: relations between agents, and what is said to be like what."""

from collections.abc import Iterator
from dataclasses import dataclass

from mappings.fields import Agent, Entry, Matter, Thing
from mappings.names import CMQ, Names, Triple


@dataclass(frozen=True, kw_only=True)
class RelationEntry(Entry):
    """A Matter that lies between agents: relations, ties, cooperation.

    matter: what the document speaks of. between: whose it is.
    """

    matter: Matter
    between: tuple[Agent, ...]


def relation(entry: RelationEntry, names: Names) -> Iterator[Triple]:
    """Yield between whom the Matter lies."""
    yield from names.links(names.iri(entry.matter), CMQ.between, entry.between)


@dataclass(frozen=True, kw_only=True)
class AnalogousEntry(Entry):
    """Things are said to be like another.

    these: what is compared. to: what it is compared with.
    """

    these: tuple[Thing, ...]
    to: Thing


def analogous(entry: AnalogousEntry, names: Names) -> Iterator[Triple]:
    """Yield, for each of these, what it is like."""
    for thing in entry.these:
        yield from names.links(names.iri(thing), CMQ.analogousTo, entry.to)
