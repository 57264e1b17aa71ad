"""Verification: is a release what its manifest says? Each fault is one line, which names the file that is wrong.

In three steps, each of which costs more: the files (sums and sizes, none missing, none too many), the store (it opens,
and has as many triples in each graph as the manifest says), the dumps (each can be read, and has as many, too).
"""

import gzip
import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from mappings import Names
from publisher.errors import CommuniqueError, NoRelease
from publisher.media import GRAPHS, N_QUADS, RESULTS, by_suffix
from publisher.release import MANIFEST, STORE, Release
from publisher.stores import LocalStore

#: The sums of the store's own files, in the format of sha256sum: `sha256sum -c SHA256SUMS` in the store reads it.
SUMS: Final = "SHA256SUMS"
LINE: Final = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9._-]+)")
#: Asks how many triples each graph has.
COUNTS: Final = files("publisher").joinpath("queries", "release", "counts.rq").read_text(encoding="utf-8")
#: How counts name the default graph, which has no IRI.
DEFAULT: Final = ""
BLOCK: Final = 1 << 20


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. path: the file in the release, or whatever else is meant."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def verify(release: Release) -> list[Fault]:
    """Return all that is wrong with a release. A file whose bytes are wrong is not read any further."""
    faults = list(damage(release))
    damaged = {fault.path for fault in faults}
    if not any(path.startswith(f"{STORE}/") for path in damaged):
        try:
            faults += miscounts(STORE, counts(LocalStore(release)), expected(release.manifest))
        except CommuniqueError as error:
            faults.append(Fault(STORE, str(error)))
    for path in sorted(set(release.manifest["parts"]) - damaged):
        faults += unreadable(release.manifest, path, release.folder / path)
    return faults


def require_files(release: Release) -> LocalStore:
    """Return the store of a release whose files are all as they were made. Raise NoRelease where they are not."""
    _refuse(release, damage(release))
    return LocalStore(release)


def require_sound(release: Release) -> None:
    """Raise NoRelease for a release that must not be served: its files were changed, or its store counts otherwise."""
    store = require_files(release)
    _refuse(release, miscounts(STORE, counts(store), expected(release.manifest)))


def _refuse(release: Release, faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        raise NoRelease(f"Release {release.id[:12]} is damaged: {found[0]}{more}")


# --- The files


def damage(release: Release) -> Iterator[Fault]:
    """Yield what is wrong with the files of a release: changed, missing, or not listed. Links are not followed."""
    there = {
        path.relative_to(release.folder).as_posix(): path
        for path in sorted(release.folder.rglob("*"))
        if path.is_symlink() or not path.is_dir()
    }
    there.pop(MANIFEST, None)
    listed: dict[str, Mapping[str, Any]] = dict(release.manifest["parts"])
    try:
        listed.update((f"{STORE}/{name}", {"sha256": one}) for name, one in read_sums(release.store).items())
        there.pop(f"{STORE}/{SUMS}", None)
    except ValueError as error:
        yield Fault(f"{STORE}/{SUMS}", str(error))
        there = {path: file for path, file in there.items() if not path.startswith(f"{STORE}/")}
    for path, part in sorted(listed.items()):
        file = there.pop(path, None)
        yield from [Fault(path, "is missing")] if file is None else _changed(path, file, part)
    for path in there:
        yield Fault(path, "is not listed, and no part of the release")


def _changed(path: str, file: Path, part: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong with one file. part: its sha256, and its size where that is known."""
    try:
        if file.is_symlink() or not file.is_file():
            yield Fault(path, "is no plain file")
            return
        size = file.stat().st_size
        if size != part.get("bytes", size):
            yield Fault(path, f"has {size:,} bytes, and must have {part['bytes']:,}")
            return
        found = _sha256(file)
    except OSError as error:
        yield Fault(path, f"cannot be read: {error.strerror or error}")
        return
    if found != part["sha256"]:
        yield Fault(path, f"was changed: its sha256 is {found}, and must be {part['sha256']}")


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def write_sums(store: Path) -> None:
    """Write down the sums of a store's files, beside them."""
    lines = [f"{_sha256(file)}  {file.name}\n" for file in sorted(store.iterdir()) if file.name != SUMS]
    (store / SUMS).write_text("".join(lines), encoding="ascii")


def read_sums(store: Path) -> dict[str, str]:
    """Return the sum of each file of a store. Raise ValueError where they are not there, or are none."""
    try:
        written = (store / SUMS).read_text(encoding="ascii")
    except OSError as error:
        raise ValueError("is missing") from error
    except UnicodeDecodeError as error:
        raise ValueError("is no list of sums") from error
    sums = {}
    for number, line in enumerate(written.removesuffix("\n").split("\n"), 1):
        found = LINE.fullmatch(line)
        if found is None or found[2] in sums:
            raise ValueError(f"line {number} is no sum of a file; expected the sha256, two spaces and the file's name")
        sums[found[2]] = found[1]
    if not written.endswith("\n"):
        raise ValueError("breaks off in its last line")
    return sums


# --- The counts


def expected(manifest: Mapping[str, Any]) -> dict[str, int]:
    """Return how many triples a manifest says that each graph has, by the graph's IRI."""
    names = Names(manifest["base"])
    return {DEFAULT: manifest["triples"]} | {str(names.graph(name)): n for name, n in manifest["graphs"].items()}


def counts(store: LocalStore) -> dict[str, int]:
    """Return how many triples each graph of a store has. Raise NoRelease where it cannot say."""
    try:
        return counted(store.query(COUNTS, RESULTS[0].media_type).read())
    except (CommuniqueError, ValueError) as error:
        raise NoRelease(f"it cannot be asked: {error}") from error


def counted(results: bytes) -> dict[str, int]:
    """Return how many triples each graph has, from the answer to COUNTS in JSON. Raise ValueError where it is none."""
    try:
        rows = json.loads(results)["results"]["bindings"]
        return {str(row["graph"]["value"]) if "graph" in row else DEFAULT: int(row["triples"]["value"]) for row in rows}
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise ValueError("the answer is no table of counts") from error


def miscounts(path: str, found: Mapping[str, int], wanted: Mapping[str, int]) -> Iterator[Fault]:
    """Yield each graph of which something has more or fewer triples than it must have. path: what has them."""
    for graph in sorted({*found, *wanted}):
        if found.get(graph, 0) != wanted.get(graph, 0):
            where = f"graph {graph}" if graph else "the default graph"
            yield Fault(path, f"{where} has {found.get(graph, 0):,} triples, and must have {wanted.get(graph, 0):,}")


# --- The dumps


def unreadable(manifest: Mapping[str, Any], path: str, file: Path) -> Iterator[Fault]:
    """Yield what is wrong with what a part says, whose bytes are those that the manifest lists."""
    suffix = path.rpartition(".")[2]
    form = by_suffix(suffix, (*GRAPHS, N_QUADS))
    if suffix == "gz":
        yield from _packed(manifest["parts"], path, file)
    elif suffix == "json":
        try:
            json.loads(file.read_bytes())
        except (ValueError, RecursionError) as error:
            yield Fault(path, f"is not JSON: {error}")
    elif form is not None:
        try:
            parsed = ox.parse(path=file, format=form.engine, base_iri=manifest["base"])  # type: ignore[arg-type]
            found = Counter(getattr(quad.graph_name, "value", DEFAULT) for quad in parsed)
        except (SyntaxError, ValueError, OSError) as error:
            yield Fault(path, f"is not {form.name}: {str(error).partition(chr(10))[0]}")
        else:
            yield from miscounts(path, found, _held(manifest, path) or found)
    yield from _not_canonical(manifest, path)


def _held(manifest: Mapping[str, Any], path: str) -> dict[str, int] | None:
    """Return how many triples a dump must have in each graph; nothing of a part that is no dump."""
    folder, _, file = path.rpartition("/")
    name, _, suffix = file.partition(".")
    whole = expected(manifest)
    if folder == "dumps":
        return whole if suffix in ("nq", "trig") else {DEFAULT: whole[DEFAULT]}
    return {DEFAULT: manifest["graphs"][name]} if folder == "dumps/graph" and name in manifest["graphs"] else None


def _packed(parts: Mapping[str, Any], path: str, file: Path) -> Iterator[Fault]:
    """Yield what is wrong with a packed part: it must be the one without .gz, and no more than that is unpacked."""
    plain = parts.get(path.removesuffix(".gz"))
    if plain is None:
        yield Fault(path, "is a packed part, and the part itself is not listed")
        return
    digest, left = hashlib.sha256(), plain["bytes"] + 1
    try:
        with gzip.open(file) as opened:
            while left > 0 and (block := opened.read(min(BLOCK, left))):
                digest.update(block)
                left -= len(block)
    except (OSError, EOFError, zlib.error) as error:
        yield Fault(path, f"cannot be unpacked: {error}")
        return
    if digest.hexdigest() != plain["sha256"]:
        yield Fault(path, f"is not {path.removesuffix('.gz')} when it is unpacked")


def _not_canonical(manifest: Mapping[str, Any], path: str) -> Iterator[Fault]:
    """Yield a hash of RDFC-1.0 that is not that of its dump: the dump is the canonical N-Quads, so the two are one."""
    graph = {"dumps/communique.nq": "dataset", "dumps/communique.nt": "default"}.get(path)
    hashes = manifest.get("rdfc10")
    if graph is None or not isinstance(hashes, dict) or graph not in hashes:
        return
    if hashes[graph] != manifest["parts"][path]["sha256"]:
        yield Fault(path, f"is not what the manifest's hash of RDFC-1.0 ({graph}) is of")
