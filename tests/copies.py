"""Copies of the seeds, as many as one likes: what a publication of many documents costs, before there are many.

    .venv/bin/python -m tests.copies 10

checks ten copies of each document, and prints what it took; tests.growth builds them. A copy has the same text under a
key of its own, and things of its own; the authority files are shared.
"""

import re
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from mappings.names import LOCAL, type_of
from publisher.review import review
from publisher.seeds import Seeds
from publisher.settings import Settings
from publisher.vocabularies import Vocabularies
from tests.conftest import ROOT


def copies(seeds: Seeds, number: int, folder: Path) -> Path:
    """Write copies of all documents, the first as they are, and the authority files into a new folder; return it."""
    shutil.copytree(ROOT / "seeds" / "authority", folder / "authority")
    keys = [sheet.document.key for sheet in seeds.sheets]
    for sheet in seeds.sheets:
        # What belongs to one document, as a group does, has the document's key in its name already.
        own = [thing for thing in sheet.things if type_of(thing) not in LOCAL]
        names = "|".join(sorted(map(re.escape, [*own, *keys]), key=len, reverse=True))
        for suffix in ["", *(f"-copy-{copy}" for copy in range(2, number + 1))]:
            written = re.sub(rf"(?<![\w/-])({names})(?![\w-])", rf"\1{suffix}", sheet.file.read_text("utf-8"))
            (folder / f"{sheet.document.key}{suffix}.yaml").write_text(written, "utf-8", newline="\n")
            shutil.copy(sheet.text.file, folder / f"{sheet.document.key}{suffix}.txt")
    return folder


def project(seeds: Seeds, number: int, folder: Path) -> Settings:
    """Make a project of copies, and return its settings."""
    copies(seeds, number, folder / "seeds")
    shutil.copy(ROOT / "publication.toml", folder)
    return Settings(folder, folder / "releases")


def main() -> None:
    """Print the time and the most memory that a check takes."""
    number = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        seeds = Seeds.read(ROOT / "seeds", Vocabularies.read(ROOT))
        print(f"copies {number}: {'; '.join(checked(project(seeds, number, Path(folder))))}")  # noqa: T201


def checked(settings: Settings) -> list[str]:
    """Check all documents as `communique check` does, and return what it took by stage."""
    begun = time.perf_counter()
    shared = review(settings.project)
    ended = time.perf_counter()
    stages = ", ".join(f"{stage} {seconds:.2f} s" for stage, seconds in shared.seconds.items())
    return [
        f"{len(shared.seeds.sheets):,} documents, {sum(len(sheet.facts) for sheet in shared.seeds.sheets):,} facts",
        f"checked on all cores {ended - begun:.2f} s: {stages}",
        f"most memory {peak(resource.RUSAGE_SELF)}, of each helping process {peak(resource.RUSAGE_CHILDREN)}",
    ]


def peak(of: int) -> str:
    """Return the most memory that this process, or one of those that it started, has had."""
    return f"{resource.getrusage(of).ru_maxrss / 1024:.0f} MB"


if __name__ == "__main__":
    main()
