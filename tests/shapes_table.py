"""The table of shapes, from the shapes and their tests: `python -m tests.shapes_table` writes `shapes/README.md`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from publisher.shapes import SHAPES, Shapes
from publisher.vocabularies import turtle
from tests.broken import FAULTS
from tests.conftest import ROOT
from tests.test_slips import KNOWN, SLIPS

FILE = ROOT / "shapes" / "README.md"
INTRODUCTION = """\
<!-- python -m tests.shapes_table writes this file, from the shapes and their tests. -->
# The shapes

Standard SHACL: core where core can say it, SPARQL where not. `communique check` and `communique build` run all `*.ttl`
of this folder, and with them those of a publication's own `shapes/`. A shape says in `:scope` over what: one document
by itself with its text (`:document`), one document with the authority files and the ontology (`:context`), or all
documents together (`:publication`). A SPARQL constraint runs once for each of these, never once for each Fact, and
hands out what is wrong as `?value`; a statement is best, because its line and words can be shown then.

A violation stops a build. A warning does not: it says where to look again, and stands in the release's `report.ttl`.

Each shape is proved by one edit that it finds (of a real sheet or authority file, or, for what no sheet can produce, of
one triple), by one that comes close and is not found, and by its absence: without it, its edit is not found.
"""


@dataclass(frozen=True)
class Row:
    """A shape, as its file and its tests have it. caught, spared: examples; faults: names of what it is tested by."""

    name: str
    title: str
    severity: str
    scope: str
    message: bool
    remedy: str
    caught: str
    spared: str
    faults: tuple[str, ...]


def rows(file: Path) -> Iterator[Row]:
    """Yield a row for each shape of a file that has a name, in the order of the file."""
    graph, text = turtle(file), file.read_text("utf-8")
    for found in re.finditer(r"((?:^# .*\n)*)^:([\w-]+) a sh:(?:Node|Property)Shape\b", text, re.MULTILINE):
        shape = SHAPES[found[2]]
        says = re.sub(r"\n# ", " ", found[1].strip())
        caught, spared = (
            re.search(pattern, says) for pattern in (r"Caught: (.*?)(?= Not caught: |$)", r"Not caught: (.*)")
        )
        yield Row(
            name=found[2],
            title=_text(graph, shape, SH.name),
            severity=_text(graph, shape, SH.severity).rpartition("#")[2].lower(),
            scope=_scope(graph, shape),
            message=any(True for _ in _messages(graph, shape)),
            remedy=_text(graph, shape, SH.description),
            caught=caught[1] if caught else "",
            spared=spared[1] if spared else "",
            faults=tuple(_faults(found[2])),
        )


def _text(graph: Graph, shape: Node, predicate: URIRef) -> str:
    return str(graph.value(shape, predicate) or "")


def _scope(graph: Graph, shape: Node) -> str:
    above = graph.value(predicate=SH.property, object=shape)
    return _text(graph, shape, SHAPES.scope).removeprefix(SHAPES) or (_scope(graph, above) if above else "")


def _messages(graph: Graph, shape: Node) -> Iterator[Node]:
    yield from graph.objects(shape, SH.message)
    for part in (SH.property, SH.sparql):
        for inner in graph.objects(shape, part):
            yield from _messages(graph, inner)


def _faults(shape: str) -> Iterator[str]:
    yield from (name for name, one in SLIPS.items() if shape in one.found)
    yield from (f"{name} (a triple)" for name, one in FAULTS.items() if shape in one.shapes)


def files() -> list[Path]:
    """Return the files that hold shapes; the one of prefixes holds none."""
    return [
        file
        for file in sorted((ROOT / "shapes").glob("*.ttl"))
        if any(True for _ in turtle(file).subjects(RDF.type, SH.NodeShape))
    ]


def written() -> str:
    """Return the page: a table for each file, and the warnings that the seeds give."""
    parts = [INTRODUCTION, *map(_section, files())]
    parts.append("## The warnings of the seeds\n")
    if KNOWN:
        why = ((f"`{shape}`", f"`{it}`", reason) for (shape, it), reason in sorted(KNOWN.items()))
        parts.append(_table(("Shape", "Fact or thing", "Why it stands"), why))
    else:
        parts.append("There is none.\n")
    return "\n".join(parts)


def _section(file: Path) -> str:
    says = file.read_text("utf-8").partition("@prefix")[0].strip().replace("\n# ", " ").removeprefix("# ")
    table = (
        (
            f"`{row.name}`",
            f"**{row.title}.** {_sentence(row.caught)}",
            row.severity,
            "; ".join(row.faults[:2]) or "those of its parts",
        )
        for row in rows(file)
    )
    heading = f"## [{file.name}]({file.name})\n\n{says}\n\n"
    return heading + _table(("Shape", "What it catches", "Severity", "Its fault"), table)


def _sentence(text: str) -> str:
    """Begin a text with a capital, if it begins with a word."""
    return f"{text[:1].upper()}{text[1:]}" if re.match(r"[a-z]+ ", text) else text


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *(tuple(map(_cell, row)) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write the page."""
    Shapes.read(ROOT)
    FILE.write_text(written(), "utf-8")


if __name__ == "__main__":
    main()
