"""Talks: who held them, and what was spoken of."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF

from mappings.fields import Agent, Entry, Event, Topic
from mappings.initiatives import reaches
from mappings.names import CMQ, Names, Triple, type_of


@dataclass(frozen=True, kw_only=True)
class TalksEntry(Entry):
    """Talks between agents.

    event: the talks. participants: who took part. during: the visit that they are part of.
    """

    event: Event
    participants: tuple[Agent, ...] = ()
    during: Event | None = None


def talks(entry: TalksEntry, names: Names) -> Iterator[Triple]:
    """Yield the talks' type, who took part, and the visit that they are part of."""
    it = names.iri(entry.event)
    yield it, RDF.type, CMQ.Talks
    yield from names.links(it, CMQ.participant, entry.participants)
    yield from names.links(it, CMQ.subEventOf, entry.during)


@dataclass(frozen=True, kw_only=True)
class DiscussesEntry(Entry):
    """Something is spoken of at an event; an Initiative that is spoken of is thereby discussed.

    event: talks, or a whole visit: no type follows. topics: concepts of the scheme topic, Initiatives or Matters.
    """

    event: Event
    topics: tuple[Topic, ...]


def discusses(entry: DiscussesEntry, names: Names) -> Iterator[Triple]:
    """Yield each topic, and the lifecycle `discussed` of each Initiative among them."""
    yield from names.links(names.iri(entry.event), CMQ.topic, entry.topics)
    yield from reaches([topic for topic in entry.topics if type_of(topic) == "initiative"], "discussed", names)
