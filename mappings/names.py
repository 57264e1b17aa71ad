"""Every IRI that we publish is minted here.

The scheme is settled (CONTRIBUTING, "Names"): a thing is ``{base}id/{type}/{slug}``, a term stands in one fixed
namespace, a concept in the document of its SKOS scheme. A *reference* is how a fact sheet writes one of them:
``person/sergei-tsivilev`` for a thing, ``modality#proposed`` for a concept.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from rdflib import RDF, XSD, Literal, Namespace, URIRef
from rdflib.term import Node

VOCABULARY: Final = "https://w3id.org/communique/"
CMQ: Final = Namespace(VOCABULARY + "ns#")
FACTS_ONTOLOGY: Final = URIRef(VOCABULARY + "facts")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
SCHEMA: Final = Namespace("https://schema.org/")
PTR: Final = Namespace("http://www.w3.org/2009/pointers#")
DEFAULT_BASE: Final = "http://localhost:8000/"

Triple = tuple[Node, Node, Node]

#: The types of IRIs, each with the classes that a thing of it may be declared to have.
#: An empty tuple: the type is reported by the Fact that states it, never declared.
TYPES: Final[dict[str, tuple[str, ...]]] = {
    "document": ("Document",),
    "fact": ("Fact",),
    "state": ("State",),
    "place": ("Place",),
    "person": ("Person",),
    "org": ("Organization", "GovernmentBody", "Company", "InternationalOrganization", "ArmedGroup"),
    "office": ("Office",),
    "holding": (),
    "delegation": (),
    "event": (),
    "initiative": ("Initiative",),
    "endowment": (),
    "stance": ("Stance",),
    "group": ("Group",),
    "matter": ("Matter",),
    "agent": ("Agent",),
}
#: The SKOS schemes, each a file of `ontology/`.
SCHEMES: Final = (
    "modality", "nature", "polarity", "list", "lifecycle", "rights", "reading",
    "initiative-kind", "event-kind", "stance-kind", "topic", "resource", "certainty", "ownership", "effect",
    "means", "rank", "rule",
)  # fmt: skip
#: What belongs to one document: its slug begins with the document's key and a dot.
LOCAL: Final = ("stance", "group", "matter", "agent")
#: What the authority files may hold besides what a document introduces.
AUTHORITY: Final = ("state", "place", "person", "org", "office")
#: Graphs that are no document's; so no document has such a key.
GRAPHS: Final = ("authority", "ontology", "inferred", "description")
#: A name that ends a URL with one of these asks for a format, so no entry, group or matter is called so.
SUFFIXES: Final = ("html", "ttl", "nt", "jsonld", "rdf", "trig", "nq", "txt")

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
KEY: Final = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


def concept(scheme: str, name: str) -> URIRef:
    """Return the IRI of a concept: ``concept("modality", "proposed")``. Others' schemes are named by their IRIs."""
    return URIRef(f"{'' if ':' in scheme else VOCABULARY}{scheme}#{name}")


def type_of(reference: str) -> str:
    """Return the type that a reference names: ``person`` of ``person/sergei-tsivilev``."""
    return reference.partition("/")[0]


@dataclass(frozen=True)
class Names:
    """The IRIs of one publication, whose base is the only thing that differs between two."""

    base: str = DEFAULT_BASE

    def iri(self, reference: str) -> URIRef:
        """Return the IRI of a thing (``type/slug``) or of a concept (``scheme#name``)."""
        scheme, mark, name = reference.partition("#")
        return concept(scheme, name) if mark else URIRef(f"{self.base}id/{reference}")

    def document(self, key: str) -> URIRef:
        """Return the IRI of a document."""
        return URIRef(f"{self.base}id/document/{key}")

    def text(self, key: str) -> URIRef:
        """Return the address of a document's stored text."""
        return URIRef(f"{self.base}doc/document/{key}.txt")

    def within(self, key: str, part: str, start: int, end: int) -> URIRef:
        """Return the IRI of a span of a document's text, ``part`` being ``char``, ``quote`` or ``position``.

        Start and end count Unicode code points from 0, the end is not included (Web Annotation, TextPositionSelector).
        """
        return URIRef(f"{self.base}id/document/{key}#{part}={start},{end}")

    def sentence(self, key: str, sentence: str) -> URIRef:
        """Return the IRI of a sentence, which the sheet calls ``s2``."""
        return URIRef(f"{self.base}id/document/{key}#{sentence}")

    def fact(self, key: str) -> URIRef:
        """Return the IRI of a Fact, whose key is ``{document}.{entry}``."""
        return URIRef(f"{self.base}id/fact/{key}")

    def statement(self, fact: str, triple: Triple) -> URIRef:
        """Return the IRI of one statement of a Fact: 8 hex digits of its triple's hash, base left out."""
        return URIRef(f"{self.base}id/fact/{fact}#{self.digest(triple)[:8]}")

    def inferred(self, rule: str, triple: Triple) -> str:
        """Return the key of a Fact that a rule concluded: 16 hex digits of its triple's hash, base left out."""
        return f"inferred.{rule}.{self.digest(triple)[:16]}"

    def declaration(self, graph: str, triple: Triple) -> URIRef:
        """Return the IRI of a triple that a named graph holds and no Fact states: the authority files' triples."""
        return URIRef(f"{self.graph(graph)}#{self.digest(triple)[:16]}")

    def has_type(self, iri: Node, name: str) -> bool:
        """Say whether an IRI is one of ours and of this type: `initiative`, `stance` ..."""
        return isinstance(iri, URIRef) and iri.startswith(f"{self.base}id/{name}/")

    def page(self, thing: str) -> str:
        """Return the IRI of the document that describes a thing: `/doc/...` for its `/id/...`."""
        return f"{self.base}doc/{thing.removeprefix(f'{self.base}id/')}"

    def dataset(self, part: str = "") -> URIRef:
        """Return the IRI of the whole publication as a void:Dataset, or of a part of its description."""
        return URIRef(f"{self.base}.well-known/void#dataset{part}")

    def query(self, name: str) -> URIRef:
        """Return the IRI of an example query, which stands in the description of the dataset."""
        return URIRef(f"{self.base}.well-known/void#query-{name}")

    def endpoint(self, part: str = "") -> URIRef:
        """Return the IRI of the SPARQL endpoint, or of a part of its description."""
        return URIRef(f"{self.base}sparql{part}")

    def dump(self, file: str, part: str = "") -> URIRef:
        """Return the address of a dump, or of a part of it."""
        return URIRef(f"{self.base}dumps/{file}{part}")

    def graph(self, name: str) -> URIRef:
        """Return the IRI of a named graph: of a document's key, or one of ``GRAPHS``; an IRI is one already."""
        return URIRef(name if ":" in name else f"{self.base}graph/{name}")

    def digest(self, triple: Triple) -> str:
        """Return the sha256 of a triple, its terms written as in Turtle, without the base: the same at any base."""

        def written(term: Node) -> str:
            return f"<{term.removeprefix(self.base)}>" if isinstance(term, URIRef) else term.n3()

        return hashlib.sha256(" ".join(map(written, triple)).encode()).hexdigest()

    def short(self, text: str) -> str:
        """Return a text with our IRIs as a fact sheet writes them: `person/...`, `modality#...`, `cmq:...`."""
        for long, short in ((f"{self.base}id/", ""), (str(CMQ), "cmq:"), (VOCABULARY, ""), (str(RDF), "rdf:")):
            text = text.replace(long, short)
        return text

    def prefixes(self) -> dict[str, str]:
        """Return all prefixes: of each type of IRI (``state:mali``), of each scheme (``modality:proposed``), others."""
        return {
            "cmq": str(CMQ),
            **{name: f"{self.base}id/{name}/" for name in TYPES},
            **{name: f"{VOCABULARY}{name}#" for name in SCHEMES},
            **VOCABULARIES,
        }

    def links(self, subject: Node, predicate: Node, references: str | Iterable[str] | None) -> Iterator[Triple]:
        """Yield a triple for each reference; none where the sheet gives none."""
        for reference in [references] if isinstance(references, str) else references or ():
            yield subject, predicate, self.iri(reference)


#: Other people's vocabularies, by the prefixes that we write. W3C ORG is w3org: ``org:`` is ours, for organisations.
VOCABULARIES: Final = {
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": str(OA),
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": str(SCHEMA),
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "w3org": "http://www.w3.org/ns/org#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def period(subject: Node, begin: date | None, end: date | None, text: str | None, language: str) -> Iterator[Triple]:
    """Yield the first and the last day of something, as xsd:date, and the words that date it; of each what there is."""
    for predicate, day in ((CMQ.begin, begin), (CMQ.end, end)):
        if day is not None:
            yield subject, predicate, Literal(day.isoformat(), datatype=XSD.date)
    yield from words(subject, CMQ.dateText, text, language)


def words(subject: Node, predicate: Node, text: str | None, language: str) -> Iterator[Triple]:
    """Yield a triple whose object is words of a document, in its language; none where there are no words."""
    if text is not None:
        yield subject, predicate, Literal(text, lang=language)
