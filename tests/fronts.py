"""The whole application for a test, without a network: its front in an event loop of its own, with its workers."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from a2wsgi import ASGIMiddleware
from flask import Flask, Response
from flask.testing import FlaskClient

from publisher.options import Options
from publisher.settings import Settings
from publisher.web.front import Front


@contextmanager
def fronting(settings: Settings, options: Options | None = None) -> Iterator[FlaskClient]:
    """Run the application, and give a client of it; end its workers with it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    front = Front(settings, options)
    asyncio.run_coroutine_threadsafe(front.open(), loop).result()
    shell = Flask(__name__)  # for its client alone
    inner = ASGIMiddleware(front, loop=loop)  # type: ignore[arg-type]

    def whole(environ: Any, start_response: Any) -> list[bytes]:  # noqa: ANN401 - as WSGI has them
        """Answer to the end, also where nobody reads the body."""
        return [b"".join(inner(environ, start_response))]

    shell.wsgi_app = whole  # type: ignore[method-assign]
    try:
        yield FlaskClient(shell, Response)
    finally:
        loop.call_soon_threadsafe(front.close)
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.1), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
