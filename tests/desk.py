"""A desk at which tests have one document after another checked, the ontology and the shapes being read once."""

from pathlib import Path

from mappings import Names
from publisher.errors import Problem
from publisher.findings import Finding, Places
from publisher.review import Desk
from publisher.seeds import Seeds
from publisher.shapes import Shapes
from tests.source import Source


def check(
    folder: Path, document: str, source: Source, shapes: Shapes, others: tuple[str, ...] = ()
) -> tuple[list[Finding], list[Problem]]:
    """Return what is found in one document of a project, in its authority files and between it and other documents.

    Or why they cannot be read.
    """
    names = Names(source.publication.base)
    seeds, problems = Seeds.gather(folder / "seeds", source.vocabularies, [document, *others])
    if problems:
        return [], problems
    desk = Desk.of(shapes, source.vocabularies, seeds.authority, names)
    checked = {sheet.document.key: desk.review(sheet) for sheet in seeds.sheets}
    together = desk.checker.publication(
        [one.graph for one in checked.values()], Places(seeds.sheets, seeds.authority, names)
    )
    return list(dict.fromkeys([*checked[document].findings, *together])), []
