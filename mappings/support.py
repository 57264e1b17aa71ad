"""Support: who gives it to whom, of which kind, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from rdflib import RDF

from mappings.fields import Agent, Concept, Entry, Event, Place
from mappings.names import CMQ, Names, Triple


@dataclass(frozen=True, kw_only=True)
class SupportEntry(Entry):
    """Support that is given: training, deliveries, building.

    event: the support, one event for each part that the text tells apart. supplier, recipient: who gives it to whom.
    kind: of which kind it is. place: where it is given.
    """

    event: tuple[Event, ...]
    supplier: Agent | None = None
    recipient: Agent | None = None
    kind: Annotated[str, Concept("event-kind")] | None = None
    place: tuple[Place, ...] = ()


def support(entry: SupportEntry, names: Names) -> Iterator[Triple]:
    """Yield of each event its type, who supports whom, of which kind it is and where."""
    for it in map(names.iri, entry.event):
        yield it, RDF.type, CMQ.Support
        yield from names.links(it, CMQ.supplier, entry.supplier)
        yield from names.links(it, CMQ.recipient, entry.recipient)
        yield from names.links(it, CMQ.kind, entry.kind)
        yield from names.links(it, CMQ.place, entry.place)
