"""What the terms mean: the ontology at `/ns`, each vocabulary at `/ns/{scheme}`, the shapes at `/ns/shapes`.

The namespace itself is https://w3id.org/communique/; its redirects to a publication are yet to be registered.
"""

from collections.abc import Callable, Iterable

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from mappings.names import SCHEMES, VOCABULARY
from publisher.errors import NotFound
from publisher.media import HTML, PAGES, Format, by_suffix, of_suffix
from publisher.web import shapes, vocabulary
from publisher.web.description import write
from publisher.web.known import named
from publisher.web.responses import alternates, chosen, respond
from publisher.web.served import Served, served

bp = Blueprint("terms", __name__)

_SCHEMES = tuple(VOCABULARY + scheme for scheme in SCHEMES)


@bp.get("/ns")
def ontology() -> Response:
    """Answer with the classes and properties."""
    return _ontology(None)


@bp.get("/ns.<suffix>")
def ontology_fixed(suffix: str) -> Response:
    """Answer with them in the format of the suffix."""
    return _ontology(of_suffix(suffix, PAGES))


@bp.get("/ns/<name>")
def scheme(name: str) -> Response:
    """Answer with the concepts of a vocabulary, or with the shapes."""
    stem, _, suffix = name.rpartition(".")
    fixed = by_suffix(suffix, PAGES)
    stem = stem if fixed else name
    if stem == "shapes":
        return _shapes(fixed)
    if stem not in SCHEMES:
        raise NotFound(f"There is no vocabulary {stem}. There are: {', '.join(sorted(SCHEMES))}.")
    here, iri = served(), VOCABULARY + stem
    return _answer(
        here,
        f"ns/{stem}",
        fixed,
        lambda: _about(here, lambda subject: subject == iri or subject.startswith(f"{iri}#")),
        lambda: render_template("scheme.html", **vocabulary.scheme(here, stem)),
    )


def _shapes(fixed: Format | None) -> Response:
    here = served()
    return _answer(
        here,
        "ns/shapes",
        fixed,
        lambda: here.shapes.quads,
        lambda: render_template("shapes.html", **shapes.shapes(here)),
    )


def _ontology(fixed: Format | None) -> Response:
    here = served()
    return _answer(
        here,
        "ns",
        fixed,
        # Blank nodes are the ontology's: no vocabulary has any.
        lambda: _about(here, lambda subject: subject.partition("#")[0] not in _SCHEMES),
        lambda: render_template("ontology.html", **vocabulary.ontology(here)),
    )


def _about(here: Served, wanted: Callable[[str], bool]) -> list[ox.Quad]:
    return [quad for quad in here.ontology.quads if wanted(named(quad.subject))]


def _answer(
    here: Served, path: str, fixed: Format | None, quads: Callable[[], Iterable[ox.Quad]], page: Callable[[], str]
) -> Response:
    if "files" in here.release.manifest and not here.ontology.quads:
        raise NotFound("No terms of ours are explained here: what is served are files, with the terms of others.")
    wanted = fixed or chosen(PAGES)
    body = page() if wanted is HTML else write(here, quads(), wanted)
    return respond(body, wanted, negotiated=fixed is None, links=alternates(f"{here.root}{path}"))
