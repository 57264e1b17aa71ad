"""Which release answers a request: the current one, resolved once, so that no answer mixes two."""

import os
import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox
from flask import g

from mappings import Names
from publisher.errors import NoRelease, NotFound
from publisher.release import CURRENT, MANIFEST, Release, current
from publisher.stores import LocalStore
from publisher.verify import require_files
from publisher.web.known import Known
from publisher.web.memory import Memory
from publisher.web.queries import graph_quads

#: Where what answers a request is left, in its environment, and in the scope of ASGI before that.
SERVED: Final = "communique.served"
#: Where the front leaves what a page is to show: the answer to a query, or what is wrong with a request.
ANSWER: Final = "communique.answer"


class Served:
    """A release that answers, with its store."""

    def __init__(self, release: Release, store: LocalStore) -> None:
        self.release = release
        self.store = store
        self.names = Names(release.base)
        self.host = urlsplit(release.base).hostname or "localhost"
        self.root = urlsplit(release.base).path
        self.memory: Memory[bytes] = Memory(len)

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
    """The release that answers, and which of a folder's releases that is now.

    Where `current` points to a release that is damaged, it is refused, and the one before goes on answering. A release
    is looked through when it becomes current or was made anew, and not for each request.
    """

    def __init__(self, releases: Path, refused: Callable[[str], None]) -> None:
        """Serve from these releases. refused: told once, when one is refused, why."""
        self._releases = releases
        self._refused = refused
        self._seen: tuple[object, ...] = ()
        self._current = str(releases / CURRENT)
        self._manifest = ""  # of the release to which that leads
        self._served: Served | None = None
        self._lock = threading.Lock()

    def current(self) -> Served:
        """Return the release that is current now. Raise NoRelease where there is none that can be served."""
        with self._lock:
            # In this order: whoever swaps the link in between is seen by `changed`.
            link = _stamp(self._current)
            folder = current(self._releases)
            self._manifest = str(folder / MANIFEST)
            seen = link, _stamp(self._manifest), folder
            if seen != self._seen:
                self._seen = seen
                self._take(folder)
            if self._served is None or not self._served.release.folder.is_dir():
                raise NoRelease(f"There is no release in {self._releases} that can be served.")
            return self._served

    def changed(self, known: Served) -> bool:
        """Say whether another release than this may be current now, or none.

        It is asked for each request, and costs three calls of the system.
        """
        if self._served is not known or not os.path.isdir(known.release.folder):  # noqa: PTH112 - Path's takes longer
            return True
        return self._seen[:2] != (_stamp(self._current), _stamp(self._manifest))

    def _take(self, folder: Path) -> None:
        """Serve a release from now on, if its files are as they were made; else say why not."""
        try:
            release = Release.open(folder)
            self._served = Served(release, require_files(release))
        except NoRelease as error:
            self._refused(str(error))


def _stamp(path: str) -> tuple[int, int] | None:
    """Return what tells a file, or a link, from another that takes its place; nothing, where there is none."""
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def served() -> Served:
    """Return what answers the present request. Raise NoRelease where nothing does."""
    found: Served | None = g.get("served")
    if found is None:
        raise NoRelease("There is no release to serve yet.")
    return found
