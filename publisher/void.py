"""The description of a publication, in VoID: what it is, where its dumps are, what its graphs hold, its prefixes.

It stands in the store as a graph of its own, and so in the dumps; therefore it holds no checksum, no release id and no
code version, and its counts leave itself out. Those stand in the release's catalogue and manifest.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SH, SKOS, VOID, XSD

from mappings import Names, Triple
from mappings.names import CMQ, GRAPHS
from publisher.canonical import merge
from publisher.dumps import DUMPS
from publisher.settings import Publication

#: How formats are called (W3C, Unique URIs for File Formats).
FORMATS: Final = "http://www.w3.org/ns/formats/"
TYPE: Final = f"<{RDF.type}>".encode()


@dataclass
class Counts:
    """What a graph holds: how many of each, and for each class and each property, by their IRIs, how many of each.

    entities: subjects whose IRIs begin as those of our things do (VoID: those that its void:uriSpace names).
    """

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    entities: int = 0
    classes: Counter[bytes] = field(default_factory=Counter)
    properties: Counter[bytes] = field(default_factory=Counter)
    property_subjects: Counter[bytes] = field(default_factory=Counter)
    property_objects: Counter[bytes] = field(default_factory=Counter)

    @classmethod
    def of(cls, lines: Iterable[bytes], space: str) -> "Counts":
        """Count in one go. lines: of N-Triples, sorted. space: what the IRIs of our things begin with."""
        counts, entity = cls(), f"<{space}".encode()
        last_subject = last_property = b""
        objects: dict[bytes, set[bytes]] = {}
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            if subject != last_subject:
                last_subject, last_property = subject, b""
                counts.subjects += 1
                counts.entities += subject.startswith(entity)
            if predicate != last_property:
                last_property = predicate
                counts.property_subjects[predicate] += 1
            if predicate == TYPE and rest.startswith(b"<"):
                counts.classes[rest[:-3]] += 1
            counts.properties[predicate] += 1
            objects.setdefault(predicate, set()).add(rest)
        counts.triples = counts.properties.total()
        counts.objects = len(set().union(*objects.values()))
        counts.property_objects.update({predicate: len(values) for predicate, values in objects.items()})
        return counts


def description(publication: Publication, graphs: Mapping[str, Sequence[bytes]], names: Names) -> Graph:
    """Return the description graph. graphs: the named graphs without it, each as lines of canonical N-Triples."""
    graph = Graph(bind_namespaces="none")
    for triple in (
        *_identity(publication, names),
        *_dumps(names),
        *_subsets(graphs, names),
        *_counts(Counts.of(merge(graphs.values()), f"{names.base}id/"), names),
        *_prefixes(names),
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
    for written, number in sorted(counts.classes.items()):
        iri = written[1:-1].decode()
        partition = names.dataset(f"-class-{_short(iri, names)}")
        yield it, VOID.classPartition, partition
        yield partition, VOID["class"], URIRef(iri)
        yield partition, VOID.entities, _number(number)
    for written, number in sorted(counts.properties.items()):
        iri = written[1:-1].decode()
        partition = names.dataset(f"-property-{_short(iri, names)}")
        yield it, VOID.propertyPartition, partition
        yield partition, VOID.property, URIRef(iri)
        yield partition, VOID.triples, _number(number)
        yield partition, VOID.distinctSubjects, _number(counts.property_subjects[written])
        yield partition, VOID.distinctObjects, _number(counts.property_objects[written])


def _prefixes(names: Names) -> Iterator[Triple]:
    for prefix, namespace in names.prefixes().items():
        declaration = names.dataset(f"-prefix-{prefix}")
        yield names.dataset(), SH.declare, declaration
        yield declaration, SH.prefix, Literal(prefix)
        yield declaration, SH.namespace, Literal(namespace, datatype=XSD.anyURI)


def _number(number: int) -> Literal:
    return Literal(number, datatype=XSD.integer)


def _short(term: str, names: Names) -> str:
    """Return what a term is called in the IRI of its partition: by its prefix, or, where it has none, by its hash."""
    namespace = re.sub(r"[\w.-]*\Z", "", term)
    prefix = next((prefix for prefix, iri in names.prefixes().items() if iri == namespace), None)
    local = term.removeprefix(namespace)
    return f"{prefix}:{local}" if prefix and local else hashlib.sha256(term.encode()).hexdigest()[:16]
