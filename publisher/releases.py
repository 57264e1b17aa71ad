"""The folder of releases: a release is made in it, beside the others, and the links say which one is served.

    releases/{id}/        the releases; none is ever changed
    releases/current      a link to the one that is served; one rename switches it
    releases/previous     a link to the one that was served before
    releases/.building-*  a release that is being made. Its maker holds a lock on it, so one without a lock is dead

Whoever gives a release its name or switches a link holds a lock on the folder of releases itself. Both locks are those
of flock, which end with the process, however it ends.
"""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from publisher.errors import CommuniqueError, NoRelease
from publisher.release import CURRENT, MANIFEST, SHA256, Release
from publisher.verify import require_sound, write_sums

PREVIOUS: Final = "previous"
BUILDING: Final = ".building-"
#: What only whoever holds the lock on the folder makes, and takes away again.
PASSING: Final = (".damaged-*", f".{CURRENT}-*", f".{PREVIOUS}-*")


@contextmanager
def draft(releases: Path) -> Iterator[Path]:
    """Give a new folder in which a release can be made, and take it away again, unless it was published.

    What builds that were killed left behind is taken away first. Raise CommuniqueError where nothing can be written.
    """
    with ExitStack() as held, _written(releases):
        releases.mkdir(parents=True, exist_ok=True)
        with _locked(releases):
            _target(releases, CURRENT)  # said now, and not after a long build
            _sweep(releases)
            folder = Path(tempfile.mkdtemp(prefix=BUILDING, dir=releases))
            held.enter_context(_locked(folder))
            held.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)  # mkdtemp makes it private; a release is there to be read
        yield folder


def publish(releases: Path, folder: Path, manifest: bytes) -> Release:
    """Give a finished draft its name, and let `current` point to it by one rename.

    It is written out to the disk and read back first: what is not sound is not published (NoRelease). A release that
    is there already is kept, and the draft is left over; but one that was damaged makes way for it, so that building
    again mends it.
    """
    (folder / MANIFEST).write_bytes(manifest)
    made = Release.open(folder, named=False)
    write_sums(made.store)
    _sync_all(folder)
    require_sound(made)
    target = releases / made.id
    with _locked(releases):
        if not _sound(target):
            damaged = releases / f".damaged-{made.id}"
            _remove(damaged)
            if os.path.lexists(target):
                target.rename(damaged)
            folder.rename(target)
            _remove(damaged)
        _switch(releases, made.id)
    return Release.open(target)


def rollback(releases: Path, name: str | None = None) -> Release:
    """Let `current` point to another release, by default to the one that was current before.

    So a second rollback takes back the first. name: a release's id, or how it begins. Raise NoRelease where there is
    none such, or it is damaged; then all stays as it was.
    """
    with _written(releases), _locked(releases):
        folder = find(releases, name) if name else _before(releases)
        release = Release.open(folder)
        require_sound(release)
        _switch(releases, release.id)
        return release


def find(releases: Path, name: str) -> Path:
    """Return the folder of the release whose id begins so. Raise NoRelease where there is none, or more than one."""
    found = [folder for folder in listed(releases) if folder.name.startswith(name)]
    if len(found) != 1:
        told = "more than one release" if found else "no release"
        raise NoRelease(f"There is {told} in {releases} whose id begins with {name}. See: communique releases")
    return found[0]


def listed(releases: Path) -> list[Path]:
    """Return the folders of all releases, the newest first."""
    try:
        folders = [path for path in releases.iterdir() if re.fullmatch(SHA256, path.name) and path.is_dir()]
    except OSError as error:
        raise NoRelease(f"There is no release in {releases} yet. Make one: communique build") from error
    return sorted(folders, key=lambda folder: (-folder.stat().st_mtime_ns, folder.name))


def linked(releases: Path) -> dict[str, str]:
    """Return which releases are current and previous, by id."""
    links = {name: _target(releases, name) for name in (CURRENT, PREVIOUS)}
    return {name: target for name, target in links.items() if target is not None}


def _before(releases: Path) -> Path:
    links = linked(releases)
    if PREVIOUS not in links or links[PREVIOUS] == links.get(CURRENT):
        raise NoRelease("No other release was current before. Name one: communique releases lists them.")
    return releases / links[PREVIOUS]


# --- Links


def _switch(releases: Path, identity: str) -> None:
    """Let `current` point to a release, and `previous` to what was current. Whoever calls it holds the lock."""
    before = _target(releases, CURRENT)
    if before == identity:
        return
    if before is not None:
        _link(releases, PREVIOUS, before)
    _link(releases, CURRENT, identity)
    _sync(releases)


def _link(releases: Path, name: str, target: str) -> None:
    """Make or switch a link by one rename, so that at no moment there is none."""
    _target(releases, name)
    new = releases / f".{name}-new"
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(releases / name)


def _target(releases: Path, name: str) -> str | None:
    """Return what a link points to; nothing, where there is no link. Raise an error for what is something else."""
    link = releases / name
    if not os.path.lexists(link):
        return None
    if not link.is_symlink():
        raise CommuniqueError(f"{link} is no link, and a release must be one. Move it away; nothing was published.")
    return str(link.readlink())


# --- Locks, leftovers, the disk


@contextmanager
def _locked(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock on a folder. Without waiting for it: raise BlockingIOError where another process has it."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _sweep(releases: Path) -> None:
    """Take away what dead builds left. Whoever calls it holds the lock on `releases`."""
    for left in releases.glob(f"{BUILDING}*"):
        try:
            with _locked(left, wait=False):
                _remove(left)
        except BlockingIOError:
            continue  # somebody is building in it
    for pattern in PASSING:
        for left in releases.glob(pattern):
            _remove(left)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _sound(folder: Path) -> bool:
    try:
        require_sound(Release.open(folder))
    except NoRelease:
        return False
    return True


@contextmanager
def _written(releases: Path) -> Iterator[None]:
    """Say in one line what of the disk went wrong; all is as it was then."""
    try:
        yield
    except OSError as error:
        told = error.strerror or str(error)
        raise CommuniqueError(f"Nothing was published, for {releases} cannot be written: {told}") from error


def _sync_all(folder: Path) -> None:
    """Wait until all of a folder is on the disk: a power cut after the switch must not leave a release half there."""
    for path in (*folder.rglob("*"), folder, folder.parent):
        _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
