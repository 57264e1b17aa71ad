"""Talks: who held them, and what was spoken of."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF

from mappings.fields import Agent, Entry, Event, Place, Topic, date
from mappings.initiatives import reaches
from mappings.names import CMQ, Names, Triple, period, type_of


@dataclass(frozen=True, kw_only=True)
class TalksEntry(Entry):
    """Talks between agents: who took part, where, and when.

    event: the talks. during: the visit that they are part of. begin, end: their first and their last day;
    date_text: the words that date them.
    """

    event: Event
    participants: tuple[Agent, ...] = ()
    place: Place | None = None
    begin: date | None = None
    end: date | None = None
    date_text: str | None = None
    during: Event | None = None


def talks(entry: TalksEntry, names: Names) -> Iterator[Triple]:
    """Yield the talks' type, who took part, where and when, and the visit that they are part of."""
    it = names.iri(entry.event)
    yield it, RDF.type, CMQ.Talks
    yield from names.links(it, CMQ.participant, entry.participants)
    yield from names.links(it, CMQ.place, entry.place)
    yield from period(it, entry.begin, entry.end, entry.date_text, entry.language)
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
