"""The dumps: the data as files, exactly as the manifest lists them, and a page that says how to load them."""

from typing import Final

from flask import Blueprint, Response, render_template, send_file

from publisher.dumps import DUMPS
from publisher.errors import NoRelease, NotFound
from publisher.media import GRAPHS, HTML, N_QUADS, TEXT, by_suffix
from publisher.release import MANIFEST
from publisher.web.responses import CACHE, respond
from publisher.web.served import served

bp = Blueprint("dumps", __name__)

#: What a release has beside its dumps, for whoever wants to check it.
PARTS = {
    "report.ttl": "What the shapes found (SHACL).",
    "shapes.ttl": "The shapes that the release was checked with (SHACL).",
}
#: The media types of the parts that are no RDF. A packed part is sent as what it is, so that its checksum holds.
OTHERS: Final = {"gz": "application/gzip", "json": "application/json", "rq": "application/sparql-query"}


@bp.get("/dumps/", strict_slashes=False)
def index() -> Response:
    """List the dumps, with size, checksum and what each holds."""
    here = served()
    parts = here.release.manifest["parts"]
    listed = [
        {"file": file, "format": DUMPS[file][0], "holds": DUMPS[file][1], **parts[f"dumps/{file}"]}
        for file in here.release.manifest["dumps"]
    ]
    others = [{"file": file, "format": "Turtle", "holds": holds, **parts[file]} for file, holds in PARTS.items()]
    body = render_template("dumps.html", dumps=[*listed, *others], release=here.release.id, parts=len(parts))
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
    try:
        response = send_file(part, mimetype=_media_type(file), conditional=True, etag=etag, last_modified=None)
    except OSError as error:
        raise NoRelease(f"Release {release.id[:12]} is damaged: {path} cannot be read: {error.strerror}") from error
    response.headers["Cache-Control"] = CACHE
    return response


def _media_type(file: str) -> str:
    suffix = file.rpartition(".")[2]
    form = by_suffix(suffix, (*GRAPHS, N_QUADS, TEXT))
    return form.media_type if form else OTHERS.get(suffix, "application/octet-stream")
