"""A real server is verified from afar, and follows and refuses as its releases are switched."""

import json
import shutil
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.cli import main
from publisher.release import current
from publisher.releases import linked
from tests import small
from tests.edits import apply, project, swap
from tests.serving import Server, serving

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("server")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a publication of which there are two releases; the second is current."""
    folder = project(tmp_path_factory.mktemp("project"))
    shutil.rmtree(folder / "seeds")
    small.write(folder / "seeds")
    with serving(folder / "releases", folder) as server:
        apply(folder / "seeds" / f"{small.KEY}.yaml", swap(("label: {en: The visit}", "label: {en: The call}")))
        server.build(project=folder)
        time.sleep(5)  # each worker has begun, and
        assert [answering(server) for _ in range(60)]  # has opened the second release, before a test damages it
        yield server


def run(server: Server, *words: str) -> Result:
    return CliRunner().invoke(main, words, env={"COMMUNIQUE_RELEASES": str(server.releases)})


def answering(server: Server) -> str:
    """Return the id of the release that answers."""
    with urllib.request.urlopen(f"{server.base}doc/event/visit.nt", timeout=30) as response:
        return str(response.headers["X-Communique-Release"])


def test_what_a_server_sends_is_what_its_manifest_says(server: Server) -> None:
    near, far = run(server, "verify"), run(server, "verify", server.base)
    assert (near.exit_code, far.exit_code) == (0, 0), far.output
    assert near.output == far.output


def test_each_next_request_is_answered_from_the_release_to_which_was_switched(server: Server) -> None:
    first, second = linked(server.releases)["previous"], linked(server.releases)["current"]
    for expected in (first, second) * 3:
        assert run(server, "rollback").exit_code == 0
        assert [answering(server) for _ in range(8)] == [expected] * 8  # by each of its workers


def test_a_byte_that_is_changed_under_a_server_is_found_from_afar(server: Server) -> None:
    part = current(server.releases) / "dumps" / "communique.nt"
    content = part.read_bytes()
    part.write_bytes(b"?" + content[1:])
    try:
        told = json.loads(run(server, "verify", server.base, "--json").output)
        assert [fault["path"] for fault in told["faults"]] == ["dumps/communique.nt"]
    finally:
        part.write_bytes(content)


def test_a_damaged_release_is_refused_and_the_server_says_so_once(server: Server) -> None:
    before = answering(server)
    other = linked(server.releases)["previous"]
    damaged: Path = server.releases / other / "void.ttl"
    content = damaged.read_bytes()
    damaged.write_bytes(b"")
    assert run(server, "rollback").exit_code == 1
    (server.releases / "by-hand").symlink_to(other)
    (server.releases / "by-hand").replace(server.releases / "current")
    assert [answering(server) for _ in range(16)] == [before] * 16
    refused = [line for line in server.said if "refused" in line and other[:12] in line]
    assert 1 <= len(refused) <= 2  # each of its workers says it once
    damaged.write_bytes(content)
    assert run(server, "rollback", before).exit_code == 0
    assert answering(server) == before
