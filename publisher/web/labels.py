"""What things are called: the properties that vocabularies have for it, looked up for whatever a page mentions."""

from collections.abc import Iterable, Iterator
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


def label_quads(store: LocalStore, things: Iterable[Node], *, whole: bool = False) -> list[ox.Quad]:
    """Return the labels of things, in all languages: those by the best of the properties that each thing has.

    Each is given with its named graphs, and with the default graph only where none of them has it. whole: all labels of
    all things, however long that takes.
    """
    found: list[ox.Quad] = []
    for thing in islice(dict.fromkeys(things), None if whole else MOST_THINGS):
        for label in LABELS:
            quads = store.quads(thing, ox.NamedNode(label), None, None if whole else MOST_LABELS)
            if any(isinstance(quad.object, ox.Literal) for quad in quads):
                found += _placed(quads)
                break
    return found


def _placed(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield quads, but those of the default graph whose triples named graphs have too: it may be the merge of them."""
    named = {quad.triple for quad in quads if not isinstance(quad.graph_name, ox.DefaultGraph)}
    for quad in quads:
        if quad.triple not in named or not isinstance(quad.graph_name, ox.DefaultGraph):
            yield quad


def mentioned(quads: Iterable[ox.Quad]) -> Iterable[Node]:
    """Yield the nodes that quads mention, in their order: subjects and values before properties and graphs."""
    for one in ("object", "subject", "predicate", "graph_name"):
        for quad in quads:
            node = getattr(quad, one)
            if isinstance(node, ox.NamedNode):
                yield node
