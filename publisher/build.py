"""A build: from the seeds to a release, made beside the others and swapped in by one rename, or not at all."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import RDF

from mappings import Names
from mappings.names import CMQ
from publisher import reports, serialise
from publisher.catalogue import DUMPS, description
from publisher.checks import check
from publisher.errors import CommuniqueError, ShapeViolation
from publisher.findings import Finding
from publisher.graphs import graphs
from publisher.inferred import inferred
from publisher.release import Release, publish
from publisher.seeds import Seeds
from publisher.settings import Publication, Settings
from publisher.shapes import SHAPES, Shapes
from publisher.vocabularies import Vocabularies
from publisher.world import world

Progress = Callable[[str], None]


@dataclass(frozen=True, repr=False)  # its repr would be the whole publication
class Source:
    """Everything that a release is made from, read and mapped, not yet checked."""

    publication: Publication
    vocabularies: Vocabularies
    seeds: Seeds
    names: Names
    graphs: dict[str, Graph]

    @classmethod
    def read(cls, project: Path, base: str | None = None) -> "Source":
        """Read a project's publication.toml, ontology and seeds. Raise SheetError for what cannot be mapped."""
        publication = Publication.read(project / "publication.toml", base)
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

    def check(self, shapes: Shapes, progress: Progress) -> tuple[Finding, ...]:
        """Return what these shapes find."""
        return check(self.seeds, self.graphs, shapes, self.names, progress)


def build(settings: Settings, base: str | None, progress: Progress) -> Release:
    """Build a release and let `current` point to it. Raise SheetError or ShapeViolation, and leave all as it was."""
    progress("reading the seeds")
    source = Source.read(settings.project, base)
    shapes = Shapes.read(settings.project)
    findings = source.check(shapes, progress)
    if violations := [finding for finding in findings if finding.violates]:
        raise ShapeViolation("\n".join(reports.text([], violations)).rstrip())
    try:
        settings.releases.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".building-", dir=settings.releases))
    except OSError as error:
        raise CommuniqueError(f"No release can be made in {settings.releases}: {error.strerror}") from error
    folder.chmod(0o755)  # mkdtemp makes it private; a release is there to be read
    try:
        prefixes = {**source.names.prefixes(), "shapes": str(SHAPES)}
        checked = {
            "shapes.ttl": serialise.turtle(serialise.canonical(shapes.whole), prefixes),
            "report.ttl": reports.turtle(findings, source.names, settings.project),
        }
        manifest = _write(folder, source, checked, len(findings), progress)
        return publish(settings.releases, folder, manifest)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(folder: Path, source: Source, checked: dict[str, bytes], warnings: int, progress: Progress) -> bytes:
    """Write all parts of a release but its manifest, which is returned.

    checked: the shapes, and the report of what they found; warnings: how many.
    """
    names, prefixes = source.names, source.names.prefixes()
    triples = {name: serialise.canonical(graph) for name, graph in source.graphs.items()}
    merged = {triple for part in triples.values() for triple in part}
    triples["description"] = serialise.canonical(
        description(source.publication, source.graphs, names, triples=len(merged))
    )
    default = sorted(merged.union(triples["description"]), key=serialise.order)
    quads = [ox.Quad(triple.subject, triple.predicate, triple.object) for triple in default] + [
        ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(str(names.graph(name))))
        for name in sorted(triples)
        for triple in triples[name]
    ]
    progress("writing the dumps")
    parts = {
        "dumps/communique.ttl": serialise.turtle(default, prefixes),
        "dumps/communique.nq": ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"",
        "dumps/communique.trig": serialise.trig(quads, prefixes),
        "void.ttl": serialise.turtle(triples["description"], prefixes),
        **checked,
        **{
            f"documents/{sheet.document.key}.txt": sheet.text.characters.encode()
            for sheet in source.seeds.sheets
            if sheet.document.rights == "rights#full"
        },
    }
    for path, content in parts.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    progress("loading the store")
    store = ox.Store(str(folder / "store"))
    store.bulk_extend(quads)
    store.optimize()
    store.flush()
    del store
    return _manifest(source, parts, warnings, {name: len(part) for name, part in triples.items()}, len(default))


def _manifest(source: Source, parts: dict[str, bytes], warnings: int, counts: dict[str, int], default: int) -> bytes:
    publication = source.publication
    manifest = {
        "title": publication.title,
        "description": publication.description,
        "publisher": publication.publisher,
        "licence": publication.licence,
        "base": publication.base,
        "version": version("communique"),
        "graphs": counts,
        "triples": default,
        "warnings": warnings,
        "derived": len(set(source.graphs["inferred"].subjects(RDF.type, CMQ.Fact))),
        "documents": {
            sheet.document.key: {
                "title": sheet.document.title,
                "facts": len(sheet.facts),
                "sentences": len(sheet.sentences),
                "read": sum(sentence.read for sentence in sheet.sentences),
                "rights": sheet.document.rights.partition("#")[2],
            }
            for sheet in source.seeds.sheets
        },
        "dumps": list(DUMPS),
        "parts": {
            path: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for path, content in sorted(parts.items())
        },
    }
    return json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"
