"""Clients of others, as they are, ask a server of ours, and get the answers that are tested.

Each finds its own way: by GET or POST, with the media types that it knows, with parameters of its own. Those that
federate ask us in a SERVICE clause of a query that they answer themselves.
"""

import csv
import io
import json
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from rdflib.query import Result
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper

from mappings.names import CMQ
from publisher.examples import example
from tests.conftest import ROOT
from tests.prerequisites import need
from tests.questions import ANSWERS, Rows, rows
from tests.readme import BIN, Terminal, commands, section
from tests.serving import Server, free_port, serving, stop

pytestmark = [pytest.mark.server, pytest.mark.slow]

#: Asked by each client: rows with words in them, rows with an IRI and a graph, no row, yes or no.
TABLES: Final = ("delegation-head", "evidence", "energy-topics", "none-joint-bodies")
QUESTIONS: Final = (*TABLES, "signed-russia-mali")
STATES: Final = f"?state a <{CMQ.State}>"
CONSTRUCT: Final = f"CONSTRUCT {{ ?state a <{CMQ.State}> }} WHERE {{ {STATES} }}"
PERSON: Final = "id/person/sergei-tsivilev"
SECONDS: Final = 120
#: How many kB of address space Node may take: it sets aside 10 GB for each module of WebAssembly, and uses little.
RESERVED: Final = 64_000_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("releases")) as server:
        yield server


@pytest.fixture(scope="module")
def endpoint(server: Server) -> str:
    return f"{server.base}sparql"


def asked(name: str, server: Server) -> str:
    """Return an example query as it is published, for any client."""
    return example(name).at(server.base)


def printed(*command: str | Path) -> str:
    """Return what a client prints."""
    ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def of_rdflib(result: Result, base: str) -> Rows:
    """Return a result of rdflib's as rows of texts."""
    if result.type == "ASK":
        return bool(result.askAnswer)
    return [tuple("" if term is None else str(term).removeprefix(base) for term in row) for row in result]  # type: ignore[union-attr]


def states(server: Server) -> set[str]:
    """Return the IRIs of the states that there are, as a plain request gets them."""
    query = urlencode({"query": f"SELECT ?state {{ {STATES} }}"})
    request = urllib.request.Request(f"{server.base}sparql?{query}", headers={"Accept": "text/csv"})
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        found = [row[0] for row in csv.reader(answer.read().decode().splitlines())][1:]
    assert len(found) > 3
    return set(found)


# --- Comunica, and what it asks endpoints with


@pytest.fixture(scope="module")
def comunica(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs that Comunica consists of."""
    npm = need("npm")
    need("node")
    folder = tmp_path_factory.mktemp("comunica")
    shutil.copytree(ROOT / "tests" / "javascript" / "comunica", folder, dirs_exist_ok=True)
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)
    return folder / "node_modules" / ".bin"


@pytest.mark.parametrize("name", QUESTIONS)
def test_comunica(name: str, comunica: Path, endpoint: str, server: Server) -> None:
    """It reads the service description first, and asks the endpoint only if that says that it is one."""
    results = "application/sparql-results+json"
    found = printed(comunica / "comunica-sparql", endpoint, "-q", asked(name, server), "-t", results)
    assert rows(json.loads(found), server.base) == ANSWERS[name]


def test_comunica_asks_for_graphs(comunica: Path, endpoint: str, server: Server) -> None:
    found = printed(comunica / "comunica-sparql", endpoint, "-q", CONSTRUCT, "-t", "application/n-triples")
    assert {str(one) for one in Graph().parse(data=found, format="nt").subjects()} == states(server)
    named = f"SELECT ?label {{ GRAPH <{server.base}graph/authority> {{ <{server.base}id/state/mali> ?p ?label }} }}"
    found = printed(comunica / "comunica-sparql", endpoint, "-q", named, "-t", "application/sparql-results+json")
    assert ("Mali",) in rows(json.loads(found), server.base)  # type: ignore[operator]


def test_comunica_joins_the_endpoint_with_the_document_of_a_thing(
    comunica: Path, endpoint: str, server: Server
) -> None:
    """The address of a thing is a source as good as the endpoint."""
    query = f"SELECT DISTINCT ?led {{ <{server.base}{PERSON}> <{CMQ.heads}> ?led . ?led a <{CMQ.Delegation}> }}"
    for sources in ((f"{server.base}{PERSON}",), (f"{server.base}{PERSON}", endpoint)):
        pattern = query if len(sources) > 1 else query.replace(f" . ?led a <{CMQ.Delegation}>", "")
        found = printed(comunica / "comunica-sparql", *sources, "-q", pattern, "-t", "application/sparql-results+json")
        assert rows(json.loads(found), server.base) == [("id/delegation/ru-ml-2025-07-28",)]


def test_the_commands_of_the_readme_print_what_it_shows(
    comunica: Path, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in ("roqet", "rapper"):
        need(program)
    monkeypatch.setenv("PATH", f"{comunica}{os.pathsep}{os.environ['PATH']}")
    terminal = Terminal(tmp_path, {"8000": server.base.rpartition(":")[2].strip("/")}, RESERVED)
    shown = commands(section("Clients"))
    assert len(shown) == 5
    for command in shown:
        terminal.run(command)


@pytest.mark.parametrize("way", [(), ("--get",)])
def test_fetch_sparql_endpoint(way: tuple[str, ...], comunica: Path, endpoint: str, server: Server) -> None:
    program = comunica / "fetch-sparql-endpoint"
    found = printed(program, "--endpoint", endpoint, *way, "--query", asked("delegation-head", server))
    (row,) = [json.loads(line) for line in found.splitlines()]
    assert [tuple(term.partition('"')[2].rpartition('"')[0] for term in row.values())] == ANSWERS["delegation-head"]
    found = printed(program, "--endpoint", endpoint, *way, "--query", asked("signed-russia-mali", server))
    assert found.strip() == "false"


# --- Python


@pytest.mark.parametrize("method", [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
@pytest.mark.parametrize("form", [None, JSON, XML, CSV, TSV])
def test_sparqlwrapper(form: str | None, method: tuple[str, str], endpoint: str, server: Server) -> None:
    wrapper = Wrapper(endpoint)
    wrapper.setMethod(method[0])
    wrapper.setRequestMethod(method[1])
    if form is not None:
        wrapper.setReturnFormat(form)
    for name in QUESTIONS if form in (JSON, XML) else TABLES:
        wrapper.setQuery(asked(name, server))
        result = Result.parse(io.BytesIO(wrapper.query().response.read()), format=form or XML)
        assert of_rdflib(result, server.base) == ANSWERS[name]


@pytest.mark.parametrize(
    ("form", "name"), [(None, "xml"), (RDFXML, "xml"), (TURTLE, "turtle"), (N3, "n3"), (JSONLD, "json-ld")]
)
def test_sparqlwrapper_asks_for_graphs(form: str | None, name: str, endpoint: str, server: Server) -> None:
    wrapper = Wrapper(endpoint)
    if form is not None:
        wrapper.setReturnFormat(form)
    wrapper.setQuery(CONSTRUCT)
    graph = Graph().parse(data=wrapper.query().response.read(), format=name)
    assert {str(one) for one in graph.subjects()} == states(server)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_the_store_of_rdflib(method: str, endpoint: str, server: Server) -> None:
    graph = Graph(SPARQLStore(endpoint, method=method))
    for name in QUESTIONS:
        assert of_rdflib(graph.query(asked(name, server)), server.base) == ANSWERS[name]
    assert {str(one) for one in graph.subjects(RDF.type, CMQ.State)} == states(server)
    assert graph.value(URIRef(f"{server.base}{PERSON}"), CMQ.heads) is not None
    constructed = graph.query(CONSTRUCT).graph
    assert constructed is not None
    assert len(constructed) == len(states(server))


def federated(name: str, server: Server) -> str:
    """Return an example query whose pattern another engine sends to us."""
    before, _, rest = example(name).sparql.partition("WHERE {")
    pattern, _, after = rest.rpartition("}")
    absolute = pattern.replace("<id/", f"<{server.base}id/")
    return f"{before}WHERE {{ SERVICE <{server.base}sparql> {{ {absolute} }} }}{after}"


def test_rdflib_federates(server: Server) -> None:
    found = Graph().query(federated("delegation-head", server))
    assert of_rdflib(found, server.base) == ANSWERS["delegation-head"]


def test_rdflib_joins_what_it_has_with_what_we_have(server: Server, endpoint: str) -> None:
    own = Graph().add((URIRef(f"{server.base}id/state/mali"), RDF.value, Literal("mine")))
    query = f"SELECT ?state ?mine {{ ?state <{RDF.value}> ?mine .\n SERVICE <{endpoint}> {{ {STATES} }} }}"
    assert of_rdflib(own.query(query), server.base) == [("id/state/mali", "mine")]


@pytest.mark.parametrize("path", [PERSON, "id/document/mali-2025-07-28", ".well-known/void"])
def test_rdflib_reads_what_an_address_answers(path: str, server: Server) -> None:
    graph = Graph().parse(f"{server.base}{path}")
    described = URIRef(f"{server.base}{path}") if "/id/" in f"/{path}" else URIRef(f"{server.base}{path}#dataset")
    assert (described, RDF.type, None) in graph


# --- Redland


def test_roqet(endpoint: str, server: Server) -> None:
    """It takes tables only, and in XML only; of a yes or no it prints nothing, whatever it is sent."""
    for name in TABLES:
        found = printed(need("roqet"), "-q", "-p", endpoint, "-r", "csv", "-e", asked(name, server))
        read = [tuple(row) for row in csv.reader(found.splitlines())][1:]
        assert [tuple(one.removeprefix(server.base) for one in row) for row in read] == ANSWERS[name]


@pytest.mark.parametrize("form", ["rdfxml", "turtle", "ntriples", "guess", "trig"])
def test_rapper_reads_what_an_address_answers(form: str, server: Server) -> None:
    """By default it reads RDF/XML and nothing else."""
    chosen = () if form == "rdfxml" else ("--guess",) if form == "guess" else ("--input", form)
    found = printed(need("rapper"), "--quiet", *chosen, "--output", "ntriples", f"{server.base}{PERSON}")
    assert f"<{server.base}{PERSON}> <{CMQ.heads}> <{server.base}id/delegation/ru-ml-2025-07-28> ." in found
    with urllib.request.urlopen(f"{server.base}{PERSON.replace('id', 'doc', 1)}.nt", timeout=SECONDS) as answer:
        ours = answer.read()
    assert Graph().parse(data=found, format="nt").isomorphic(Graph().parse(data=ours, format="nt"))


# --- Oxigraph


def test_pyoxigraph_federates(server: Server) -> None:
    found = ox.Store().query(federated("delegation-head", server))
    assert isinstance(found, ox.QuerySolutions)
    written = json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    assert rows(written, server.base) == ANSWERS["delegation-head"]


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """An empty Oxigraph server, by its own program: the address of its endpoint."""
    address = f"127.0.0.1:{free_port()}"
    process = subprocess.Popen(
        [need("oxigraph", BIN), "serve", "--location", folder, "--bind", address],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and process.poll() is None:
            try:
                urllib.request.urlopen(f"http://{address}/", timeout=5).close()
            except OSError:
                time.sleep(0.1)
            else:
                break
        yield f"http://{address}/query"
    finally:
        stop(process)


def test_the_server_of_oxigraph_federates(server: Server, tmp_path: Path) -> None:
    with oxigraph(tmp_path) as other:
        for name in ("delegation-head", "none-joint-bodies"):
            request = urllib.request.Request(
                other,
                federated(name, server).encode(),
                {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"},
            )
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                assert rows(json.load(answer), server.base) == ANSWERS[name]
