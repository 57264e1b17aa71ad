"""Initiatives: what is proposed, planned, wished for or signed, and need not exist."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from rdflib import RDF

from mappings.fields import Agent, Concept, Entry, Event, Initiative, Place, Topic
from mappings.names import CMQ, Names, Triple, concept, words


def reaches(initiatives: Iterable[str], stage: str, names: Names) -> Iterator[Triple]:
    """Yield the lifecycle that an act gives to Initiatives: `reaches(["initiative/x"], "proposed", names)`."""
    for initiative in initiatives:
        yield names.iri(initiative), CMQ.lifecycle, concept("lifecycle", stage)


@dataclass(frozen=True, kw_only=True)
class InitiativeEntry(Entry):
    """What Initiatives are or would be; nothing here says that they exist.

    kind: agreement, project, supply, joint-body ... parties: whose it is. topics: what it is about.
    beneficiary: for whom. place: where.
    """

    initiative: tuple[Initiative, ...]
    kind: Annotated[str, Concept("initiative-kind")] | None = None
    parties: tuple[Agent, ...] = ()
    topics: tuple[Topic, ...] = ()
    beneficiary: Agent | None = None
    place: Place | None = None


def initiative(entry: InitiativeEntry, names: Names) -> Iterator[Triple]:
    """Yield the description of each."""
    for it in map(names.iri, entry.initiative):
        yield from names.links(it, CMQ.kind, entry.kind)
        yield from names.links(it, CMQ.party, entry.parties)
        yield from names.links(it, CMQ.topic, entry.topics)
        yield from names.links(it, CMQ.beneficiary, entry.beneficiary)
        yield from names.links(it, CMQ.place, entry.place)


@dataclass(frozen=True, kw_only=True)
class ProposesEntry(Entry):
    """The act of proposing; what is proposed are Initiatives, which thereby become proposed.

    event: the proposal. by, to: who proposed it to whom. during: the visit that it is part of.
    """

    event: Event
    by: tuple[Agent, ...] = ()
    to: tuple[Agent, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    during: Event | None = None


def proposes(entry: ProposesEntry, names: Names) -> Iterator[Triple]:
    """Yield the proposal's type, who made it to whom, what it proposes, and that this is now proposed."""
    it = names.iri(entry.event)
    yield it, RDF.type, CMQ.Proposal
    yield from names.links(it, CMQ.proposedBy, entry.by)
    yield from names.links(it, CMQ.proposedTo, entry.to)
    yield from names.links(it, CMQ.proposes, entry.initiatives)
    yield from names.links(it, CMQ.subEventOf, entry.during)
    yield from reaches(entry.initiatives, "proposed", names)


@dataclass(frozen=True, kw_only=True)
class PlansEntry(Entry):
    """Initiatives are spoken of as plans, and thereby are planned.

    within: the larger Initiative that they belong to. of: whose plans they are.
    """

    initiatives: tuple[Initiative, ...]
    within: Initiative | None = None
    of: tuple[Agent, ...] = ()


def plans(entry: PlansEntry, names: Names) -> Iterator[Triple]:
    """Yield that each is planned, what it is part of, and whose it is."""
    yield from reaches(entry.initiatives, "planned", names)
    for it in map(names.iri, entry.initiatives):
        yield from names.links(it, CMQ.partOf, entry.within)
        yield from names.links(it, CMQ.party, entry.of)


@dataclass(frozen=True, kw_only=True)
class PurposeEntry(Entry):
    """What an Initiative is meant to bring about.

    effect: what it would do (formalise, accelerate), a concept of the scheme effect. of: what it would do this to.
    """

    initiative: Initiative
    effect: tuple[Annotated[str, Concept("effect")], ...] = ()
    of: tuple[Topic, ...]


def purpose(entry: PurposeEntry, names: Names) -> Iterator[Triple]:
    """Yield what the Initiative aims at, and with which effect."""
    it = names.iri(entry.initiative)
    yield from names.links(it, CMQ.aim, entry.of)
    yield from names.links(it, CMQ.effect, entry.effect)


@dataclass(frozen=True, kw_only=True)
class SignsEntry(Entry):
    """Parties sign an Initiative, which thereby becomes signed.

    parties: those that the quote names, all of them or not. date_text: the words that date the signing.
    """

    initiative: Initiative
    parties: tuple[Agent, ...]
    date_text: str | None = None


def signs(entry: SignsEntry, names: Names) -> Iterator[Triple]:
    """Yield that the Initiative is signed, and by whom."""
    it = names.iri(entry.initiative)
    yield from reaches([entry.initiative], "signed", names)
    yield from names.links(it, CMQ.party, entry.parties)
    yield from words(it, CMQ.dateText, entry.date_text, entry.language)
