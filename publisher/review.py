"""A review: documents are read, mapped and checked without a release, many of them on all cores."""

import os
import signal
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import ClassVar, Final

from mappings import Names
from publisher.checks import Checked, Checker
from publisher.errors import CommuniqueError, Problem
from publisher.findings import Finding, Places, ordered
from publisher.graphs import authority_graph, document_graph
from publisher.seeds import Seeds
from publisher.settings import Publication
from publisher.shapes import Shapes
from publisher.sheets import Sheet, read_sheet
from publisher.things import Thing, read_authority
from publisher.vocabularies import Vocabularies

#: A process that checks fewer documents than this takes longer to start than it saves.
FEW: Final = 4


@dataclass(frozen=True)
class Review:
    """What a review of documents found.

    problems: what could not be read, and so was not checked. seconds: how long each stage took.
    """

    sheets: tuple[Sheet, ...]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    names: Names
    seconds: dict[str, float]


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

    def check(self, sheet: Sheet) -> Checked:
        """Return what is found in one document by itself and in its context, and its graph as N-Triples."""
        names = self.checker.names
        graph = document_graph(sheet, self.vocabularies, names)
        return self.checker.document(sheet, graph, Places([sheet], self.authority, names))


def review(
    project: Path, documents: Sequence[str] = (), processes: int = 0, progress: Callable[[str], None] = lambda _: None
) -> Review:
    """Check these documents of a project, or all of them; what can be read is checked whatever else cannot.

    documents: keys, or paths of sheets. processes: how many work side by side; 0: one for each core.
    Raise SheetError for what stops everything: the authority files, the ontology, the shapes, publication.toml.
    """
    begun = perf_counter()
    names = Names(Publication.read(project / "publication.toml").base)
    vocabularies, shapes = Vocabularies.read(project), Shapes.read(project)
    seeds, problems = Seeds.gather(project / "seeds", vocabularies, documents)
    read = perf_counter()
    desk = Desk.of(shapes, vocabularies, seeds.authority, names)
    each = _each(project, desk, seeds.sheets, processes, progress)
    checked = perf_counter()
    together = desk.checker.publication((graph for _, graph in each), Places(seeds.sheets, seeds.authority, names))
    ended = perf_counter()
    return Review(
        seeds.sheets,
        tuple(problems),
        ordered([*(one for findings, _ in each for one in findings), *together]),
        names,
        {"read": read - begun, "each document": checked - read, "all together": ended - checked},
    )


def _each(
    project: Path, desk: Desk, sheets: Sequence[Sheet], processes: int, progress: Callable[[str], None]
) -> list[Checked]:
    """Check each document at this desk; or, where there are enough of them, at several, each in a process."""
    workers = min(processes, len(sheets)) or min(os.cpu_count() or 1, len(sheets) // FEW)
    if workers < 2:
        return _told(sheets, map(desk.check, sheets), progress)
    # What is sent is small, and read again by whoever gets it: writing much to a process that dies would never end.
    with ProcessPoolExecutor(workers, get_context("spawn"), _sit_down, (project, desk.checker.names)) as pool:
        try:
            return _told(sheets, pool.map(_check, [sheet.file for sheet in sheets]), progress)
        except BrokenProcessPool as error:
            what = "A process that checked documents was ended from outside; is there memory enough? Try --processes 1"
            raise CommuniqueError(what) from error
        except BaseException:  # Ctrl-C among them: what has not begun is not waited for
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _told(sheets: Sequence[Sheet], checked: Iterable[Checked], progress: Callable[[str], None]) -> list[Checked]:
    done = []
    for sheet, one in zip(sheets, checked, strict=True):
        progress(f"checked {sheet.document.key}")
        done.append(one)
    return done


def _sit_down(project: Path, names: Names) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who shares the work out
    vocabularies = Vocabularies.read(project)
    authority = read_authority(project / "seeds" / "authority", vocabularies)
    Desk.own = Desk.of(Shapes.read(project), vocabularies, authority, names)


def _check(file: Path) -> Checked:
    return Desk.own.check(read_sheet(file, Desk.own.authority, Desk.own.vocabularies))
