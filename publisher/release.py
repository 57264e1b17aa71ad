"""A release: one folder that never changes, with all that a server needs and all that a user can check.

    releases/{id}/store/          the embedded store, with the sums of its own files in SHA256SUMS
                  dumps/          the data in the formats that stores load
                  documents/      each document's text
                  void.ttl        what this is and where its dumps are
                  shapes.ttl      what had to hold
                  report.ttl      what the shapes found
                  manifest.json   the sha256 and the size of each part; its own sha256 is the release's id
    releases/current              a link to the release that is served

The store is made from the same quads as the dumps and is no part of the manifest: its files differ from build to build.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mappings import Names
from mappings.names import VOCABULARIES
from publisher.errors import NoRelease

CURRENT: Final = "current"
MANIFEST: Final = "manifest.json"
#: The embedded store's folder. The manifest lists none of its files: they differ from build to build.
STORE: Final = "store"
#: More than this is no count of triples or bytes in any release.
MOST: Final = 1 << 40
SHA256: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Release:
    """An open release. manifest: what manifest.json holds."""

    folder: Path
    id: str
    manifest: dict[str, Any]

    @property
    def base(self) -> str:
        """The base IRI that its data was built with."""
        return str(self.manifest["base"])

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that its data is written with: ours, or those that its files declare and some of others."""
        if "files" in self.manifest:
            declared = {name: namespace for name, namespace in self.manifest.get("prefixes", {}).items() if name}
            return {**VOCABULARIES, **declared}
        return Names(self.base).prefixes()

    @property
    def store(self) -> Path:
        """The folder of its embedded store."""
        return self.folder / STORE

    def part(self, path: str) -> Path | None:
        """Return the file of a part that the manifest lists; nothing else in the folder can be asked for."""
        return self.folder / path if path in self.manifest["parts"] else None

    @classmethod
    def open(cls, folder: Path, *, named: bool = True) -> "Release":
        """Open a release by its folder. Raise NoRelease where there is none, or its manifest is not its own.

        named: the folder has its name already, which the manifest must have given to it.
        """
        try:
            written = (folder / MANIFEST).read_bytes()
        except OSError as error:
            raise NoRelease(f"There is no release in {folder}. Make one: communique build") from error
        identity = hashlib.sha256(written).hexdigest()
        if named and identity != folder.name:
            raise NoRelease(f"{folder / MANIFEST} was changed: its sha256 is {identity}. Build again.")
        return cls(folder, identity, read_manifest(written))


def current(releases: Path) -> Path:
    """Return the folder of the release that is served, resolved now, so that one answer never mixes two releases."""
    try:
        return releases / (releases / CURRENT).readlink()
    except OSError as error:
        raise NoRelease(f"There is no release in {releases} yet. Make one: communique build") from error


def read_manifest(written: bytes) -> dict[str, Any]:
    """Return what a manifest says. Raise NoRelease where it is none, or lists what cannot be a part of a release.

    It may come from a disk or a server that nobody vouches for.
    What is promised of it: base is a text; triples and graphs are counts; parts has a sha256 and a size for each path,
    and each path leads to a place inside the release.
    """
    try:
        manifest = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise NoRelease(f"{MANIFEST} is not JSON: {error}") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("base"), str):
        raise NoRelease(f"{MANIFEST} is no manifest of a release: it names no base")
    graphs, parts = manifest.get("graphs"), manifest.get("parts")
    if not isinstance(graphs, dict) or not all(map(_count, (manifest.get("triples"), *graphs.values()))):
        raise NoRelease(f"{MANIFEST} does not count the triples of its graphs")
    if not isinstance(parts, dict):
        raise NoRelease(f"{MANIFEST} lists no parts")
    for path, part in parts.items():
        if not inside(path):
            raise NoRelease(f"{MANIFEST} lists {path!r}, which is no place for a part of a release")
        if not isinstance(part, dict) or not _count(part.get("bytes")) or not _sum(part.get("sha256")):
            raise NoRelease(f"{MANIFEST} gives no sha256 and size of {path}")
    return manifest


def inside(path: str) -> bool:
    """Say whether a path leads from a release's folder to a file in it, one that the manifest may list."""
    steps = path.split("/")
    return (
        path.isprintable()
        and "\\" not in path
        and not any(step in ("", ".", "..") for step in steps)
        and steps[0] not in (MANIFEST, STORE)
    )


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _sum(value: object) -> bool:
    return isinstance(value, str) and SHA256.fullmatch(value) is not None
