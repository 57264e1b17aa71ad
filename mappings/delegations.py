"""Delegations and groups: how many they are, who heads them and belongs to them, and whom agents stand for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from rdflib import RDF, XSD, Literal

from mappings.fields import Agent, Body, Delegation, Entry, Person, Ref, State
from mappings.names import CMQ, Names, Triple


@dataclass(frozen=True, kw_only=True)
class DelegationEntry(Entry):
    """A delegation, with the number of its members and its head.

    delegation: the delegation. size: how many members it has. head: who leads it.
    """

    delegation: Delegation
    size: int | None = None
    head: Person | None = None


def delegation(entry: DelegationEntry, names: Names) -> Iterator[Triple]:
    """Yield the delegation's type, its size and who heads it."""
    it = names.iri(entry.delegation)
    yield it, RDF.type, CMQ.Delegation
    if entry.size is not None:
        yield it, CMQ.size, Literal(entry.size, datatype=XSD.integer)
    if entry.head is not None:
        yield names.iri(entry.head), CMQ.heads, it


@dataclass(frozen=True, kw_only=True)
class OfStateEntry(Entry):
    """Agents that are a state's: its delegation, its officials, its officers.

    agents: whom it is said of. states: the state, or the states that they come from together.
    """

    agents: tuple[Agent, ...]
    states: tuple[State, ...]


def of_state(entry: OfStateEntry, names: Names) -> Iterator[Triple]:
    """Yield, for each agent, each of the states."""
    for agent in entry.agents:
        yield from names.links(names.iri(agent), CMQ.ofState, entry.states)


@dataclass(frozen=True, kw_only=True)
class RepresentsEntry(Entry):
    """A delegation includes representatives of bodies; or somebody stands for bodies, in no delegation.

    bodies: whom they represent. by: those who do it, where the text says something of them.
    """

    delegation: Delegation | None = None
    bodies: tuple[Body, ...]
    by: Annotated[str, Ref(("group", "person"))] | None = None


def represents(entry: RepresentsEntry, names: Names) -> Iterator[Triple]:
    """Yield the bodies that the delegation includes representatives of, and on whose behalf these are there."""
    if entry.delegation is not None:
        delegation = names.iri(entry.delegation)
        yield from names.links(delegation, CMQ.includesRepresentativeOf, entry.bodies)
        yield from names.links(delegation, CMQ.hasMember, entry.by)
    if entry.by is not None:
        yield from names.links(names.iri(entry.by), CMQ.onBehalfOf, entry.bodies)


@dataclass(frozen=True, kw_only=True)
class MembersEntry(Entry):
    """Agents belong to a group, a delegation or a body.

    group: what they belong to. members: those who are named; size: how many there are.
    """

    group: Agent
    members: tuple[Agent, ...] = ()
    size: int | None = None


def members(entry: MembersEntry, names: Names) -> Iterator[Triple]:
    """Yield the members, and how many there are."""
    it = names.iri(entry.group)
    yield from names.links(it, CMQ.hasMember, entry.members)
    if entry.size is not None:
        yield it, CMQ.size, Literal(entry.size, datatype=XSD.integer)
