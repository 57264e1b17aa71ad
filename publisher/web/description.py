"""What the document of a thing says: the quads of one query, the labels of all that they mention, and the document."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from publisher import serialise
from publisher.media import N_QUADS, TRIG, Format
from publisher.web.known import DCTERMS, TYPE, Known, cmq, named
from publisher.web.labels import label_quads
from publisher.web.queries import evidence_quads, quads
from publisher.web.served import Served

FOAF: Final = "http://xmlns.com/foaf/0.1/"
VOID: Final = "http://rdfs.org/ns/void#"
EVIDENCE: Final = ox.NamedNode(cmq("evidence"))
SPAN: Final = re.compile(r"#(char|quote|position)=")


def describe(served: Served, thing: str) -> Known | None:
    """Return what is said of a thing, with the evidence; nothing, where it is in no graph as a subject."""
    found = quads(served.store, "description", thing=[thing])
    if not any(named(quad.subject) == thing for quad in found):
        return None
    evidence = {quad.object for quad in found if quad.predicate == EVIDENCE}
    iris = [one.value for one in evidence if isinstance(one, ox.NamedNode)]
    found = list(dict.fromkeys([*found, *evidence_quads(served.store, iris)]))
    return Known(found + label_quads(served.store, _mentioned(found), whole=True))


def _mentioned(found: Iterable[ox.Quad]) -> Iterator[ox.NamedNode]:
    """Yield all IRIs in subject, property and object, but those of positions in a text, which have no label."""
    for node in {node for quad in found for node in (quad.subject, quad.predicate, quad.object)}:
        if isinstance(node, ox.NamedNode) and not SPAN.search(node.value):
            yield node


def document_of(served: Served, thing: str, known: Known) -> list[ox.Quad]:
    """Return what a thing's document says, itself included: it is a document, and the thing is its topic."""
    document = ox.NamedNode(served.names.page(thing))
    rdf_type = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    return [
        *known.quads,
        ox.Quad(document, rdf_type, ox.NamedNode(FOAF + "Document")),
        ox.Quad(document, ox.NamedNode(FOAF + "primaryTopic"), ox.NamedNode(thing)),
    ]


def void_of_files(served: Served) -> list[ox.Quad]:
    """Return what served files are, in VoID: their names, what they hold, and where it can be asked for."""
    manifest, dataset = served.release.manifest, ox.NamedNode(str(served.names.dataset()))
    classes = [
        triple
        for cls, count in manifest["classes"].items()
        for part in [ox.NamedNode(str(served.names.dataset(f"-class-{hashlib.sha256(cls.encode()).hexdigest()[:16]}")))]
        for triple in (
            (dataset, "classPartition", part),
            (part, "class", ox.NamedNode(cls)),
            (part, "entities", ox.Literal(count)),
        )
    ]
    return [
        ox.Quad(dataset, ox.NamedNode(TYPE), ox.NamedNode(VOID + "Dataset")),
        ox.Quad(dataset, ox.NamedNode(DCTERMS + "title"), ox.Literal(manifest["title"])),
        *(
            ox.Quad(subject, ox.NamedNode(VOID + name), value)
            for subject, name, value in (
                (dataset, "triples", ox.Literal(manifest["triples"])),
                (dataset, "sparqlEndpoint", ox.NamedNode(str(served.names.endpoint()))),
                (dataset, "uriLookupEndpoint", ox.NamedNode(f"{served.names.base}describe?iri=")),
                *classes,
            )
        ),
    ]


def write(served: Served, found: Iterable[ox.Quad], wanted: Format) -> bytes:
    """Return quads in a format: TriG and N-Quads with their graphs and, a default graph that merges them.

    The other formats have the merge alone. A client that asks a document for what is in its default graph, as Comunica
    does, so finds the same in each of them.
    """
    prefixes = served.release.prefixes
    if wanted is TRIG or wanted is N_QUADS:
        quads = set(found)
        quads |= {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
        ordered = sorted(quads, key=serialise.order)
        if wanted is TRIG:
            return serialise.trig(ordered, prefixes)
        return ox.serialize(ordered, format=ox.RdfFormat.N_QUADS) or b""
    return serialise.graph((quad.triple for quad in found), wanted, prefixes)
