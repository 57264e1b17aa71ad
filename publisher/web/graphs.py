"""Named graphs: each answers at its own IRI with its triples. The description answers at `/.well-known/void` too."""

from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from mappings.names import GRAPHS, KEY
from publisher.errors import BadQuery, NotFound
from publisher.media import GRAPHS as FORMATS
from publisher.media import HTML, PAGES, Format, by_suffix, of_suffix
from publisher.web.describe import lead
from publisher.web.description import void_of_files, write
from publisher.web.queries import graph_quads
from publisher.web.responses import Link, alternates, chosen, respond, see_other
from publisher.web.served import Served, served
from publisher.web.shown import describe_path, query_path
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
    if "files" in served().release.manifest:
        return lead(served(), f"graph/{name}")
    key, _, suffix = name.rpartition(".")
    fixed = by_suffix(suffix, PAGES)
    key = key if fixed else name
    return _graph(key, f"graph/{key}", fixed)


@bp.get("/graph")
def any_graph() -> Response:
    """Answer with the page of any named graph, or as data with its triples, as the endpoint gives them.

    `?graph=` names it, `?default` means the default graph, as in the Graph Store Protocol (section 4.2).
    """
    return _any_graph(None)


@bp.get("/graph.<suffix>")
def any_graph_fixed(suffix: str) -> Response:
    """Answer with the same in the format of the suffix."""
    return _any_graph(of_suffix(suffix, PAGES))


def _any_graph(fixed: Format | None) -> Response:
    here, name = served(), request.args.get("graph")
    default = "default" in request.args
    if (name is None) is not default:
        raise BadQuery("Say which graph is meant: /graph?graph=http://..., or /graph?default")
    if name is not None and not _holds(here, name):
        raise NotFound(f"There is no graph {name} here.")
    path = f"graph={quote(name, safe=':/')}" if name else "default"
    links: list[Link] = [
        (f"{here.root}graph.{one.suffix}?{path}", {"rel": "alternate", "type": one.media_type}) for one in PAGES
    ]
    graph = f"GRAPH {ox.NamedNode(name)} " if name else ""
    wanted = fixed or chosen(PAGES)
    if wanted is not HTML:  # it may have any size, and large answers are the endpoint's
        whole = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {graph}{{ ?s ?p ?o }} }}"
        return see_other(query_path(here.root, whole, wanted.suffix), links)
    triples = f"SELECT * WHERE {{ {graph}{{ ?subject ?property ?value }} }}\nLIMIT 100"
    classes = f"SELECT ?class (COUNT(*) AS ?things) WHERE {{ {graph}{{ ?thing a ?class }} }}\nGROUP BY ?class"
    manifest = here.release.manifest
    body = render_template(
        "any-graph.html",
        name=name,
        triples=manifest["graphs"].get(name) if name else manifest["triples"],
        some=query_path(here.root, triples),
        classes=query_path(here.root, classes),
        described=describe_path(here.root, name) if name else None,
        links=[(one.name, f"{here.root}graph.{one.suffix}?{path}") for one in FORMATS],
    )
    return respond(body, HTML, negotiated=fixed is None, links=links)


def _holds(here: Served, name: str) -> bool:
    """Say whether there is a graph of this name. Raise BadQuery where it is no IRI."""
    try:
        return bool(here.store.graph(ox.NamedNode(name), 1))
    except ValueError as error:
        raise BadQuery(f"'{name}' is no IRI of a graph: expected an absolute one") from error


@bp.get("/.well-known/void")
def void() -> Response:
    """Answer with the description of the publication (VoID, section 7.2)."""
    here = served()
    if "files" not in here.release.manifest:
        return _graph("description", "graph/description", None)
    wanted = chosen(FORMATS)
    return respond(write(here, void_of_files(here), wanted), wanted, negotiated=True)


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
