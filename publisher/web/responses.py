"""Responses: the one place that makes them, so that each says what it is, whence it is, and how long it holds."""

import gzip
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from flask import Response, g, request

from publisher import media
from publisher.media import CSV, WORTH_PACKING, Format, negotiate
from publisher.web.messages import encoded
from publisher.web.served import Served, served

Link = tuple[str, dict[str, str]]

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
#: Where a view leaves the path of the file that is its answer's body, in the scope of ASGI; the front sends it.
FILE: Final = "communique.file"
#: A copy may be kept, and must be asked about: tags are exact, so asking costs little, and a new release shows.
CACHE: Final = "public, no-cache"
#: What may be another the next time is not kept.
UNKEPT: Final = {"Cache-Control": "no-store"}
#: A table in CSV is a file to save: a spreadsheet must be asked to open it, as cells may look like formulas to it.
DOWNLOAD: Final = {"Content-Disposition": "attachment"}


def accept() -> str | None:
    """Return the request's Accept header."""
    return request.headers.get("Accept")


def chosen(offers: tuple[Format, ...]) -> Format:
    """Return the format that the request likes best. Raise NotAcceptable where it likes none."""
    return negotiate(accept(), offers)


def respond(
    body: bytes | str,
    wanted: Format,
    *,
    negotiated: bool,
    links: Iterable[Link] = (),
    status: int = 200,
    version: str | None = "",
) -> Response:
    """Answer with a body in this format, or with 304 where the client has it already.

    negotiated: the address has other formats too, and Accept chose this one. links: for the header Link (RFC 8288).
    version: what tells it from others of the same release and address; None, where it may be another the next time.
    """
    response = Response(body, status=status, content_type=wanted.content_type)
    if negotiated:
        response.vary.add("Accept")
    _link(response, links)
    if wanted is CSV:
        response.headers.update(DOWNLOAD)
    if version is None:
        response.headers.update(UNKEPT)
    elif status == 200:
        tag(response, representation(wanted, negotiated=negotiated, version=version))
    return response


def representation(form: Format, *, negotiated: bool, version: str, packed: bool = False) -> str:
    """Return the name of a representation in its ETag. It differs by address, as what Accept chose must."""
    return f"{form.suffix}{'-negotiated' if negotiated else ''}{'-gzip' if packed else ''}{version}"


def tag(response: Response, representation: str) -> None:
    """Give a response the ETag of this release, this code and this representation; packed, it gets another."""
    response.headers["ETag"] = entity_tag(served(), representation)
    response.headers["Cache-Control"] = CACHE


def see_other(path: str, links: Iterable[Link] = ()) -> Response:
    """Answer with 303: there is a document about what was asked for, at this path of this host."""
    response = Response(status=303, headers={"Location": path})
    del response.headers["Content-Type"]  # there is no content: a 303 only leads on
    response.vary.add("Accept")
    response.headers["Cache-Control"] = CACHE
    _link(response, links)
    return response


def _link(response: Response, links: Iterable[Link]) -> None:
    for target, about in links:
        told = "".join(f'; {name}="{value}"' for name, value in about.items())
        response.headers.add("Link", f"<{target}>{told}")


def alternates(path: str, offers: Iterable[Format] = media.PAGES) -> list[Link]:
    """Return a link to each format of a document."""
    return [(f"{path}.{offer.suffix}", {"rel": "alternate", "type": offer.media_type}) for offer in offers]


#: What every response has.
EVERY: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After, X-Communique-Limits, X-Communique-Release",
}
#: What other sites' pages may send; it holds for a day, in seconds.
ASKING: Final = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
RELEASE: Final = "X-Communique-Release"


def always(found: Served | None) -> list[tuple[bytes, bytes]]:
    """Return what every response has that is no page: as ASGI has headers."""
    headers = {**EVERY, RELEASE: found.release.id} if found else EVERY
    return encoded(headers)


def finish(response: Response) -> Response:
    """Add what every response has; pack a text for those who take it so (RFC 9110, section 12.5.3), or send it not.

    Where the front sends files, and the body is one, name it to the front: in a header its path might not be written.
    """
    headers = response.headers
    headers.update(EVERY)
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = headers.get("Allow", "GET, HEAD, OPTIONS")
        headers.update(ASKING)
    found: Served | None = g.get("served")
    if found is not None:
        headers[RELEASE] = found.release.id
    if (file := headers.pop("X-Sendfile", None)) is not None:
        request.environ["asgi.scope"][FILE] = file
    if not response.is_streamed and not response.direct_passthrough:  # else it is a file, whose checksum is told
        response.vary.add("Accept-Encoding")
        _pack(response)
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            _spare(response)
    return response


def _pack(response: Response) -> None:
    """Pack a body with gzip, where that is worth it."""
    packs = request.accept_encodings["gzip"] > 0
    if not packs or response.status_code != 200 or len(response.get_data()) < WORTH_PACKING:
        return
    response.set_data(gzip.compress(response.get_data(), compresslevel=3, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(f"{tag}-gzip")


def _spare(response: Response) -> None:
    """Make it 304 where the client has just this representation (RFC 9110, section 13.1.2), packed or not as it is."""
    response.make_conditional(request)
    if response.status_code == 304:
        response.headers.pop("Content-Encoding", None)


def entity_tag(here: Served, representation: str) -> str:
    """Return the ETag of a representation in this release, made by this code."""
    return f'"{here.release.id[:16]}-{code()}-{representation}"'


@cache
def code() -> str:
    """Return the version of the code that makes answers: 8 hex digits of the hash of its files."""
    digest = hashlib.sha256()
    for package in ("mappings", "publisher"):
        for file in _files(files(package)):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:8]


def _files(folder: Traversable) -> Iterable[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _files(entry)
        elif entry.name.endswith((".py", ".rq", ".html", ".css")):
            yield entry
