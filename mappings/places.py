"""Places: which lies within which, and what a state has in its ground."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from rdflib import RDF

from mappings.fields import Concept, Endowment, Entry, Place, State
from mappings.names import CMQ, Names, Triple


@dataclass(frozen=True, kw_only=True)
class LocatedEntry(Entry):
    """A place lies within another.

    place: the smaller one. within: the larger one; a place's country stands in the authority files.
    """

    place: Place
    within: Place


def located(entry: LocatedEntry, names: Names) -> Iterator[Triple]:
    """Yield what the place lies within."""
    yield from names.links(names.iri(entry.place), CMQ.within, entry.within)


@dataclass(frozen=True, kw_only=True)
class EndowmentEntry(Entry):
    """A state is said to have a natural resource.

    endowment: the deposit or the reserves. resource: of what. certainty: how sure the text is that they are there.
    """

    endowment: Endowment
    state: State
    resource: Annotated[str, Concept("resource")]
    certainty: Annotated[str, Concept("certainty")]


def endowment(entry: EndowmentEntry, names: Names) -> Iterator[Triple]:
    """Yield the endowment's type, the state that has it, the resource, and how certain it is."""
    it = names.iri(entry.endowment)
    yield it, RDF.type, CMQ.Endowment
    yield from names.links(it, CMQ.endowed, entry.state)
    yield from names.links(it, CMQ.resource, entry.resource)
    yield from names.links(it, CMQ.certainty, entry.certainty)
