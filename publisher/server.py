"""A server: the application under granian, on loopback, which says when it is up and shows that it answers.

On loopback only, until public queries run in processes of their own: the engine has no timeout and no memory limit, so
whoever can send a query can keep it busy.
"""

import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Callable
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from publisher.errors import CommuniqueError
from publisher.examples import FIRST, example
from publisher.release import Release, current
from publisher.settings import Settings
from publisher.stores import RemoteStore
from publisher.verify import require_files

HOST = "127.0.0.1"
WORKERS = 2
THREADS = 4


def port_of(base: str) -> int:
    """Return the port at which a base's IRIs answer on this machine: its own, if it is this machine's, else 8000."""
    parts = urlsplit(base)
    return parts.port or 8000 if parts.hostname in ("localhost", HOST) else 8000


def serve(settings: Settings, port: int | None, say: Callable[[str], None]) -> None:
    """Serve the current release until a signal ends it. Raise CommuniqueError: none, a damaged one, or a busy port."""
    release = Release.open(current(settings.releases))
    require_files(release)
    port = port_of(release.base) if port is None else port
    _free(port)
    os.environ.update(settings.environ())  # what the workers read, when they begin
    # Workers are started anew, not forked: this process has a thread that speaks, and a fork would copy half of it.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "publisher.web:create_app",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=WORKERS,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        websockets=False,
        log_level=LogLevels.warning,
    )
    threading.Thread(target=_announce, args=(release, port, say), daemon=True).start()
    server.serve()


def _free(port: int) -> None:
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
    except (OSError, OverflowError) as error:
        raise CommuniqueError(
            f"Port {port} cannot be had ({getattr(error, 'strerror', None) or error}). "
            f"Take another: communique serve --port {min(port, 65000) + 1} (make serve PORT={min(port, 65000) + 1})"
        ) from error


def _announce(release: Release, port: int, say: Callable[[str], None]) -> None:
    """When the server answers, say where it is, and ask it one question as any client would."""
    here = f"http://{HOST}:{port}{urlsplit(release.base).path}"
    for _ in range(300):
        try:
            with urlopen(here, timeout=5) as answer:
                answer.read(1)
            break
        except (URLError, OSError):
            time.sleep(0.1)
    else:
        say(f"The server does not answer at {here}; the lines above may say why.")
        return
    question = example(FIRST)
    try:
        table = RemoteStore(f"{here}sparql").query(question.sparql, "text/tab-separated-values").read().decode()
    except CommuniqueError as error:
        say(f"The server is up, and cannot answer a query: {error}")
        return
    names, *rows = (line.split("\t") for line in table.splitlines())
    say(f"Serving release {release.id[:12]} at {release.base if port == port_of(release.base) else here}")
    say(f"  on {HOST} only: public queries are not isolated yet, so keep it off the network.\n")
    for row in rows[:1]:  # none in a publication of other documents
        answer = {name.lstrip("?"): value.partition("@")[0].strip('"') for name, value in zip(names, row, strict=True)}
        say(f"  Q  {question.summary}")
        say(f"  A  {answer.get('person')}, {answer.get('office') or answer.get('title')}")
        say(f"     “{answer.get('quote')}”\n")
    say(f"  {release.base}         pages: documents, facts, things, example queries")
    say(f"  {release.base}sparql   SPARQL 1.1, for any client")
    say(f"  {release.base}dumps/   the data as files")
    if port != port_of(release.base):
        say(f"  The data's IRIs begin with {release.base} and answer there, not on port {port}.")
        say(f"  For this port: communique build --base http://localhost:{port}/")
    say("  Ctrl-C ends it.")
