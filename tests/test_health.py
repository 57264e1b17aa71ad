"""Who watches over a server can ask it whether it lives, whether it can answer, and from which release."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from publisher.lines import Line
from publisher.release import Release
from publisher.settings import Settings
from tests.conftest import ROOT
from tests.fronts import fronting


def test_a_server_that_can_answer_says_so_and_from_which_release(client: FlaskClient, release: Release) -> None:
    response = client.get("/health")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    told = json.loads(response.data)
    assert told == {
        "live": True,
        "ready": True,
        "release": release.id,
        "confined": told["confined"],
        "queries": {"running": 0, "waiting": 0},
    }
    assert response.headers["X-Communique-Release"] == release.id
    head = client.head("/health")
    assert (head.status_code, head.data) == (200, b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_health_is_asked_and_nothing_else(method: str, client: FlaskClient, tmp_path: Path) -> None:
    with fronting(Settings(ROOT, tmp_path)) as unready:
        for one in (client, unready):
            response = one.open("/health", method=method)
            assert (response.status_code, response.headers.getlist("Allow")) == (405, ["GET, HEAD"])


def test_a_server_without_a_release_lives_and_is_not_ready(tmp_path: Path) -> None:
    with fronting(Settings(ROOT, tmp_path)) as client:
        response = client.get("/health")
        assert response.status_code == 503
        assert json.loads(response.data) == {"live": True, "ready": False, "release": None}


def test_a_line_is_full_when_no_more_may_wait_and_not_before() -> None:
    line, short = Line(1, 1, 5), Line(1, 0, 5)
    assert not short.full
    assert line.enter_at_once()
    assert short.enter_at_once()
    assert not line.full
    assert short.full
