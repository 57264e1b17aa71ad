"""What must hold, and what this release was found to be: the shapes at `/ns/shapes`, with the warnings of each."""

import re
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, Response, render_template

from mappings.names import VOCABULARY
from publisher.errors import NotFound
from publisher.media import HTML, PAGES, Format, by_suffix
from publisher.web.description import write
from publisher.web.known import DCTERMS, RDFS, Known
from publisher.web.responses import alternates, chosen, respond
from publisher.web.served import Served, served
from publisher.web.shown import Shower, Shown, links

bp = Blueprint("shapes", __name__)

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


@bp.get("/ns/shapes")
def page() -> Response:
    """Answer with the shapes."""
    return _answer(None)


@bp.get("/ns/shapes.<suffix>")
def fixed(suffix: str) -> Response:
    """Answer with them in the format of the suffix."""
    form = by_suffix(suffix, PAGES)
    if form is None:
        raise NotFound(f"No format has the suffix {suffix}.")
    return _answer(form)


def _answer(form: Format | None) -> Response:
    here, wanted = served(), form or chosen(PAGES)
    listed = alternates(f"{here.root}ns/shapes")
    body = render_template("shapes.html", **_shown(here)) if wanted is HTML else write(here, here.shapes.quads, wanted)
    return respond(body, wanted, negotiated=form is None, links=listed)


def _shown(here: Served) -> dict[str, Any]:
    known = here.shapes
    shapes = [one for one in known.having(SH + "name") if one.startswith(SHAPES)]
    found = here.report.of_type(SH + "ValidationResult")
    return {
        "shapes": sorted((_shape(here, known, one) for one in shapes), key=lambda one: (not one.found, one.id)),
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
