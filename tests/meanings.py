"""Of each kind an entry with all its fields, and what it means."""

from datetime import date

from rdflib import XSD, Literal

from mappings import Entry
from mappings.bodies import MandateEntry, OwnershipEntry
from mappings.delegations import DelegationEntry, MembersEntry, OfStateEntry, RepresentsEntry
from mappings.initiatives import InitiativeEntry, PlansEntry, ProposesEntry, PurposeEntry, SignsEntry
from mappings.matters import AnalogousEntry, PossiblySameEntry, RelationEntry
from mappings.offices import HoldsEntry, RankEntry
from mappings.places import EndowmentEntry, LocatedEntry
from mappings.stances import StanceEntry
from mappings.support import SupportEntry
from mappings.talks import DiscussesEntry, TalksEntry
from mappings.violence import ViolenceEntry
from mappings.visits import JourneyEntry, ReceptionEntry, VisitEntry

FILLED = {"key": "doc.s1-x", "author": "agent/doc.author", "language": "fr"}

#: Triples as `a b c`, `a` for rdf:type, literals as they are.
MEANT: dict[str, tuple[Entry, list[tuple[str, str, str | Literal]]]] = {
    "analogous": (
        AnalogousEntry(these=("event/a", "event/b"), to="event/c", **FILLED),
        [("event/a", "analogousTo", "event/c"), ("event/b", "analogousTo", "event/c")],
    ),
    "delegation": (
        DelegationEntry(delegation="delegation/d", size=60, head="person/p", **FILLED),
        [
            ("delegation/d", "a", "Delegation"),
            ("delegation/d", "size", Literal("60", datatype=XSD.integer)),
            ("person/p", "heads", "delegation/d"),
        ],
    ),
    "discusses": (
        DiscussesEntry(event="event/t", topics=("topic#oil", "initiative/i", "matter/doc.m"), **FILLED),
        [
            ("event/t", "topic", "topic#oil"),
            ("event/t", "topic", "initiative/i"),
            ("event/t", "topic", "matter/doc.m"),
            ("initiative/i", "lifecycle", "lifecycle#discussed"),
        ],
    ),
    "holds": (
        HoldsEntry(
            holding="holding/h", person="person/p", office="office/o", title="Ministre", of="state/mali", **FILLED
        ),
        [
            ("holding/h", "a", "OfficeHolding"),
            ("holding/h", "holder", "person/p"),
            ("holding/h", "office", "office/o"),
            ("holding/h", "title", Literal("Ministre", lang="fr")),
            ("holding/h", "officeOf", "state/mali"),
        ],
    ),
    "initiative": (
        InitiativeEntry(
            initiative=("initiative/i",),
            kind="initiative-kind#supply",
            parties=("state/russia", "org/o"),
            topics=("topic#oil", "matter/doc.m"),
            beneficiary="state/mali",
            place="place/bamako",
            **FILLED,
        ),
        [
            ("initiative/i", "kind", "initiative-kind#supply"),
            ("initiative/i", "party", "state/russia"),
            ("initiative/i", "party", "org/o"),
            ("initiative/i", "topic", "topic#oil"),
            ("initiative/i", "topic", "matter/doc.m"),
            ("initiative/i", "beneficiary", "state/mali"),
            ("initiative/i", "place", "place/bamako"),
        ],
    ),
    "journey": (
        JourneyEntry(
            journey="event/j",
            traveller="delegation/d",
            origin="place/moscow",
            via=("place/niamey", "place/x"),
            destination=("place/bamako", "place/y"),
            begin=date(2025, 7, 27),
            end=date(2025, 7, 28),
            date_text="lundi",
            means="means#special-flight",
            **FILLED,
        ),
        [
            ("event/j", "a", "Journey"),
            ("event/j", "traveller", "delegation/d"),
            ("event/j", "origin", "place/moscow"),
            ("event/j", "via", "place/niamey"),
            ("event/j", "via", "place/x"),
            ("event/j", "destination", "place/bamako"),
            ("event/j", "destination", "place/y"),
            ("event/j", "begin", Literal("2025-07-27", datatype=XSD.date)),
            ("event/j", "end", Literal("2025-07-28", datatype=XSD.date)),
            ("event/j", "dateText", Literal("lundi", lang="fr")),
            ("event/j", "means", "means#special-flight"),
        ],
    ),
    "of_state": (
        OfStateEntry(agents=("group/doc.g", "person/p"), states=("state/mali", "state/russia"), **FILLED),
        [
            ("group/doc.g", "ofState", "state/mali"),
            ("group/doc.g", "ofState", "state/russia"),
            ("person/p", "ofState", "state/mali"),
            ("person/p", "ofState", "state/russia"),
        ],
    ),
    "proposes": (
        ProposesEntry(
            event="event/p",
            by=("delegation/d",),
            to=("state/mali",),
            initiatives=("initiative/i", "initiative/k"),
            during="event/v",
            **FILLED,
        ),
        [
            ("event/p", "a", "Proposal"),
            ("event/p", "proposedBy", "delegation/d"),
            ("event/p", "proposedTo", "state/mali"),
            ("event/p", "proposes", "initiative/i"),
            ("event/p", "proposes", "initiative/k"),
            ("event/p", "subEventOf", "event/v"),
            ("initiative/i", "lifecycle", "lifecycle#proposed"),
            ("initiative/k", "lifecycle", "lifecycle#proposed"),
        ],
    ),
    "rank": (RankEntry(person="person/p", rank="rank#general", **FILLED), [("person/p", "rank", "rank#general")]),
    "reception": (
        ReceptionEntry(
            event="event/r", guests=("delegation/d",), hosts=("person/p", "person/q"), during="event/v", **FILLED
        ),
        [
            ("event/r", "a", "Reception"),
            ("event/r", "guest", "delegation/d"),
            ("event/r", "host", "person/p"),
            ("event/r", "host", "person/q"),
            ("event/r", "subEventOf", "event/v"),
        ],
    ),
    "relation": (
        RelationEntry(
            matter="matter/doc.m",
            between=("state/russia", "state/mali"),
            topics=("topic#oil",),
            state="state/niger",
            place="place/sahel",
            framework="org/o",
            **FILLED,
        ),
        [
            ("matter/doc.m", "between", "state/russia"),
            ("matter/doc.m", "between", "state/mali"),
            ("matter/doc.m", "topic", "topic#oil"),
            ("matter/doc.m", "inState", "state/niger"),
            ("matter/doc.m", "place", "place/sahel"),
            ("matter/doc.m", "framework", "org/o"),
        ],
    ),
    "signs": (
        SignsEntry(initiative="initiative/i", parties=("state/niger",), date_text="récent", **FILLED),
        [
            ("initiative/i", "lifecycle", "lifecycle#signed"),
            ("initiative/i", "party", "state/niger"),
            ("initiative/i", "dateText", Literal("récent", lang="fr")),
        ],
    ),
    "stance": (
        StanceEntry(
            holder=("group/doc.g",),
            kind="stance-kind#characterisation",
            toward=("matter/doc.m", "topic#oil"),
            about=("state/mali", "org/o"),
            wording="des modèles « coloniaux »",
            quoted="coloniaux",
            **FILLED,
        ),
        [
            ("stance/doc.s1-x", "stanceHolder", "group/doc.g"),
            ("stance/doc.s1-x", "kind", "stance-kind#characterisation"),
            ("stance/doc.s1-x", "stanceToward", "matter/doc.m"),
            ("stance/doc.s1-x", "stanceToward", "topic#oil"),
            ("stance/doc.s1-x", "stanceAbout", "state/mali"),
            ("stance/doc.s1-x", "stanceAbout", "org/o"),
            ("stance/doc.s1-x", "wording", Literal("des modèles « coloniaux »", lang="fr")),
            ("stance/doc.s1-x", "quotedWording", Literal("coloniaux", lang="fr")),
        ],
    ),
    "talks": (
        TalksEntry(
            event="event/t",
            participants=("person/p", "group/doc.g"),
            place="place/bamako",
            begin=date(2025, 7, 27),
            end=date(2025, 7, 28),
            date_text="hier",
            during="event/v",
            **FILLED,
        ),
        [
            ("event/t", "a", "Talks"),
            ("event/t", "participant", "person/p"),
            ("event/t", "participant", "group/doc.g"),
            ("event/t", "place", "place/bamako"),
            ("event/t", "begin", Literal("2025-07-27", datatype=XSD.date)),
            ("event/t", "end", Literal("2025-07-28", datatype=XSD.date)),
            ("event/t", "dateText", Literal("hier", lang="fr")),
            ("event/t", "subEventOf", "event/v"),
        ],
    ),
    "visit": (
        VisitEntry(
            visit="event/v",
            visitor=("delegation/d",),
            host="state/mali",
            place="place/bamako",
            begin=date(2025, 7, 27),
            end=date(2025, 7, 28),
            date_text="hier",
            during="event/j",
            **FILLED,
        ),
        [
            ("event/v", "a", "Visit"),
            ("event/v", "visitor", "delegation/d"),
            ("event/v", "host", "state/mali"),
            ("event/v", "place", "place/bamako"),
            ("event/v", "begin", Literal("2025-07-27", datatype=XSD.date)),
            ("event/v", "end", Literal("2025-07-28", datatype=XSD.date)),
            ("event/v", "dateText", Literal("hier", lang="fr")),
            ("event/v", "subEventOf", "event/j"),
        ],
    ),
    "endowment": (
        EndowmentEntry(
            endowment="endowment/e",
            state="state/mali",
            resource="resource#gold",
            certainty="certainty#certain",
            **FILLED,
        ),
        [
            ("endowment/e", "a", "Endowment"),
            ("endowment/e", "endowed", "state/mali"),
            ("endowment/e", "resource", "resource#gold"),
            ("endowment/e", "certainty", "certainty#certain"),
        ],
    ),
    "located": (
        LocatedEntry(place="place/mourah", within="place/mopti", **FILLED),
        [("place/mourah", "within", "place/mopti")],
    ),
    "mandate": (
        MandateEntry(body="org/o", by="org/p", tasks=("initiative/i", "topic#peace"), **FILLED),
        [("org/o", "mandatedBy", "org/p"), ("org/o", "aim", "initiative/i"), ("org/o", "aim", "topic#peace")],
    ),
    "members": (
        MembersEntry(group="group/doc.g", members=("org/o", "person/p"), size=12, **FILLED),
        [
            ("group/doc.g", "hasMember", "org/o"),
            ("group/doc.g", "hasMember", "person/p"),
            ("group/doc.g", "size", Literal("12", datatype=XSD.integer)),
        ],
    ),
    "ownership": (
        OwnershipEntry(bodies=("org/o", "org/p"), ownership="ownership#state-owned", **FILLED),
        [("org/o", "ownership", "ownership#state-owned"), ("org/p", "ownership", "ownership#state-owned")],
    ),
    "plans": (
        PlansEntry(initiatives=("initiative/i", "initiative/k"), within="initiative/w", of=("state/mali",), **FILLED),
        [
            ("initiative/i", "lifecycle", "lifecycle#planned"),
            ("initiative/i", "partOf", "initiative/w"),
            ("initiative/i", "party", "state/mali"),
            ("initiative/k", "lifecycle", "lifecycle#planned"),
            ("initiative/k", "partOf", "initiative/w"),
            ("initiative/k", "party", "state/mali"),
        ],
    ),
    "possibly_same": (
        PossiblySameEntry(these=("matter/doc.m", "matter/doc.n", "initiative/i"), **FILLED),
        [("matter/doc.m", "possiblySame", "matter/doc.n"), ("matter/doc.n", "possiblySame", "initiative/i")],
    ),
    "purpose": (
        PurposeEntry(
            initiative="initiative/i", effect=("effect#acceleration",), of=("initiative/k", "topic#peace"), **FILLED
        ),
        [
            ("initiative/i", "aim", "initiative/k"),
            ("initiative/i", "aim", "topic#peace"),
            ("initiative/i", "effect", "effect#acceleration"),
        ],
    ),
    "represents": (
        RepresentsEntry(delegation="delegation/d", bodies=("org/o", "org/p"), by="group/doc.g", **FILLED),
        [
            ("delegation/d", "includesRepresentativeOf", "org/o"),
            ("delegation/d", "includesRepresentativeOf", "org/p"),
            ("delegation/d", "hasMember", "group/doc.g"),
            ("group/doc.g", "onBehalfOf", "org/o"),
            ("group/doc.g", "onBehalfOf", "org/p"),
        ],
    ),
    "support": (
        SupportEntry(
            event=("event/s", "event/u"),
            supplier="state/russia",
            recipient="state/mali",
            kind="event-kind#military-training",
            place=("place/bamako",),
            **FILLED,
        ),
        [
            (event, predicate, value)
            for event in ("event/s", "event/u")
            for predicate, value in (
                ("a", "Support"),
                ("supplier", "state/russia"),
                ("recipient", "state/mali"),
                ("kind", "event-kind#military-training"),
                ("place", "place/bamako"),
            )
        ],
    ),
    "violence": (
        ViolenceEntry(
            event="event/k",
            kind="event-kind#killing",
            by=("group/doc.g",),
            against=("group/doc.h",),
            place="place/mourah",
            begin=date(2025, 7, 27),
            end=date(2025, 7, 28),
            date_text="hier",
            **FILLED,
        ),
        [
            ("event/k", "a", "Violence"),
            ("event/k", "kind", "event-kind#killing"),
            ("event/k", "perpetrator", "group/doc.g"),
            ("event/k", "target", "group/doc.h"),
            ("event/k", "place", "place/mourah"),
            ("event/k", "begin", Literal("2025-07-27", datatype=XSD.date)),
            ("event/k", "end", Literal("2025-07-28", datatype=XSD.date)),
            ("event/k", "dateText", Literal("hier", lang="fr")),
        ],
    ),
}
