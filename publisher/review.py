"""A review: documents are read, mapped and checked without a release, many of them on all cores."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import ClassVar, Final

from mappings import Names
from publisher.checks import Checker, ntriples
from publisher.errors import Problem
from publisher.findings import Finding, Places
from publisher.graphs import authority_graph, document_graph
from publisher.seeds import Seeds
from publisher.settings import Publication
from publisher.shapes import Shapes
from publisher.sheets import Sheet
from publisher.things import Thing
from publisher.vocabularies import Vocabularies

#: With fewer documents than this, more processes take longer to start than they save.
FEW: Final = 8


@dataclass(frozen=True)
class Review:
    """What a review of documents found. problems: what could not be read, and so was not checked."""

    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    names: Names


@dataclass(frozen=True)
class Desk:
    """Where one document after another is mapped and checked; each process has one."""

    checker: Checker
    vocabularies: Vocabularies
    authority: Mapping[str, Thing]
    #: That of a process which was started to share the work.
    own: "ClassVar[Desk]"

    @classmethod
    def of(cls, shapes: Shapes, vocabularies: Vocabularies, authority: Mapping[str, Thing], names: Names) -> "Desk":
        """Return a desk with a checker for these."""
        context = [authority_graph(authority.values(), names), vocabularies.graph]
        return cls(Checker.of(shapes, names, context), vocabularies, authority)

    def check(self, sheet: Sheet) -> tuple[list[Finding], bytes]:
        """Return what is found in one document by itself and in its context, and its graph as N-Triples."""
        names = self.checker.names
        graph = document_graph(sheet, self.vocabularies, names)
        return self.checker.document(sheet, graph, Places([sheet], self.authority, names)), ntriples(graph)


def review(
    project: Path, documents: Sequence[str] = (), processes: int = 0, progress: Callable[[str], None] = lambda _: None
) -> Review:
    """Check these documents of a project, or all of them; what can be read is checked whatever else cannot.

    documents: keys, or paths of sheets. processes: how many work side by side; 0: one for each core.
    Raise SheetError for what stops everything: the authority files, the ontology, the shapes, publication.toml.
    """
    names = Names(Publication.read(project / "publication.toml").base)
    vocabularies, shapes = Vocabularies.read(project / "ontology"), Shapes.read(project / "shapes")
    seeds, problems = Seeds.gather(project / "seeds", vocabularies.schemes, documents)
    desk = Desk.of(shapes, vocabularies, seeds.authority, names)
    found: list[Finding] = []

    def graphs(checked: Iterator[tuple[list[Finding], bytes]]) -> Iterator[bytes]:
        for sheet, (findings, graph) in zip(seeds.sheets, checked, strict=True):
            progress(f"checked {sheet.document.key}")
            found.extend(findings)
            yield graph

    places = Places(seeds.sheets, seeds.authority, names)
    workers = min(processes or len(os.sched_getaffinity(0)), len(seeds.sheets))
    if workers < 2 or (not processes and len(seeds.sheets) < FEW):
        together = desk.checker.publication(graphs(map(desk.check, seeds.sheets)), places)
    else:
        given = (shapes, vocabularies, seeds.authority, names)
        with ProcessPoolExecutor(workers, get_context("spawn"), _sit_down, given) as pool:
            together = desk.checker.publication(graphs(pool.map(_check, seeds.sheets)), places)
    findings = sorted(dict.fromkeys([*found, *together]), key=lambda finding: finding.order)
    return Review(seeds.sheets, tuple(problems), tuple(findings), names)


def _sit_down(shapes: Shapes, vocabularies: Vocabularies, authority: Mapping[str, Thing], names: Names) -> None:
    Desk.own = Desk.of(shapes, vocabularies, authority, names)


def _check(sheet: Sheet) -> tuple[list[Finding], bytes]:
    return Desk.own.check(sheet)
