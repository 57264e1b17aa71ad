"""The release that answers is the one that is current, if it is sound; the one before goes on where it is not."""

import asyncio
import logging
import shutil
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from publisher.release import Release, current
from publisher.releases import rollback
from publisher.settings import Settings
from publisher.stores import LocalStore
from publisher.verify import require_files
from publisher.web import create_app, served
from publisher.web.front import Front
from publisher.workers import Opening, Worker
from tests import small
from tests.fronts import fronting
from tests.idle import idle


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, str, str]:
    """Two releases, of which the second is current."""
    return small.two_releases(tmp_path_factory.mktemp("project"))


@pytest.fixture
def releases(built: tuple[Settings, str, str], tmp_path: Path) -> Path:
    """A copy of them, with the first one current."""
    shutil.copytree(built[0].releases, tmp_path / "releases", symlinks=True)
    rollback(tmp_path / "releases")
    return tmp_path / "releases"


@pytest.fixture
def first(built: tuple[Settings, str, str]) -> str:
    return built[1]


@pytest.fixture
def second(built: tuple[Settings, str, str]) -> str:
    return built[2]


@pytest.fixture
def client(built: tuple[Settings, str, str], releases: Path) -> Iterator[FlaskClient]:
    with fronting(Settings(built[0].project, releases)) as client:
        yield client


def answering(client: FlaskClient) -> tuple[str, str]:
    """Return the release that answers, and the label that it has."""
    response = client.get("/doc/event/visit.nt")
    assert response.status_code == 200, response.text
    label = "The call" if "The call" in response.text else "The visit"
    return response.headers["X-Communique-Release"], label


def point(releases: Path, target: str) -> None:
    """Switch the link by hand, past all that would refuse."""
    (releases / "new").symlink_to(target)
    (releases / "new").replace(releases / "current")


def truncated(folder: Path) -> None:
    path = folder / "dumps" / "communique.ttl"
    path.write_bytes(path.read_bytes()[:-1])


def no_store(folder: Path) -> None:
    shutil.rmtree(folder / "store")


def no_manifest(folder: Path) -> None:
    (folder / "manifest.json").unlink()


def other_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_text("{}")


def nothing(folder: Path) -> None:
    shutil.rmtree(folder)


def test_the_next_request_is_answered_from_the_release_that_became_current(
    client: FlaskClient, releases: Path, first: str, second: str
) -> None:
    assert answering(client) == (first, "The visit")
    rollback(releases)
    assert answering(client) == (second, "The call")
    rollback(releases)
    assert answering(client) == (first, "The visit")


@pytest.mark.parametrize("damage", [truncated, no_store, no_manifest, other_manifest, nothing])
def test_a_damaged_release_is_refused_once_and_the_one_before_goes_on(
    damage: Callable[[Path], None],
    client: FlaskClient,
    releases: Path,
    first: str,
    second: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answering(client)
    damage(releases / second)
    point(releases, second)
    with caplog.at_level(logging.ERROR):
        for _ in range(5):
            assert answering(client) == (first, "The visit")
    (line,) = caplog.messages
    assert line.startswith("refused: ")
    assert second[:12] in line
    assert "\n" not in line


def test_a_release_is_looked_through_when_it_becomes_current_and_not_for_each_request(
    client: FlaskClient, releases: Path, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def look(release: Release) -> LocalStore:
        looked.append(release.id)
        return require_files(release)

    monkeypatch.setattr(served, "require_files", look)
    for _ in range(5):
        answering(client)
    truncated(releases / second)
    point(releases, second)
    for _ in range(5):
        answering(client)
    assert looked == [second]  # the first was looked through when the application began


def test_a_refused_release_that_was_built_again_is_served(
    client: FlaskClient, releases: Path, first: str, second: str, tmp_path: Path
) -> None:
    shutil.copytree(releases / second, tmp_path / second)
    truncated(releases / second)
    point(releases, second)
    assert answering(client)[0] == first
    shutil.rmtree(releases / second)
    (tmp_path / second).rename(releases / second)
    assert answering(client) == (second, "The call")


def test_a_release_that_was_made_anew_under_its_id_is_opened_anew(
    client: FlaskClient, releases: Path, first: str, tmp_path: Path
) -> None:
    """The old one's files are gone, though the store that was opened from them would still answer."""
    pages = create_app(Settings(releases.parent, releases)).test_client()
    before = opened(pages)
    assert opened(pages) is before
    assert answering(client) == (first, "The visit")
    shutil.copytree(releases / first, tmp_path / first)
    shutil.rmtree(releases / first)
    (tmp_path / first).rename(releases / first)
    assert opened(pages) is not before
    assert answering(client) == (first, "The visit")


def opened(client: FlaskClient) -> served.Served:
    """Return what answers a request."""
    with client:
        client.get("/doc/event/visit.nt")
        return served.served()


@pytest.mark.parametrize("gone", ["release", "link", "all"])
def test_where_the_release_is_gone_this_is_said_and_nothing_else(
    gone: str, client: FlaskClient, releases: Path, first: str, caplog: pytest.LogCaptureFixture
) -> None:
    answering(client)
    if gone == "link":
        (releases / "current").unlink()
    else:
        shutil.rmtree(releases if gone == "all" else releases / first)
    for path in ("/", "/doc/event/visit.ttl", "/dumps/communique.ttl", "/sparql?query=ASK{}"):
        response = client.get(path, headers={"Accept": "application/json"})
        assert response.status_code == 503
        assert response.get_json()["detail"] == "No release can be served here at the moment."
    assert not [record for record in caplog.records if record.exc_info]


def test_a_dump_that_is_gone_is_said_and_all_else_answers(client: FlaskClient, releases: Path, first: str) -> None:
    answering(client)
    (releases / first / "dumps" / "communique.ttl").unlink()
    assert client.get("/dumps/communique.ttl").status_code == 503
    with client.get("/dumps/communique.nt") as response:
        assert response.status_code == 200
    assert answering(client) == (first, "The visit")


def test_whoever_was_asking_when_releases_switched_is_answered_by_the_release_that_was_asked(
    releases: Path, first: str, second: str
) -> None:
    """Its query may come later than the switch, and is then the first that the old release is asked."""

    async def run() -> None:
        front = Front(Settings(releases.parent, releases))
        await front.open()
        old = front._standing
        assert old is not None
        workers = idle(old.pool)
        come: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        asked = asyncio.create_task(post(front, come))
        await asyncio.sleep(0)
        rollback(releases, second)
        query = b"ASK { <id/event/visit> ?p ?o }"
        body: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        body.set_result({"type": "http.request", "body": query, "more_body": False})
        assert await post(front, body) == (200, second, True)
        come.set_result(body.result())
        assert await asked == (200, first, True)
        assert front._standing is not old
        for worker in workers:
            await asyncio.to_thread(worker.process.wait, 10)
        front.close()
        await asyncio.sleep(0.1)

    asyncio.run(run())


async def post(front: Front, body: "asyncio.Future[dict[str, Any]]") -> tuple[int, str, bool]:
    """Send a query when it comes; return the status, the release, and whether the answer is yes."""
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        """Give the body, once; then wait, as the client does not leave."""
        nonlocal body
        come, body = await body, asyncio.get_running_loop().create_future()
        return come

    async def send(event: MutableMapping[str, Any]) -> None:
        sent.append(event)

    headers = [(b"host", b"localhost"), (b"content-type", b"application/sparql-query")]
    scope = {
        "type": "http", "method": "POST", "path": "/sparql", "query_string": b"", "headers": headers,
        "http_version": "1.1",
    }  # fmt: skip
    await front(scope, receive, send)
    told = dict(sent[0]["headers"])
    return sent[0]["status"], told[b"x-communique-release"].decode(), b"true" in sent[1]["body"]


# --- Its parts


def test_every_part_is_served_with_its_sum_and_so_is_the_manifest(
    client: FlaskClient, releases: Path, first: str
) -> None:
    release = Release.open(releases / first)
    sums = {path: part["sha256"] for path, part in release.manifest["parts"].items()} | {"manifest.json": first}
    types = {"ttl": "text/turtle; charset=utf-8", "gz": "application/gzip", "json": "application/json",
             "txt": "text/plain; charset=utf-8", "rq": "application/sparql-query", "nq": "application/n-quads",
             "nt": "application/n-triples", "trig": "application/trig", "rdf": "application/rdf+xml",
             "jsonld": "application/ld+json"}  # fmt: skip
    for path, sha256 in sums.items():
        for address in {path, path.removeprefix("dumps/")}:
            with client.get(f"/dumps/{address}") as response:
                assert response.status_code == 200, path
                assert response.data == (release.folder / path).read_bytes()
                assert response.headers["ETag"] == f'"{sha256}"'
                assert response.headers["X-Communique-Release"] == first
                assert response.headers["Content-Type"] == types[path.rpartition(".")[2]]
                assert "Content-Encoding" not in response.headers


def test_the_page_says_how_to_check_them(client: FlaskClient, first: str) -> None:
    text = client.get("/dumps/").text
    assert 'href="/dumps/manifest.json"' in text
    assert "communique verify http://localhost:8000/" in text
    assert first in text


def test_a_switch_in_the_moment_in_which_the_server_looks_is_not_missed(
    releases: Path, first: str, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = served.Shelf(releases, pytest.fail)

    def looked_too_early(folder: Path) -> Path:
        found = current(folder)
        rollback(releases)  # forth, to the second
        return found

    monkeypatch.setattr(served, "current", looked_too_early)
    seen = shelf.current()
    assert seen.release.id == first
    monkeypatch.undo()
    assert shelf.changed(seen)
    seen = shelf.current()
    assert seen.release.id == second
    assert not shelf.changed(seen)


def test_who_asks_while_the_workers_of_a_new_release_start_is_answered_by_that_one(
    built: tuple[Settings, str, str], releases: Path, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        front = Front(Settings(built[0].project, releases))
        await front.open()
        start = Worker.start

        async def slowly(opening: Opening) -> Worker:
            await asyncio.sleep(0.5)
            return await start(opening)

        monkeypatch.setattr(Worker, "start", slowly)
        rollback(releases)  # forth, to the second
        one = asyncio.create_task(front._current())
        await asyncio.sleep(0.4)  # it has seen the switch, and its workers start
        assert (await front._current()).served.release.id == second
        await one
        front.close()
        await asyncio.sleep(0.1)

    asyncio.run(run())
