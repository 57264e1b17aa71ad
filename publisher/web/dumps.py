"""The dumps: the data as files, exactly as the manifest lists them, and a page that says how to load them."""

from flask import Blueprint, Response, render_template, send_file

from publisher.dumps import DUMPS
from publisher.errors import NotFound
from publisher.media import GRAPHS, HTML, N_QUADS, TURTLE, by_suffix
from publisher.web.responses import CACHE, respond
from publisher.web.served import served

bp = Blueprint("dumps", __name__)

#: What a release has beside its dumps, for whoever wants to check it.
PARTS = {
    "report.ttl": "What the shapes found (SHACL).",
    "shapes.ttl": "The shapes that the release was checked with (SHACL).",
}


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
    return respond(render_template("dumps.html", dumps=[*listed, *others]), HTML, negotiated=False)


@bp.get("/dumps/<file>")
def dump(file: str) -> Response:
    """Answer with a dump, or a range of it (RFC 9110, section 14). Its ETag is its checksum."""
    here = served()
    path = file if file in PARTS else f"dumps/{file}"
    part = here.release.part(path)
    if part is None:
        raise NotFound(f"There is no dump {file}. All of them: {here.root}dumps/")
    form = by_suffix(file.rpartition(".")[2], (*GRAPHS, N_QUADS)) or TURTLE
    etag = here.release.manifest["parts"][path]["sha256"]
    response = send_file(part, mimetype=form.media_type, conditional=True, etag=etag, last_modified=None)
    response.headers["Cache-Control"] = CACHE
    return response
