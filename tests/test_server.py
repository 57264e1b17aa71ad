"""A real server, over real HTTP, with the clients that people use."""

import json
import shutil
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper

from publisher.datasets import DatasetClause
from publisher.errors import BadQuery, NotAcceptable
from publisher.examples import example
from publisher.media import GRAPHS, RESULTS
from publisher.release import Release, current
from publisher.stores import LocalStore, RemoteStore, Store
from tests.conftest import ROOT
from tests.questions import ANSWERS, rows
from tests.serving import Server, communique, serving, started

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("server")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the project's seeds."""
    with serving(tmp_path_factory.mktemp("served")) as server:
        yield server


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return the status, headers and body of a GET; redirects are followed."""
    request = urllib.request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status, {k.lower(): v for k, v in response.headers.items()}, response.read()
    except urllib.error.HTTPError as error:
        return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()


@pytest.mark.parametrize("name", ANSWERS)
def test_sparqlwrapper_gets_the_same_answers_as_the_store(name: str, server: Server) -> None:
    wrapper = SPARQLWrapper(f"{server.base}sparql", returnFormat=JSON)
    wrapper.setQuery(example(name).sparql)
    assert rows(cast("dict[str, Any]", wrapper.queryAndConvert()), server.base) == ANSWERS[name]


@pytest.mark.parametrize(("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_speaks_every_method_and_every_format(method: str, how: str, form: str, server: Server) -> None:
    wrapper = SPARQLWrapper(f"{server.base}sparql", returnFormat=form)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(how)
    wrapper.setQuery("SELECT ?size { ?d <https://w3id.org/communique/ns#size> ?size }")
    body = wrapper.query().response.read().decode()
    assert "60" in body


def test_sparqlwrapper_reads_a_description_as_turtle(server: Server) -> None:
    wrapper = SPARQLWrapper(f"{server.base}sparql", returnFormat=TURTLE)
    wrapper.setQuery("DESCRIBE <id/state/mali>")
    graph = Graph().parse(data=wrapper.query().response.read(), format="turtle")
    assert (URIRef(f"{server.base}id/state/mali"), None, None) in graph


@pytest.mark.parametrize("kind", ["local", "remote"])
def test_both_stores_keep_one_contract(kind: str, server: Server) -> None:
    """The embedded store and a server asked over HTTP: the same questions, formats, datasets and errors."""
    local: Store = LocalStore(Release.open(current(server.releases)))
    store = local if kind == "local" else RemoteStore(f"{server.base}sparql")
    for name, expected in ANSWERS.items():
        answer = store.query(example(name).sparql, "application/sparql-results+json")
        assert rows(json.loads(answer.read()), server.base) == expected
    for form in (*RESULTS, *GRAPHS):
        query = "SELECT ?o { <id/state/mali> a ?o }" if form in RESULTS else "DESCRIBE <id/state/mali>"
        answer = store.query(query, form.media_type)
        assert answer.format is form
        assert b"https://w3id.org/communique/ns#" in answer.read() or form.suffix == "ttl"
    one = DatasetClause(default=(f"{server.base}graph/authority",))
    answer = store.query("ASK { ?fact a <https://w3id.org/communique/ns#Fact> }", "application/json", one)
    assert json.loads(answer.read())["boolean"] is False
    with pytest.raises(BadQuery):
        store.query("SELECT nonsense", "*/*")
    with pytest.raises(NotAcceptable):
        store.query("ASK {}", "text/turtle")


def test_rdflib_follows_a_uri_to_its_data(server: Server) -> None:
    graph = Graph().parse(f"{server.base}id/person/sergei-tsivilev")
    heads = URIRef("https://w3id.org/communique/ns#heads")
    person = URIRef(f"{server.base}id/person/sergei-tsivilev")
    assert graph.value(person, heads) == URIRef(f"{server.base}id/delegation/ru-ml-2025-07-28")


def test_rdflibs_sparql_store_reads_from_us(server: Server) -> None:
    graph = Graph(SPARQLStore(f"{server.base}sparql"))
    sizes = graph.query("SELECT ?size { ?d <https://w3id.org/communique/ns#size> ?size }")
    assert [int(str(row[0])) for row in sizes] == [60]  # type: ignore[index]


def test_a_thing_redirects_to_its_document_and_answers_each_format(server: Server) -> None:
    thing = f"{server.base}id/initiative/ru-ml-intergovernmental-commission"
    for accept, form in (("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/n-triples", "nt"),
                         ("application/ld+json", "json-ld")):  # fmt: skip
        status, headers, body = get(thing, Accept=accept)
        assert status == 200
        assert headers["content-type"].partition(";")[0] == accept
        assert len(Graph().parse(data=body, format=form)) > 10
    status, headers, body = get(thing, Accept="text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert b"<h1" in body


def test_the_dump_loads_in_one_line_and_equals_the_default_graph(server: Server) -> None:
    dump = Graph().parse(f"{server.base}dumps/communique.ttl", format="turtle")
    counted = RemoteStore(f"{server.base}sparql").query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").read()
    assert len(dump) == int(counted.split()[1])


def test_the_server_says_a_question_its_answer_and_where_to_go(server: Server) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and "Ctrl-C" not in "".join(server.said):
        time.sleep(0.1)
    said = "".join(server.said)
    assert "Who leads the delegation" in said
    assert "Sergei Tsivilev, Minister of Energy of Russia" in said
    assert "“led by Russian Energy Minister Sergei Tsivilev”" in said
    assert f"{server.base}sparql" in said
    assert "on 127.0.0.1: queries run in processes of their own" in said


def test_a_server_listens_on_loopback_only(server: Server) -> None:
    import socket

    port = int(server.base.rsplit(":", 1)[1].strip("/"))
    host = socket.gethostname()
    addresses = {str(info[4][0]) for info in socket.getaddrinfo(host, port, socket.AF_INET)}
    for address in addresses:
        with socket.socket() as probe:
            probe.settimeout(2)
            assert address.startswith("127.") or probe.connect_ex((address, port)) != 0


def test_a_new_release_is_served_without_a_restart(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    shutil.copytree(ROOT / "seeds", project / "seeds")
    shutil.copy(ROOT / "publication.toml", project)
    with serving(tmp_path / "releases", project) as server:
        url = f"{server.base}doc/place/bamako.nt"
        assert b"Bamako" in get(url)[2]
        places = project / "seeds" / "authority" / "places.yaml"
        text = places.read_text(encoding="utf-8")
        places.write_text(text.replace("label: {en: Bamako,", "label: {en: Bamako the capital,"), encoding="utf-8")
        communique("build", "--base", server.base, project=project, releases=server.releases)
        assert b"Bamako the capital" in get(url)[2]


def test_a_worker_that_dies_is_replaced(server: Server) -> None:
    """What a hostile query could do at worst, done directly."""
    import os
    import subprocess

    children = ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(server.process.pid)]
    listed = subprocess.run(children, capture_output=True, text=True, check=True).stdout
    workers = [int(line.split()[0]) for line in listed.splitlines() if "spawn_main" in line]
    assert workers
    os.kill(workers[0], signal.SIGKILL)
    until = time.monotonic() + 30
    answered = 0
    while time.monotonic() < until and answered < 20:
        try:
            answered += get(f"{server.base}doc/state/mali.ttl")[0] == 200
        except OSError:
            time.sleep(0.2)
    assert answered == 20


@pytest.mark.slow
def test_no_process_goes_on_serving_when_the_one_that_began_is_gone(release: Release) -> None:
    with started(release.folder.parent) as server:
        assert get(f"{server.base}health")[0] == 200
        server.process.kill()
        server.process.wait()
        until = time.monotonic() + 30
        with pytest.raises(ConnectionRefusedError):
            while time.monotonic() < until:
                socket.create_connection(("127.0.0.1", urlsplit(server.base).port or 0), timeout=5).close()
                time.sleep(0.1)


@pytest.mark.slow
def test_a_second_signal_in_the_middle_of_the_first_does_not_keep_it_alive(release: Release) -> None:
    for first, second in ((signal.SIGTERM, signal.SIGTERM), (signal.SIGINT, signal.SIGTERM)) * 2:
        with started(release.folder.parent) as server:
            server.process.send_signal(first)
            server.process.send_signal(second)
            assert server.process.wait(timeout=30) == 0
