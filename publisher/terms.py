"""Terms of RDF: those of rdflib, which builds, as those of the engine, which stores and answers; and back."""

import pyoxigraph as ox
from rdflib import Literal, URIRef
from rdflib.namespace import XSD
from rdflib.term import Node

from mappings import Triple


def theirs(term: Node) -> ox.NamedNode | ox.Literal:
    """Return an IRI or a literal of rdflib as the engine's."""
    if not isinstance(term, Literal):
        return ox.NamedNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(term.datatype) if term.datatype else None)


def ours(term: object) -> URIRef | Literal:
    """Return an IRI or a literal of the engine as rdflib's. Raise TypeError for any other term."""
    if isinstance(term, ox.Literal):
        datatype = None if term.language or term.datatype.value == str(XSD.string) else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype)
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    raise TypeError(f"{term} is neither an IRI nor a literal")


def triple(of: ox.Triple | ox.Quad) -> Triple:
    """Return the triple of the engine's triple or quad, as rdflib has it."""
    return ours(of.subject), ours(of.predicate), ours(of.object)
