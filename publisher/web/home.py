"""The first page: what this is, its documents, example queries, and where everything else is."""

from itertools import islice
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, render_template

from mappings.names import SCHEMES
from publisher.examples import examples
from publisher.media import HTML, TEXT
from publisher.web import words
from publisher.web.known import Known
from publisher.web.labels import label_quads
from publisher.web.queries import solutions
from publisher.web.responses import respond
from publisher.web.served import Served, served
from publisher.web.shown import Shower, Shown, graph_path

bp = Blueprint("home", __name__)

#: How many named graphs the first page lists where files are served.
MOST_GRAPHS: Final = 50


@bp.get("/")
def home() -> Response:
    """Show what this publication is."""
    here = served()
    manifest = here.release.manifest
    if "files" in manifest:
        return respond(_files(here), HTML, negotiated=False)
    documents = [
        {
            "href": f"{here.root}id/document/{key}",
            "title": row["title"],
            "published": row["issued"].value if row["issued"] else None,
            "as_of": row["asOf"].value if row["asOf"] else None,
            **manifest["documents"][key],
            "title_lang": row["title"].language,
        }
        for row in solutions(here.store, "documents")
        if (key := row["document"].value.rpartition("/")[2]) in manifest["documents"]
    ]
    body = render_template("home.html", documents=documents, examples=examples(), counts=_counts(here), schemes=SCHEMES)
    return respond(body, HTML, negotiated=False)


def _counts(here: Served) -> dict[str, object]:
    """Return how many Facts there are of each modality and nature: rows by modality, columns by nature."""
    found = {
        (row["modality"].value, row["nature"].value): int(row["facts"].value)
        for row in solutions(here.store, "judgements")
    }
    shower = Shower(here)
    modalities = sorted({modality for modality, _ in found}, key=words.rank)
    natures = sorted(
        {nature for _, nature in found},
        key=lambda nature: (not nature.endswith("#reported"), nature.endswith("#derived"), nature),
    )
    return {
        "natures": [shower.thing(one) for one in natures],
        "rows": [
            (shower.thing(modality), [found.get((modality, nature), 0) for nature in natures])
            for modality in modalities
        ],
        "total": sum(found.values()),
    }


def _files(here: Served) -> str:
    """Return the first page where files are served: what they hold, and where to begin."""
    manifest = here.release.manifest
    iris = [*manifest["classes"], *(thing for things in manifest["samples"].values() for thing in things)]
    shower = Shower(here, Known(label_quads(here.store, map(ox.NamedNode, iris))))
    return render_template(
        "files.html",
        classes=[
            (shower.thing(cls), count, [shower.thing(one) for one in manifest["samples"].get(cls, ())])
            for cls, count in manifest["classes"].items()
        ],
        graphs=[
            (Shown(shower.short(name), href=graph_path(here.root, name), iri=name), count)
            for name, count in islice(manifest["graphs"].items(), MOST_GRAPHS)
        ],
        examples=examples(manifest),
        default=f"{here.root}graph?default",
    )


@bp.get("/robots.txt")
def robots() -> Response:
    """Ask crawlers to leave the query endpoint alone: each of its answers is work, and all data is in the dumps."""
    return respond(
        f"User-agent: *\nDisallow: {served().root}sparql\nDisallow: {served().root}describe\n", TEXT, negotiated=False
    )
