"""The dumps: the data as files, exactly as the manifest lists them, and a page that says how to load them."""

from typing import Any, Final

from flask import Blueprint, Response, render_template, send_file

from publisher.dumps import DUMPS, graph_file
from publisher.errors import NoRelease, NotFound
from publisher.media import GRAPHS, HTML, N_QUADS, TEXT, by_suffix
from publisher.release import MANIFEST
from publisher.web.responses import CACHE, respond
from publisher.web.served import served

bp = Blueprint("dumps", __name__)

#: What a release has beside its dumps: of each part its format and what it holds.
PARTS: Final = {
    "catalogue.ttl": ("Turtle", "The release: rights, formats, checksums, and what it was made from (DCAT 3, PROV-O)."),
    "void.ttl": ("Turtle", "The data: what its graphs hold, with counts by class and property (VoID)."),
    "report.ttl": ("Turtle", "What the shapes found (SHACL)."),
    "shapes.ttl": ("Turtle", "The shapes that the release was checked with (SHACL)."),
    "fact-sheet.schema.json": ("JSON Schema", "What a fact sheet is made of, for editors."),
    "authority.schema.json": ("JSON Schema", "What an authority file is made of, for editors."),
}
#: What the graphs hold that are no document's.
GRAPHS_OF_OURS: Final = {
    "authority": "The identity of states, places, persons and bodies that documents share.",
    "description": "The description of the whole, as it stands in the store.",
    "inferred": "What rules concluded, each conclusion with what it rests on.",
    "ontology": "The ontology, its vocabularies and its rules, merged.",
}
#: The media types of the parts that are no RDF. A packed part is sent as what it is, so that its checksum holds.
OTHERS: Final = {"gz": "application/gzip", "json": "application/json", "rq": "application/sparql-query"}


@bp.get("/dumps/", strict_slashes=False)
def index() -> Response:
    """List the dumps and what else a release has, with size, checksum and what each holds."""
    manifest = served().release.manifest
    parts = manifest["parts"]
    if "dumps" not in manifest:
        raise NotFound("There are no dumps here: what is served are files, and whoever serves them has them.")

    def row(file: str, form: str, holds: str) -> dict[str, Any]:
        path = file if file in parts else f"dumps/{file}"
        return {"file": file, "format": form, "holds": holds, "packed": parts.get(f"{path}.gz"), **parts[path]}

    titles = {key: f"What “{document['title']}” gives." for key, document in manifest["documents"].items()}
    tables = {
        "The whole": [row(file, *DUMPS[file]) for file in manifest["dumps"]],
        "One graph": [
            row(graph_file(name), "Turtle", titles.get(name) or GRAPHS_OF_OURS[name]) for name in manifest["graphs"]
        ],
        "Beside the data": [row(file, *said) for file, said in PARTS.items()],
    }
    body = render_template("dumps.html", tables=tables, release=served().release.id, parts=len(parts))
    return respond(body, HTML, negotiated=False)


@bp.get("/dumps/<path:file>")
def dump(file: str) -> Response:
    """Answer with a part, or a range of it (RFC 9110, section 14). Its ETag is its checksum.

    file: as the manifest has it, without `dumps/` in front; or the manifest itself.
    """
    release = served().release
    path = file if file in release.manifest["parts"] else f"dumps/{file}"
    part, etag = release.folder / MANIFEST, release.id
    if file != MANIFEST:
        listed = release.part(path)
        if listed is None:
            raise NotFound(f"There is no dump {file}. All of them: {served().root}dumps/")
        part, etag = listed, release.manifest["parts"][path]["sha256"]
    sent = _content_type(file)
    try:
        response = send_file(part, sent.partition(";")[0], conditional=True, etag=etag, last_modified=None)
    except OSError as error:
        raise NoRelease(f"Release {release.id[:12]} is damaged: {path} cannot be read: {error.strerror}") from error
    response.headers["Content-Type"] = sent  # Werkzeug gives RDF/XML a charset
    response.headers["Cache-Control"] = CACHE
    return response


def _content_type(file: str) -> str:
    suffix = file.rpartition(".")[2]
    form = by_suffix(suffix, (*GRAPHS, N_QUADS, TEXT))
    return form.content_type if form else OTHERS.get(suffix, "application/octet-stream")
