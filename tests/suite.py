"""The W3C's SPARQL 1.1 tests, as their manifests have them: what is asked, of which data, and what is expected."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Final

import pyoxigraph as ox
from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from publisher.inputs import SUFFIXES
from tests.asked import GRAPHS, RESULTS

MF: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT: Final = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT: Final = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT: Final = Namespace("http://www.w3.org/2011/http#")
CNT: Final = Namespace("http://www.w3.org/2011/content#")
FOAF: Final = Namespace("http://xmlns.com/foaf/0.1/")
#: Where the suite's files are said to be; its own address does not matter.
SUITE: Final = "http://w3c.example/"
#: The parts of the suite that a server of queries is asked.
PARTS: Final = (
    "aggregates", "bind", "bindings", "cast", "construct", "exists", "functions", "grouping", "negation",
    "project-expression", "property-path", "subquery", "syntax-query", "csv-tsv-res", "json-res", "protocol",
)  # fmt: skip
#: The formats that a test of the protocol may expect by a word.
FORMATS: Final = {
    "RDF": (*GRAPHS, "application/trig", "application/n-quads"),
    "boolean": (*RESULTS, "text/csv"),
    "tabular": (*RESULTS, "text/csv"),
}
#: Headers that the connection writes itself.
OWN: Final = ("host", "user-agent", "content-length")


@dataclass(frozen=True)
class Request:
    """A request of a test of the protocol, and the answer: statuses as 2 or 4, media types, where any is expected."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    media_types: tuple[str, ...]
    truth: bool | None


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


def all_tests(folder: Path) -> Iterator[Test]:
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
    documents: dict[str, None] = {}
    for test in all_tests(folder):
        named |= {iri: path_of(folder, URIRef(iri)) for iri in (*test.data, *test.graphs)}
        for given in test.manifest.objects(test.node, UT.graphData):
            named[str(test.manifest.value(given, RDFS.label))] = path_of(
                folder, test.manifest.value(given, UT.graph) or URIRef("")
            )
        documents |= dict.fromkeys(re.findall(r"GRAPH <(\S+)> {\s*<\1> a foaf:Document", _told(test)))
    with file.open("wb") as out:
        for iri, path in named.items():
            base = iri if iri.startswith(SUITE) else f"{SUITE}{path.name}"
            quads = ox.parse(path=path, format=rdf_format(path), base_iri=base, rename_blank_nodes=True)
            given_quads = (ox.Quad(one.subject, one.predicate, one.object, ox.NamedNode(iri)) for one in quads)
            ox.serialize(given_quads, out, format=ox.RdfFormat.N_QUADS)
        for iri in documents.keys() - named.keys():  # where only the tests of updates say what the graphs have
            it, a, document = map(ox.NamedNode, (iri, str(RDF.type), str(FOAF.Document)))
            ox.serialize([ox.Quad(it, a, document, it)], out, format=ox.RdfFormat.N_QUADS)


# --- The protocol's tests


def requests(test: Test) -> Iterator[Request]:
    """Yield the requests of a test of the protocol: as RDF, or, in the suite's older state, told in a comment."""
    listed = test.manifest.value(test.manifest.value(test.node, MF.action), HT.requests)
    if listed is None:
        yield from _requests_told(_told(test))
    else:
        for node in Collection(test.manifest, listed):
            yield _request(test.manifest, node)


def _request(manifest: Graph, node: Node) -> Request:
    listed = manifest.value(node, HT.headers)
    headers = {
        str(manifest.value(one, HT.fieldName)): str(manifest.value(one, HT.fieldValue))
        for one in (Collection(manifest, listed) if listed is not None else ())
    }
    body, response = manifest.value(node, HT.body), manifest.value(node, HT.resp)
    truth, form = manifest.value(response, MF.expectedBoolean), manifest.value(response, MF.expectedFormat)
    return Request(
        str(manifest.value(node, HT.methodName)),
        _path(str(manifest.value(node, HT.absolutePath))),
        headers,
        str(manifest.value(body, CNT.chars)).encode(str(manifest.value(body, CNT.characterEncoding))) if body else None,
        tuple(sorted(str(one)[-3] for one in manifest.objects(response, MF.expectedStatus))),
        FORMATS[str(form)] if form else (),
        None if truth is None else bool(truth.toPython()),  # type: ignore[attr-defined]
    )


def _told(test: Test) -> str:
    return str(test.manifest.value(test.node, RDFS.comment) or "") if test.kind == "ProtocolTest" else ""


def _requests_told(comment: str) -> Iterator[Request]:
    """Read a comment in Markdown: below one head a request as HTTP has it, below another what comes."""
    encoding = "utf-16" if "body encoded in utf-16" in comment else "utf-8"
    for part in comment.split("#### Request")[1:]:
        asked, answered = part.split("#### Response")
        head, _, body = dedent(asked).strip().partition("\n\n")
        (method, path, *_), *lines = (line.split() for line in head.splitlines())
        headers = {name.rstrip(":"): " ".join(value) for name, *value in lines}
        media_types = re.search(r"Content-Type: (.*)", answered)
        truth = re.search(r"(?m)^\s*(true|false)\s*$", answered)
        yield Request(
            method,
            _path(path),
            {name: value for name, value in headers.items() if name.lower() not in OWN},
            body.encode(encoding) if body else None,
            tuple(sorted(re.findall(r"\b(\d)xx\b", answered))),
            tuple(re.findall(r"[\w.+-]+/[\w.+-]+", media_types[1])) if media_types else (),
            truth[1] == "true" if truth else None,
        )


def _path(path: str) -> str:
    return path.replace("/sparql/", "/sparql", 1)
