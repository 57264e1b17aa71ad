"""Loading: files of RDF become a store, with its manifest, in a process that does nothing else.

    python -m publisher.loading       what to load is a line of standard input; ends when that is closed

Executed anew, and none of the server's modules is imported: it begins at once. What there is to say is told in lines of
JSON at standard output; the last says that all is done, or what was wrong.
"""

import json
import mmap
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from publisher.errors import CommuniqueError, Problem, Unreadable
from publisher.inputs import BOM, Input, inputs
from publisher.inventory import inventory
from publisher.media import N_QUADS
from publisher.release import MANIFEST, STORE
from publisher.stores import make
from publisher.tables import printable
from publisher.verify import write_sums

Say = Callable[[str], None]

STDIN: Final = 0
STDOUT: Final = 1
#: How often a long file says how far it is.
SECONDS: Final = 5
STEP: Final = 10_000
#: How many quads the engine loads at a time.
BATCH: Final = 1_000_000


def load(paths: Sequence[Path], folder: Path, base: str, *, merge: bool, say: Say) -> None:
    """Make store, sums and manifest of files in a folder that is not there yet. Raise Unreadable, or OSError.

    base, merge: as in `files.load`.
    """
    folder.mkdir()
    given = inputs(paths)
    prefixes = make(folder / STORE, lambda store: _fill(store, given, base, merge, say))
    told = inventory(ox.Store.read_only(str(folder / STORE)), given, base, prefixes, merge=merge)
    write_sums(folder / STORE)
    (folder / MANIFEST).write_bytes(json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n")


def _fill(store: ox.Store, given: Sequence[Input], base: str, merge: bool, say: Say) -> Mapping[str, str]:
    """Fill a store from files, and return the prefixes that these declare. Raise Unreadable."""
    prefixes: dict[str, str] = {}
    problems: list[Problem] = []
    for one in given:
        say(f"reading {printable(str(one.path))} ({one.format.name}, {_size(one.path.stat().st_size)})")
        quads = one.quads(base)
        told = _told(quads, one.path, say)
        try:
            if merge and plain(one):
                _load_twice(store, one.path, told)
            else:
                store.bulk_extend(merged(told) if merge else told)
        except Unreadable as error:
            problems += error.problems
        prefixes = quads.prefixes | prefixes
    if problems:
        raise Unreadable(problems)
    say("putting the store in order")
    return prefixes


def _told(quads: Iterable[ox.Quad], path: Path, say: Say) -> Iterator[ox.Quad]:
    """Yield quads; where it takes long, say how many there were; and where there are none."""
    last = time.monotonic()
    number = 0
    for number, quad in enumerate(quads, 1):
        yield quad
        if number % STEP == 0 and time.monotonic() - last > SECONDS:
            last = time.monotonic()
            say(f"  {number:,} statements so far")
    if not number:
        say(f"  there is no statement in {printable(path.name)}")


def plain(one: Input) -> bool:
    """Say whether the engine reads a file by itself as it is read here: as lines of N-Quads that name no blank node."""
    if one.format is not N_QUADS or one.packed or not one.path.stat().st_size:
        return False
    with one.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content[: len(BOM)] != BOM and content.find(b"_:") < 0


def _load_twice(store: ox.Store, path: Path, quads: Iterable[ox.Quad]) -> None:
    """Let the engine load a plain file, and at the same time, on another core, its named graphs as the default graph.

    Read twice, a blank node would be two. What is wrong in the file is raised by `quads`, with its place.
    """
    copies = (
        ox.Quad(quad.subject, quad.predicate, quad.object)
        for quad in quads
        if not isinstance(quad.graph_name, ox.DefaultGraph)
    )
    with ThreadPoolExecutor(1) as other:
        loading = other.submit(store.bulk_load, path=str(path), format=ox.RdfFormat.N_QUADS)
        store.bulk_extend(copies)
    loading.result()


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


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 1e5 else f"{count:,} bytes"


# --- The process


def _tell(**said: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    os.write(STDOUT, json.dumps(said).encode() + b"\n")


def _end_with_the_other_side() -> None:
    """End this process as soon as the other side has closed its end."""
    os.read(STDIN, 1)
    os._exit(1)


def main() -> None:
    """Load what the first line says, and tell what came of it."""
    with open(STDIN, "rb", buffering=0, closefd=False) as told:
        asked = json.loads(told.readline())
    threading.Thread(target=_end_with_the_other_side, daemon=True).start()
    os.chdir(asked["here"])
    try:
        paths = [Path(one) for one in asked["files"]]
        load(paths, Path(asked["folder"]), asked["base"], merge=asked["merge"], say=lambda text: _tell(say=text))
        _tell(done=True)
    except Unreadable as error:
        _tell(unreadable=[[str(one.file), one.line, one.message, one.column] for one in error.problems])
    except (CommuniqueError, OSError, RuntimeError) as error:  # the disk is full, or the engine says so
        _tell(failed=str(getattr(error, "strerror", None) or error))


if __name__ == "__main__":
    main()
