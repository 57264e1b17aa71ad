"""The project's seeds, read and mapped, with every graph at hand: what a build makes on its way to a release."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from mappings import Names
from publisher.canonical import ntriples
from publisher.checks import Checker
from publisher.findings import Finding, Places, ordered
from publisher.graphs import graphs
from publisher.inferred import inferred
from publisher.seeds import Seeds
from publisher.settings import PUBLICATION, Publication
from publisher.shapes import Shapes
from publisher.vocabularies import Vocabularies
from publisher.world import world


@dataclass(frozen=True, repr=False)  # its repr would be the whole publication
class Source:
    """A publication. graphs: its named graphs but for its description."""

    publication: Publication
    vocabularies: Vocabularies
    seeds: Seeds
    names: Names
    graphs: dict[str, Graph]

    @classmethod
    def read(cls, project: Path) -> "Source":
        publication = Publication.read(project / PUBLICATION)
        vocabularies = Vocabularies.read(project)
        seeds = Seeds.read(project / "seeds", vocabularies)
        names = Names(publication.base)
        made = graphs(seeds, vocabularies, names)
        made["inferred"] = inferred(seeds, made, vocabularies, names)
        return cls(publication, vocabularies, seeds, names, made)

    @property
    def world(self) -> Graph:
        """What documents and authority files say of things; nothing of what was inferred."""
        stated = (graph for name, graph in self.graphs.items() if name not in ("ontology", "inferred"))
        return world(stated, self.names)

    def check(self, shapes: Shapes) -> tuple[Finding, ...]:
        return check(self.seeds, self.graphs, shapes, self.names)


def check(seeds: Seeds, graphs: Mapping[str, Graph], shapes: Shapes, names: Names) -> tuple[Finding, ...]:
    """Check each document, all of them together, and what was inferred, if anything was."""
    checker = Checker.of(shapes, names, [graphs["authority"], graphs["ontology"]])
    places = Places(seeds.sheets, seeds.authority, names)
    found: list[Finding] = []
    written = {sheet.document.key: ntriples(graphs[sheet.document.key]) for sheet in seeds.sheets}
    for sheet in seeds.sheets:
        key = sheet.document.key
        found.extend(checker.document(sheet, graphs[key], written[key], places))
    found.extend(checker.publication(written.values(), places))
    if "inferred" in graphs:
        found.extend(checker.inferred(graphs["inferred"]))
    return ordered(found)
