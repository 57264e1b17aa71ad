"""Which release answers a request: the current one, resolved once, so that no answer mixes two."""

import threading
from collections import OrderedDict
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox
from flask import g

from mappings import Names
from publisher.errors import NoRelease, NotFound
from publisher.release import Release, current
from publisher.stores import LocalStore, Store
from publisher.web.known import Known
from publisher.web.memory import Memory
from publisher.web.queries import graph_quads

#: How many releases stay open: answers under way keep their own, however long they take.
KEPT: Final = 3


class Served:
    """A release that answers, with its store."""

    def __init__(self, release: Release, store: Store) -> None:
        self.release = release
        self.store = store
        self.names = Names(release.base)
        self.host = urlsplit(release.base).hostname or "localhost"
        self.root = urlsplit(release.base).path
        self.memory = Memory()

    @cached_property
    def ontology(self) -> Known:
        """What the release's terms and concepts mean."""
        return Known(graph_quads(self.store, str(self.names.graph("ontology"))))

    @cached_property
    def shapes(self) -> Known:
        """The shapes that the release was checked with."""
        return self._part("shapes.ttl")

    @cached_property
    def report(self) -> Known:
        """What they found."""
        return self._part("report.ttl")

    def _part(self, path: str) -> Known:
        """Return what a part of the release in Turtle says. Raise NotFound where it has no such part."""
        file = self.release.part(path)
        if file is None or not file.is_file():
            raise NotFound(f"This release has no {path}.")
        return Known(ox.parse(path=file, format=ox.RdfFormat.TURTLE))


class Shelf:
    """The releases of a folder, each opened once and the newest few kept open."""

    def __init__(self, releases: Path) -> None:
        self._releases = releases
        self._open: OrderedDict[Path, Served] = OrderedDict()
        self._lock = threading.Lock()

    def current(self) -> Served:
        """Return the release that is current now. Raise NoRelease where there is none."""
        folder = current(self._releases)
        with self._lock:
            if folder not in self._open:
                release = Release.open(folder)
                self._open[folder] = Served(release, LocalStore(release))
            self._open.move_to_end(folder)
            while len(self._open) > KEPT:
                self._open.popitem(last=False)
            return self._open[folder]


def served() -> Served:
    """Return what answers the present request. Raise NoRelease where nothing does."""
    found: Served | None = g.get("served")
    if found is None:
        raise NoRelease("There is no release to serve yet.")
    return found
