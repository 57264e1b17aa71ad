"""The page of any node: its properties, with blank nodes and lists set out, what points to it, and how it is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import render_template

from publisher.media import GRAPHS
from publisher.stores import Node
from publisher.web.known import TYPE, Term, named
from publisher.web.labels import LABELS
from publisher.web.neighbourhood import Neighbourhood, once
from publisher.web.served import Served
from publisher.web.shown import Shower, Shown, describe_path, graph_path, query_path

#: How many values of one property a page shows, and how many things that point to it by one property.
VALUES: Final = 25
#: How many members of a list.
MEMBERS: Final = 100
#: How many characters of a text.
CHARACTERS: Final = 2_000
#: How many rows the answer to a query has that is linked as more.
MORE: Final = 1_000
XSD_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True)
class Value:
    """A value as the page shows it: a term; or a list's members; or, of a blank node, what is said of it.

    datatype: of a literal that is no plain text. graphs: the named graphs that hold it. cut: whether it goes on.
    """

    shown: Shown
    datatype: Shown | None = None
    graphs: tuple[Shown, ...] = ()
    members: "tuple[Value, ...] | None" = None
    rows: "tuple[Row, ...] | None" = None
    cut: bool = False


@dataclass(frozen=True)
class Row:
    """A property with its values, or with the things that have it. total: how many there are.

    more: the address of a query for them, where they are not all here.
    """

    predicate: Shown
    values: tuple[Value, ...]
    total: int
    more: str | None


def page(here: Served, found: Neighbourhood) -> str:
    """Return the page of a node."""
    portrait = _Portrait(here, found)
    node, shower = found.node, portrait.shower
    iri = named(node)
    title, *others = [shower.show(one) for one in shower.labels(iri)] or [shower.show(node)]
    types = dict.fromkeys(quad.object for quad in found.about if quad.predicate.value == TYPE)
    name = isinstance(node, ox.NamedNode)
    return render_template(
        "describe.html",
        iri=iri,
        away=shower.show(node).away,
        title=title,
        others=others,
        types=[shower.show(one) for one in types if isinstance(one, ox.NamedNode)],
        about=portrait.rows(node, found.about),
        cut=query_path(here.root, f"DESCRIBE {node}") if found.cut and name else None,
        toward=portrait.toward(),
        at_least=found.at_least,
        uses=[(shower.show(one.subject), portrait.value(one.object)) for one in once(found.uses)],
        all_uses=query_path(here.root, f"SELECT ?subject ?value WHERE {{ ?subject {node} ?value }}\nLIMIT {MORE}"),
        graph=graph_path(here.root, iri) if found.graph else None,
        own=_own(here, iri),
        links=[(one.name, describe_path(here.root, iri, one.suffix)) for one in GRAPHS],
    )


def _own(here: Served, iri: str) -> str | None:
    """Return the path of the page of its own shape that a thing of ours has."""
    ours = f"{here.names.base}id/"
    if "files" in here.release.manifest or not iri.startswith(ours) or "#" in iri:
        return None
    return here.root + iri.removeprefix(here.names.base)


class _Portrait:
    """Sets out what is around a node. Each blank node is set out once, where it is met first."""

    def __init__(self, here: Served, found: Neighbourhood) -> None:
        self.shower = Shower(here, found.names)
        self._root = here.root
        self._found = found
        self._met: set[Term] = {found.node}

    def rows(self, subject: Node, quads: Iterable[ox.Quad]) -> tuple[Row, ...]:
        """Return what is said of a node, types and labels first."""
        held: dict[ox.NamedNode, dict[Term, list[Shown]]] = {}
        for quad in quads:
            graphs = held.setdefault(quad.predicate, {}).setdefault(quad.object, [])
            if isinstance(quad.graph_name, ox.NamedNode) and subject == self._found.node:
                name = quad.graph_name.value
                graphs.append(Shown(self.shower.short(name), href=graph_path(self._root, name), iri=name))
        rows = []
        for predicate, values in held.items():
            ordered = sorted(values, key=lambda value: (isinstance(value, ox.Literal), str(value)))
            shown = tuple(self.value(value, tuple(sorted(values[value], key=_name))) for value in ordered[:VALUES])
            rows.append(self._row(predicate, shown, len(values), f"{subject} {predicate} ?value"))
        return tuple(sorted(rows, key=_order))

    def toward(self) -> tuple[Row, ...]:
        """Return what points to the node, by property, the most first."""
        found = self._found
        subjects: dict[ox.NamedNode, dict[Node, None]] = {}
        for quad in found.toward:
            if not isinstance(quad.subject, ox.Triple):
                subjects.setdefault(quad.predicate, {})[quad.subject] = None
        rows = []
        for predicate, total in found.counts.items():
            things = sorted(map(self.shower.show, subjects.get(predicate, ())), key=_name)
            shown = tuple(map(Value, things[:VALUES]))
            rows.append(self._row(predicate, shown, total, f"?subject {predicate} {found.node}"))
        return tuple(sorted(rows, key=lambda row: (-row.total, row.predicate.text)))

    def value(self, value: Term, graphs: tuple[Shown, ...] = ()) -> Value:
        """Return a value as it is shown."""
        if isinstance(value, ox.Literal):
            plain = value.language is not None or value.datatype.value == XSD_STRING
            datatype = None if plain else self.shower.thing(value.datatype.value)
            shown = Shown(value.value[:CHARACTERS], value.language)
            return Value(shown, datatype, graphs, cut=len(value.value) > CHARACTERS)
        shown = self.shower.show(value)
        if not isinstance(value, ox.BlankNode) or value not in self._found.inner or value in self._met:
            return Value(shown, graphs=graphs)
        self._met.add(value)
        members = self._found.members(value)
        if members is not None:
            of_list = tuple(map(self.value, members[:MEMBERS]))
            return Value(shown, graphs=graphs, members=of_list, cut=len(members) > MEMBERS)
        return Value(shown, graphs=graphs, rows=self.rows(value, self._found.inner[value]))

    def _row(self, predicate: ox.NamedNode, values: tuple[Value, ...], total: int, pattern: str) -> Row:
        askable = total > len(values) and "_:" not in pattern.split(" ", 1)[0] + pattern.rsplit(" ", 1)[1]
        sparql = f"SELECT * WHERE {{ {pattern} }}\nLIMIT {MORE}"
        return Row(
            self.shower.thing(predicate.value), values, total, query_path(self._root, sparql) if askable else None
        )


def _name(shown: Shown) -> str:
    return shown.text


def _order(row: Row) -> tuple[bool, bool, str]:
    return row.predicate.iri != TYPE, row.predicate.iri not in LABELS, row.predicate.text
