"""Problems: what a client gets when it gets no answer, as problem+json (RFC 9457) or as a page."""

import json
from http import HTTPStatus
from typing import Final

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from publisher.errors import CommuniqueError, NotAcceptable
from publisher.media import HTML, Format
from publisher.web.responses import chosen

PROBLEM: Final = Format("problem", "application/problem+json", "json", also=("application/json",))


def handle(app: Flask) -> None:
    """Let an application answer each error once, here."""

    @app.errorhandler(CommuniqueError)
    def ours(error: CommuniqueError) -> Response:
        if error.status >= 500:
            app.logger.error("%r: %s", request.path, error)
        # What is wrong on this side names folders of this machine; it is for the log.
        told = (
            str(error)
            if error.status < 500
            else "No release can be served here at the moment."
            if error.status == 503
            else ""
        )
        return problem(error.status, told)

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


def problem(status: int, detail: str) -> Response:
    """Return a problem: as a page, where the client prefers one, else as problem+json."""
    title = HTTPStatus(status).phrase
    if wants_page():
        body: str = render_template("problem.html", status=status, title=title, detail=detail)
        response = Response(body, status=status, content_type=HTML.content_type)
    else:
        told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        response = Response(
            json.dumps(told, ensure_ascii=False) + "\n", status=status, content_type=PROBLEM.content_type
        )
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-store"
    return response


def wants_page() -> bool:
    """Say whether the client prefers a page to problem+json."""
    try:
        return chosen((PROBLEM, HTML)) is HTML
    except NotAcceptable:
        return False
