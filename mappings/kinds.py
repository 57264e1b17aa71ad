"""The kinds of facts: for each, the class of its entries and the function from an entry to triples."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from mappings import (
    bodies,
    delegations,
    initiatives,
    matters,
    offices,
    places,
    stances,
    support,
    talks,
    violence,
    visits,
)
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
    "endowment": Kind(places.EndowmentEntry, places.endowment),
    "holds": Kind(offices.HoldsEntry, offices.holds),
    "initiative": Kind(initiatives.InitiativeEntry, initiatives.initiative),
    "journey": Kind(visits.JourneyEntry, visits.journey),
    "located": Kind(places.LocatedEntry, places.located),
    "mandate": Kind(bodies.MandateEntry, bodies.mandate),
    "members": Kind(delegations.MembersEntry, delegations.members),
    "of_state": Kind(delegations.OfStateEntry, delegations.of_state),
    "ownership": Kind(bodies.OwnershipEntry, bodies.ownership),
    "plans": Kind(initiatives.PlansEntry, initiatives.plans),
    "possibly_same": Kind(matters.PossiblySameEntry, matters.possibly_same),
    "proposes": Kind(initiatives.ProposesEntry, initiatives.proposes),
    "purpose": Kind(initiatives.PurposeEntry, initiatives.purpose),
    "rank": Kind(offices.RankEntry, offices.rank),
    "reception": Kind(visits.ReceptionEntry, visits.reception),
    "relation": Kind(matters.RelationEntry, matters.relation),
    "represents": Kind(delegations.RepresentsEntry, delegations.represents),
    "signs": Kind(initiatives.SignsEntry, initiatives.signs),
    "stance": Kind(stances.StanceEntry, stances.stance),
    "support": Kind(support.SupportEntry, support.support),
    "talks": Kind(talks.TalksEntry, talks.talks),
    "violence": Kind(violence.ViolenceEntry, violence.violence),
    "visit": Kind(visits.VisitEntry, visits.visit),
}
