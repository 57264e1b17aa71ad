"""The dumps load into other stores, without a warning, and are asked there with the same answers, as the README says.

A store may order and group as it likes where SPARQL 1.1 leaves it open, and Virtuoso 7.2 goes further: it sorts words
as they are stored unless STR() takes them, and finds wrong rows where a query groups by what may be unbound, or joins a
path with `*` to a UNION. So an example query does without: such a path stands in a subquery of its own.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from mappings import Names
from publisher.examples import examples
from publisher.release import Release, current
from publisher.stores import RemoteStore
from tests.readme import Terminal, commands, section
from tests.serving import Server, serving
from tests.triplestores import STORES, Term, ask, loaded

pytestmark = [pytest.mark.server, pytest.mark.slow]

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
COUNT_EACH = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
WITHOUT_BLANKS = "SELECT ?s ?p ?o { ?s ?p ?o FILTER(!ISBLANK(?s) && !ISBLANK(?o)) }"
NAMES_GRAPHS = re.compile(r"\b(FROM|GRAPH)\b")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Our own server: from it come the dumps, and the answers that the others' are compared with."""
    with serving(tmp_path_factory.mktemp("releases")) as server:
        yield server


@pytest.mark.parametrize("dump", ["communique.ttl", "communique.nq"])
@pytest.mark.parametrize("name", STORES)
def test_a_store_takes_a_dump_as_it_is_and_answers_as_we_do(
    name: str, dump: str, server: Server, tmp_path: Path
) -> None:
    """One test, since it is the starting that takes time. Turtle has no named graphs to ask."""
    quads = dump.endswith(".nq")
    release = Release.open(current(server.releases))
    graphs = tuple(str(Names(server.base).graph(graph)) for graph in release.manifest["graphs"])
    ours = RemoteStore(f"{server.base}sparql", server.base)
    with loaded(name, dump, server.base, graphs, tmp_path) as there:
        assert there.warnings == []
        assert there.ask(COUNT) == ask(ours, COUNT)
        if quads:
            assert there.ask(COUNT_EACH) == ask(ours, COUNT_EACH)
        rows = there.ask(WITHOUT_BLANKS)
        assert isinstance(rows, list)
        assert set(rows) == without_blanks(release.folder / "dumps" / dump), "a term was changed"
        asked = [one for one in examples() if quads or not NAMES_GRAPHS.search(one.sparql)]
        assert [one.name for one in asked if there.ask(one.sparql) != ask(ours, one.sparql)] == []
        assert there.warnings == []


def without_blanks(dump: Path) -> set[tuple[Term, ...]]:
    """Return the triples of a dump's default graph that have no blank node, each term as `ask` has it."""
    found = set()
    for quad in ox.parse(path=dump):
        terms = (quad.subject, quad.predicate, quad.object)
        if quad.graph_name == ox.DefaultGraph() and not any(isinstance(term, ox.BlankNode) for term in terms):
            found.add(tuple(_term(term) for term in terms))
    return found


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Term:
    if isinstance(term, ox.Literal):
        return term.value, term.language or term.datatype.value
    assert isinstance(term, ox.NamedNode)
    return term.value, ""


def test_the_commands_for_python_print_what_the_readme_shows(server: Server, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, {"8000": re.findall(r":(\d+)/", server.base)[0]})
    for command in (*commands(section("Load the data elsewhere"))[:1], *commands(section("rdflib and Owlready2"))):
        terminal.run(command)
