"""Copies of the seeds, as many as one likes: what a publication of many documents costs, before there are many.

    .venv/bin/python -m tests.copies 10

builds a release of ten copies of each document and prints what it took. A copy has the same text under a key of its
own, and things of its own; the authority files are shared.
"""

import re
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from mappings.names import LOCAL, type_of
from publisher.build import Source, build
from publisher.inferred import inferred
from publisher.seeds import Seeds
from publisher.settings import Settings
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
    for name in ("ontology", "shapes", "publication.toml"):
        (folder / name).symlink_to(ROOT / name)
    return Settings(folder, folder / "releases")


def main() -> None:
    """Print the time of reading, inferring and building, and the most memory that it took."""
    number = int(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        settings = project(Source.read(ROOT).seeds, number, Path(folder))
        begun = time.perf_counter()
        source = Source.read(settings.project)
        read = time.perf_counter()
        graphs = {name: graph for name, graph in source.graphs.items() if name != "inferred"}
        inferred(source.seeds, graphs, source.vocabularies, source.names)
        concluded = time.perf_counter()
        release = build(settings, None, lambda _: None)
        built = time.perf_counter()
    facts = sum(one["facts"] for one in release.manifest["documents"].values())
    print(f"copies {number}: {facts} facts, {release.manifest['triples']} triples")  # noqa: T201
    print(f"  read, mapped and inferred {read - begun:.2f} s; of this inferred {concluded - read:.2f} s")  # noqa: T201
    print(f"  built, all included {built - concluded:.2f} s")  # noqa: T201
    print(f"  most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
