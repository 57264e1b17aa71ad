"""A new release under load: no request is lost, and no answer mixes two releases."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from publisher.releases import rollback
from tests import small
from tests.serving import Server, communique, started

pytestmark = [pytest.mark.server, pytest.mark.slow]

CLIENTS = 4
SWITCHES = 30
#: Each release has its own name for the visit; so has each row of an answer that is long enough to take a while.
LABELS = ("The visit", "The call")
SHORT = "SELECT ?l { <id/event/visit> <http://www.w3.org/2004/02/skos/core#prefLabel> ?l }"
LONG = (
    "SELECT ?l { <id/event/visit> <http://www.w3.org/2004/02/skos/core#prefLabel> ?l . ?a ?b ?c . ?d a ?e } LIMIT 40000"
)
ASKED = ("/doc/event/visit.nt", "/doc/event/visit.html", *(f"/sparql?query={quote(query)}" for query in (SHORT, LONG)))


@dataclass
class Seen:
    """What the clients saw. labels: of each release that answered, the names of the visit in its answers."""

    answers: int = 0
    labels: dict[str, set[str]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str, str]:
    """A project with two releases: its folder, that of its releases, and their ids."""
    settings, first, second = small.two_releases(tmp_path_factory.mktemp("project"))
    return settings.project, settings.releases, first, second


@pytest.fixture(scope="module")
def server(built: tuple[Path, Path, str, str]) -> Iterator[Server]:
    with started(built[1], built[0]) as server:
        yield server


def ask(server: Server, seen: Seen, over: threading.Event, place: int) -> None:
    """Ask again and again on one connection, until it is over."""
    parts = urlsplit(server.base)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    with closing(connection):
        while not over.is_set():
            place += 1
            path = ASKED[place % len(ASKED)]
            try:
                connection.request("GET", path, headers={"Accept": "*/*"})
                response = connection.getresponse()
                release, body = response.headers["X-Communique-Release"], response.read()
            except (OSError, http.client.HTTPException) as error:
                with seen.lock:
                    seen.lost.append(f"{path[:40]}: {error!r}")
                connection.close()
                continue
            with seen.lock:
                seen.answers += 1
                if response.status != http.client.OK:
                    seen.lost.append(f"{path[:40]}: {response.status} {body[:200]!r}")
                else:
                    named = {
                        label for label in LABELS if f'"{label}"'.encode() in body or f">{label}<".encode() in body
                    }
                    seen.labels.setdefault(release, set()).update(named)
                    if len(named) != 1:
                        seen.lost.append(f"{path[:40]}: it names the visit {named}")
                    if path.startswith("/sparql"):
                        json.loads(body)


@pytest.mark.parametrize("by", ["rollback", "build"])
def test_no_request_is_lost_and_no_answer_mixes_two_releases(
    by: str, server: Server, built: tuple[Path, Path, str, str]
) -> None:
    project, releases, first, second = built
    seen, over = Seen(), threading.Event()
    threads = [threading.Thread(target=ask, args=(server, seen, over, place)) for place in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        if by == "rollback":
            for _ in range(SWITCHES):
                rollback(releases)
                answered(seen, CLIENTS)
        else:
            rollback(releases, first)
            answered(seen, 10 * CLIENTS)
            communique("build", project=project, releases=releases)  # makes the second anew, and so leads back to it
            answered(seen, 10 * CLIENTS)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert not seen.lost
    assert seen.labels == {first: {LABELS[0]}, second: {LABELS[1]}}


def answered(seen: Seen, more: int) -> None:
    """Wait until the clients have had so many more answers."""
    wanted, until = seen.answers + more, time.monotonic() + 60
    while seen.answers < wanted:
        assert time.monotonic() < until, "no answers come"
        time.sleep(0.01)
