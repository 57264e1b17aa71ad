"""The access log: each request is one line of JSON, whatever stands in it, and nothing in it names a client."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from publisher.options import Options
from publisher.release import Release
from publisher.settings import Settings
from publisher.web.log import LONGEST
from tests.fronts import fronting


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "access.log"


@pytest.fixture(scope="module")
def logged(settings: Settings, release: Release, log: Path) -> Iterator[FlaskClient]:
    with fronting(settings, Options(log=str(log), quick=1, long=1)) as client:
        yield client


def last(log: Path, before: int) -> dict[str, object]:
    """Return the only line that was added."""
    added = log.read_bytes()[before:].decode("ascii")
    assert added.endswith("\n")
    assert added.count("\n") == 1, added
    line: dict[str, object] = json.loads(added)
    return line


def test_a_line_says_what_was_asked_and_how_that_ended(logged: FlaskClient, log: Path) -> None:
    before = log.stat().st_size
    response = logged.get("/id/state/mali?x=1", headers={"User-Agent": "somebody", "Referer": "http://example.org/"})
    line = last(log, before)
    assert line.keys() == {"time", "method", "address", "status", "bytes", "ms", "end"}
    assert (line["method"], line["address"]) == ("GET", "/id/state/mali?x=1")
    assert (line["status"], line["end"]) == (response.status_code, "whole")
    before = log.stat().st_size
    response = logged.get("/sparql?query=ASK%7B%7D")
    assert (last(log, before)["status"], last(log, before)["bytes"]) == (200, len(response.data))


@hypothesis_settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_a_hostile_query_stays_one_line(logged: FlaskClient, log: Path, text: str) -> None:
    before = log.stat().st_size
    logged.get(f"/sparql?query={quote(text.encode('utf-8', 'surrogatepass'))}")
    assert "\n" not in str(last(log, before)["address"])


@pytest.mark.parametrize("attack", ["%0D%0AFORGED", "%E2%80%A8FORGED", "%1B%5B2J", "%00", "x" * 9_000])
def test_what_would_write_a_line_of_its_own_does_not(logged: FlaskClient, log: Path, attack: str) -> None:
    before = log.stat().st_size
    logged.get(f"/doc/{attack}?q={attack}")
    assert len(str(last(log, before)["address"])) <= LONGEST


def test_the_path_that_is_logged_is_decoded_and_then_escaped(logged: FlaskClient, log: Path) -> None:
    before = log.stat().st_size
    logged.get("/doc/%0D%0AFORGED")
    assert b"\\r\\nFORGED" in log.read_bytes()[before:]
