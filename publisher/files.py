"""Files of RDF as a release: loaded as they are, with no seeds and no build, so that a server can serve them.

The folder is one of releases with one release, whose manifest names the files instead of parts and documents. The
loading is done in a process of its own: a file that was made to do harm may end it, and never the server; and the
memory that it took is free again when the server begins.
"""

import hashlib
import json
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files as resources
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from publisher.errors import CommuniqueError, Problem, Unreadable
from publisher.inputs import Input, inputs
from publisher.release import CURRENT, MANIFEST, STORE, Release
from publisher.settings import BASE, Settings
from publisher.stores import make
from publisher.tables import printable
from publisher.verify import write_sums
from publisher.version import version

Say = Callable[[str], None]

LOADING: Final = ".loading"
#: How often a long file says how far it is.
SECONDS: Final = 5
STEP: Final = 10_000
#: How many quads the engine loads at a time.
BATCH: Final = 1_000_000
#: How many graphs, classes and prefixes a manifest lists at most; a page that lists all of a million helps nobody.
MOST: Final = 1_000
#: Of so many classes some things are named, to begin with.
SAMPLED: Final = 12
PREFIX: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def load(files: Sequence[Path], folder: Path, base: str, *, merge: bool, say: Say) -> Release:
    """Make a release of files in a folder, let its `current` point to it, and return it.

    base: the server's; the relative IRIs of a file are resolved against it and the file's name. merge: the default
    graph becomes the merge of all graphs; else all graphs stay as the files have them. say: is told how far it is.
    Raise Unreadable with all that is wrong in any file, and leave nothing behind.
    """
    loading = folder / LOADING
    try:
        inputs(files)  # what is wrong with their names alone is said at once
        _apart(_Task(tuple(files), loading, base, merge), say)
        made = Release.open(loading, named=False)
        loading.rename(folder / made.id)
        (folder / CURRENT).symlink_to(made.id)
        return Release.open(folder / made.id)
    finally:
        shutil.rmtree(loading, ignore_errors=True)


@contextmanager
def opened(files: Sequence[Path], base: str, *, merge: bool, say: Say) -> Iterator[Settings]:
    """Load files into a folder of their own, give the settings to serve them with, and take the folder away again.

    A signal that asks to end while they are being loaded ends that, too. Raise CommuniqueError for a base that is none.
    """
    if not BASE.fullmatch(base):
        raise CommuniqueError(f"--base: '{base}'; expected http(s)://host/ or http(s)://host/path/")
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with tempfile.TemporaryDirectory(prefix="communique-", ignore_cleanup_errors=True) as folder:
            load(files, Path(folder), base, merge=merge, say=say)
            yield Settings(Path(folder), Path(folder))
    finally:
        signal.signal(signal.SIGTERM, before)


# --- The process


@dataclass(frozen=True)
class _Task:
    """What the process does: which files it loads into which folder."""

    files: tuple[Path, ...]
    folder: Path
    base: str
    merge: bool

    def run(self, back: Connection) -> None:
        """Do it, and send back what there is to say, and at the end what was wrong, or nothing."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that waits, which ends this one
        try:
            _make(self, back.send)
            back.send(None)
        except CommuniqueError as error:
            back.send(error)
        except (OSError, RuntimeError) as error:  # the disk is full, or the engine says so
            back.send(CommuniqueError(f"The files could not be loaded: {getattr(error, 'strerror', None) or error}"))


def _apart(task: _Task, say: Say) -> None:
    """Run a task in a process of its own, which ends with this one."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=task.run, args=(there,), daemon=True)
    process.start()
    there.close()
    last = ""
    try:
        while (told := here.recv()) is not None:
            if isinstance(told, CommuniqueError):
                raise told
            last = told
            say(told)
    except EOFError as error:
        raise CommuniqueError(
            f"The process that loads the files was ended; its last word was: {last.strip() or 'none'}. Either there is "
            "not memory enough, or a file nests terms in each other so deep that the engine fails."
        ) from error
    finally:
        process.kill()
        process.join()
        here.close()


# --- What it does


def _make(task: _Task, say: Say) -> None:
    """Make store, sums and manifest in the folder of a task."""
    task.folder.mkdir()
    given = inputs(task.files)
    prefixes = make(task.folder / STORE, lambda store: _fill(store, task, given, say))
    told = _manifest(task, given, ox.Store.read_only(str(task.folder / STORE)), prefixes)
    write_sums(task.folder / STORE)
    (task.folder / MANIFEST).write_bytes(json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n")


def _fill(store: ox.Store, task: _Task, given: Sequence[Input], say: Say) -> Mapping[str, str]:
    """Fill a store from files, and return the prefixes that these declare. Raise Unreadable."""
    prefixes: dict[str, str] = {}
    problems: list[Problem] = []
    for one in given:
        say(f"reading {printable(str(one.path))} ({one.format.name}, {_size(one.path.stat().st_size)})")
        quads = one.quads(task.base)
        try:
            store.bulk_extend(merged(_told(quads, say)) if task.merge else _told(quads, say))
        except Unreadable as error:
            problems += error.problems
        prefixes = quads.prefixes | prefixes
    if problems:
        raise Unreadable(problems)
    say("putting the store in order")
    return prefixes


def _told(quads: Iterable[ox.Quad], say: Say) -> Iterator[ox.Quad]:
    """Yield quads; where it takes long, say how many there were."""
    last = time.monotonic()
    for number, quad in enumerate(quads, 1):
        yield quad
        if number % STEP == 0 and time.monotonic() - last > SECONDS:
            last = time.monotonic()
            say(f"  {number:,} statements so far")


def merged(quads: Iterable[ox.Quad], batch: int = BATCH) -> Iterator[ox.Quad]:
    """Yield quads, and each of a named graph as one of the default graph, too. Blank nodes are the same in both.

    First a batch of named graphs, then the same of the default graph, held so long: of a batch of both the engine would
    write files that overlap, and take a third of its time again to put them in order. No more than one is ever held.
    """
    held = deque[ox.Quad]()
    for quad in quads:
        named = not isinstance(quad.graph_name, ox.DefaultGraph)
        if named or not held:
            yield quad
        if named or held:
            held.append(quad)
        if len(held) >= batch:
            yield from _default(held)
    yield from _default(held)


def _default(held: deque[ox.Quad]) -> Iterator[ox.Quad]:
    """Yield quads as ones of the default graph, and let go of each."""
    while held:
        quad = held.popleft()
        yield ox.Quad(quad.subject, quad.predicate, quad.object)


# --- The manifest


def _manifest(task: _Task, given: Sequence[Input], store: ox.Store, prefixes: Mapping[str, str]) -> dict[str, Any]:
    """Return what the manifest says. prefixes: those that the files declare."""
    graphs = {
        row["graph"].value if isinstance(row["graph"], ox.NamedNode) else "": int(row["triples"].value)
        for row in _ask(store, "graphs")
        if not isinstance(row["graph"], ox.BlankNode)
    }
    triples = graphs.pop("", 0)
    classes = {row["class"].value: int(row["things"].value) for row in _ask(store, "classes")}
    names = [one.path.name for one in given]
    return {
        "title": names[0] if len(names) == 1 else f"{', '.join(names[:3])}{' and others' if len(names) > 3 else ''}",
        "base": task.base,
        "version": version(),
        "files": [_file(one) for one in given],
        "default_graph": "merge" if task.merge else "as-is",
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


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 1e5 else f"{count:,} bytes"
