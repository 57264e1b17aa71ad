"""A release: one folder that never changes, with all that a server needs and all that a user can check.

    releases/{id}/store/          the embedded store
                  dumps/          the data as Turtle, N-Quads and TriG
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
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publisher.errors import NoRelease

CURRENT = "current"
MANIFEST = "manifest.json"


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
    def store(self) -> Path:
        """The folder of its embedded store."""
        return self.folder / "store"

    def part(self, path: str) -> Path | None:
        """Return the file of a part that the manifest lists; nothing else in the folder can be asked for."""
        return self.folder / path if path in self.manifest["parts"] else None

    @classmethod
    def open(cls, folder: Path) -> "Release":
        """Open a release by its folder. Raise NoRelease where there is none, or its manifest is not its own."""
        try:
            written = (folder / MANIFEST).read_bytes()
            manifest = json.loads(written)
        except (OSError, ValueError) as error:
            raise NoRelease(f"There is no release in {folder}. Make one: communique build") from error
        identity = hashlib.sha256(written).hexdigest()
        if identity != folder.name:
            raise NoRelease(f"The manifest in {folder} was changed: its sha256 is {identity}. Build again.")
        return cls(folder, identity, manifest)


def current(releases: Path) -> Path:
    """Return the folder of the release that is served, resolved now, so that one answer never mixes two releases."""
    try:
        return releases / (releases / CURRENT).readlink()
    except OSError as error:
        raise NoRelease(f"There is no release in {releases} yet. Make one: communique build") from error


def _whole(folder: Path, manifest: bytes) -> bool:
    """Say whether a folder holds all of a release, as its manifest has it."""
    try:
        return (
            (folder / MANIFEST).read_bytes() == manifest
            and all(
                hashlib.sha256((folder / path).read_bytes()).hexdigest() == part["sha256"]
                for path, part in json.loads(manifest)["parts"].items()
            )
            and (folder / "store" / "CURRENT").is_file()
        )
    except OSError:
        return False


def publish(releases: Path, folder: Path, manifest: bytes) -> Release:
    """Give a finished folder its name, and let `current` point to it by one rename.

    folder: made beside the others, in `releases`. A release that is there already is kept, and `folder` is left over;
    but one that was damaged makes way for it, so that building again mends it.
    """
    (folder / MANIFEST).write_bytes(manifest)
    identity = hashlib.sha256(manifest).hexdigest()
    target = releases / identity
    if not _whole(target, manifest):
        damaged = releases / f".damaged-{os.getpid()}"
        if target.exists():
            target.rename(damaged)
        folder.rename(target)
        shutil.rmtree(damaged, ignore_errors=True)
    link = releases / f".{CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(identity)
    link.replace(releases / CURRENT)
    return Release.open(target)
