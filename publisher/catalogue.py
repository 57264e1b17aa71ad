"""The description of a publication, in VoID: what it is, where its dumps are, what its graphs hold, its prefixes.

It stands in the store as a graph of its own, and so in the dumps; therefore it holds no checksum, no release id and no
code version, and its counts leave itself out. Those stand in the release's manifest.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDF, SH, SKOS, VOID, XSD

from mappings import Names
from mappings.names import CMQ, GRAPHS
from publisher.canonical import merge
from publisher.dumps import DUMPS
from publisher.settings import Publication


def description(publication: Publication, graphs: Mapping[str, Sequence[bytes]], names: Names) -> Graph:
    """Return the description graph. graphs: the named graphs without it, each as lines of canonical N-Triples."""
    merged = merge(graphs.values())
    graph = Graph(bind_namespaces="none")
    it = names.dataset()

    def say(subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> None:
        graph.add((subject, predicate, value))

    def count(number: int) -> Literal:
        return Literal(number, datatype=XSD.integer)

    say(it, RDF.type, VOID.Dataset)
    say(it, SKOS.prefLabel, Literal(publication.title, lang="en"))
    say(it, DCTERMS.title, Literal(publication.title, lang="en"))
    say(it, DCTERMS.description, Literal(publication.description, lang="en"))
    say(it, DCTERMS.publisher, Literal(publication.publisher))
    say(it, DCTERMS.license, URIRef(publication.licence))
    say(it, FOAF.homepage, URIRef(publication.base))
    say(it, VOID.sparqlEndpoint, names.endpoint())
    say(it, VOID.uriSpace, Literal(f"{publication.base}id/"))
    say(it, VOID.vocabulary, URIRef(str(CMQ).removesuffix("#")))
    say(it, VOID.triples, count(len(merged)))
    for key in [key for key in graphs if key not in GRAPHS][:1]:
        say(it, VOID.exampleResource, names.document(key))
    for file, (form, what) in DUMPS.items():
        dump = names.dump(file)
        say(it, VOID.dataDump, dump)
        say(dump, DCTERMS.description, Literal(what, lang="en"))
        say(dump, DCTERMS["format"], URIRef(f"http://www.w3.org/ns/formats/{form.replace('-', '_')}"))
    for name, part in graphs.items():
        subset = names.graph(name)
        say(it, VOID.subset, subset)
        say(subset, RDF.type, VOID.Dataset)
        say(subset, SKOS.prefLabel, Literal(f"Graph {name}", lang="en"))
        say(subset, VOID.triples, count(len(part)))
    for name, number in sorted(_classes(merged).items()):
        partition = names.dataset(f"-{name.rpartition('#')[2]}")
        say(it, VOID.classPartition, partition)
        say(partition, VOID["class"], URIRef(name))
        say(partition, VOID.entities, count(number))
    for prefix, namespace in names.prefixes().items():
        declaration = names.dataset(f"-prefix-{prefix}")
        say(it, SH.declare, declaration)
        say(declaration, SH.prefix, Literal(prefix))
        say(declaration, SH.namespace, Literal(namespace, datatype=XSD.anyURI))
    note = "The counts are of all graphs but this description."
    say(it, SKOS.note, Literal(note, lang="en"))
    return graph


def _classes(merged: Iterable[bytes]) -> Counter[str]:
    """Count the things of each of our classes."""
    typed = (line.split(b" ", 2) for line in merged)
    classes = (value[1:-4].decode() for _, predicate, value in typed if predicate == f"<{RDF.type}>".encode())
    return Counter(cls for cls in classes if cls.startswith(CMQ))
