"""A build: from the seeds to a release, made beside the others and swapped in by one rename, or not at all."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import Graph

from mappings import Triple
from publisher import dumps, manifest, reports, schemas
from publisher.canonical import ntriples
from publisher.catalogue import Catalogue, issued, sources
from publisher.errors import ShapeViolation, SheetError
from publisher.examples import examples
from publisher.findings import Finding, ordered
from publisher.graphs import authority_graph
from publisher.inferred import inferred
from publisher.release import STORE, Release
from publisher.releases import draft, publish
from publisher.review import Review, review
from publisher.settings import Settings, files
from publisher.shapes import SHAPES
from publisher.sheets import Sheet
from publisher.stores import make
from publisher.texts import elided
from publisher.turtle import whole
from publisher.void import description
from publisher.world import of_things

CATALOGUE: Final = "catalogue.ttl"
Progress = Callable[[str], None]


def build(settings: Settings, base: str | None, progress: Progress, processes: int = 0) -> Release:
    """Build a release and let `current` point to it. Raise SheetError or ShapeViolation, and leave all as it was.

    base: instead of the one in publication.toml. progress: is told each stage as it begins. processes: how many work
    side by side; 0: one for each core.
    """
    found = review(settings.project, (), processes, progress, base)
    if found.problems:
        raise SheetError(found.problems)
    day = issued(found.seeds, os.environ)
    progress("concluding what follows")
    concluded = _inferred(found)
    progress("checking what follows")
    findings = ordered([*found.findings, *found.checker.inferred(concluded)])
    if violations := [finding for finding in findings if finding.violates]:
        raise ShapeViolation("\n".join(reports.text([], violations)).rstrip())
    with draft(settings.releases) as folder:
        progress("writing the dumps")
        counts = _write(folder, settings.project, found, concluded, findings)
        progress("loading the store")
        _load(folder)
        progress("hashing all parts")
        parts = manifest.sums(folder)
        (folder / CATALOGUE).write_bytes(_catalogue(settings.project, found, parts, day))
        parts |= manifest.sums(folder, CATALOGUE)
        return publish(settings.releases, folder, manifest.of(folder, found, findings, counts, parts))


def _inferred(found: Review) -> Graph:
    """Return what follows from all documents and the authority files."""
    graphs: dict[str, Iterable[Triple]] = {
        **{key: of_things(graph, found.names) for key, graph in found.graphs.items()},
        "authority": authority_graph(found.seeds.authority.values(), found.names),
        "ontology": found.vocabularies.graph,
    }
    return inferred(found.seeds, graphs, found.vocabularies, found.names)


def _write(folder: Path, project: Path, found: Review, concluded: Graph, findings: Sequence[Finding]) -> dict[str, int]:
    """Write all parts of a release but its store and its manifest; return how many triples each named graph has."""
    names, prefixes = found.names, {**found.names.prefixes(), "shapes": str(SHAPES)}
    authority = authority_graph(found.seeds.authority.values(), names)
    graphs = {
        name: graph.splitlines(keepends=True)
        for name, graph in {
            **found.graphs,
            "authority": ntriples(authority),
            "ontology": ntriples(found.vocabularies.graph),
            "inferred": ntriples(concluded),
        }.items()
    }
    described = description(found.publication, graphs, names)
    graphs["description"] = ntriples(described).splitlines(keepends=True)
    parts = {
        "void.ttl": whole(described, prefixes),
        "shapes.ttl": whole(found.checker.shapes.whole, prefixes),
        "report.ttl": reports.turtle(findings, names, project),
        "fact-sheet.schema.json": schemas.written(schemas.sheet_schema(found.vocabularies)),
        "authority.schema.json": schemas.written(schemas.authority_schema()),
        **{f"documents/{sheet.document.key}.txt": _text(sheet).encode() for sheet in found.seeds.sheets},
        **{f"queries/{one.name}.rq": one.at(names.base).encode() for one in examples()},
        **{path: file.read_bytes() for name in ("ontology", "shapes") for path, file in files(project, name)},
    }
    for path, content in parts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    (folder / "dumps").mkdir()
    dumps.write(folder / "dumps", graphs, names)
    return {name: len(lines) for name, lines in graphs.items()}


def _text(sheet: Sheet) -> str:
    """Return a document's text as its rights allow: the whole, or the words that Facts quote, in their places."""
    whole = sheet.text.characters
    if sheet.document.rights == "rights#full":
        return whole
    return elided(whole, ((quote.start, quote.end) for fact in sheet.facts for quote in fact.quotes))


def _catalogue(project: Path, found: Review, parts: Mapping[str, manifest.Part], day: date | None) -> bytes:
    """Return the catalogue of a release. parts: all others. day: of which it is."""
    return Catalogue(
        found.publication,
        found.seeds,
        found.vocabularies,
        {path: (part["sha256"], part["bytes"]) for path, part in parts.items()},
        sources(project, found.publication, found.seeds),
        day,
    ).turtle()


def _load(folder: Path) -> None:
    """Make the store of a release from its N-Quads."""
    dump = folder / "dumps" / "communique.nq"
    make(folder / STORE, lambda store: store.bulk_load(path=dump, format=ox.RdfFormat.N_QUADS))
