"""A server: the application under granian, which says when it is up and shows that it answers."""

import multiprocessing
import os
import socket
import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from publisher.errors import CommuniqueError
from publisher.examples import FIRST, example
from publisher.options import Options
from publisher.release import Release, current
from publisher.settings import Settings
from publisher.stores import RemoteStore
from publisher.verify import require_files
from publisher.web.front import PROCESSES
from publisher.web.log import Log

HOST = "127.0.0.1"
#: The addresses that stand for all of a machine's.
ALL = ("0.0.0.0", "::")  # noqa: S104 - listened on only where the operator says so
#: How many bytes of a request's head are read; a longer one is answered with 431 or 414.
LONGEST_HEAD = 1 << 19


class _Event(threading.Event):
    """An event that is looked for again each second.

    Of two signals that come at once, the system may hand both to threads that only watch; the main thread, which alone
    handles signals, then sleeps on.
    """

    def wait(self, timeout: float | None = None) -> bool:
        if timeout is not None:
            return super().wait(timeout)
        while not super().wait(1):
            pass
        return True


class _Server(Granian):  # type: ignore[misc, valid-type]
    """The server. A second signal to end it does nothing: it may come in the middle of the first, and wait for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as granian has them
        super().__init__(*args, **kwargs)
        self.main_loop_interrupt = _Event()

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as signals are handled
        if not self.interrupt_signal:
            super().signal_handler_interrupt(*args, **kwargs)


def port_of(base: str) -> int:
    """Return the port at which a base's IRIs answer on this machine: its own, if it is this machine's, else 8000."""
    parts = urlsplit(base)
    return parts.port or 8000 if parts.hostname in ("localhost", HOST) else 8000


def serve(
    settings: Settings,
    port: int | None,
    say: Callable[[str], None],
    host: str = HOST,
    options: Options | None = None,
) -> None:
    """Serve the current release until a signal ends it. Raise CommuniqueError: none, a damaged one, or a busy port.

    host: the address to listen on. options: what queries may take, and who may ask.
    """
    options = options or Options()
    release = Release.open(current(settings.releases))
    require_files(release)
    port = port_of(release.base) if port is None else port
    require_free(host, port)
    if options.log not in ("", "-"):
        Log(options.log)  # now, so that a file that cannot be had is told at once
    os.environ.update({**settings.environ(), **options.environ()})  # what the workers read, when they begin
    # Workers are started anew, not forked: this process has a thread that speaks, and a fork would copy half of it.
    multiprocessing.set_start_method("spawn", force=True)
    server = _Server(
        "publisher.web.front:create",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(keep_alive=True, header_read_timeout=15_000, max_buffer_size=LONGEST_HEAD),
        factory=True,
        workers=PROCESSES,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        websockets=False,
        log_level=LogLevels.warning,
    )
    threading.Thread(target=_announce, args=(release, host, port, options, say), daemon=True).start()
    server.serve()


def require_free(host: str, port: int) -> None:
    """Raise CommuniqueError where nothing can listen at a port of an address of this machine."""
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except (OSError, OverflowError) as error:
        raise CommuniqueError(
            f"Port {port} of {host} cannot be had ({getattr(error, 'strerror', None) or error}). "
            f"Take another: --port {min(port, 65000) + 1} (make serve PORT={min(port, 65000) + 1})"
        ) from error


def _announce(release: Release, host: str, port: int, options: Options, say: Callable[[str], None]) -> None:
    """When the server answers, say where it is, and ask it one question as any client would."""
    near = HOST if host in ALL else f"[{host}]" if ":" in host else host
    here = f"http://{near}:{port}{urlsplit(release.base).path}"
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
    say(f"  on {host}: queries run in processes of their own, which have no network and end at their deadline.\n")
    if host not in (HOST, "localhost", "::1") and not options.hosts:
        say("  It is asked by the name in its base, and by no other: --allow-host NAME allows one more.\n")
    for row in rows[:1]:  # none in a publication of other documents
        answer = {name.lstrip("?"): value.partition("@")[0].strip('"') for name, value in zip(names, row, strict=True)}
        say(f"  Q  {question.summary}")
        say(f"  A  {answer.get('person')}, {answer.get('office') or answer.get('title')}")
        say(f"     “{answer.get('quote')}”\n")
    files = "files" in release.manifest
    what = "what there is, and where to begin" if files else "documents, facts, things, example queries"
    say(f"  {release.base}         pages: {what}")
    say(f"  {release.base}sparql   SPARQL 1.1, for any client")
    if not files:
        say(f"  {release.base}dumps/   the data as files")
    if port != port_of(release.base):
        say(f"  The data's IRIs begin with {release.base} and answer there, not on port {port}.")
        if not files:
            say(f"  For this port: communique build --base http://localhost:{port}/")
    say("  Ctrl-C ends it.")
