"""Visits: the journey there, the visit itself, and how the guests were received."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from rdflib import RDF

from mappings.fields import Agent, Concept, Entry, Event, Place, State, date
from mappings.names import CMQ, Names, Triple, period


@dataclass(frozen=True, kw_only=True)
class JourneyEntry(Entry):
    """A journey: who travelled, from where, by way of what, to where, how, and when.

    journey: the event. begin: the day of departure; end: that of arrival; date_text: the words that date it.
    means: how they travelled.
    """

    journey: Event
    traveller: Agent | None = None
    origin: Place | None = None
    via: tuple[Place, ...] = ()
    destination: tuple[Place, ...] = ()
    begin: date | None = None
    end: date | None = None
    date_text: str | None = None
    means: Annotated[str, Concept("means")] | None = None


def journey(entry: JourneyEntry, names: Names) -> Iterator[Triple]:
    """Yield the journey's type and what is said of it."""
    it = names.iri(entry.journey)
    yield it, RDF.type, CMQ.Journey
    yield from names.links(it, CMQ.traveller, entry.traveller)
    yield from names.links(it, CMQ.origin, entry.origin)
    yield from names.links(it, CMQ.via, entry.via)
    yield from names.links(it, CMQ.destination, entry.destination)
    yield from period(it, entry.begin, entry.end, entry.date_text, entry.language)
    yield from names.links(it, CMQ.means, entry.means)


@dataclass(frozen=True, kw_only=True)
class VisitEntry(Entry):
    """A visit: who visited, which state was the host, where, and when.

    visit: the event. host: the state, never a city. place: the city or other place, never a state.
    begin, end: its first and its last day; date_text: the words that date it. during: the journey that it is part of.
    """

    visit: Event
    visitor: tuple[Agent, ...] = ()
    host: State | None = None
    place: Place | None = None
    begin: date | None = None
    end: date | None = None
    date_text: str | None = None
    during: Event | None = None


def visit(entry: VisitEntry, names: Names) -> Iterator[Triple]:
    """Yield the visit's type and what is said of it."""
    it = names.iri(entry.visit)
    yield it, RDF.type, CMQ.Visit
    yield from names.links(it, CMQ.visitor, entry.visitor)
    yield from names.links(it, CMQ.host, entry.host)
    yield from names.links(it, CMQ.place, entry.place)
    yield from period(it, entry.begin, entry.end, entry.date_text, entry.language)
    yield from names.links(it, CMQ.subEventOf, entry.during)


@dataclass(frozen=True, kw_only=True)
class ReceptionEntry(Entry):
    """A reception: hosts receive guests.

    event: the reception. during: the visit that it is part of.
    """

    event: Event
    guests: tuple[Agent, ...] = ()
    hosts: tuple[Agent, ...] = ()
    during: Event | None = None


def reception(entry: ReceptionEntry, names: Names) -> Iterator[Triple]:
    """Yield the reception's type, its guests and its hosts."""
    it = names.iri(entry.event)
    yield it, RDF.type, CMQ.Reception
    yield from names.links(it, CMQ.guest, entry.guests)
    yield from names.links(it, CMQ.host, entry.hosts)
    yield from names.links(it, CMQ.subEventOf, entry.during)
