"""Named graphs: each answers at its own IRI with its triples. The description answers at `/.well-known/void` too."""

from flask import Blueprint, Response, render_template

from mappings.names import GRAPHS, KEY
from publisher.errors import NotFound
from publisher.media import HTML, PAGES, Format, by_suffix
from publisher.web.description import write
from publisher.web.queries import graph_quads
from publisher.web.responses import Link, alternates, chosen, respond
from publisher.web.served import served
from publisher.web.shown import links as other_formats

bp = Blueprint("graphs", __name__)

#: What each graph holds, in words; all others are of a document.
HOLDS = {
    "authority": "What states, places, people, bodies and offices are called, and how they are told apart.",
    "ontology": "What the terms mean: classes, properties, and the concepts of the vocabularies.",
    "inferred": "What rules concluded from the other graphs.",
    "description": "What this publication is: its dumps, counts and prefixes (VoID).",
}


@bp.get("/graph/<name>")
def graph(name: str) -> Response:
    """Answer with all triples of a named graph."""
    key, _, suffix = name.rpartition(".")
    fixed = by_suffix(suffix, PAGES)
    key = key if fixed else name
    return _graph(key, f"graph/{key}", fixed)


@bp.get("/.well-known/void")
def void() -> Response:
    """Answer with the description of the publication (VoID, section 7.2)."""
    return _graph("description", "graph/description", None)


def _graph(key: str, path: str, fixed: Format | None) -> Response:
    here = served()
    listed = here.release.manifest["graphs"]
    if not (KEY.fullmatch(key) or key in GRAPHS) or key not in listed:
        raise NotFound(f"There is no graph {key} here. There are: {', '.join(sorted(listed))}.")
    wanted = fixed or chosen(PAGES)
    links: list[Link] = alternates(f"{here.root}{path}")
    if wanted is not HTML:
        found = graph_quads(here.store, str(here.names.graph(key)))
        return respond(write(here, found, wanted), wanted, negotiated=fixed is None, links=links)
    document = here.release.manifest["documents"].get(key)
    body = render_template(
        "graph.html", name=key, iri=str(here.names.graph(key)), document=document, triples=listed[key],
        holds=HOLDS.get(key, "What one document gives: itself, its sentences, its Facts, and what is plain in them."),
        links=other_formats(f"{here.root}{path}"),
    )  # fmt: skip
    return respond(body, HTML, negotiated=fixed is None, links=links)
