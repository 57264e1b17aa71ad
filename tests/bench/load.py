"""Load: so many clients that keep their connections and ask without a pause, and what a server makes of it.

With wrk where that is on the machine, else with processes of our own, which take more of the cores that the server
needs, so that their ratios are too near to 1.
"""

import multiprocessing
import re
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any, Final

from tests.bench.wires import Wire

SCRIPT: Final = Path(__file__).with_name("lookups.lua")
CLIENTS: Final = 8
PROCESSES: Final = 2


@dataclass(frozen=True)
class Load:
    """What came of it: answers a second, and how many requests got none, or another answer than 200."""

    rate: float
    failed: int


def load(base: str, paths: list[str], accept: str, *, unique: bool, seconds: int) -> Load:
    """Let 8 clients ask a server for addresses in turn.

    unique: each gets a comment of its own, so that no cache knows it.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(paths))
        file.flush()
        if shutil.which("wrk"):
            return _wrk(base, file.name, accept, unique=unique, seconds=seconds)
    return _own(base, paths, accept, unique=unique, seconds=seconds)


def how() -> str:
    """Say what makes the load."""
    return "wrk" if shutil.which("wrk") else "our own clients"


def _wrk(base: str, paths: str, accept: str, *, unique: bool, seconds: int) -> Load:
    words = [f"-t{PROCESSES}", f"-c{CLIENTS}", f"-d{seconds}s", "-s", str(SCRIPT), base, "--", paths, accept]
    run = subprocess.run(["wrk", *words, *(["unique"] if unique else [])], capture_output=True, text=True, check=True)
    answers, microseconds = map(int, re.findall(r"RESULT (\d+) (\d+)", run.stdout)[0])
    return Load(answers / (microseconds / 1e6), int(re.findall(r"FAILED (\d+)", run.stdout)[0]))


def _own(base: str, paths: list[str], accept: str, *, unique: bool, seconds: int) -> Load:
    context = multiprocessing.get_context("spawn")
    found: Any = context.Queue()
    given = (base, paths, accept, unique, seconds, CLIENTS // PROCESSES)
    running = [context.Process(target=_ask, args=(number, found, *given)) for number in range(PROCESSES)]
    for process in running:
        process.start()
    loads = [found.get() for _ in running]
    for process in running:
        process.join()
    return Load(sum(one.rate for one in loads), sum(one.failed for one in loads))


def _ask(
    number: int, found: "Queue[Load]", base: str, paths: list[str], accept: str, unique: bool, seconds: int, many: int
) -> None:
    answers, failed = [0] * many, [0] * many
    until = time.monotonic() + seconds

    def client(place: int) -> None:
        wire, asked = Wire(base), 0
        while time.monotonic() < until:
            asked += 1
            path = paths[(asked * many + place) % len(paths)]
            try:
                wire.get(f"{path}%23{number}.{place}.{asked}" if unique else path, accept)
                answers[place] += 1
            except (OSError, RuntimeError):
                failed[place] += 1
                wire = Wire(base)

    threads = [threading.Thread(target=client, args=(place,)) for place in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.put(Load(sum(answers) / seconds, sum(failed)))
