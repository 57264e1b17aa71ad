"""Responses: the one place that makes them, so that each says what it is, whence it is, and how long it holds."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from flask import Response, g, request

from publisher import media
from publisher.media import Format, negotiate
from publisher.web.served import Served, served

Link = tuple[str, dict[str, str]]

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
#: A copy may be kept, and must be asked about: tags are exact, so asking costs little, and a new release shows.
CACHE: Final = "public, no-cache"


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
) -> Response:
    """Answer with a body in this format, or with 304 where the client has it already.

    negotiated: the address has other formats too, and Accept chose this one. links: for the header Link (RFC 8288).
    """
    response = Response(body, status=status, content_type=wanted.content_type)
    if negotiated:
        response.vary.add("Accept")
    _link(response, links)
    if wanted.suffix == "csv":  # a spreadsheet must be asked to open it, as cells may look like formulas to it
        response.headers["Content-Disposition"] = "attachment"
    if status == 200:
        tag(response, f"{wanted.suffix}{'-negotiated' if negotiated else ''}")
    return response


def tag(response: Response, representation: str) -> None:
    """Give a response the ETag of this release, this code and this representation; make it 304 where that is known."""
    response.set_etag(f"{served().release.id[:16]}-{code()}-{representation}")
    response.headers["Cache-Control"] = CACHE
    if request.method in ("GET", "HEAD"):
        response.make_conditional(request)


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


def finish(response: Response) -> Response:
    """Add what every response has."""
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = "ETag, Link, X-Communique-Release"
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = headers.get("Allow", "GET, HEAD, OPTIONS")
        headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
        headers["Access-Control-Max-Age"] = "86400"
    found: Served | None = g.get("served")
    if found is not None:
        headers["X-Communique-Release"] = found.release.id
    return response


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
