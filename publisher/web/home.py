"""The first page: what this is, its documents, example queries, and where everything else is."""

from flask import Blueprint, Response, render_template

from mappings.names import SCHEMES
from publisher.examples import examples
from publisher.media import HTML, TEXT
from publisher.web import words
from publisher.web.queries import solutions
from publisher.web.responses import respond
from publisher.web.served import Served, served
from publisher.web.shown import Shower

bp = Blueprint("home", __name__)


@bp.get("/")
def home() -> Response:
    """Show what this publication is."""
    here = served()
    manifest = here.release.manifest
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


@bp.get("/robots.txt")
def robots() -> Response:
    """Ask crawlers to leave the query endpoint alone: each of its answers is work, and all data is in the dumps."""
    return respond(f"User-agent: *\nDisallow: {served().root}sparql\n", TEXT, negotiated=False)
