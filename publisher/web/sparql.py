"""The page of the SPARQL endpoint: a form, and the result of a query as a table. The front asks the query itself."""

from flask import Blueprint, Response, render_template, request

from publisher.errors import NotFound
from publisher.examples import examples
from publisher.media import HTML
from publisher.web import results
from publisher.web.endpoint import Shown
from publisher.web.responses import respond
from publisher.web.served import ANSWER, served

bp = Blueprint("sparql", __name__)


@bp.route("/sparql", methods=["GET", "POST", "QUERY"])
def page() -> Response:
    """Show the form, and what the front was answered."""
    shown = request.environ.get(ANSWER)
    if not isinstance(shown, Shown):
        raise NotFound("Queries are answered by the server in front of these pages.")
    body = render_template(
        "sparql.html",
        query=shown.query,
        result=results.show(served(), shown) if shown.form else None,
        wrong=shown.wrong,
        examples=examples(served().release.manifest),
        sent=shown.parameters,
        limits=shown.limits,
    )
    response = respond(body, HTML, negotiated=True, status=shown.status, version=shown.version)
    if shown.again is not None:
        response.headers["Retry-After"] = str(shown.again)
    return response
