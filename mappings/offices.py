"""Offices: who holds one, and who has which rank."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from rdflib import RDF

from mappings.fields import Concept, Entry, Holding, Office, Person, Ref
from mappings.names import CMQ, Names, Triple, words


@dataclass(frozen=True, kw_only=True)
class HoldsEntry(Entry):
    """A person holds an office.

    holding: the office-holding. office: the office, where the text says which one it is. title: the words of the text.
    of: the state or body, where there is a title and no office (a minister whose portfolio is not given).
    """

    holding: Holding
    person: Person
    office: Office | None = None
    title: str | None = None
    of: Annotated[str, Ref(("state", "org"))] | None = None


def holds(entry: HoldsEntry, names: Names) -> Iterator[Triple]:
    """Yield the office-holding's type, its holder, and the office or the title."""
    it = names.iri(entry.holding)
    yield it, RDF.type, CMQ.OfficeHolding
    yield from names.links(it, CMQ.holder, entry.person)
    yield from names.links(it, CMQ.office, entry.office)
    yield from words(it, CMQ.title, entry.title, entry.language)
    yield from names.links(it, CMQ.officeOf, entry.of)


@dataclass(frozen=True, kw_only=True)
class RankEntry(Entry):
    """A person has a rank, which is no office: a general, whatever his post.

    person: who has it. rank: a concept of the scheme rank.
    """

    person: Person
    rank: Annotated[str, Concept("rank")]


def rank(entry: RankEntry, names: Names) -> Iterator[Triple]:
    """Yield the person's rank."""
    yield from names.links(names.iri(entry.person), CMQ.rank, entry.rank)
