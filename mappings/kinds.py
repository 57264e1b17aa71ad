"""The kinds of facts: for each, the class of its entries and the function from an entry to triples."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from mappings import delegations, initiatives, matters, offices, stances, talks, visits
from mappings.fields import Entry
from mappings.names import Names, Triple


@dataclass(frozen=True)
class Kind:
    """One kind of fact.

    entry: a frozen dataclass, whose annotations say what a sheet may write. triples: from an entry to what it means.
    """

    entry: type[Entry]
    triples: Callable[[Any, Names], Iterator[Triple]]


KINDS: Final[dict[str, Kind]] = {
    "analogous": Kind(matters.AnalogousEntry, matters.analogous),
    "delegation": Kind(delegations.DelegationEntry, delegations.delegation),
    "discusses": Kind(talks.DiscussesEntry, talks.discusses),
    "holds": Kind(offices.HoldsEntry, offices.holds),
    "initiative": Kind(initiatives.InitiativeEntry, initiatives.initiative),
    "journey": Kind(visits.JourneyEntry, visits.journey),
    "of_state": Kind(delegations.OfStateEntry, delegations.of_state),
    "proposes": Kind(initiatives.ProposesEntry, initiatives.proposes),
    "rank": Kind(offices.RankEntry, offices.rank),
    "reception": Kind(visits.ReceptionEntry, visits.reception),
    "relation": Kind(matters.RelationEntry, matters.relation),
    "signs": Kind(initiatives.SignsEntry, initiatives.signs),
    "stance": Kind(stances.StanceEntry, stances.stance),
    "talks": Kind(talks.TalksEntry, talks.talks),
    "visit": Kind(visits.VisitEntry, visits.visit),
}
