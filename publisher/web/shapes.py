"""The page of shapes: what must hold, and what each shape found in this release."""

import re
from dataclasses import dataclass
from typing import Any, Final

from mappings.names import VOCABULARY
from publisher.web.known import DCTERMS, RDFS, Known
from publisher.web.served import Served
from publisher.web.shown import Shower, Shown, links

SH: Final = "http://www.w3.org/ns/shacl#"
#: Where a message has a value of what it speaks of (SHACL, 5.3.2).
VALUE: Final = re.compile(r"\{[?$](\w+)\}")
SHAPES: Final = VOCABULARY + "shapes#"


@dataclass(frozen=True)
class Warned:
    """What a shape found in this release. fact: where it leads."""

    message: str
    fact: Shown | None
    document: Shown | None


@dataclass(frozen=True)
class Shape:
    """A shape. id: its anchor. messages: what it says of what it finds. remedy: what a curator does then."""

    id: str
    title: str
    severity: str
    messages: tuple[str, ...]
    remedy: str | None
    query: str | None
    found: tuple[Warned, ...]


def shapes(here: Served) -> dict[str, Any]:
    """Return what the page of shapes shows: each shape, those that found something first."""
    known = here.shapes
    listed, found = known.having(SH + "name"), here.report.of_type(SH + "ValidationResult")
    return {
        "shapes": sorted((_shape(here, known, one) for one in listed), key=lambda one: (not one.found, one.id)),
        "warnings": len(found),
        "links": links(f"{here.root}ns/shapes"),
    }


def _shape(here: Served, known: Known, iri: str) -> Shape:
    parts = [iri, *known.iris(iri, SH + "sparql"), *known.iris(iri, SH + "property")]
    messages = dict.fromkeys(VALUE.sub(r"‹\1›", text) for part in parts if (text := known.text(part, SH + "message")))
    queries = (known.text(part, SH + "select") for part in parts)
    return Shape(
        id=iri.removeprefix(SHAPES),
        title=known.text(iri, SH + "name") or "",
        severity=(known.iri(iri, SH + "severity") or "").rpartition("#")[2].lower(),
        messages=tuple(messages),
        remedy=known.text(iri, SH + "description"),
        query=next((one.strip("\n") for one in queries if one), None),
        found=tuple(_warned(here, one) for one in here.report.subjects(SH + "sourceShape", iri)),
    )


def _warned(here: Served, result: str) -> Warned:
    shower, report = Shower(here), here.report
    fact, document = report.iri(result, RDFS + "seeAlso"), report.iri(result, DCTERMS + "source")
    return Warned(
        report.text(result, SH + "resultMessage") or "",
        shower.thing(fact) if fact else None,
        shower.thing(document) if document else None,
    )
