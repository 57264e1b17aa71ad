"""Each kind of fact means exactly these triples."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterable
from datetime import date

import pytest
from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import OWL

import mappings
from mappings import KINDS, Entry, Names, Triple
from mappings.delegations import DelegationEntry, OfStateEntry
from mappings.initiatives import InitiativeEntry, ProposesEntry, SignsEntry
from mappings.matters import AnalogousEntry, RelationEntry
from mappings.names import CMQ, VOCABULARY
from mappings.offices import HoldsEntry, RankEntry
from mappings.stances import StanceEntry
from mappings.talks import DiscussesEntry, TalksEntry
from mappings.visits import JourneyEntry, ReceptionEntry, VisitEntry
from tests.conftest import ROOT

NAMES = Names("https://data.example/")
ID = "https://data.example/id/"
FILLED = {"key": "doc.s1-x", "author": "agent/doc.author", "language": "fr"}

#: Of each kind an entry with all its fields, and what it means: `a b c`, `a` for rdf:type, literals as they are.
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
            initiative="initiative/i",
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
            destination="place/bamako",
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
        RelationEntry(matter="matter/doc.m", between=("state/russia", "state/mali"), **FILLED),
        [("matter/doc.m", "between", "state/russia"), ("matter/doc.m", "between", "state/mali")],
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
            toward=("matter/doc.m",),
            about=("state/mali", "org/o"),
            wording="des modèles « coloniaux »",
            quoted="coloniaux",
            **FILLED,
        ),
        [
            ("stance/doc.s1-x", "stanceHolder", "group/doc.g"),
            ("stance/doc.s1-x", "kind", "stance-kind#characterisation"),
            ("stance/doc.s1-x", "stanceToward", "matter/doc.m"),
            ("stance/doc.s1-x", "stanceAbout", "state/mali"),
            ("stance/doc.s1-x", "stanceAbout", "org/o"),
            ("stance/doc.s1-x", "wording", Literal("des modèles « coloniaux »", lang="fr")),
            ("stance/doc.s1-x", "quotedWording", Literal("coloniaux", lang="fr")),
        ],
    ),
    "talks": (
        TalksEntry(event="event/t", participants=("person/p", "group/doc.g"), during="event/v", **FILLED),
        [
            ("event/t", "a", "Talks"),
            ("event/t", "participant", "person/p"),
            ("event/t", "participant", "group/doc.g"),
            ("event/t", "subEventOf", "event/v"),
        ],
    ),
    "visit": (
        VisitEntry(
            visit="event/v", visitor="delegation/d", host="state/mali", place="place/bamako", date_text="hier", **FILLED
        ),
        [
            ("event/v", "a", "Visit"),
            ("event/v", "visitor", "delegation/d"),
            ("event/v", "host", "state/mali"),
            ("event/v", "place", "place/bamako"),
            ("event/v", "dateText", Literal("hier", lang="fr")),
        ],
    ),
}


def resource(written: str) -> URIRef:
    return URIRef(f"{VOCABULARY}{written}" if "#" in written else f"{ID}{written}")


def triple(s: str, p: str, o: str | Literal) -> Triple:
    if p == "a":
        return resource(s), RDF.type, URIRef(f"{VOCABULARY}ns#{o}")
    return resource(s), URIRef(f"{VOCABULARY}ns#{p}"), o if isinstance(o, Literal) else resource(o)


def meaning(kind: str, entry: Entry, names: Names = NAMES) -> list[Triple]:
    return list(KINDS[kind].triples(entry, names))


def least(entry: Entry) -> Entry:
    """The same entry without the fields that may be left out."""
    left = {
        field.name: field.default for field in dataclasses.fields(entry) if field.default is not dataclasses.MISSING
    }
    return dataclasses.replace(entry, **left)


def exact(triples: Iterable[Triple]) -> list[tuple[str, ...]]:
    return sorted(tuple(term.n3() for term in one) for one in triples)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_means_exactly_its_triples(kind: str) -> None:
    entry, meant = MEANT[kind]
    assert exact(meaning(kind, entry)) == exact(triple(*one) for one in meant)


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_fills_every_field_of_its_kind(kind: str) -> None:
    entry, _ = MEANT[kind]
    assert type(entry) is KINDS[kind].entry
    assert not [field.name for field in dataclasses.fields(entry) if not getattr(entry, field.name)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_that_is_left_out_means_nothing(kind: str) -> None:
    entry, _ = MEANT[kind]
    fewer = set(meaning(kind, least(entry)))
    author = (
        {(resource("stance/doc.s1-x"), CMQ.stanceHolder, resource("agent/doc.author"))} if kind == "stance" else set()
    )
    assert fewer - author <= set(meaning(kind, entry))
    assert bool(fewer) == (kind != "initiative"), "an Initiative without a description is for the shapes to refuse"
    assert author <= fewer, "a stance without a holder is the author's"


@pytest.mark.parametrize("kind", KINDS)
def test_another_base_gives_the_same_triples_with_another_base(kind: str) -> None:
    entry, _ = MEANT[kind]
    other = exact(meaning(kind, entry, Names("http://localhost:8000/")))
    here = exact(meaning(kind, entry))
    assert other != here
    assert [
        tuple(term.replace("<http://localhost:8000/", "<https://data.example/") for term in one) for one in other
    ] == here


def test_kinds_has_every_entry_and_every_entry_has_one_kind() -> None:
    for module in pkgutil.iter_modules(mappings.__path__):
        importlib.import_module(f"mappings.{module.name}")
    assert sorted(cls.__name__ for cls in Entry.__subclasses__()) == sorted(
        kind.entry.__name__ for kind in KINDS.values()
    )
    assert len({kind.triples for kind in KINDS.values()}) == len(KINDS) == len(MEANT)


def declared(*types: URIRef) -> set[str]:
    graph = Graph(bind_namespaces="none")
    for name in ("ns", "facts"):
        graph.parse(ROOT / "ontology" / f"{name}.ttl")
    terms = {str(term) for kind in types for term in graph.subjects(RDF.type, kind)}
    return {term.removeprefix(str(CMQ)) for term in terms if term.startswith(str(CMQ))}


def test_each_predicate_and_class_is_declared_and_each_kind_of_object_fits() -> None:
    objects, data, classes = declared(OWL.ObjectProperty), declared(OWL.DatatypeProperty), declared(OWL.Class)
    for kind, (entry, _) in MEANT.items():
        for _, predicate, value in meaning(kind, entry):
            if predicate == RDF.type:
                assert str(value).removeprefix(str(CMQ)) in classes, kind
            else:
                name = str(predicate).removeprefix(str(CMQ))
                assert name in (data if isinstance(value, Literal) else objects), f"{kind}: {name}"


def test_no_field_is_an_iri_or_a_prefixed_name() -> None:
    for kind in KINDS.values():
        for field in dataclasses.fields(kind.entry):
            assert field.name.isidentifier()
            assert field.name.islower(), f"{field.name}: written as a property is"
