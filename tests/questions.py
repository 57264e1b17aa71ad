"""The questions that a release must answer, and their answers, whoever is asked: a store, a server, another store.

The answers stand in `tests/answers/`, a file for each example query: a row a line, its values parted by tabs, the base
left out of IRIs; `true` or `false` for a yes or no. `python -m tests.questions` writes them anew, for a person to read
the difference.
"""

import json
from pathlib import Path
from typing import Any

from publisher.build import build
from publisher.examples import examples
from publisher.settings import Settings
from publisher.stores import LocalStore
from tests.conftest import ROOT

FOLDER = Path(__file__).parent / "answers"

Rows = list[tuple[str, ...]] | bool


def rows(results: dict[str, Any], base: str) -> Rows:
    """Return SPARQL JSON results as rows of texts, the base left out of IRIs; True or False for a yes or no."""
    if "boolean" in results:
        return bool(results["boolean"])
    names = results["head"]["vars"]
    return [
        tuple(str(row[name]["value"]).removeprefix(base) if name in row else "" for name in names)
        for row in results["results"]["bindings"]
    ]


def written(answer: Rows) -> str:
    """Return an answer as its file has it."""
    if isinstance(answer, bool):
        return f"{str(answer).lower()}\n"
    return "".join("\t".join(row) + "\n" for row in answer)


def read(file: Path) -> Rows:
    """Return the answer that a file has."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return lines == ["true"] if lines in (["true"], ["false"]) else [tuple(line.split("\t")) for line in lines]


#: For each example query its answer.
ANSWERS: dict[str, Rows] = {file.stem: read(file) for file in sorted(FOLDER.glob("*.tsv"))}


def main() -> None:
    """Write the answers of a release that is built now."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        release = build(Settings(ROOT, Path(folder)), None, lambda _: None)
        store = LocalStore(release)
        for file in FOLDER.glob("*.tsv"):
            file.unlink()
        for one in examples():
            results = json.loads(store.query(one.sparql, "application/sparql-results+json").read())
            (FOLDER / f"{one.name}.tsv").write_text(written(rows(results, release.base)), encoding="utf-8")


if __name__ == "__main__":
    main()
