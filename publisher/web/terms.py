"""What the terms mean: the ontology at `/ns`, each vocabulary at `/ns/{scheme}`, as pages and as RDF.

The namespace itself is https://w3id.org/communique/; its redirects to a publication are yet to be registered.
"""

from collections.abc import Callable

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from mappings.names import SCHEMES, VOCABULARY
from publisher.errors import NotFound
from publisher.media import HTML, PAGES, Format, by_suffix
from publisher.web import vocabulary
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
    return _ontology(_format(suffix))


@bp.get("/ns/<name>")
def scheme(name: str) -> Response:
    """Answer with the concepts of a vocabulary."""
    stem, _, suffix = name.rpartition(".")
    fixed = by_suffix(suffix, PAGES)
    stem = stem if fixed else name
    if stem not in SCHEMES:
        raise NotFound(f"There is no vocabulary {stem}. There are: {', '.join(sorted(SCHEMES))}.")
    here, iri = served(), VOCABULARY + stem
    return _answer(
        here,
        f"ns/{stem}",
        fixed,
        lambda subject: subject == iri or subject.startswith(f"{iri}#"),
        lambda: render_template("scheme.html", **vocabulary.scheme(here, stem)),
    )


def _ontology(fixed: Format | None) -> Response:
    here = served()
    return _answer(
        here,
        "ns",
        fixed,
        lambda subject: subject.partition("#")[0] not in _SCHEMES,
        lambda: render_template("ontology.html", **vocabulary.ontology(here)),
    )


def _answer(
    here: Served, path: str, fixed: Format | None, is_of: Callable[[str], bool], page: Callable[[], str]
) -> Response:
    wanted = fixed or chosen(PAGES)
    links = alternates(f"{here.root}{path}")
    if wanted is HTML:
        return respond(page(), HTML, negotiated=fixed is None, links=links)
    found = [
        quad for quad in here.ontology.quads if isinstance(quad.subject, ox.BlankNode) or is_of(named(quad.subject))
    ]
    if path != "ns":  # only the ontology has blank nodes
        found = [quad for quad in found if isinstance(quad.subject, ox.NamedNode)]
    return respond(write(here, found, wanted), wanted, negotiated=fixed is None, links=links)


def _format(suffix: str) -> Format:
    found = by_suffix(suffix, PAGES)
    if found is None:
        raise NotFound(f"No format has the suffix {suffix}.")
    return found
