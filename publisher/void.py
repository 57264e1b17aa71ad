"""The description of a publication, in VoID: what it is, its dumps, what its graphs hold, its prefixes and examples.

It stands in the store as a graph of its own, and so in the dumps; therefore it holds no checksum, no release id and no
code version, and its counts leave itself out. Those stand in the release's catalogue and manifest.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SH, SKOS, VOID, XSD

from mappings import Names, Triple
from mappings.names import CMQ, GRAPHS, SCHEMA
from publisher.canonical import merge
from publisher.counts import Counts
from publisher.dumps import DUMPS
from publisher.examples import examples
from publisher.settings import Publication

#: How formats are called (W3C, Unique URIs for File Formats).
FORMATS: Final = "http://www.w3.org/ns/formats/"
#: The extension of VoID that names datatypes, as those write it who describe endpoints for editors.
VOID_EXT: Final = Namespace("http://ldf.fi/void-ext#")
SPEX: Final = Namespace("https://purl.expasy.org/sparql-examples/ontology#")
#: For each form of a query what it is, and the property that holds its text. SHACL has none for DESCRIBE.
FORMS: Final = {
    "SELECT": (SH.SPARQLSelectExecutable, SH.select),
    "ASK": (SH.SPARQLAskExecutable, SH.ask),
    "CONSTRUCT": (SH.SPARQLConstructExecutable, SH.construct),
    "DESCRIBE": (SPEX.SPARQLDescribeExecutable, SPEX.describe),
}


def description(publication: Publication, graphs: Mapping[str, Sequence[bytes]], names: Names) -> Graph:
    """Return the description graph. graphs: the named graphs without it, each as lines of canonical N-Triples."""
    graph = Graph(bind_namespaces="none")
    for triple in (
        *_identity(publication, names),
        *_dumps(names),
        *_subsets(graphs, names),
        *_counts(Counts.of(merge(graphs.values()), f"{names.base}id/"), names),
        *_prefixes(names),
        *_examples(names),
    ):
        graph.add(triple)
    return graph


def _identity(publication: Publication, names: Names) -> Iterator[Triple]:
    it = names.dataset()
    yield it, RDF.type, VOID.Dataset
    yield it, SKOS.prefLabel, Literal(publication.title, lang="en")
    yield it, DCTERMS.title, Literal(publication.title, lang="en")
    yield it, DCTERMS.description, Literal(publication.description, lang="en")
    yield it, DCTERMS.publisher, Literal(publication.publisher)
    yield it, DCTERMS.license, URIRef(publication.licence)
    yield it, FOAF.homepage, URIRef(publication.base)
    yield it, VOID.sparqlEndpoint, names.endpoint()
    yield it, VOID.uriSpace, Literal(f"{publication.base}id/")
    yield it, VOID.vocabulary, URIRef(str(CMQ).removesuffix("#"))


def _dumps(names: Names) -> Iterator[Triple]:
    for file, (form, what) in DUMPS.items():
        dump = names.dump(file)
        yield names.dataset(), VOID.dataDump, dump
        yield dump, DCTERMS.description, Literal(what, lang="en")
        yield dump, DCTERMS["format"], URIRef(FORMATS + form.replace("/", "_"))


def _subsets(graphs: Mapping[str, Sequence[bytes]], names: Names) -> Iterator[Triple]:
    it = names.dataset()
    for key in [key for key in graphs if key not in GRAPHS][:1]:
        yield it, VOID.exampleResource, names.document(key)
    for name, lines in graphs.items():
        subset = names.graph(name)
        yield it, VOID.subset, subset
        yield subset, RDF.type, VOID.Dataset
        yield subset, SKOS.prefLabel, Literal(f"Graph {name}", lang="en")
        yield subset, VOID.triples, _number(len(lines))


def _counts(counts: Counts, names: Names) -> Iterator[Triple]:
    it = names.dataset()
    yield it, SKOS.note, Literal("The counts are of all graphs but this description, merged.", lang="en")
    yield it, VOID.triples, _number(counts.triples)
    yield it, VOID.entities, _number(counts.entities)
    yield it, VOID.distinctSubjects, _number(counts.subjects)
    yield it, VOID.distinctObjects, _number(counts.objects)
    yield it, VOID.classes, _number(len(counts.classes))
    yield it, VOID.properties, _number(len(counts.properties))
    yield from _classes(counts, names)
    for written, number in sorted(counts.properties.items()):
        partition = names.dataset(f"-property-{_short(written, names)}")
        yield it, VOID.propertyPartition, partition
        yield partition, VOID.property, _term(written)
        yield partition, VOID.triples, _number(number)
        yield partition, VOID.distinctSubjects, _number(counts.property_subjects[written])
        yield partition, VOID.distinctObjects, _number(counts.property_objects[written])


def _classes(counts: Counts, names: Names) -> Iterator[Triple]:
    """Yield what each class has: its properties, and of each of these the classes or the datatypes that it leads to.

    From this an editor knows which properties to offer for `?talks a cmq:Talks`, and what they lead to.
    """

    def partition(*terms: bytes, end: str = "") -> URIRef:
        named = zip(("class", "property", end), terms, strict=False)
        return names.dataset("".join(f"-{kind}-{_short(term, names)}" for kind, term in named))

    for one, number in sorted(counts.classes.items()):
        yield names.dataset(), VOID.classPartition, partition(one)
        yield partition(one), VOID["class"], _term(one)
        yield partition(one), VOID.entities, _number(number)
        yield partition(one), VOID.triples, _number(counts.class_triples[one])
    for way, number in sorted(counts.class_properties.items()):
        yield partition(way[0]), VOID.propertyPartition, partition(*way)
        yield partition(*way), VOID.property, _term(way[1])
        yield partition(*way), VOID.triples, _number(number)
    for end, leads, term, found in (
        ("class", VOID.classPartition, VOID["class"], counts.class_objects),
        ("datatype", VOID_EXT.datatypePartition, VOID_EXT.datatype, counts.class_datatypes),
    ):
        for ends, number in sorted(found.items()):
            yield partition(*ends[:2]), leads, partition(*ends, end=end)
            yield partition(*ends, end=end), term, _term(ends[2])
            yield partition(*ends, end=end), VOID.triples, _number(number)


def _prefixes(names: Names) -> Iterator[Triple]:
    for prefix, namespace in names.prefixes().items():
        declaration = names.dataset(f"-prefix-{prefix}")
        yield names.dataset(), SH.declare, declaration
        yield declaration, SH.prefix, Literal(prefix)
        yield declaration, SH.namespace, Literal(namespace, datatype=XSD.anyURI)


def _examples(names: Names) -> Iterator[Triple]:
    """Yield the example queries as editors look for them; each can be asked as it stands, anywhere."""
    for one in examples():
        it, (form, text) = names.query(one.name), FORMS[one.form]
        yield it, RDF.type, SH.SPARQLExecutable
        yield it, RDF.type, form
        yield it, RDFS.comment, Literal(one.summary, lang="en")
        yield it, DCTERMS.description, Literal(one.description, lang="en")
        yield it, SH.prefixes, names.dataset()
        yield it, text, Literal(one.at(names.base))
        yield it, SCHEMA.target, names.endpoint()


def _number(number: int) -> Literal:
    return Literal(number, datatype=XSD.integer)


def _term(written: bytes) -> URIRef:
    """Return the IRI that N-Triples have written."""
    return URIRef(written[1:-1].decode())


@cache
def _short(written: bytes, names: Names) -> str:
    """Return what a term is called in the IRI of its partition: by its prefix, or, where it has none, by its hash."""
    term = _term(written)
    namespace = re.sub(r"[\w.-]*\Z", "", term)
    prefix = next((prefix for prefix, iri in names.prefixes().items() if iri == namespace), None)
    local = term.removeprefix(namespace)
    return f"{prefix}:{local}" if prefix and local else hashlib.sha256(term.encode()).hexdigest()[:16]
