"""What a build costs as a publication grows: by stage, for copies of the seeds.

    .venv/bin/python -m tests.growth            1, 10 and 100 copies; `make bench`
    .venv/bin/python -m tests.growth 1 4 16

For each number a process of its own builds, with its memory limited, on all cores. Of each stage: the time that passed,
the CPU time of all processes, the most memory that the building process has had by its end, the CPU time for a thousand
quads, and the exponent by which it grew since the number before (1: as the quads do). Nothing here is a test.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from publisher import build as building
from publisher.review import Review, review
from publisher.seeds import Seeds
from publisher.vocabularies import Vocabularies
from tests.conftest import ROOT
from tests.copies import project

STAGES: Final = {
    "reading the seeds": "read",
    "mapping and checking each document": "map, check",
    "checking the documents together": "check",
    "concluding what follows": "infer",
    "checking what follows": "check",
    "writing the dumps": "dump",
    "loading the store": "load",
    "hashing all parts": "hash",
}
ORDER: Final = ("read", "map", "check", "infer", "dump", "load", "hash")
MEMORY: Final = 10 << 30


@dataclass
class Cost:
    """What a stage took: seconds that passed, seconds of CPU, the most memory by its end in MB."""

    wall: float = 0.0
    cpu: float = 0.0
    memory: float = 0.0


class Meter:
    """Told of each stage as it begins, it knows what each took."""

    def __init__(self) -> None:
        self.costs: dict[str, Cost] = {}
        self._stage = ""
        self._since = (0.0, 0.0)

    def __call__(self, text: str) -> None:
        """A stage begins, and the one before it has ended."""
        if text in STAGES:
            self.end()
            self._stage, self._since = STAGES[text], (time.perf_counter(), cpu())

    def end(self) -> None:
        if self._stage:
            self.add(self._stage, time.perf_counter() - self._since[0], cpu() - self._since[1])

    def add(self, stage: str, wall: float, used: float) -> None:
        cost = self.costs.setdefault(stage, Cost())
        cost.wall += wall
        cost.cpu += used
        cost.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    def review(self, *given: Any) -> Review:  # noqa: ANN401 - as the review takes it
        """Review documents, and share what mapping and checking took side by side out between the two."""
        found = review(*given)
        both = self.costs.pop("map, check")
        whole = found.seconds["map"] + found.seconds["check"]
        for stage in ("map", "check"):
            share = found.seconds[stage] / whole
            self.add(stage, both.wall * share, both.cpu * share)
        return found


def cpu() -> float:
    """Return the CPU time of this process and of those that it has started and that have ended."""
    both = (resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def measure(number: int) -> dict[str, Any]:
    """Build a release of copies, and return what it took."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        seeds = Seeds.read(ROOT / "seeds", Vocabularies.read(ROOT))
        settings = project(seeds, number, Path(folder))
        meter = Meter()
        setattr(building, "review", meter.review)  # noqa: B010 - the build's own, timed
        release = building.build(settings, None, meter)
        meter.end()
        size = sum(file.stat().st_size for file in release.folder.rglob("*") if file.is_file())
        costs = {stage: vars(cost) for stage, cost in meter.costs.items()}
        documents = release.manifest["documents"]
        return {
            "documents": len(documents),
            "facts": sum(one["facts"] for one in documents.values()),
            "quads": release.manifest["quads"],
            "size": size / 1e6,
            "costs": costs,
        }


def shown(number: int, took: dict[str, Any], before: dict[str, Any] | None) -> str:
    """Return a table of what a build took, and how it grew."""
    wall, used = (sum(cost[what] for cost in took["costs"].values()) for what in ("wall", "cpu"))
    rows = [
        f"copies {number}: {took['documents']:,} documents, {took['facts']:,} facts, {took['quads']:,} quads; "
        f"{wall:.1f} s, {used:.1f} s of CPU; a release of {took['size']:,.0f} MB",
        f"{'':8}{'time':>9}{'CPU':>9}{'most memory':>13}{'CPU/1000 quads':>17}{'exponent':>10}",
    ]
    for stage in ORDER:
        cost = took["costs"][stage]
        exponent = ""
        if before:
            grown = cost["cpu"] / max(before["costs"][stage]["cpu"], 1e-3)
            exponent = f"{math.log(grown) / math.log(took['quads'] / before['quads']):.2f}"
        rows.append(
            f"{stage:8}{cost['wall']:7.1f} s{cost['cpu']:7.1f} s{cost['memory']:10,.0f} MB"
            f"{1e6 * cost['cpu'] / took['quads']:14.1f} ms{exponent:>10}"
        )
    return "\n".join([*rows, ""])


def main() -> None:
    """Measure each number of copies in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("numbers", nargs="*", type=int, default=[1, 10, 100])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.one)))  # noqa: T201
        return
    before = None
    for number in given.numbers:
        run = subprocess.run(
            [sys.executable, "-m", "tests.growth", "--one", str(number)], check=True, capture_output=True
        )
        took = json.loads(run.stdout)
        print(shown(number, took, before), flush=True)  # noqa: T201
        before = took


if __name__ == "__main__":
    main()
