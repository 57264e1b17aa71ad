"""What others wrote cannot become markup, an address, a file of this machine, or a way to another server."""

import platform
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from publisher.admission import NO_SERVICE
from publisher.build import build
from publisher.confinement import MACHINES
from publisher.options import Options
from publisher.release import Release
from publisher.settings import Settings
from publisher.web import home
from tests.conftest import ROOT
from tests.edits import SHEET, apply, project, swap
from tests.fronts import fronting
from tests.test_web_pages import Page

ATTACKS = ('"><img src=x onerror=alert(1)>', "</bdi></a><script>alert(1)</script>", "{{ 7 * 191 }}", "' onmouseover='x")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a release whose labels are attacks."""
    copy = project(tmp_path_factory.mktemp("hostile"))
    quoted = [attack.replace("'", "''") for attack in ATTACKS]
    apply(
        copy / "seeds" / "authority" / "states.yaml",
        swap(
            ("{en: Mali, fr: Mali, ru: Мали}", f"{{en: '{quoted[0]}', fr: '{quoted[1]}'}}"),
            ("[Republic of Mali]", f"['{quoted[2]}', '{quoted[3]}']"),
        ),
    )
    apply(
        copy / "seeds" / SHEET,
        swap(("label: {en: Civil nuclear development in Mali}", f"label: {{en: '{quoted[1]}'}}")),
    )
    build(settings := Settings(copy, copy / "releases"), None, lambda _: None)
    with fronting(settings) as client:
        yield client


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        "/doc/state/mali.html",
        "/doc/initiative/ml-civil-nuclear.html",
        "/doc/fact/mali-2025-07-28.s7-civil-nuclear.html",
        "/doc/event/ru-ml-2025-07-28-proposal.html",
        "/sparql?query=SELECT+*+{?s+?p+?o}+LIMIT+500+OFFSET+0",
        "/sparql?query=SELECT+*+{+<id/state/mali>+?p+?o+}",
        "/sparql?query=CONSTRUCT+{?s+?p+?o}+WHERE+{+VALUES+?s+{<id/state/mali>}+?s+?p+?o+}",
    ],
)
def test_a_hostile_label_is_only_text(hostile: FlaskClient, path: str) -> None:
    response = hostile.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 200
    root = Page(response.text).root
    assert not root.all("script")
    assert not root.all("img")
    assert not [name for one in root.inside for name in one.attributes if name.startswith("on")]
    assert "1337" not in [one.text for one in root.all("bdi")]
    if "state/mali" in path:
        assert ATTACKS[0] in root.text or ATTACKS[0].replace('"', '\\"') in root.text


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_query_is_only_text(client: FlaskClient, attack: str) -> None:
    for query in (attack, f"</textarea>{attack}", f"SELECT (1 AS ?x) {{}} #{attack}"):
        response = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
        root = Page(response.text).root
        assert not root.all("script")
        assert not root.all("img")
        assert root.all("textarea")[0].text.strip() == query


@pytest.fixture(scope="module")
def unchecked(settings: Settings, release: Release) -> Iterator[FlaskClient]:
    """A client of a server that looks at no query before it is run."""
    with fronting(settings, Options(checked=False)) as client:
        yield client


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in MACHINES, reason="only where the kernel can be asked"
)
@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <U> { ?x ?y ?z } }",
        "ASK { SERVICE <U> { ?x ?y ?z } }",
        "CONSTRUCT { ?x ?y ?z } { SERVICE <U> { ?x ?y ?z } }",
        "SELECT * { ?s ?p ?o OPTIONAL { sErViCe <U> { ?x ?y ?z } } }",
        "SELECT * { SERVICE <https://somewhere.example/> { ?x ?y ?z } }",
        "SELECT * { SERVICE <file:///etc/passwd> { ?x ?y ?z } }",
    ],
)
def test_another_server_is_not_asked_and_this_is_said_by_the_process_that_runs_the_query_too(
    query: str, unchecked: FlaskClient
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        there = f"<http://127.0.0.1:{listener.getsockname()[1]}/>"
        refused = unchecked.post("/sparql", data={"query": query.replace("<U>", there)})
        assert (refused.status_code, refused.get_json()["detail"]) == (400, NO_SERVICE)
        silent = f"SELECT * {{ SERVICE SILENT {there} {{ ?x ?y ?z }} }}"
        answered = unchecked.post("/sparql", data={"query": silent})
        assert answered.get_json()["results"]["bindings"] == [{}], "as of a server that fails"
        with pytest.raises(TimeoutError):
            listener.accept()


def test_only_web_addresses_become_links(client: FlaskClient) -> None:
    query = "SELECT * { VALUES ?x { <javascript:alert(1)> <data:text/html,x> <urn:x> <https://example.org/> } }"
    response = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
    hrefs = [one.attributes["href"] or "" for one in Page(response.text).root.all("a")]
    assert [href for href in hrefs if not href.startswith(("/", "#", "http://", "https://"))] == []
    assert "https://example.org/" in hrefs
    assert "javascript:alert(1)" in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/dumps/../manifest.json",
        "/dumps/%2e%2e/manifest.json",
        "/dumps/..%2fmanifest.json",
        "/dumps/..%5cmanifest.json",
        "/dumps/%2fetc%2fpasswd",
        "/dumps//etc/passwd",
        "/dumps/communique.ttl%00",
        "/dumps/store/CURRENT",
        "/dumps/store/SHA256SUMS",
        "/dumps/../store/CURRENT",
        "/doc/document/..%2f..%2fmanifest.txt",
        "/doc/document/../../manifest.json",
        "/doc/document/%2e%2e%2fdumps.txt",
        "/static/../served.py",
        "/static/..%2f__init__.py",
        "/static/%2e%2e/%2e%2e/stores.py",
        "/../../etc/passwd",
        "//etc/passwd",
        "//evil.example/id/state/mali",
        "/id/state/mali//",
        "/\\evil.example",
        "/%0d%0aX-Evil:1",
    ],
)
def test_no_path_leads_out_of_what_is_published(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        assert response.status_code in (400, 404)  # 400: what stands after `//` is taken for a host
        assert "Location" not in response.headers
        assert b"root:" not in response.data


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:8000", "localhost@evil.example"]
)
def test_a_request_for_another_host_is_refused(client: FlaskClient, host: str) -> None:
    response = client.get("/id/state/mali", headers={"Host": host})
    assert response.status_code == 400
    assert "evil" not in str(response.headers)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:9999"])
def test_a_request_for_this_host_is_answered(client: FlaskClient, host: str) -> None:
    assert client.get("/id/state/mali", headers={"Host": host}).headers["Location"] == "/doc/state/mali"


@pytest.mark.parametrize(
    "path", ["/", "/id/state/mali", "/doc/state/mali", "/nothing", "/sparql?query=x", "/dumps/communique.ttl"]
)
def test_every_answer_carries_its_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"]
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert len(response.headers["X-Communique-Release"]) == 64
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_fault_of_ours_is_logged_and_not_shown(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, accept: str
) -> None:
    def fail() -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr(home, "examples", fail)
    response = client.get("/", headers={"Accept": accept})
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert "a secret" in caplog.text


@pytest.mark.slow
def test_nothing_is_written_by_serving(tmp_path: Path) -> None:
    build(settings := Settings(ROOT, tmp_path), None, lambda _: None)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
    with fronting(settings) as client:
        for path in ("/", "/doc/state/mali", "/sparql?query=SELECT+*+{?s+?p+?o}", "/ns"):
            assert client.get(path).status_code == 200
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == before
