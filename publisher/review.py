"""A review: documents are read, mapped and checked, many of them on all cores. A build begins with one."""

import os
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import ClassVar, Final

from mappings import Names
from publisher.canonical import ntriples
from publisher.checks import Checker
from publisher.errors import Problem
from publisher.findings import Finding, Places, ordered
from publisher.graphs import authority_graph, document_graph
from publisher.processes import share
from publisher.seeds import Seeds
from publisher.settings import PUBLICATION, Publication
from publisher.shapes import Shapes
from publisher.sheets import Sheet, read_sheet
from publisher.things import Thing, read_authority
from publisher.vocabularies import Vocabularies

#: A process that checks fewer documents than this takes longer to start than it saves.
FEW: Final = 4


@dataclass(frozen=True)
class Reviewed:
    """One document, mapped and checked. graph: as canonical N-Triples. mapped, checked: how many seconds each took."""

    graph: bytes
    findings: tuple[Finding, ...]
    mapped: float
    checked: float


@dataclass(frozen=True, repr=False)  # its repr would be the whole publication
class Review:
    """What documents say, and what is wrong in them.

    seeds: what could be read. problems: what could not, and so was not checked. graphs: what each document says, as
    canonical N-Triples, by its key. seconds: how long each stage took, those side by side added up.
    """

    publication: Publication
    vocabularies: Vocabularies
    checker: Checker
    seeds: Seeds
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    graphs: dict[str, bytes]
    seconds: dict[str, float]

    @property
    def names(self) -> Names:
        """The names of the publication."""
        return self.checker.names


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

    def review(self, sheet: Sheet) -> Reviewed:
        """Map a document, and check it by itself and in its context."""
        begun, names = perf_counter(), self.checker.names
        graph = document_graph(sheet, self.vocabularies, names)
        written = ntriples(graph)
        mapped = perf_counter()
        findings = self.checker.document(sheet, graph, written, Places([sheet], self.authority, names))
        return Reviewed(written, tuple(findings), mapped - begun, perf_counter() - mapped)


def review(
    project: Path,
    documents: Sequence[str] = (),
    processes: int = 0,
    progress: Callable[[str], None] = lambda _: None,
    base: str | None = None,
) -> Review:
    """Map and check these documents of a project, or all; what can be read is checked whatever else cannot.

    documents: keys, or paths of sheets. processes: how many work side by side; 0: one for each core. base: instead of
    the one in publication.toml. Raise SheetError for what stops everything: the authority files, the ontology, the
    shapes, publication.toml.
    """
    begun = perf_counter()
    progress("reading the seeds")
    publication = Publication.read(project / PUBLICATION, base)
    names = Names(publication.base)
    vocabularies, shapes = Vocabularies.read(project), Shapes.read(project)
    seeds, problems = Seeds.gather(project / "seeds", vocabularies, documents)
    desk = Desk.of(shapes, vocabularies, seeds.authority, names)
    read = perf_counter()
    progress("mapping and checking each document")
    each = _each(project, desk, seeds.sheets, processes, progress)
    progress("checking the documents together")
    reviewed = perf_counter()
    places = Places(seeds.sheets, seeds.authority, names)
    together = desk.checker.publication((one.graph for one in each), places)
    ended = perf_counter()
    return Review(
        publication,
        vocabularies,
        desk.checker,
        seeds,
        tuple(problems),
        ordered([*(finding for one in each for finding in one.findings), *together]),
        {sheet.document.key: one.graph for sheet, one in zip(seeds.sheets, each, strict=True)},
        {
            "read": read - begun,
            "map": sum(one.mapped for one in each),
            "check": sum(one.checked for one in each),
            "both, side by side": reviewed - read,
            "check together": ended - reviewed,
        },
    )


def _each(
    project: Path, desk: Desk, sheets: Sequence[Sheet], processes: int, progress: Callable[[str], None]
) -> list[Reviewed]:
    """Map and check each document at this desk; or, where there are enough of them, at several, each in a process."""
    workers = min(processes, len(sheets)) or min(os.cpu_count() or 1, len(sheets) // FEW)
    if workers < 2:
        made: Iterable[Reviewed] = map(desk.review, sheets)
    else:
        made = share(_review, [sheet.file for sheet in sheets], workers, _sit_down, (project, desk.checker.names))
    done = []
    for sheet, one in zip(sheets, made, strict=True):
        progress(f"checked {sheet.document.key}")
        done.append(one)
    return done


def _sit_down(project: Path, names: Names) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who shares the work out
    vocabularies = Vocabularies.read(project)
    authority = read_authority(project / "seeds" / "authority", vocabularies)
    Desk.own = Desk.of(Shapes.read(project), vocabularies, authority, names)


def _review(file: Path) -> Reviewed:
    return Desk.own.review(read_sheet(file, Desk.own.authority, Desk.own.vocabularies))
