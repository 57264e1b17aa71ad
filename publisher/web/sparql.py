"""The SPARQL endpoint (SPARQL 1.1 Protocol): GET, POST by form, POST direct; for a browser, a form and a table."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, abort, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from publisher import media
from publisher.datasets import DatasetClause
from publisher.errors import BadQuery, CommuniqueError, NotAcceptable, NotFound
from publisher.examples import examples
from publisher.media import GRAPHS, HTML, PAGES, RESULTS, Format, by_suffix
from publisher.stores import Answer
from publisher.web import results, service
from publisher.web.responses import accept, chosen, respond
from publisher.web.served import served

bp = Blueprint("sparql", __name__)

LONGEST: Final = 100_000
FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
#: Data first: who takes a page and data equally is a program.
OFFERS: Final = (*RESULTS, *GRAPHS, HTML)


@dataclass(frozen=True)
class Asked:
    """A query as the protocol carries it, with the dataset that it names."""

    query: str
    dataset: DatasetClause


@bp.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Answer a query; without one, show the form, or describe the service."""
    asked = _asked()
    if asked is None:
        return _about()
    if _wants_page():
        return _page(asked)
    return _data(asked, accept() or "*/*", None)


@bp.get("/sparql.<suffix>")
def fixed(suffix: str) -> Response:
    """Answer a query in the format of the suffix, for links to a result as a file."""
    form = by_suffix(suffix, (*RESULTS, *GRAPHS))
    if form is None:
        raise NotFound(f"No format has the suffix {suffix}.")
    asked = _asked()
    if asked is None:
        raise BadQuery("There is no query here. Send one as the parameter `query`.")
    return _data(asked, form.media_type, form)


def _asked() -> Asked | None:
    """Return what is asked; nothing, for a GET without a query. Raise BadQuery, or what the protocol says."""
    sent: MultiDict[str, str] = MultiDict(request.args)
    if request.method == "POST":
        if request.mimetype == FORM:
            sent.update(request.form)
        elif request.mimetype == DIRECT:
            sent.add("query", _body())
        else:
            told = "is no" if request.mimetype != "application/sparql-update" else "is an update, and this is no"
            raise UnsupportedMediaType(
                f"The body's type ({request.mimetype or 'none given'}) {told} type of a query. Send {DIRECT} or {FORM}."
            )
    if "update" in sent:
        raise BadQuery("This data cannot be changed here: a release never changes. Publishing is building a new one.")
    queries = sent.getlist("query")
    if not queries and request.method != "POST":
        return None
    if len(queries) != 1:
        raise BadQuery(f"Send exactly one query; there {'is none' if not queries else f'are {len(queries)}'} here.")
    if len(queries[0].encode(errors="replace")) > LONGEST:
        abort(413, f"The query is longer than {LONGEST:,} bytes.")
    default, named = sent.getlist("default-graph-uri"), sent.getlist("named-graph-uri")
    for graph in (*default, *named):
        try:
            ox.NamedNode(graph)
        except ValueError as error:
            raise BadQuery(f"'{graph}' is no IRI of a graph: {error}") from error
    return Asked(queries[0], DatasetClause(tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named))))


def _body() -> str:
    try:
        return request.get_data().decode()
    except UnicodeDecodeError as error:
        raise BadRequest("The query is not UTF-8.") from error


def _wants_page() -> bool:
    return chosen(OFFERS) is HTML


def _data(asked: Asked, accepted: str, form: Format | None) -> Response:
    try:
        answer = served().store.query(asked.query, accepted, asked.dataset)
    except NotAcceptable:
        if form is None and media.negotiate("*/*" if not accept() else accept(), (HTML, *OFFERS)) is HTML:
            return _page(asked)  # no data in a form that it takes, but it takes a page
        raise
    return respond(answer.read(), answer.format, negotiated=form is None)


def _about() -> Response:
    wanted = chosen(PAGES)
    here = served()
    if wanted is HTML:
        return respond(_form("", None, ""), HTML, negotiated=True)
    return respond(service.description(here, wanted), wanted, negotiated=True)


def _page(asked: Asked) -> Response:
    """Answer with the form and the result as a table; what is wrong with the query stands above it."""
    here = served()
    try:
        answer = here.store.query(asked.query, f"{RESULTS[0].media_type}, {media.TURTLE.media_type}", asked.dataset)
    except CommuniqueError as error:
        if error.status >= 500:
            raise
        return respond(_form(asked.query, None, str(error)), HTML, negotiated=True, status=error.status)
    return respond(_form(asked.query, answer, ""), HTML, negotiated=True)


def _form(query: str, answer: Answer | None, wrong: str) -> str:
    here = served()
    shown = results.show(here, answer) if answer else None
    return render_template(
        "sparql.html",
        query=query,
        result=shown,
        wrong=wrong,
        examples=examples(here.release.manifest),
        sent=_parameters(query),
    )


def _parameters(query: str) -> list[tuple[str, str]]:
    """Return the parameters that ask the same again, for links to the result as a file."""
    sent: MultiDict[str, str] = MultiDict(request.args)
    if request.method == "POST" and request.mimetype == FORM:
        sent.update(request.form)
    graphs = [(name, value) for name in ("default-graph-uri", "named-graph-uri") for value in sent.getlist(name)]
    return [("query", query), *graphs]
