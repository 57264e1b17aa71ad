"""What is around a node: the statements about it, those that point to it, its uses as a property; of each not too many.

Nothing here takes longer than what it gives is long, however many links a node has: a page is made in the process that
must answer everybody. All of it is for the endpoint, whose queries run apart.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from publisher.stores import LocalStore, Node
from publisher.web.known import RDF, Known, Term
from publisher.web.labels import label_quads, mentioned
from publisher.web.queries import solutions

#: How many statements about a node there may be, or pointing to it, that all are given.
MOST: Final = 1_000
#: How many statements about blank nodes, of whatever depth, are given with those about the node.
MOST_INNER: Final = 2_000
#: How deep blank nodes stand in each other, as deep as a page and a parser can follow.
DEEPEST: Final = 20
#: How many uses as a property are given; and where too many point to a node, how many by each of how many properties.
SOME: Final = 50
#: How many of those that point to a node are counted (toward.rq).
COUNTED: Final = 10_000
NIL: Final = ox.NamedNode(f"{RDF}nil")


@dataclass(frozen=True)
class Neighbourhood:
    """What is around a node.

    about: the statements about it. inner: those about the blank nodes among its values, among theirs, and so on. cut:
    whether there are more of these two. toward: those that point to it, or some of them. counts: how many do by each
    property. at_least: whether there may be more than the counts say. whole: whether toward has all of them.
    uses: some that have it for a property. graph: whether a graph has its name. names: the labels of all these.
    """

    node: Node
    about: list[ox.Quad]
    inner: dict[ox.BlankNode, list[ox.Quad]]
    cut: bool
    toward: list[ox.Quad]
    counts: dict[ox.NamedNode, int]
    at_least: bool
    whole: bool
    uses: list[ox.Quad]
    graph: bool
    names: Known

    @classmethod
    def of(cls, store: LocalStore, node: Node) -> "Neighbourhood | None":
        """Return what is around a node; nothing, where the store does not know it."""
        about = store.quads(node, None, None, MOST + 1)
        toward = store.quads(None, None, node, MOST + 1)
        uses = store.quads(None, node, None, SOME) if isinstance(node, ox.NamedNode) else []
        graph = isinstance(node, ox.NamedNode) and bool(store.graph(node, 1))
        if not (about or toward or uses or graph):
            return None
        inner, more = _inner(store, node, about[:MOST])
        whole = len(toward) <= MOST
        counts = _counts(toward) if whole or isinstance(node, ox.BlankNode) else _counted(store, node)
        if not whole:
            toward = [quad for one in counts for quad in store.quads(None, one, node, SOME)]
        every = [*about[:MOST], *toward, *uses, *(quad for quads in inner.values() for quad in quads)]
        return cls(
            node, about[:MOST], inner, more or len(about) > MOST,
            toward, counts, not whole and sum(counts.values()) >= COUNTED, whole,
            uses, graph, Known(label_quads(store, [node, *mentioned(every)])),
        )  # fmt: skip

    @property
    def quads(self) -> list[ox.Quad]:
        """The quads that describe the node: all about it, those toward it if that is all of them, and the labels."""
        inner = (quad for quads in self.inner.values() for quad in quads)
        return list(dict.fromkeys([*self.about, *inner, *(self.toward if self.whole else ()), *self.names.quads]))

    def members(self, head: ox.BlankNode) -> list[Term] | None:
        """Return the members of a list (RDF Schema, section 5.2); nothing, where a node is none, or not a whole one."""
        found: list[Term] = []
        seen: set[Term] = set()
        cell: Term = head
        while cell != NIL:
            values: dict[str, list[Term]] = defaultdict(list)
            for triple in once(self.inner.get(cell, ())) if isinstance(cell, ox.BlankNode) else ():
                values[triple.predicate.value].append(triple.object)
            firsts, rests = values.pop(f"{RDF}first", []), values.pop(f"{RDF}rest", [])
            values.pop(f"{RDF}type", None)
            if cell in seen or values or len(firsts) != 1 or len(rests) != 1:
                return None
            seen.add(cell)
            found.append(firsts[0])
            cell = rests[0]
        return found


def _inner(store: LocalStore, node: Node, about: Iterable[ox.Quad]) -> tuple[dict[ox.BlankNode, list[ox.Quad]], bool]:
    """Return the statements about the blank nodes within a description, and whether there are more of them."""
    found: dict[ox.BlankNode, list[ox.Quad]] = {}
    left = MOST_INNER
    waiting = deque(_blanks(about, 1))
    while waiting:
        one, depth = waiting.popleft()
        if one in found or one == node:
            continue
        quads = store.quads(one, None, None, left + 1)
        if len(quads) > left or depth > DEEPEST:
            return found, True
        found[one] = quads
        left -= len(quads)
        waiting += _blanks(quads, depth)
    return found, False


def _blanks(quads: Iterable[ox.Quad], depth: int) -> Iterator[tuple[ox.BlankNode, int]]:
    """Yield the blank nodes among values, each with its depth; the rest of a list stands no deeper than its head."""
    for quad in quads:
        if isinstance(quad.object, ox.BlankNode):
            yield quad.object, depth + (quad.predicate.value != f"{RDF}rest")


def _counts(toward: Iterable[ox.Quad]) -> dict[ox.NamedNode, int]:
    counts: dict[ox.NamedNode, int] = defaultdict(int)
    for triple in once(toward):
        counts[triple.predicate] += 1
    return dict(counts)


def _counted(store: LocalStore, node: ox.NamedNode) -> dict[ox.NamedNode, int]:
    rows = list(solutions(store, "toward", thing=[node.value]))
    return {row["p"]: int(row["statements"].value) for row in rows[:SOME]}


def once(quads: Iterable[ox.Quad]) -> Iterable[ox.Triple]:
    """Return the triples of quads, each once, whatever graphs hold it, in their order."""
    return dict.fromkeys(quad.triple for quad in quads)
