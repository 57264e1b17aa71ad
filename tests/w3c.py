"""The W3C's SPARQL 1.1 tests against the endpoint that we ship: `python -m tests.w3c FOLDER`.

FOLDER is `sparql/sparql11` of the W3C's repository rdf-tests, which is not in this tree. All data of all tests is
loaded as one file, each of the suite's files as a named graph; a test names its dataset by the protocol, so that
datasets are tested on the way. Each result is asked for in JSON, XML and TSV, and all three must be as expected.
"""

import http.client
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

import click
import pyoxigraph as ox
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from publisher.inputs import SUFFIXES
from tests.sameness import canonical, csv_table, expected, read, same
from tests.serving import answer_of, files_served, free_port

MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT: Final = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT: Final = Namespace("http://www.w3.org/2011/http#")
CNT: Final = Namespace("http://www.w3.org/2011/content#")
#: Where the suite's files are said to be; its own address does not matter.
SUITE: Final = "http://w3c.example/"
#: The parts of the suite that a server of queries is asked.
PARTS: Final = (
    "aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping", "negation",
    "project-expression", "property-path", "subquery", "syntax-query", "csv-tsv-res", "json-res", "protocol",
)  # fmt: skip
RESULTS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
#: What the endpoint says of a query that is none.
NOT_SPARQL: Final = b"not SPARQL"
#: A graph that no file is.
NOTHING: Final = f"{SUITE}nothing"


@dataclass(frozen=True)
class Test:
    """A test of the suite. data, graphs: what its default graph is made of, and its named graphs."""

    __test__ = False

    part: str
    name: str
    kind: str
    query: Path | None
    data: tuple[str, ...]
    graphs: tuple[str, ...]
    result: Path | None
    lax: bool
    node: Node
    manifest: Graph

    def __str__(self) -> str:
        return f"{self.part}/{self.name}"


@dataclass(frozen=True)
class Reply:
    """What the endpoint answered."""

    status: int
    media_type: str
    body: bytes


class Endpoint:
    """The endpoint of a server."""

    def __init__(self, base: str) -> None:
        self._base = urlsplit(base)

    def send(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> Reply:
        """Send one request, with these headers and no others that say what it is."""
        connection = http.client.HTTPConnection(self._base.hostname or "", self._base.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            response = connection.getresponse()
            return Reply(response.status, (response.headers.get_content_type() or "").lower(), response.read())
        finally:
            connection.close()

    def ask(self, query: str, accept: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> Reply:
        """Send a query by POST, as a form."""
        sent = urlencode({"query": query, "default-graph-uri": default, "named-graph-uri": named}, doseq=True)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        return self.send("POST", "/sparql", headers, sent.encode())


# --- The suite


def tests(folder: Path) -> Iterator[Test]:
    """Yield the tests of all parts, in their order."""
    for part in PARTS:
        manifest = Graph().parse(folder / part / "manifest.ttl", publicID=f"{SUITE}{part}/manifest.ttl")
        (entries,) = manifest.objects(None, MF.entries)
        for node in Collection(manifest, entries):
            kind = str(manifest.value(node, RDF.type)).rpartition("#")[2]
            action = manifest.value(node, MF.action)
            query = manifest.value(action, QT.query) or (action if isinstance(action, URIRef) else None)
            result = manifest.value(node, MF.result)
            yield Test(
                part,
                str(node).rpartition("#")[2],
                kind,
                path_of(folder, query) if isinstance(query, URIRef) else None,
                tuple(map(str, manifest.objects(action, QT.data))),
                tuple(map(str, manifest.objects(action, QT.graphData))),
                path_of(folder, result) if isinstance(result, URIRef) else None,
                manifest.value(node, MF.resultCardinality) == MF.LaxCardinality,
                node,
                manifest,
            )


def path_of(folder: Path, iri: Node) -> Path:
    """Return the file that an IRI of the suite names."""
    return folder / str(iri).removeprefix(SUITE)


def iri_of(folder: Path, path: Path) -> str:
    """Return the IRI of a file of the suite."""
    return f"{SUITE}{path.relative_to(folder).as_posix()}"


def rdf_format(path: Path) -> ox.RdfFormat:
    """Return the format of a file of data."""
    form = SUFFIXES[path.suffix].engine
    if not isinstance(form, ox.RdfFormat):
        raise TypeError(path)
    return form


def write_data(folder: Path, file: Path) -> None:
    """Write all data of the tests into one file of N-Quads, each file of the suite as a graph."""
    named: dict[str, Path] = {}
    for test in tests(folder):
        named |= {iri: path_of(folder, URIRef(iri)) for iri in (*test.data, *test.graphs)}
        for given in test.manifest.objects(test.node, UT.graphData):
            named[str(test.manifest.value(given, RDFS.label))] = path_of(
                folder, test.manifest.value(given, UT.graph) or URIRef("")
            )
    with file.open("wb") as out:
        for iri, path in named.items():
            base = iri if iri.startswith(SUITE) else f"{SUITE}{path.name}"
            quads = ox.parse(path=path, format=rdf_format(path), base_iri=base, rename_blank_nodes=True)
            given_quads = (ox.Quad(one.subject, one.predicate, one.object, ox.NamedNode(iri)) for one in quads)
            ox.serialize(given_quads, out, format=ox.RdfFormat.N_QUADS)


# --- Judging


def failure(test: Test, folder: Path, endpoint: Endpoint) -> str | None:
    """Return why a test fails; nothing, where it passes."""
    if test.kind == "ProtocolTest":
        return _protocol(test, endpoint)
    if test.query is None:
        return f"a test of a kind that is not known: {test.kind}"
    query = test.query.read_text("utf-8")
    if "Syntax" in test.kind:
        reply = endpoint.ask(query, "*/*")
        refused = reply.status == 400 and NOT_SPARQL in reply.body  # else it is SPARQL, and has a function of nobody's
        return None if refused is test.kind.startswith("Negative") else f"status {reply.status}: {reply.body!r}"
    query = f"BASE <{iri_of(folder, test.query)}> {query}"
    clause = re.search(r"\bFROM\b", query)
    default = () if clause else test.data or (NOTHING,)
    named = () if clause else test.graphs
    for accept, form in (GRAPHS if _makes_graph(query) else RESULTS).items():
        if test.result is not None and test.result.suffix == ".csv":
            reply = endpoint.ask(query, "text/csv", default, named)
            right = csv_table(reply.body.decode()) == csv_table(test.result.read_text("utf-8"))
            return None if right and reply.media_type == "text/csv" else f"text/csv: {reply.body!r}"
        reply = endpoint.ask(query, accept, default, named)
        if reply.status != 200:
            return f"{accept}: status {reply.status}: {reply.body[:200].decode(errors='replace')}"
        if reply.media_type != accept:
            return f"{accept}: it came as {reply.media_type}"
        try:
            wrong = _compare(test, folder, query, reply.body, form)
        except (SyntaxError, ValueError) as error:
            return f"{accept}: cannot be read: {error}"
        if wrong:
            return f"{accept}: {wrong}"
    return None


def _makes_graph(query: str) -> bool:
    plain = re.sub(r"<[^>]*>|#.*|\"[^\"]*\"", " ", query)
    found = re.search(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", plain, re.IGNORECASE)
    return found is not None and found[1].upper() in ("CONSTRUCT", "DESCRIBE")


def _compare(
    test: Test, folder: Path, query: str, body: bytes, form: ox.RdfFormat | ox.QueryResultsFormat
) -> str | None:
    if test.result is None:
        return "the suite names no result"
    base = iri_of(folder, test.result)
    if isinstance(form, ox.RdfFormat):
        wanted_graph = canonical(ox.parse(path=test.result, format=rdf_format(test.result), base_iri=base))
        return None if canonical(ox.parse(body, format=form)) == wanted_graph else "another graph"
    found, wanted = read(ox.parse_query_results(body, format=form)), expected(test.result, base)
    if isinstance(found, bool) or isinstance(wanted, bool):
        return None if found is wanted else f"{found if isinstance(found, bool) else 'a table'}, expected {wanted}"
    (columns, rows), (wanted_columns, wanted_rows) = found, wanted
    if columns != wanted_columns:
        return f"columns {columns}, expected {wanted_columns}"
    if "ORDER BY" in query.upper() and not any(isinstance(term, ox.BlankNode) for row in wanted_rows for term in row):
        return None if rows == wanted_rows else f"another order: {rows[:4]}, expected {wanted_rows[:4]}"
    if test.lax:
        rows, wanted_rows = list(dict.fromkeys(rows)), list(dict.fromkeys(wanted_rows))
    return None if same(wanted_rows, rows) else f"other rows: {rows[:4]}, expected {wanted_rows[:4]}"


def _protocol(test: Test, endpoint: Endpoint) -> str | None:
    """Send the requests of a test of the protocol; the last one's answer is judged, too, by its format."""
    manifest = test.manifest
    requests = manifest.value(manifest.value(test.node, MF.action), HT.requests)
    for request in Collection(manifest, requests):  # type: ignore[arg-type]
        path = str(manifest.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1)
        listed = manifest.value(request, HT.headers)
        headers = {
            str(manifest.value(one, HT.fieldName)): str(manifest.value(one, HT.fieldValue))
            for one in (Collection(manifest, listed) if listed is not None else ())
        }
        body = manifest.value(request, HT.body)
        content = None
        if body is not None:
            content = str(manifest.value(body, CNT.chars)).encode(str(manifest.value(body, CNT.characterEncoding)))
        reply = endpoint.send(str(manifest.value(request, HT.methodName)), path, headers, content)
        response = manifest.value(request, HT.resp)
        statuses = {str(one)[-3] for one in manifest.objects(response, MF.expectedStatus)}
        if str(reply.status)[0] not in statuses:
            return f"status {reply.status}, expected {', '.join(sorted(statuses))}xx"
        form = str(manifest.value(response, MF.expectedFormat) or "")
        if form == "RDF" and reply.media_type not in (*GRAPHS, "application/trig", "application/n-quads"):
            return f"a graph was expected, and {reply.media_type} came"
        if form in ("boolean", "tabular") and reply.media_type not in (*RESULTS, "text/csv"):
            return f"results were expected, and {reply.media_type} came"
        truth = manifest.value(response, MF.expectedBoolean)
        if truth is not None:
            found = ox.parse_query_results(reply.body, format=RESULTS[reply.media_type])
            if not isinstance(found, ox.QueryBoolean) or bool(found) != truth.toPython():  # type: ignore[attr-defined]
                return f"{truth} was expected, and {found} came"
    return None


# --- Running


@contextmanager
def suite(folder: Path) -> Iterator[Endpoint]:
    """Serve the data of the suite, and give the endpoint."""
    with tempfile.TemporaryDirectory() as passing:
        data = Path(passing) / "suite.nq"
        write_data(folder, data)
        port = free_port()
        with files_served(Path(passing), "serve", str(data), "--default-graph", "as-is", "--port", str(port)):
            answer_of(f"http://127.0.0.1:{port}/")
            yield Endpoint(f"http://127.0.0.1:{port}/")


def run(folder: Path) -> Iterator[tuple[Test, str | None]]:
    """Yield each test that a server of queries can be asked, with why it fails."""
    with suite(folder) as endpoint:
        for test in tests(folder):
            if not (test.kind == "ProtocolTest" and "update" in test.name):  # a release never changes
                yield test, failure(test, folder, endpoint)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(folder: Path) -> None:
    """Run the suite; say what fails, and how many of each part pass."""
    passed, failed = Counter[str](), Counter[str]()
    for test, why in run(folder.absolute()):
        (failed if why else passed)[test.part] += 1
        if why:
            click.echo(f"FAIL {test}: {why}")
    for part in PARTS:
        click.echo(f"{part}: {passed[part]} of {passed[part] + failed[part]}")
    click.echo(f"{passed.total()} passed, {failed.total()} failed")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
