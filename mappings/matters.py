"""Matters and likenesses: relations between agents, what is said to be like what, and what may be the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from mappings.fields import Agent, Entry, Matter, Place, Ref, State, Thing, Topic
from mappings.names import CMQ, Names, Triple


@dataclass(frozen=True, kw_only=True)
class RelationEntry(Entry):
    """A Matter: relations, cooperation, efforts; whose it is, what it is about, where, and in which framework.

    matter: what the document speaks of. between: the agents that it joins, or the one that carries it on.
    topics: what it is about. state: the state in which it is; place: where else.
    framework: the body or the Initiative within which it stands.
    """

    matter: Matter
    between: tuple[Agent, ...] = ()
    topics: tuple[Topic, ...] = ()
    state: State | None = None
    place: Place | None = None
    framework: Annotated[str, Ref(("org", "initiative"))] | None = None


def relation(entry: RelationEntry, names: Names) -> Iterator[Triple]:
    """Yield between whom the Matter is, and what else is said of it."""
    it = names.iri(entry.matter)
    yield from names.links(it, CMQ.between, entry.between)
    yield from names.links(it, CMQ.topic, entry.topics)
    yield from names.links(it, CMQ.inState, entry.state)
    yield from names.links(it, CMQ.place, entry.place)
    yield from names.links(it, CMQ.framework, entry.framework)


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


@dataclass(frozen=True, kw_only=True)
class PossiblySameEntry(Entry):
    """Two descriptions may be of one thing. It is never said that they are.

    these: two things or more.
    """

    these: tuple[Thing, ...]


def possibly_same(entry: PossiblySameEntry, names: Names) -> Iterator[Triple]:
    """Yield that each of these may be the next."""
    for one, other in zip(entry.these, entry.these[1:], strict=False):
        yield names.iri(one), CMQ.possiblySame, names.iri(other)
