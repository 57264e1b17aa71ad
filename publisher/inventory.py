"""The inventory of a store that was loaded of files: what its manifest says, and from which files it came."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files as resources
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from publisher.inputs import Input
from publisher.version import version

#: How many graphs, classes and prefixes a manifest lists at most; a page that lists all of a million helps nobody.
MOST: Final = 1_000
#: Of so many classes some things are named, to begin with.
SAMPLED: Final = 12
PREFIX: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def inventory(
    store: ox.Store, given: Sequence[Input], base: str, prefixes: Mapping[str, str], *, merge: bool
) -> dict[str, Any]:
    """Return what the manifest says of a store and of what was given. prefixes: those that the files declare.

    base, merge: as the files were loaded.
    """
    graphs = {
        row["graph"].value if isinstance(row["graph"], ox.NamedNode) else "": int(row["triples"].value)
        for row in _ask(store, "graphs")
        if not isinstance(row["graph"], ox.BlankNode)
    }
    triples = graphs.pop("", 0)
    asked = _ask(store, "classes-of-merge" if merge else "classes")
    classes = {row["class"].value: int(row["things"].value) for row in asked}
    names = [one.path.name for one in given]
    return {
        "title": names[0] if len(names) == 1 else f"{', '.join(names[:3])}{' and others' if len(names) > 3 else ''}",
        "base": base,
        "version": version(),
        "files": [_file(one) for one in given],
        "default_graph": "merge" if merge else "as-is",
        "triples": triples,
        "graphs": dict(islice(graphs.items(), MOST)),
        "named_graphs": sum(1 for _ in store.named_graphs()),
        "classes": classes,
        "samples": {cls: _samples(store, cls) for cls in islice(classes, SAMPLED)},
        "prefixes": dict(islice(_proper(prefixes), MOST)),
        "documents": {},
        "parts": {},
    }


def _file(one: Input) -> dict[str, Any]:
    with one.path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return {"name": one.path.name, "format": one.format.name, "bytes": one.path.stat().st_size, "sha256": digest}


def _samples(store: ox.Store, cls: str) -> list[str]:
    """Return the IRIs of some things of a class."""
    return [row["thing"].value for row in _ask(store, "samples", cls)]


def _proper(prefixes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield those prefixes with which each of our formats can be written, and the empty one, for pages."""
    for name, namespace in prefixes.items():
        if (PREFIX.fullmatch(name) or not name) and namespace:
            yield name, namespace


def _ask(store: ox.Store, name: str, cls: str = "") -> Iterable[ox.QuerySolution]:
    """Yield the rows that one of the queries for a release gives; in it, `class` stands for a class."""
    query = resources("publisher").joinpath("queries", "release", f"{name}.rq").read_text(encoding="utf-8")
    found = store.query(query.replace("<class>", str(ox.NamedNode(cls))) if cls else query)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError(f"{name}.rq is no SELECT query")
    return found
