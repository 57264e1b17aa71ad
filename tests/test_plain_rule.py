"""What is only proposed, denied, attributed or read into the text is never a plain triple; what is reported is.

The rule is written out here once more, from its words and not from the code, and both are compared over all that a Fact
can say of itself; then over the graph of each document.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pyshacl
import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCTERMS, SH, SKOS
from rdflib.term import Node

from mappings import KINDS, Entry, Triple
from mappings.delegations import OfStateEntry
from mappings.initiatives import InitiativeEntry, SignsEntry
from mappings.names import CMQ, SCHEMA, concept
from mappings.stances import StanceEntry
from publisher.plain import is_plain
from publisher.sheets import Fact
from publisher.vocabularies import turtle
from tests.conftest import ROOT
from tests.source import Source

AUTHOR, OTHER, HOLDER = "agent/doc.author", "state/niger", "group/doc.officials"
MODALITIES = ("occurred", "ongoing", "state", "discussed", "proposed", "planned", "desired", "hypothetical")
NATURES = ("reported", "evaluative", "interpretive", "implied", "derived")
POLARITIES = ("positive", "negative")
VOICES: dict[str, tuple[str, ...]] = {"nobody": (), "another": (OTHER,), "its holder": (HOLDER,)}
FILLED: dict[str, Any] = {"key": "doc.s1", "author": AUTHOR, "language": "en"}

#: What a statement can be about: an entry, and which of its statements is meant.
SUBJECTS: dict[str, tuple[str, Entry, URIRef]] = {
    "an ordinary thing": (
        "of_state",
        OfStateEntry(agents=("person/p",), states=("state/mali",), **FILLED),
        CMQ.ofState,
    ),
    "an Initiative": (
        "initiative",
        InitiativeEntry(initiative=("initiative/i",), parties=("state/mali",), **FILLED),
        CMQ.party,
    ),
    "an Initiative's lifecycle": (
        "signs",
        SignsEntry(initiative="initiative/i", parties=("state/mali",), **FILLED),
        CMQ.lifecycle,
    ),
    "a Stance of the author": ("stance", StanceEntry(kind="stance-kind#reading", **FILLED), CMQ.kind),
    "a Stance of others": (
        "stance",
        StanceEntry(holder=(HOLDER,), kind="stance-kind#desire", **FILLED),
        CMQ.stanceHolder,
    ),
}


def allowed(subject: str, modality: str, nature: str, polarity: str, voice: str) -> bool:
    """The plain rule (design, 4.2), in its own words."""
    if polarity == "negative":
        return False
    unattributed_report = nature == "reported" and voice == "nobody"
    if unattributed_report and modality in ("occurred", "ongoing", "state"):
        return True
    match subject:
        case "an Initiative":
            return unattributed_report
        case "a Stance of the author":
            return unattributed_report or nature in ("evaluative", "interpretive")
        case "a Stance of others":
            return nature == "reported" and voice in ("nobody", "its holder")
    return False


def fact(entry: Entry, kind: str, modality: str, nature: str, polarity: str, voice: str) -> Fact:
    return Fact(
        key="doc.s1",
        line=1,
        kind=kind,
        mapping=KINDS[kind],
        entry=entry,
        quotes=(),
        modality=f"modality#{modality}",
        nature=f"nature#{nature}",
        polarity=f"polarity#{polarity}",
        attributed_to=VOICES[voice],
        list=None,
        contradicts=(),
    )


def test_the_table_has_every_concept_of_its_schemes(source: Source) -> None:
    schemes = source.vocabularies.schemes
    assert set(MODALITIES) == schemes["modality"]
    assert set(NATURES) == schemes["nature"]
    assert set(POLARITIES) == schemes["polarity"]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_statement_is_plain_exactly_where_the_rule_says(subject: str, source: Source) -> None:
    kind, entry, predicate = SUBJECTS[subject]
    (statement,) = [one for one in KINDS[kind].triples(entry, source.names) if one[1] == predicate]
    given = set()
    for answers in product(MODALITIES, NATURES, POLARITIES, VOICES):
        plain = is_plain(fact(entry, kind, *answers), statement, source.names)
        assert plain == allowed(subject, *answers), answers
        given.add(plain)
    assert given == {True, False}


def test_what_is_said_of_another_in_a_stance_or_at_a_signing_follows_the_first_rule(source: Source) -> None:
    """The exceptions are about the subject of a statement, not about the kind of its entry."""
    elsewhere: Triple = (source.names.iri("state/mali"), CMQ.party, source.names.iri("initiative/i"))
    other: Triple = (source.names.iri("stance/doc.s2"), CMQ.kind, concept("stance-kind", "desire"))
    for subject, (kind, entry, _) in SUBJECTS.items():
        for triple in (elsewhere, other):
            for answers in product(MODALITIES, NATURES, POLARITIES, VOICES):
                expected = allowed("an ordinary thing", *answers)
                assert is_plain(fact(entry, kind, *answers), triple, source.names) == expected, (
                    subject,
                    triple,
                    answers,
                )


@pytest.mark.slow
def test_the_shape_finds_exactly_what_the_rule_forbids(source: Source) -> None:
    """All statements of all sorts are made plain; the shape must find those that may not be, and no other."""
    names, graph = source.names, Graph(bind_namespaces="none")
    document = names.document("doc")
    graph.add((document, RDF.type, CMQ.Document))
    graph.add((document, DCTERMS.creator, names.iri(AUTHOR)))
    forbidden = set()
    sorts = product(SUBJECTS, ("ongoing", "proposed"), NATURES, POLARITIES, VOICES)
    for number, (subject, modality, nature, polarity, voice) in enumerate(sorts):
        it = names.fact(f"doc.s{number}")
        graph.add((it, CMQ.inDocument, document))
        for scheme, name in (("modality", modality), ("nature", nature), ("polarity", polarity)):
            graph.add((it, CMQ[scheme], concept(scheme, name)))
        for agent in VOICES[voice]:
            graph.add((it, CMQ.attributedTo, names.iri(agent)))
        kind, entry, meant = SUBJECTS[subject]
        for _, predicate, value in KINDS[kind].triples(entry, names):
            named = {"a": f"stance/doc.s{number}", "b": f"initiative/i{number}", "c": f"person/p{number}"}
            about = names.iri(named["a" if "Stance" in subject else "b" if "Initiative" in subject else "c"])
            statement = names.statement(f"doc.s{number}", (about, predicate, value))
            graph.add((it, CMQ.statement, statement))
            graph.add((statement, RDF.subject, about))
            graph.add((statement, RDF.predicate, predicate))
            graph.add((statement, RDF.object, value))
            if predicate == meant:
                graph.add((about, predicate, value))
                if not allowed(subject, modality, nature, polarity, voice):
                    forbidden.add(about)
    shapes = turtle(ROOT / "shapes" / "prefixes.ttl") + turtle(ROOT / "shapes" / "plain.ttl")
    _, found, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none", inplace=True)
    assert len(forbidden) > 100
    assert set(found.objects(None, SH.value)) == forbidden


def from_the_facts(graph: Graph, source: Source) -> Iterator[tuple[Triple, bool]]:
    """Read each statement and whether it may be plain off the Facts in a document's graph."""
    for it in graph.subjects(RDF.type, CMQ.Fact):
        modality, nature, polarity = (
            str(graph.value(it, predicate)).partition("#")[2] for predicate in (CMQ.modality, CMQ.nature, CMQ.polarity)
        )
        voices = set(graph.objects(it, CMQ.attributedTo))
        (document,) = graph.objects(it, CMQ.inDocument)
        for statement in graph.objects(it, CMQ.statement):
            (s,), (p,), (o,) = (
                set(graph.objects(statement, part)) for part in (RDF.subject, RDF.predicate, RDF.object)
            )
            holders = {
                holder
                for other in graph.objects(it, CMQ.statement)
                if (other, RDF.subject, s) in graph and (other, RDF.predicate, CMQ.stanceHolder) in graph
                for holder in graph.objects(other, RDF.object)
            }
            voice = "nobody" if not voices else "its holder" if voices == holders else "another"
            yield (
                (s, p, o),
                allowed(
                    _subject(s, p, holders, graph.value(document, DCTERMS.creator), source),
                    modality,
                    nature,
                    polarity,
                    voice,
                ),
            )


def _subject(s: Node, p: Node, holders: set[Node], author: Node | None, source: Source) -> str:
    kind = str(s).removeprefix(f"{source.names.base}id/").partition("/")[0]
    if kind == "initiative":
        return "an Initiative's lifecycle" if p == CMQ.lifecycle else "an Initiative"
    if kind == "stance":
        return "a Stance of the author" if holders == {author} else "a Stance of others"
    return "an ordinary thing"


def plain(graph: Graph, source: Source) -> set[Triple]:
    """All triples of a document's graph about things, but what identifies them: labels, identifiers, declared types."""
    declared = {CMQ[name] for name in ("Initiative", "Group", "Matter", "Stance", "Agent")}
    return {
        (s, p, o)
        for s, p, o in graph
        if str(s).startswith(f"{source.names.base}id/")
        and str(s).removeprefix(f"{source.names.base}id/").partition("/")[0] not in ("document", "fact")
        and p not in (SKOS.prefLabel, SKOS.altLabel, SCHEMA.sameAs)
        and not (p == RDF.type and o in declared)
    }


def test_the_plain_triples_of_each_document_are_those_that_its_facts_allow(source: Source) -> None:
    for sheet in source.seeds.sheets:
        graph = source.graphs[sheet.document.key]
        stated = list(from_the_facts(graph, source))
        may, may_not = {one for one, yes in stated if yes}, {one for one, yes in stated if not yes}
        assert len(stated) == sum(len(list(KINDS[it.kind].triples(it.entry, source.names))) for it in sheet.facts)
        assert may_not - may, "the document has something that must not be plain"
        assert plain(graph, source) == may


def test_an_article_in_which_nothing_was_signed_with_mali_says_so(source: Source) -> None:
    graph = source.graphs["mali-2025-07-28"]
    signed = set(graph.subjects(CMQ.lifecycle, concept("lifecycle", "signed")))
    assert signed == {source.names.iri("initiative/niger-peaceful-atomic-energy")}
    assert set(graph.objects(None, CMQ.party)) >= {source.names.iri("state/russia"), source.names.iri("state/mali")}
    assert set(graph.objects(next(iter(signed)), CMQ.party)) == {source.names.iri("state/niger")}
    assert not list(graph.subjects(RDF.type, CMQ.JointBody))
