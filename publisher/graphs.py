"""The named graphs of a publication: one per document, one of the authority files, one of the ontology.

Statements, evidence and the plain rule are done here, once for all kinds; a mapping says only what an entry means.
No graph has a blank node, but for the ontology's restrictions and lists.
"""

from collections.abc import Iterable, Iterator

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS, XSD

from mappings import Names, Triple
from mappings.names import CMQ, OA, SCHEMA, concept
from mappings.stances import StanceEntry
from publisher.plain import is_plain
from publisher.seeds import Seeds
from publisher.sheets import Document, Fact, Sheet
from publisher.texts import Sentence, Text
from publisher.things import Thing
from publisher.vocabularies import Vocabularies


def graphs(seeds: Seeds, vocabularies: Vocabularies, names: Names) -> dict[str, Graph]:
    """Return the named graphs by their names: each document's key, `authority` and `ontology`."""
    made = {sheet.document.key: document_graph(sheet, vocabularies, names) for sheet in seeds.sheets}
    made["authority"] = authority_graph(seeds.authority.values(), names)
    made["ontology"] = vocabularies.graph
    return made


def authority_graph(things: Iterable[Thing], names: Names) -> Graph:
    """Return what the authority files give: the identity of each thing."""
    return graph_of(triple for thing in things for triple in identity(thing, names))


def document_graph(sheet: Sheet, vocabularies: Vocabularies, names: Names) -> Graph:
    """Return what one document gives: itself, its sentences, the things it introduces, its Facts, and what is plain."""

    def triples() -> Iterator[Triple]:
        yield from _document(sheet.document, sheet.text, names)
        for sentence in sheet.sentences:
            yield from _sentence(sheet, sentence, names)
        for thing in sheet.things.values():
            yield from identity(thing, names)
        for fact in sheet.facts:
            yield from _fact(sheet, fact, names)
            if isinstance(fact.entry, StanceEntry):
                yield from _stance(fact, fact.entry, vocabularies, names)

    return graph_of(triples())


def graph_of(triples: Iterable[Triple]) -> Graph:
    """Return a graph of these triples."""
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add(triple)
    return graph


def identity(thing: Thing, names: Names) -> Iterator[Triple]:
    """Yield what a thing is declared to be: its type where it has one, labels, links, confirmed identifiers."""
    it = names.iri(thing.reference)
    if thing.cls is not None:
        yield it, RDF.type, CMQ[thing.cls]
    for language, label in thing.labels:
        yield it, SKOS.prefLabel, Literal(label, lang=language)
    for language, alias in thing.aliases:
        yield it, SKOS.altLabel, Literal(alias, lang=language)
    for predicate, reference in thing.links:
        yield it, CMQ[predicate], names.iri(reference)
    for same in thing.same_as:
        yield it, SCHEMA.sameAs, URIRef(same)


def _document(document: Document, text: Text, names: Names) -> Iterator[Triple]:
    it, author = names.document(document.key), names.iri(document.author)
    yield it, RDF.type, CMQ.Document
    yield it, SKOS.prefLabel, Literal(document.title, lang=document.language)
    yield it, DCTERMS.title, Literal(document.title, lang=document.language)
    yield it, DCTERMS.language, Literal(document.language)
    yield it, DCTERMS.creator, author
    yield it, CMQ.rights, names.iri(document.rights)
    yield it, CMQ.sha256, Literal(text.sha256)
    yield it, CMQ.text, names.text(document.key)
    if document.published is not None:
        yield it, DCTERMS.issued, Literal(document.published.isoformat(), datatype=XSD.date)
    if document.source is not None:
        yield it, DCTERMS.source, URIRef(document.source)
    if document.as_of is not None and document.as_of_basis is not None:
        yield it, CMQ.asOf, Literal(document.as_of.isoformat(), datatype=XSD.date)
        yield it, CMQ.asOfBasis, Literal(document.as_of_basis, lang="en")
    if not document.author_known:
        yield author, RDF.type, CMQ.Agent
        yield author, SKOS.prefLabel, Literal(f"The unnamed author of “{document.title}”", lang="en")


def _sentence(sheet: Sheet, sentence: Sentence, names: Names) -> Iterator[Triple]:
    it = names.sentence(sheet.document.key, sentence.key)
    yield it, RDF.type, CMQ.Sentence
    yield it, CMQ.inDocument, names.document(sheet.document.key)
    yield it, CMQ.number, Literal(sentence.number, datatype=XSD.integer)
    yield it, CMQ.reading, concept("reading", "read" if sentence.read else "unread")
    whole = sheet.document.rights == "rights#full"
    yield from _span(sheet, it, sentence.start, sentence.end, names, whole=whole)
    for aside in sentence.aside:
        span = names.within(sheet.document.key, "char", aside.start, aside.end)
        yield it, CMQ.setAside, span
        yield span, RDFS.comment, Literal(aside.why, lang="en")
        yield from _span(sheet, span, aside.start, aside.end, names, whole=whole)


def _span(sheet: Sheet, it: URIRef, start: int, end: int, names: Names, *, whole: bool) -> Iterator[Triple]:
    """Yield a span of the text in Web Annotation's terms: where it stands and, where whole, its words."""
    key, text = sheet.document.key, sheet.text
    position, quote = names.within(key, "position", start, end), names.within(key, "quote", start, end)
    yield it, RDF.type, OA.SpecificResource
    yield it, OA.hasSource, names.document(key)
    yield it, OA.hasSelector, position
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, Literal(start, datatype=XSD.integer)
    yield position, OA.end, Literal(end, datatype=XSD.integer)
    if whole:
        yield it, OA.hasSelector, quote
        yield quote, RDF.type, OA.TextQuoteSelector
        yield quote, OA.exact, Literal(text.characters[start:end])
        if sheet.document.rights == "rights#full":  # what stands beside a quote is no quote
            yield quote, OA.prefix, Literal(text.prefix(start))
            yield quote, OA.suffix, Literal(text.suffix(end))


def _fact(sheet: Sheet, fact: Fact, names: Names) -> Iterator[Triple]:
    it, document = names.fact(fact.key), sheet.document
    yield it, RDF.type, CMQ.Fact
    yield it, SKOS.prefLabel, Literal(fact.quotes[0].exact, lang=document.language)
    yield it, CMQ.inDocument, names.document(document.key)
    yield it, CMQ.modality, names.iri(fact.modality)
    yield it, CMQ.nature, names.iri(fact.nature)
    yield it, CMQ.polarity, names.iri(fact.polarity)
    yield from names.links(it, CMQ.attributedTo, fact.attributed_to)
    yield from names.links(it, CMQ.list, fact.list)
    for other in fact.contradicts:
        yield it, CMQ.contradicts, names.fact(other)
    for quote in fact.quotes:
        span = names.within(document.key, "char", quote.start, quote.end)
        yield it, CMQ.evidence, span
        yield span, CMQ.inSentence, names.sentence(document.key, quote.sentence.key)
        yield from _span(sheet, span, quote.start, quote.end, names, whole=True)
    for triple, plain in stated(fact, names):
        yield it, CMQ.statement, names.statement(fact.key, triple)
        yield from reified(names.statement(fact.key, triple), triple)
        if plain:
            yield triple


def stated(fact: Fact, names: Names) -> Iterator[tuple[Triple, bool]]:
    """Yield each triple that a Fact states, and whether it is plain too."""
    for triple in fact.triples(names):
        yield triple, is_plain(fact, triple, names)


def reified(statement: URIRef, triple: Triple) -> Iterator[Triple]:
    """Yield the node that stands for a triple without asserting it."""
    yield statement, RDF.type, RDF.Statement
    for part, term in zip((RDF.subject, RDF.predicate, RDF.object), triple, strict=True):
        yield statement, part, term


def _stance(fact: Fact, entry: StanceEntry, vocabularies: Vocabularies, names: Names) -> Iterator[Triple]:
    it = names.iri(entry.stance)
    kind = vocabularies.label(names.iri(entry.kind)).capitalize()
    yield it, RDF.type, CMQ.Stance
    wording = entry.wording or fact.quotes[0].exact
    yield it, SKOS.prefLabel, Literal(f"{kind}: {wording}" if "“" in wording else f"{kind}: “{wording}”", lang="en")
