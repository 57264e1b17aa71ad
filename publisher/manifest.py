"""The manifest of a release: what it is, what it counts, and the sha256 and the size of each part.

Its own sha256 is the release's id. The store is no part: its files differ from build to build.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypedDict

from mappings.names import CMQ
from publisher.dumps import DUMPS
from publisher.findings import Finding
from publisher.release import STORE
from publisher.review import Review
from publisher.version import version


class Part(TypedDict):
    """A part of a release. bytes: how many it has."""

    sha256: str
    bytes: int


TYPE: Final = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
MODALITY: Final = f"<{CMQ.modality}>".encode()
#: A Fact that a rule concluded has one; no other has.
RULE: Final = f"<{CMQ.rule}>".encode()


def of(
    folder: Path, found: Review, findings: Sequence[Finding], graphs: Mapping[str, int], parts: Mapping[str, Part]
) -> bytes:
    """Return the manifest of a release whose parts have all been written.

    findings: the warnings that stand in its report. graphs: how many triples each named graph has. parts: what
    `sums` returns of all parts.
    """
    publication = found.publication
    triples, classes, modalities, derived = _counts(folder / "dumps" / "communique.nt")
    told: dict[str, Any] = {
        "title": publication.title,
        "description": publication.description,
        "publisher": publication.publisher,
        "licence": publication.licence,
        "base": publication.base,
        "version": version(),
        "graphs": graphs,
        "triples": triples,
        "quads": triples + sum(graphs.values()),
        "classes": classes,
        "modalities": modalities,
        "derived": derived,
        "warnings": len(findings),
        "documents": {
            sheet.document.key: {
                "title": sheet.document.title,
                "facts": len(sheet.facts),
                "sentences": len(sheet.sentences),
                "read": sum(sentence.read for sentence in sheet.sentences),
                "rights": sheet.document.rights.partition("#")[2],
            }
            for sheet in found.seeds.sheets
        },
        "rdfc10": {
            "dataset": parts["dumps/communique.nq"]["sha256"],
            "default": parts["dumps/communique.nt"]["sha256"],
        },
        "dumps": list(DUMPS),
        "parts": parts,
    }
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


def sums(folder: Path, which: str = "*") -> dict[str, Part]:
    """Return the sha256 and the size in bytes of the parts of a release that are there already, by their paths."""
    found: dict[str, Part] = {}
    for file in sorted(folder.rglob(which)):
        path = file.relative_to(folder)
        if file.is_file() and path.parts[0] != STORE:
            with file.open("rb") as content:
                digest = hashlib.file_digest(content, "sha256").hexdigest()
            found[path.as_posix()] = {"sha256": digest, "bytes": file.stat().st_size}
    return found


def _counts(ntriples: Path) -> tuple[int, Counter[str], Counter[str], int]:
    """Count triples, the things of each of our classes, the Facts of each modality, and those that rules concluded."""
    triples, derived, classes, modalities = 0, 0, Counter[str](), Counter[str]()
    with ntriples.open("rb") as lines:
        for line in lines:
            triples += 1
            _, predicate, value = line.split(b" ", 2)
            iri = value[1:-4].decode()
            if predicate == TYPE and iri.startswith(CMQ):
                classes[iri.removeprefix(CMQ)] += 1
            elif predicate == MODALITY:
                modalities[iri.rpartition("#")[2]] += 1
            elif predicate == RULE:
                derived += 1
    return triples, classes, modalities, derived
