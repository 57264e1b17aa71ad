"""For each shape that only a graph can violate, an edit of the small document's graph that it must spare."""

from collections.abc import Callable

from rdflib import RDF, Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS
from rdflib.term import Node

from mappings import Triple
from mappings.names import CMQ, OA, concept
from tests.broken import number
from tests.document import Document, Edit

SMALL = "small"


def other(what: Callable[[Document], Node], p: URIRef, value: Node) -> Callable[[Document], Edit]:
    """Another value for the one that is there."""
    return lambda d: ([(what(d), p, next(d.graph.objects(what(d), p)))], [(what(d), p, value)])


def another(
    what: Callable[[Document], Node], p: URIRef, value: Callable[[Document], Node]
) -> Callable[[Document], Edit]:
    """One more value."""
    return lambda d: ([], [(what(d), p, value(d))])


def gone(what: Callable[[Document], Node], p: URIRef) -> Callable[[Document], Edit]:
    """A value less."""
    return lambda d: ([(what(d), p, next(d.graph.objects(what(d), p)))], [])


def fact(key: str) -> Callable[[Document], Node]:
    return lambda d: d.fact(key)


def document(d: Document) -> Node:
    return d.names.document(SMALL)


def derived(d: Document) -> Edit:
    """A Fact that a rule concluded: in no document, without a quote, with its rule and what it rests on."""
    it = d.fact("officials")
    old: list[Triple] = [(it, p, o) for p in (CMQ.nature, CMQ.inDocument, CMQ.evidence) for o in d.graph.objects(it, p)]
    new = [(CMQ.nature, concept("nature", "derived")), (CMQ.rule, concept("rule", "took-part"))]
    return old, [(it, p, o) for p, o in [*new, (CMQ.restsOn, d.fact("visit"))]]


def tight(d: Document) -> Edit:
    """A sentence that begins where its quote begins."""
    sentence = d.names.sentence(SMALL, "s3")
    (place,) = [one for one in d.graph.objects(sentence, OA.hasSelector) if (one, OA.start, None) in d.graph]
    begin = next(d.graph.objects(d.selector("unsigned", OA.start), OA.start))
    old = next(d.graph.objects(place, OA.start))
    return [] if old == begin else [(place, OA.start, old)], [] if old == begin else [(place, OA.start, begin)]


SPARED: dict[str, Callable[[Document], Edit]] = {
    "Fact-modality": other(fact("parties"), CMQ.modality, concept("modality", "desired")),
    "Fact-nature": other(fact("parties"), CMQ.nature, concept("nature", "interpretive")),
    "Fact-polarity": other(fact("parties"), CMQ.polarity, concept("polarity", "negative")),
    "Fact-statement": another(fact("officials"), CMQ.statement, lambda d: d.statement("size", CMQ.size)),
    "Fact-evidence": derived,
    "Fact-document": derived,
    "Fact-rule": derived,
    "Fact-grounds": derived,
    "Fact-attribution": another(fact("proposal"), CMQ.attributedTo, lambda d: d.iri("state/mali")),
    "Fact-list": another(fact("parties"), CMQ.list, lambda _: concept("list", "open")),
    "Fact-label": another(fact("parties"), SKOS.prefLabel, lambda _: Literal("commission mixte", lang="fr")),
    "Statement": other(lambda d: d.statement("officials"), RDF.object, Literal("Mali")),
    "Evidence": other(lambda d: d.selector("size", OA.start), OA.start, number(0)),
    "Document": another(document, DCTERMS.title, lambda _: Literal("Une visite à Bamako", lang="fr")),
    "Sentence": other(lambda d: d.names.sentence(SMALL, "s2"), CMQ.reading, concept("reading", "unread")),
    "Reported": gone(lambda d: d.iri("event/visit"), RDF.type),
    "Plain": gone(lambda d: d.iri("event/visit"), CMQ.host),
    "QuoteExact": gone(lambda d: d.selector("unsigned", OA.prefix), OA.prefix),
    "QuoteInSentence": tight,
    "InitiativeOnly": another(lambda d: d.iri("org/commission"), RDF.type, lambda _: CMQ.JointBody),
    "Realises": another(lambda d: d.iri("org/commission"), CMQ.realises, lambda d: d.iri("initiative/commission")),
    "Typed": gone(lambda d: d.iri("event/visit"), RDF.type),
    "Labelled": another(lambda d: d.iri("event/visit"), SKOS.prefLabel, lambda _: Literal("La visite", lang="fr")),
    "Declared": another(document, DCTERMS.description, lambda _: Literal("An example.", lang="en")),
}
