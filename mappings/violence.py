"""Violence: who is said to have used force against whom, of which kind, where and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from rdflib import RDF

from mappings.fields import Agent, Concept, Entry, Event, Place, date
from mappings.names import CMQ, Names, Triple, period


@dataclass(frozen=True, kw_only=True)
class ViolenceEntry(Entry):
    """An act of violence or a war: who used force against whom, where and when.

    event: the act. kind: a killing, an operation, a war. by: who used force; against: those whom it was used against.
    begin, end: its first and its last day; date_text: the words that date it.
    """

    event: Event
    kind: Annotated[str, Concept("event-kind")] | None = None
    by: tuple[Agent, ...] = ()
    against: tuple[Agent, ...] = ()
    place: Place | None = None
    begin: date | None = None
    end: date | None = None
    date_text: str | None = None


def violence(entry: ViolenceEntry, names: Names) -> Iterator[Triple]:
    """Yield the act's type and kind, who used force against whom, where and when."""
    it = names.iri(entry.event)
    yield it, RDF.type, CMQ.Violence
    yield from names.links(it, CMQ.kind, entry.kind)
    yield from names.links(it, CMQ.perpetrator, entry.by)
    yield from names.links(it, CMQ.target, entry.against)
    yield from names.links(it, CMQ.place, entry.place)
    yield from period(it, entry.begin, entry.end, entry.date_text, entry.language)
