"""What is known of any IRI, ours or not: `/describe?iri=...`, as a page and in each format of graphs.

A thing of ours has a page of its own shape (`/doc/...`); this one shows the triples as they are, and takes no longer
for a node with a million links than for one with a thousand. Where files are served, their own IRIs lead here.
"""

from contextlib import suppress
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, request

from publisher.errors import BadQuery, NotFound
from publisher.media import HTML, PAGES, Format, of_suffix
from publisher.stores import Node
from publisher.web import portrait
from publisher.web.description import write
from publisher.web.neighbourhood import Neighbourhood
from publisher.web.responses import Link, chosen, respond, see_other
from publisher.web.served import Served, served
from publisher.web.shown import describe_path, query_path

bp = Blueprint("describe", __name__)

#: The signs that stand in a path as they are (RFC 3986, pchar and the slash).
IN_PATHS: Final = "/:@!$&'()*+,;=~"


@bp.get("/describe")
def described() -> Response:
    """Answer with what is known of an IRI, in the format that Accept likes best."""
    return _answer(None)


@bp.get("/describe.<suffix>")
def fixed(suffix: str) -> Response:
    """Answer with the same in the format of the suffix."""
    return _answer(of_suffix(suffix, PAGES))


@bp.get("/<path:path>")
def dereferenced(path: str) -> Response:
    """Lead from an IRI below our base to what is known of it, where files are served."""
    return lead(served(), path)


def lead(here: Served, path: str) -> Response:
    """Lead from an IRI that a served file has below our base to what is known of it (httpRange-14: 303).

    path: what follows the base in the request, decoded, as the IRI may have it or not. Raise NotFound where nothing is
    known of it, or what is served is no file.
    """
    asked = f"?{request.query_string.decode('ascii', 'replace')}" if request.query_string else ""
    if "files" in here.release.manifest:
        for written in dict.fromkeys((path, quote(path, safe=IN_PATHS))):
            iri = f"{here.names.base}{written}{asked}"
            with suppress(ValueError):
                if Neighbourhood.of(here.store, ox.NamedNode(iri)):
                    to = describe_path(here.root, iri)
                    return see_other(to, [(to, {"rel": "describedby"})])
    raise NotFound(f"There is nothing at {here.root}{path}.")


def _answer(form: Format | None) -> Response:
    here = served()
    iri = request.args.get("iri", "")
    if not iri:
        raise BadQuery("Say which IRI is meant: /describe?iri=http://...")
    node = _node(iri)
    found = Neighbourhood.of(here.store, node)
    if found is None:
        raise NotFound(f"Nothing is known of {iri} here: it is in no triple.")
    wanted = form or chosen(PAGES)
    if wanted is HTML:
        return respond(portrait.page(here, found), HTML, negotiated=form is None, links=_links(here, iri))
    if found.cut:  # more than a page's process should write: the endpoint has all of it
        return see_other(query_path(here.root, f"DESCRIBE {node}", wanted.suffix), _links(here, iri))
    return respond(write(here, found.quads, wanted), wanted, negotiated=form is None, links=_links(here, iri))


def _node(written: str) -> Node:
    """Return the node that is asked for. Raise BadQuery where it is none."""
    try:
        return ox.BlankNode(written[2:]) if written.startswith("_:") else ox.NamedNode(written)
    except ValueError as error:
        raise BadQuery(f"'{written}' is no IRI: expected an absolute one, such as http://example.org/a") from error


def _links(here: Served, iri: str) -> list[Link]:
    return [(describe_path(here.root, iri, one.suffix), {"rel": "alternate", "type": one.media_type}) for one in PAGES]
