"""Delegations: how many they are, who heads them, and whose agents are."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, XSD, Literal

from mappings.fields import Agent, Delegation, Entry, Person, State
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
