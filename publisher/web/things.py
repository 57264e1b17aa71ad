"""Things and their documents: `/id/...` names a thing and leads to `/doc/...`, which says what is known of it."""

import re
from typing import Final

from flask import Blueprint, Response

from mappings.names import TYPES
from publisher.errors import NotFound
from publisher.media import HTML, PAGES, TEXT, Format, by_suffix
from publisher.web import pages
from publisher.web.describe import lead
from publisher.web.description import describe, document_of, write
from publisher.web.queries import holds
from publisher.web.responses import Link, alternates, chosen, respond, see_other
from publisher.web.served import Served, served

bp = Blueprint("things", __name__)

SLUG: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*")


@bp.get("/id/<kind>/<slug>")
def thing(kind: str, slug: str) -> Response:
    """Lead from a thing to its document (httpRange-14: 303)."""
    here = served()
    if "files" in here.release.manifest:
        return lead(here, f"id/{kind}/{slug}")
    if not _is_name(kind, slug) or not holds(here.store, "exists", thing=[str(here.names.iri(f"{kind}/{slug}"))]):
        raise _unknown(kind, slug)
    path = f"{here.root}doc/{kind}/{slug}"
    return see_other(path, [(path, {"rel": "describedby"})])


@bp.get("/doc/<kind>/<name>")
def document(kind: str, name: str) -> Response:
    """Answer with the document of a thing, in the format that its suffix says, or that Accept likes best."""
    if "files" in served().release.manifest:
        return lead(served(), f"doc/{kind}/{name}")
    slug, _, suffix = name.rpartition(".")
    if suffix == TEXT.suffix and kind == "document":
        return _text(slug)
    fixed = by_suffix(suffix, PAGES)
    slug = slug if fixed else name
    if not _is_name(kind, slug):
        raise _unknown(kind, slug)
    return _document(served(), kind, slug, fixed)


def _document(here: Served, kind: str, slug: str, fixed: Format | None) -> Response:
    wanted = fixed or chosen(PAGES)
    iri = str(here.names.iri(f"{kind}/{slug}"))
    path = f"{here.root}doc/{kind}/{slug}"

    def make() -> bytes:
        known = describe(here, iri)
        if known is None:
            raise _unknown(kind, slug)
        if wanted is HTML:
            return pages.page(here, known, kind, iri, path).encode()
        return write(here, document_of(here, iri, known), wanted)

    links: list[Link] = [*alternates(path), (iri, {"rel": "describes"})]
    if fixed:
        links.append((path, {"rel": "canonical"}))
    body = here.memory.recall((iri, wanted.suffix), make)
    return respond(body, wanted, negotiated=fixed is None, links=links)


def _text(key: str) -> Response:
    """Answer with the stored text of a document, in which all positions count; as much of it as its rights allow."""
    here = served()
    file = here.release.part(f"documents/{key}.txt")
    if file is None:
        raise _unknown("document", key)
    return respond(file.read_bytes(), TEXT, negotiated=False, links=[(str(here.names.document(key)), {"rel": "about"})])


def _is_name(kind: str, slug: str) -> bool:
    """Say whether this is a spelling that we mint."""
    return kind in TYPES and SLUG.fullmatch(slug) is not None


def _unknown(kind: str, slug: str) -> NotFound:
    return NotFound(f"Nothing is known of {kind}/{slug} here.")
