"""The web: what a release holds, at the addresses that its IRIs promise. It reads the release and never writes."""

from typing import Any

from flask import Flask, g, request
from flask.wrappers import Request

from publisher.errors import CommuniqueError, NoRelease, NotFound
from publisher.settings import Settings
from publisher.web import describe, dumps, graphs, home, problems, responses, sparql, terms, things
from publisher.web.served import ANSWER, SERVED, Served, Shelf

LARGEST_BODY = 100_000


class Application(Flask):
    """Flask, with requests that know the hosts at which their release is served."""

    class request_class(Request):
        """A request. Its Host must be the base's, or this machine: no page or redirect is made for another."""

        def __init__(self, environ: dict[str, Any], *args: Any, **options: Any) -> None:  # noqa: ANN401
            super().__init__(environ, *args, **options)
            found = environ.get(SERVED)
            if isinstance(found, Served):
                self.trusted_hosts = [found.host, "localhost", "127.0.0.1"]


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
