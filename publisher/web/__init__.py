"""The web: what a release holds, at the addresses that its IRIs promise. It reads the release and never writes."""

import re
from typing import Any, Final

from flask import Flask, g, request
from flask.wrappers import Request, Response
from werkzeug.wrappers import Request as Asked
from werkzeug.wrappers import Response as Answer

from publisher.errors import CommuniqueError, NoRelease, NotFound
from publisher.settings import Settings
from publisher.web import describe, dumps, graphs, home, problems, responses, sparql, terms, things
from publisher.web.served import ANSWER, SERVED, Served, Shelf

LARGEST_BODY = 100_000
#: One range of bytes: from a first to a last one, or so many at the end (RFC 9110, section 14.1.2).
RANGE: Final = re.compile(r"bytes=(?:([0-9]{1,18})-([0-9]{1,18})?|-([0-9]{1,18}))", re.IGNORECASE)


class Application(Flask):
    """Flask, with requests that know the hosts at which their release is served, and ranges as RFC 9110 has them."""

    class request_class(Request):
        """A request. Its Host must be the base's, or this machine: no page or redirect is made for another."""

        def __init__(self, environ: dict[str, Any], *args: Any, **options: Any) -> None:  # noqa: ANN401
            super().__init__(environ, *args, **options)
            found = environ.get(SERVED)
            if isinstance(found, Served):
                self.trusted_hosts = [found.host, "localhost", "127.0.0.1"]

    class response_class(Response):
        """A response. Werkzeug answers each Range that it cannot follow with 416; most of them are to be ignored."""

        def make_conditional(
            self,
            request_or_environ: dict[str, Any] | Asked,
            accept_ranges: bool | str = False,
            complete_length: int | None = None,
        ) -> Answer:
            """Answer with a part, or with 304, where that is asked for."""
            environ = request_or_environ.environ if isinstance(request_or_environ, Asked) else request_or_environ
            if not _one_range(environ.get("HTTP_RANGE", ""), complete_length or 0):
                environ = {name: value for name, value in environ.items() if name != "HTTP_RANGE"}
            return super().make_conditional(environ, accept_ranges, complete_length)


def _one_range(wanted: str, length: int) -> bool:
    """Say whether a header Range asks for one part of so many bytes, so that the answer is 206 or 416.

    Else it is answered with the whole: another unit, several ranges, and what is no range are ignored (RFC 9110,
    section 14.2), and where more bytes are wanted at the end than there are, all are given (14.1.2).
    """
    found = RANGE.fullmatch(wanted.strip())
    if found is None:
        return False
    first, last, at_end = found.groups()
    return int(at_end) <= length if at_end else not last or int(first) <= int(last)


def create_app(settings: Settings) -> Flask:
    """Return the pages of the current release of these settings. The front, before it, answers queries."""
    app = Application(__name__)
    shelf = Shelf(settings.releases, lambda why: app.logger.error("refused: %s", why))
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.url_map.merge_slashes = False  # Werkzeug would answer `//` with a redirect of its own
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    inner = app.wsgi_app

    def mounted(environ: dict[str, Any], start_response: Any) -> Any:  # noqa: ANN401
        """Choose the release, once per request, and take its base's path off the front of the request's."""
        front = environ.get("asgi.scope", {})
        environ[ANSWER] = front.get(ANSWER)
        try:
            found = front.get(SERVED) or shelf.current()
            if isinstance(found, NoRelease):
                raise found
            environ[SERVED] = served = found
        except NoRelease as error:
            environ[SERVED] = error
        else:
            path, root = environ.get("PATH_INFO", ""), served.root.rstrip("/")
            if path == root or path.startswith(f"{root}/"):
                environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + root
                environ["PATH_INFO"] = path[len(root) :] or "/"
            else:
                environ[SERVED] = NotFound(f"The addresses of this publication begin with {served.root}")
                environ[f"{SERVED}.outside"] = served
        return inner(environ, start_response)

    app.wsgi_app = mounted  # type: ignore[method-assign]

    @app.before_request
    def choose() -> None:
        found = request.environ[SERVED]
        g.served = found if isinstance(found, Served) else request.environ.get(f"{SERVED}.outside")
        if isinstance(found, Exception) and request.endpoint != "static":
            raise found
        if isinstance(answer := request.environ.get(ANSWER), CommuniqueError):
            raise answer

    @app.context_processor
    def place() -> dict[str, Any]:
        found: Served | None = g.get("served")
        return {"root": found.root if found else "/", "publication": found.release.manifest if found else {}}

    for module in (things, sparql, graphs, terms, dumps, home, describe):
        app.register_blueprint(module.bp)
    problems.handle(app)
    app.after_request(responses.finish)
    return app
