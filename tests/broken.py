"""Faults of a document's graph that no fact sheet can produce, each with the shapes that must find it."""

from collections.abc import Callable
from typing import NamedTuple

from rdflib import RDF, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, SKOS, XSD
from rdflib.term import Node

from mappings.names import CMQ, OA
from tests.document import Document, Edit


class Fault(NamedTuple):
    """shapes: all that must find it. place: words on the line of the sheet that must be named; fact: its fact.

    warnings: those of the shapes that warn only.
    """

    edit: Callable[[Document], Edit]
    shapes: set[str]
    place: str
    fact: str | None
    warnings: frozenset[str] = frozenset()


def plain(fact: str, s: str, p: URIRef, o: str) -> Fault:
    """A statement of a Fact that must not be plain, made plain."""

    def edit(d: Document) -> Edit:
        triple = (d.iri(s), p, d.iri(o))
        (stated,) = [
            it for it in d.graph.objects(d.fact(fact), CMQ.statement) if (it, RDF.object, triple[2]) in d.graph
        ]
        assert (stated, RDF.subject, triple[0]) in d.graph
        assert (stated, RDF.predicate, p) in d.graph
        return [], [triple]

    return Fault(edit, {"Plain"}, f"  {fact}:", fact)


def lost(fact: str, p: URIRef, *names: str) -> Fault:
    """A Fact without one of its own triples."""
    return Fault(
        lambda d: ([(d.fact(fact), p, next(d.graph.objects(d.fact(fact), p)))], []), set(names), f"  {fact}:", fact
    )


def more(fact: str, p: URIRef, value: str | Literal, *names: str) -> Fault:
    """A Fact with a triple too many."""
    return Fault(
        lambda d: ([], [(d.fact(fact), p, value if isinstance(value, Literal) else d.iri(value))]),
        set(names),
        f"  {fact}:",
        fact,
    )


def of(fact: str, what: Callable[[Document], Node], p: URIRef, value: str | Literal | None, *names: str) -> Fault:
    """Something that belongs to a Fact, without its triple, or with another value in it."""

    def edit(d: Document) -> Edit:
        it = what(d)
        other = value if isinstance(value, URIRef | Literal) or value is None else d.iri(value)
        return [(it, p, next(d.graph.objects(it, p)))], [] if other is None else [(it, p, other)]

    return Fault(edit, set(names), f"  {fact}:", fact)


def restated(fact: str, p: URIRef, other: URIRef, value: str, *names: str) -> Fault:
    """A Fact that states another property, with another value, of the same thing; what was plain of it is gone."""

    def edit(d: Document) -> Edit:
        it = d.statement(fact, p)
        was = next(d.graph.objects(it, RDF.subject)), p, next(d.graph.objects(it, RDF.object))
        gone = [(it, RDF.predicate, p), (it, RDF.object, was[2]), *d.graph.triples(was)]
        return gone, [(it, RDF.predicate, other), (it, RDF.object, d.iri(value))]

    return Fault(edit, set(names), f"  {fact}:", fact)


def header(p: URIRef, value: Literal | None, *names: str) -> Fault:
    """The document without one of its triples, or with another value in it."""
    found = of("", lambda d: d.names.document("small"), p, value, *names)
    return Fault(found.edit, found.shapes, "document:", None)


def sentence(p: URIRef, value: Literal | None) -> Fault:
    found = of("", lambda d: d.names.sentence("small", "s2"), p, value, "Sentence")
    return Fault(found.edit, found.shapes, "  s2:", None)


COMMISSION = "initiative/commission"


def number(value: int) -> Literal:
    return Literal(value, datatype=XSD.integer)


def stated(document: Document) -> Node:
    """The only statement of the Fact `officials`."""
    return document.statement("officials")


def implied(document: Document) -> Node:
    return document.fact("parties")


def renamed(document: Document) -> Edit:
    """Give the statement of the Fact `officials` a name without its hash."""
    old, new = stated(document), URIRef(f"{document.fact('officials')}#first")
    gone = [triple for triple in document.graph if old in triple]
    return gone, [(new if s == old else s, p, new if o == old else o) for s, p, o in gone]


def bare(document: Document) -> Edit:
    """Leave of a quote that stands in the text twice nothing but its words."""
    quote = document.selector("officials", OA.exact)
    return [triple for triple in document.graph if triple[0] == quote and triple[1] in (OA.prefix, OA.suffix)], []


FAULTS = {
    # The plain rule
    "a denied signing made plain": plain("unsigned", "initiative/oil", CMQ.lifecycle, "lifecycle#signed")._replace(
        shapes={"Plain", "SignedPlainly"}
    ),
    "a denied party made plain": plain("unsigned", "initiative/oil", CMQ.party, "state/russia"),
    "an implied party made plain": plain("parties", COMMISSION, CMQ.party, "state/mali"),
    "an attributed act made plain": plain("proposal", "event/proposal", CMQ.proposedBy, "state/niger"),
    "an attributed lifecycle made plain": plain("proposal", "initiative/railway", CMQ.lifecycle, "lifecycle#proposed"),
    "something planned made plain": plain("officials", "group/small.officials", CMQ.ofState, "state/mali"),
    "a plain triple that no fact states": Fault(
        lambda d: ([], [(d.iri("event/visit"), CMQ.place, d.iri("place/bamako"))]), {"Plain"}, "  event/visit:", None
    ),
    "a stance that is no longer the author's": of(
        "era", lambda d: d.statement("era", CMQ.stanceHolder), RDF.object, "state/mali", "Plain", "StanceVoice"
    ),
    "a stance that is attributed to another": more("fear", CMQ.attributedTo, "state/mali", "Plain", "StanceVoice"),
    # Stances
    "a stance that its holder does not vouch for": lost("fear", CMQ.attributedTo, "StanceVoice"),
    "a stance of nobody": restated("era", CMQ.stanceHolder, CMQ.stanceAbout, "event/visit", "StanceHolder"),
    "a stance of two kinds": restated("era", CMQ.wording, CMQ.kind, "stance-kind#threat", "StanceKind"),
    "a stance of no kind": restated("era", CMQ.kind, CMQ.stanceAbout, "event/visit", "StanceKind"),
    # Initiatives
    "a body that is only discussed, typed as one": Fault(
        lambda d: ([], [(d.iri(COMMISSION), RDF.type, CMQ.JointBody)]),
        {"InitiativeOnly", "Plain"},
        f"  {COMMISSION}:",
        None,
    ),
    "a body that is only discussed, stated to be one": Fault(
        lambda d: (
            [
                (d.statement("commission"), RDF.predicate, CMQ.kind),
                (d.statement("commission"), RDF.object, d.iri("initiative-kind#joint-body")),
                (d.iri(COMMISSION), CMQ.kind, d.iri("initiative-kind#joint-body")),
            ],
            [
                (d.statement("commission"), RDF.predicate, RDF.type),
                (d.statement("commission"), RDF.object, CMQ.JointBody),
            ],
        ),
        {"InitiativeOnly"},
        "  commission:",
        "commission",
    ),
    "an Initiative that realises another": restated(
        "commission", CMQ.kind, CMQ.realises, "initiative/railway", "Realises"
    ),
    "officials who realise a state": restated("officials", CMQ.ofState, CMQ.realises, "state/mali", "Realises"),
    # Facts
    "no modality": lost("parties", CMQ.modality, "Fact-modality"),
    "two modalities": more("parties", CMQ.modality, "modality#state", "Fact-modality"),
    "a modality that is none": of("parties", implied, CMQ.modality, "polarity#positive", "Fact-modality"),
    "no nature": lost("parties", CMQ.nature, "Fact-nature"),
    "two natures": more("officials", CMQ.nature, "nature#implied", "Fact-nature"),
    "no polarity": lost("parties", CMQ.polarity, "Fact-polarity"),
    "two polarities": more("parties", CMQ.polarity, "polarity#negative", "Fact-polarity"),
    "no statement": lost("officials", CMQ.statement, "Fact-statement"),
    "no evidence": lost("parties", CMQ.evidence, "Fact-evidence"),
    "no document": lost("parties", CMQ.inDocument, "Fact-document"),
    "derived by no rule and from nothing": of(
        "officials",
        lambda d: d.fact("officials"),
        CMQ.nature,
        "nature#derived",
        "Fact-rule",
        "Fact-grounds",
        "Fact-document",
    ),
    "a rule, where it is reported": more("officials", CMQ.rule, "rule#took-part", "Fact-rule"),
    "resting on another, where it is reported": more("officials", CMQ.restsOn, "fact/small.visit", "Fact-grounds"),
    "attributed to words": more("parties", CMQ.attributedTo, Literal("officials"), "Fact-attribution"),
    "a list that is something else": more("parties", CMQ.list, "polarity#positive", "Fact-list"),
    "no label of a fact": lost("parties", SKOS.prefLabel, "Fact-label", "Labelled"),
    # Statements
    "a statement without a subject": of("officials", stated, RDF.subject, None, "Statement"),
    "a statement without a predicate": of("officials", stated, RDF.predicate, None, "Statement"),
    "a statement without an object": of("officials", stated, RDF.object, None, "Statement"),
    "a statement with two objects": Fault(
        lambda d: ([], [(d.statement("officials"), RDF.object, d.iri("state/niger"))]),
        {"Statement"},
        "  officials:",
        "officials",
    ),
    "a statement that is not typed": of("officials", stated, RDF.type, None, "Fact-statement"),
    # Evidence
    "a quote with another letter": of(
        "size", lambda d: d.selector("size", OA.exact), OA.exact, Literal("The Prussian delegation"), "QuoteExact"
    ),
    "a quote with another capital": of(
        "size", lambda d: d.selector("size", OA.exact), OA.exact, Literal("the Russian delegation"), "QuoteExact"
    ),
    "another text before a quote": of(
        "unsigned", lambda d: d.selector("unsigned", OA.prefix), OA.prefix, Literal("was discussed! "), "QuoteExact"
    ),
    "another text after a quote": of(
        "unsigned", lambda d: d.selector("unsigned", OA.suffix), OA.suffix, Literal("?"), "QuoteExact"
    ),
    "a quote that begins a letter later": of(
        "unsigned", lambda d: d.selector("unsigned", OA.start), OA.start, number(92), "QuoteExact"
    ),
    "a quote that reaches out of its sentence": of(
        "unsigned", lambda d: d.selector("unsigned", OA.end), OA.end, number(140), "QuoteExact", "QuoteInSentence"
    ),
    "a quote that is said to be in another sentence": Fault(
        lambda d: (
            [(d.evidence("unsigned"), CMQ.inSentence, d.names.sentence("small", "s3"))],
            [(d.evidence("unsigned"), CMQ.inSentence, d.names.sentence("small", "s4"))],
        ),
        {"QuoteInSentence"},
        "  unsigned:",
        "unsigned",
    ),
    "a quote that stands twice, and nothing around it": Fault(
        bare, {"QuoteAmbiguous"}, "  officials:", "officials", frozenset({"QuoteAmbiguous"})
    ),
    "a quote with a soft hyphen": of(
        "size",
        lambda d: d.selector("size", OA.exact),
        OA.exact,
        Literal("The Rus\u00adsian delegation"),
        "QuoteExact",
        "HiddenInQuote",
    )._replace(warnings=frozenset({"HiddenInQuote"})),
    "evidence without words": of("unsigned", lambda d: d.selector("unsigned", OA.exact), OA.exact, None, "Evidence"),
    "evidence without a place": of("unsigned", lambda d: d.selector("unsigned", OA.end), OA.end, None, "Evidence"),
    "evidence without a document": of("unsigned", lambda d: d.evidence("unsigned"), OA.hasSource, None, "Evidence"),
    "evidence without a sentence": of("unsigned", lambda d: d.evidence("unsigned"), CMQ.inSentence, None, "Evidence"),
    "evidence that is not typed": of("unsigned", lambda d: d.evidence("unsigned"), RDF.type, None, "Fact-evidence"),
    # The document and its sentences
    "no title": header(DCTERMS.title, None, "Document"),
    "no language": header(DCTERMS.language, None, "Document"),
    "two authors": Fault(
        lambda d: ([], [(d.names.document("small"), DCTERMS.creator, d.iri("state/mali"))]),
        {"Document"},
        "document:",
        None,
    ),
    "no rights": header(CMQ.rights, None, "Document"),
    "no text": header(CMQ.text, None, "Document"),
    "a checksum that is none": header(CMQ.sha256, Literal("e3ed"), "Document"),
    "a sentence without a number": sentence(CMQ.number, None),
    "a sentence with a number in words": sentence(CMQ.number, Literal("two")),
    "a sentence without a document": sentence(CMQ.inDocument, None),
    "a sentence without a reading": sentence(CMQ.reading, None),
    # Things
    "an event that no Fact reports": Fault(
        lambda d: ([], [(d.iri("event/other"), SKOS.prefLabel, Literal("Another", lang="en"))]),
        {"Reported"},
        "document:",
        None,
    ),
    "a property that is not declared": of("officials", stated, RDF.predicate, "ns#fromState", "Declared", "Typed"),
    "a plain property that is not declared": Fault(
        lambda d: ([], [(d.names.document("small"), DCTERMS.subject, Literal("Mali"))]), {"Declared"}, "document:", None
    ),
    "a name with nothing behind it": of("officials", stated, RDF.object, "state/benin", "Typed", "Labelled"),
    "a thing without a type": Fault(
        lambda d: ([(d.iri("initiative/oil"), RDF.type, CMQ.Initiative)], []), {"Typed"}, "  initiative/oil:", None
    ),
    "a thing without a label": Fault(
        lambda d: ([(d.iri("event/visit"), SKOS.prefLabel, Literal("The visit", lang="en"))], []),
        {"Labelled"},
        "  event/visit:",
        None,
    ),
    "a thing with two labels in one language": Fault(
        lambda d: ([], [(d.iri("event/visit"), SKOS.prefLabel, Literal("Another visit", lang="en"))]),
        {"LabelTwice"},
        "  event/visit:",
        None,
    ),
    "a label in no language": of(
        "", lambda d: d.iri("event/visit"), SKOS.prefLabel, Literal("The visit"), "LabelLanguage", "Labelled"
    )._replace(place="  event/visit:", fact=None),
    "a name with a capital": of("officials", stated, RDF.object, "state/Benin", "NameFormed", "Typed", "Labelled"),
    "a statement without its hash": Fault(renamed, {"NameFormed"}, "  officials:", "officials"),
    "two things that are stated to be one": of("officials", stated, RDF.predicate, OWL.sameAs, "NoSameAs"),
    "two things that are one": Fault(
        lambda d: ([], [(d.iri("event/visit"), OWL.sameAs, d.iri("event/proposal"))]),
        {"NoSameAs", "Plain"},
        "  event/visit:",
        None,
    ),
    "a thing with a label in French alone": of(
        "", lambda d: d.iri("event/visit"), SKOS.prefLabel, Literal("La visite", lang="fr"), "Labelled"
    )._replace(place="  event/visit:", fact=None),
}
