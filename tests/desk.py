"""A desk at which tests have one document after another checked, the ontology and the shapes being read once."""

from pathlib import Path

from mappings import Names
from publisher.build import Source
from publisher.errors import Problem
from publisher.findings import Finding, Places
from publisher.review import Desk
from publisher.seeds import Seeds
from publisher.shapes import Shapes


def check(folder: Path, document: str, source: Source, shapes: Shapes) -> tuple[list[Finding], list[Problem]]:
    """Return what is found in one document of a project and in its authority files, or why they cannot be read."""
    names = Names(source.publication.base)
    seeds, problems = Seeds.gather(folder / "seeds", source.vocabularies.schemes, [document])
    if problems:
        return [], problems
    desk = Desk.of(shapes, source.vocabularies, seeds.authority, names)
    found, graph = desk.check(seeds.sheets[0])
    places = Places(seeds.sheets, seeds.authority, names)
    return list(dict.fromkeys([*found, *desk.checker.publication([graph], places)])), []
