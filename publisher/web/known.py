"""What is known of some things: quads, looked up by subject and property, or by property and object."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from mappings.names import CMQ

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
OA: Final = "http://www.w3.org/ns/oa#"
DCTERMS: Final = "http://purl.org/dc/terms/"
LABEL: Final = SKOS + "prefLabel"
TYPE: Final = RDF + "type"


def cmq(name: str) -> str:
    """Return the IRI of one of our terms."""
    return str(CMQ[name])


class Known:
    """Quads, in an order that is always the same. IRIs are taken and given as texts; what is not there is empty."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self.quads = tuple(sorted(set(quads), key=str))
        self._by_subject: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._by_object: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._graphs: dict[tuple[str, str, Term], list[str]] = defaultdict(list)
        for quad in self.quads:
            subject, predicate = named(quad.subject), quad.predicate.value
            graphs = self._graphs[subject, predicate, quad.object]
            graphs.append(named(quad.graph_name))
            if len(graphs) == 1:
                self._by_subject[subject][predicate].append(quad.object)
                self._by_object[named(quad.object)][predicate].append(subject)

    def properties(self, subject: str) -> list[str]:
        """Return the properties that a subject has."""
        return list(self._by_subject.get(subject, ()))

    def values(self, subject: str, predicate: str) -> list[Term]:
        """Return the values of a property."""
        return list(self._by_subject.get(subject, {}).get(predicate, ()))

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Return those values of a property that are nodes."""
        return [named(value) for value in self.values(subject, predicate) if not isinstance(value, ox.Literal)]

    def iri(self, subject: str, predicate: str) -> str | None:
        """Return the one node that a property has for a value."""
        return next(iter(self.iris(subject, predicate)), None)

    def literal(self, subject: str, predicate: str) -> ox.Literal | None:
        """Return the one literal that a property has for a value."""
        return next((value for value in self.values(subject, predicate) if isinstance(value, ox.Literal)), None)

    def text(self, subject: str, predicate: str) -> str | None:
        """Return that literal as a text."""
        found = self.literal(subject, predicate)
        return None if found is None else found.value

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that have this value of a property."""
        return list(self._by_object.get(value, {}).get(predicate, ()))

    def having(self, predicate: str) -> list[str]:
        """Return the subjects that have a property."""
        return [subject for subject, by in self._by_subject.items() if predicate in by]

    def graphs(self, subject: str, predicate: str, value: Term) -> list[str]:
        """Return the named graphs that hold a triple; none, where nothing asserts it."""
        return self._graphs.get((subject, predicate, value), [])

    def of_type(self, cls: str) -> list[str]:
        """Return what has a type."""
        return sorted(self.subjects(TYPE, cls))


def named(term: object) -> str:
    """Return an IRI, or the text by which a term that has none is told apart."""
    return term.value if isinstance(term, ox.NamedNode) else str(term)
