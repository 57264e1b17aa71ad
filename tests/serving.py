"""A real server for a test: the built command in a process of its own, on a free port, ended with the test."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from tests.conftest import ROOT

COMMUNIQUE = [sys.executable, "-c", "from publisher.cli import main; main()"]
SECONDS = 60


@dataclass
class Server:
    """A server that runs. said: what it has printed so far."""

    base: str
    releases: Path
    process: "subprocess.Popen[str]"
    said: list[str] = field(default_factory=list)

    def build(self, *words: str, project: Path = ROOT) -> None:
        """Build a release into the folder that it serves from."""
        communique("build", "--base", self.base, *words, project=project, releases=self.releases)


def environ(project: Path, releases: Path) -> dict[str, str]:
    """Return the environment of a command that works on a project and its releases."""
    return {**os.environ, "COMMUNIQUE_PROJECT": str(project), "COMMUNIQUE_RELEASES": str(releases)}


def communique(*words: str, project: Path, releases: Path) -> None:
    """Run a command to its end; it must end well."""
    subprocess.run([*COMMUNIQUE, *words], env=environ(project, releases), cwd=ROOT, check=True, timeout=SECONDS)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(releases: Path, project: Path = ROOT) -> Iterator[Server]:
    """Build a release whose base is a free port of this machine, and serve it."""
    port = free_port()
    communique("build", "--base", f"http://localhost:{port}/", project=project, releases=releases)
    with started(releases, project, port) as server:
        yield server


@contextmanager
def started(
    releases: Path,
    project: Path = ROOT,
    port: int | None = None,
    options: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    memory: int | None = None,
) -> Iterator[Server]:
    """Serve releases that are there already, at a free port unless one is given, in a session of its own.

    options: more words for the command. environment: more variables. memory: the most bytes that each of its processes
    may have in its address space.
    """
    port = port or free_port()
    limited = ["prlimit", f"--as={memory}"] if memory else []
    process = subprocess.Popen(
        [*limited, *COMMUNIQUE, "serve", "--port", str(port), *options],
        env={**environ(project, releases), **(environment or {})},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    server = Server(f"http://localhost:{port}/", releases, process)
    Thread(target=_listen, args=(server,), daemon=True).start()
    try:
        _wait(server)
        yield server
    finally:
        stop(process)


@contextmanager
def files_served(folder: Path, *words: str) -> "Iterator[subprocess.Popen[str]]":
    """Run a command in an empty folder, `here`, which is no publication; what passes is in the folder `passing`."""
    here, passing = folder / "here", folder / "passing"
    here.mkdir(exist_ok=True)
    passing.mkdir(exist_ok=True)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("COMMUNIQUE_")}
    process = subprocess.Popen(
        [*COMMUNIQUE, *words],
        env={**environ, "TMPDIR": str(passing), "PYTHONPATH": str(ROOT)},
        cwd=here,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        stop(process)


def answer_of(url: str) -> bytes:
    """Return what stands at an address, as soon as there is an answer."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                body: bytes = response.read()
                return body
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer")


def stop(process: "subprocess.Popen[str]") -> None:
    """End a server by its id, and wait until it has ended."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _listen(server: Server) -> None:
    assert server.process.stdout is not None
    for line in server.process.stdout:
        server.said.append(line)


def _wait(server: Server) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if server.process.poll() is not None:
            break
        try:
            urllib.request.urlopen(server.base, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"the server did not come up: {''.join(server.said)}")
