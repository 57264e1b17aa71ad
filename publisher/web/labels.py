"""What things are called: the properties that vocabularies have for it, looked up for whatever a page mentions."""

from collections.abc import Iterable
from itertools import islice
from typing import Final

import pyoxigraph as ox

from publisher.stores import LocalStore, Node
from publisher.web.known import DCTERMS, LABEL, RDFS

#: The properties whose values are labels, best first.
LABELS: Final = (
    LABEL,
    f"{RDFS}label",
    "https://schema.org/name",
    "http://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
    f"{DCTERMS}title",
    "http://purl.org/dc/elements/1.1/title",
)
#: Of so many things a page gives the labels, and of each so many labels by one property.
MOST_THINGS: Final = 3_000
MOST_LABELS: Final = 50


def label_quads(store: LocalStore, things: Iterable[Node]) -> list[ox.Quad]:
    """Return the labels of things, in all languages: those by the best of the properties that each thing has."""
    found: list[ox.Quad] = []
    for thing in islice(dict.fromkeys(things), MOST_THINGS):
        for label in LABELS:
            quads = store.quads(thing, ox.NamedNode(label), None, MOST_LABELS)
            if any(isinstance(quad.object, ox.Literal) for quad in quads):
                found += quads
                break
    return found


def mentioned(quads: Iterable[ox.Quad]) -> Iterable[Node]:
    """Yield the nodes that quads mention, in their order: subjects and values before properties and graphs."""
    for one in ("object", "subject", "predicate", "graph_name"):
        for quad in quads:
            node = getattr(quad, one)
            if isinstance(node, ox.NamedNode):
                yield node
