"""Problems: what a client gets when it gets no answer, as problem+json (RFC 9457) or as a page."""

import json
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from publisher.errors import BadQuery, BadRequest, Busy, CommuniqueError, NoRelease, NotAcceptable
from publisher.media import HTML, TEXT, Format, negotiate
from publisher.protocol import METHODS
from publisher.web.messages import Message, encoded
from publisher.web.responses import UNKEPT, accept

PROBLEM: Final = Format("problem", "application/problem+json", "json", also=("application/json",))
OFFERS: Final = (PROBLEM, HTML, TEXT)


def handle(app: Flask) -> None:
    """Let an application answer each error once, here."""

    @app.errorhandler(CommuniqueError)
    def ours(error: CommuniqueError) -> Response:
        if error.status >= 500:
            app.logger.error("%r: %s", request.path, error)
        answer = problem(error.status, words(error))
        answer.headers.extend(_more(error))
        return answer

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Response:
        answer = problem(error.code or 500, error.description or "")
        for name, value in error.get_headers():
            if name.lower() not in ("content-type", "content-length", "location"):
                answer.headers[name] = value
        return answer

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        app.logger.error("%r failed", request.path, exc_info=error)
        return problem(500, "Something went wrong here; it was logged.")


def words(error: CommuniqueError) -> str:
    """Return what a client is told. What is wrong on this side names folders of this machine; that is for the log."""
    if error.status == 500 and type(error) is CommuniqueError:
        return "Something went wrong here; it was logged."
    if isinstance(error, NoRelease):
        return "No release can be served here at the moment."
    return str(error)


def told(error: CommuniqueError, accepted: str | None) -> Message:
    """Return a problem as ASGI sends it: problem+json, or plain text where the client prefers that."""
    headers = encoded({"Vary": "Accept", **UNKEPT, **_more(error)})
    chosen = _chosen(accepted)
    if chosen is TEXT:
        written = f"{error.status} {HTTPStatus(error.status).phrase}: {words(error)}\n"
    else:
        place = {"line": error.line, "column": error.column} if isinstance(error, BadQuery) and error.line else {}
        written = _json(error.status, words(error), **place)
        chosen = PROBLEM
    return Message(error.status, [(b"content-type", chosen.content_type.encode()), *headers], written.encode())


def _more(error: CommuniqueError) -> dict[str, str]:
    """Return the headers that an error has of its own: when to try again, or by which methods to ask."""
    if isinstance(error, Busy):
        return {"Retry-After": str(error.seconds)}
    if isinstance(error, BadRequest) and error.status == 405:
        return {"Allow": ", ".join(error.methods or METHODS)}
    return {}


def problem(status: int, detail: str) -> Response:
    """Return a problem: as a page, or plain text, where the client prefers one, else as problem+json."""
    title = HTTPStatus(status).phrase
    chosen = _chosen(accept())
    if chosen is HTML:
        body: str = render_template("problem.html", status=status, title=title, detail=detail)
    else:
        body = f"{status} {title}: {detail}\n" if chosen is TEXT else _json(status, detail)
    response = Response(body, status=status, content_type=chosen.content_type)
    response.vary.add("Accept")
    response.headers.update(UNKEPT)
    return response


def _json(status: int, detail: str, **more: object) -> str:
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return json.dumps(said, ensure_ascii=False) + "\n"


def wants_page(accepted: str | None) -> bool:
    """Say whether a client prefers a page to problem+json."""
    return _chosen(accepted) is HTML


def _chosen(accepted: str | None) -> Format:
    try:
        return negotiate(accepted, OFFERS)
    except NotAcceptable:
        return PROBLEM
