"""The processes of a server, as Linux counts them: which there are, what memory they have, and how busy they are."""

import os
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

TICKS: Final = os.sysconf("SC_CLK_TCK")
_SHARE: Final = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)
#: A server that uses less of one core than this has nothing to do.
CALM: Final = 0.2


@dataclass(frozen=True)
class Process:
    """One process: its CPU time in seconds, and whether it is but a dead one to be waited for."""

    pid: int
    parent: int
    session: int
    seconds: float
    dead: bool


def processes() -> dict[int, Process]:
    """Return all processes of this machine."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):  # it ended meanwhile
                stat = (folder / "stat").read_text().rpartition(")")[2].split()
                seconds = (int(stat[11]) + int(stat[12])) / TICKS
                one = Process(int(folder.name), int(stat[1]), int(stat[3]), seconds, stat[0] == "Z")
                found[one.pid] = one
    return found


def tree(root: int) -> dict[int, Process]:
    """Return a process with all that come from it: its children, theirs, and whoever is left of its session."""
    every = processes()
    mine = {root}
    while more := {pid for pid, one in every.items() if one.parent in mine or one.session == root} - mine:
        mine |= more
    return {pid: every[pid] for pid in mine if pid in every}


def memory(root: int) -> int:
    """Return how much memory a process has with all that come from it, in bytes; what they share counts once."""
    return sum(map(_share, tree(root)))


def _share(pid: int) -> int:
    """Return a process's share of the memory: what is its own, and its part of what it has together with others."""
    try:
        found = _SHARE.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
    except OSError:  # it ended meanwhile
        return 0
    return int(found[1]) * 1024 if found else 0


def busy(root: int, seconds: float = 0.25) -> float:
    """Return how many cores a process and all that come from it use, watched for some time."""
    before = {pid: one.seconds for pid, one in tree(root).items()}
    time.sleep(seconds)
    after = tree(root)
    return sum(one.seconds - before.get(pid, 0.0) for pid, one in after.items()) / seconds


def calm(root: int, patience: float) -> bool:
    """Wait until a server has nothing to do; say whether it came to that before patience ended."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        if busy(root) < CALM:
            return True
    return False
