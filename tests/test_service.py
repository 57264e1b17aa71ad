"""The service description says what the endpoint does, and nothing that it does not: each of its claims is tried."""

from dataclasses import replace

import pyoxigraph as ox
import pytest
from rdflib import RDF, VOID, Graph, Literal, Namespace, URIRef

from mappings.names import SCHEMA
from publisher.errors import BadQuery
from publisher.limits import Limit
from publisher.media import GRAPHS, RESULTS, TURTLE
from publisher.release import Release
from publisher.stores import LocalStore
from publisher.web import service
from publisher.web.served import Served

SD = Namespace(service.SD)
WKT = "^^<http://www.opengis.net/ont/geosparql#wktLiteral>"
AREA, OTHER = f'"POLYGON((0 0,0 5,5 5,5 0,0 0))"{WKT}', f'"POLYGON((1 1,1 9,9 9,9 1,1 1))"{WKT}'
LINE, METRE = f'"LINESTRING(0 0,4 4)"{WKT}', "<http://www.opengis.net/def/uom/OGC/1.0/metre>"
ONE, TWO = f'"POINT(1 2)"{WKT}', f'"POINT(3 3)"{WKT}'
#: Arguments with which each of the functions of GeoSPARQL that we name gives a value: one of these.
PLACES = ((AREA,), (AREA, OTHER), (LINE, METRE), (ONE, TWO, METRE), (AREA, OTHER, '"T*F**FFF*"'))
#: What each cast is tried with.
WRITTEN = {
    "date": "2025-07-28",
    "time": "10:00:00",
    "duration": "P1Y",
    "dayTimeDuration": "P1D",
    "yearMonthDuration": "P1Y",
    "gYear": "2025",
    "gYearMonth": "2025-07",
    "gMonth": "--07",
    "gMonthDay": "--07-28",
    "gDay": "---28",
}


LIMITS = (
    Limit("seconds", 30.0, "SEC", "How long a query may run."),
    Limit("patience", 0.5, "SEC", "How long one may wait."),
    Limit("nesting", 60, "", "How many brackets may stand in each other."),
)


@pytest.fixture(scope="module")
def here(release: Release, store: LocalStore) -> Served:
    return Served(release, store)


@pytest.fixture(scope="module")
def described(here: Served) -> Graph:
    return Graph(bind_namespaces="none").parse(data=service.description(here, TURTLE, LIMITS), format="turtle")


@pytest.fixture(scope="module")
def endpoint(here: Served) -> URIRef:
    return here.names.endpoint()


def counted(store: LocalStore, query: str) -> int:
    answer = store.query(query, "application/sparql-results+json").read()
    found = ox.parse_query_results(answer, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    number = next(iter(found))[0]
    assert isinstance(number, ox.Literal)
    return int(number.value)


def value(store: LocalStore, function: str, arguments: tuple[str, ...]) -> bool:
    """Say whether a function gives a value. Raise BadQuery where the engine does not know it."""
    query = f"SELECT (<{function}>({', '.join(arguments)}) AS ?value) {{}}"
    answer = store.query(query, "text/csv").read().decode().splitlines()
    return len(answer) > 1 and answer[1] not in ("", '""')


def test_it_is_a_service_of_sparql_1_1_queries_under_simple_entailment(described: Graph, endpoint: URIRef) -> None:
    assert (endpoint, RDF.type, SD.Service) in described
    assert set(described.objects(endpoint, SD.endpoint)) == {endpoint}
    assert set(described.objects(endpoint, SD.supportedLanguage)) == {SD.SPARQL11Query}
    assert set(described.objects(endpoint, SD.defaultEntailmentRegime)) == {URIRef(service.SIMPLE)}


def test_each_format_that_is_answered_is_named_as_the_w3c_does(described: Graph, endpoint: URIRef) -> None:
    formats = {URIRef(f"http://www.w3.org/ns/formats/{service.NAMES[one.name]}") for one in (*RESULTS, *GRAPHS)}
    assert set(described.objects(endpoint, SD.resultFormat)) == formats


def test_the_default_graph_is_the_union_of_the_named_ones_as_it_says_and_nothing_else_is_said(
    described: Graph, endpoint: URIRef, store: LocalStore
) -> None:
    assert set(described.objects(endpoint, SD.feature)) == {SD.UnionDefaultGraph}
    without_blanks = "FILTER(!ISBLANK(?s) && !ISBLANK(?o))"  # a merge has blank nodes of its own
    for one, other in (("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"), ("GRAPH ?g { ?s ?p ?o }", "?s ?p ?o")):
        query = f"SELECT (COUNT(*) AS ?n) {{ {one} {without_blanks} FILTER NOT EXISTS {{ {other} }} }}"
        assert counted(store, query) == 0


def test_what_is_not_done_is_not_said(described: Graph, store: LocalStore) -> None:
    for never in (SD.BasicFederatedQuery, SD.DereferencesURIs, SD.RequiresDataset, SD.SPARQL11Update):
        assert (None, None, never) not in described
    with pytest.raises(BadQuery, match="SERVICE"):
        store.query("ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "*/*")


def test_the_graphs_have_the_names_and_the_numbers_that_the_endpoint_gives(
    described: Graph, endpoint: URIRef, store: LocalStore
) -> None:
    (dataset,) = described.objects(endpoint, SD.defaultDataset)
    (default,) = described.objects(dataset, SD.defaultGraph)
    assert described.value(default, VOID.triples) == Literal(counted(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    entries = list(described.objects(dataset, SD.namedGraph))
    assert len(entries) == counted(store, "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g {} }") > 4
    for entry in entries:
        graph = described.value(entry, SD.name)
        number = counted(store, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        assert described.value(entry, VOID.triples) == Literal(number)


def test_each_function_that_it_names_gives_a_value(described: Graph, endpoint: URIRef, store: LocalStore) -> None:
    named = {str(one) for one in described.objects(endpoint, SD.extensionFunction)}
    assert named == set(service.FUNCTIONS)
    for name in service.CASTS:
        assert value(store, service.XSD + name, (f'"{WRITTEN[name]}"',)), name
    for name in service.GEOSPARQL:
        assert any(value(store, service.GEOF + name, arguments) for arguments in PLACES), name


def test_a_function_that_the_engine_does_not_know_would_be_noticed(store: LocalStore) -> None:
    with pytest.raises(BadQuery):
        value(store, service.GEOF + "buffer", (AREA,))
    with pytest.raises(BadQuery):
        value(store, service.XSD + "anyURI", ('"http://x/"',))


def test_the_limits_in_force_are_told_with_their_units(described: Graph, endpoint: URIRef) -> None:
    told = {
        str(described.value(one, SCHEMA.propertyID)): (
            described.value(one, SCHEMA.value).toPython(),  # type: ignore[union-attr]
            described.value(one, SCHEMA.unitCode),
            described.value(one, SCHEMA.description),
        )
        for one in described.objects(endpoint, SCHEMA.additionalProperty)
        if (one, RDF.type, SCHEMA.PropertyValue) in described
    }
    assert told == {
        limit.name: (limit.value, Literal(limit.unit) if limit.unit else None, Literal(limit.says, lang="en"))
        for limit in LIMITS
    }


def test_it_has_no_blank_node(described: Graph) -> None:
    assert all(isinstance(term, URIRef | Literal) for triple in described for term in triple)


def test_of_files_it_says_only_what_holds_of_them(here: Served) -> None:
    """Their graphs have names of their own, and their default graph may hold what stands in no named one."""
    manifest = {
        "base": here.names.base,
        "files": [{"name": "data.trig"}],
        "default_graph": "as-is",
        "triples": 3,
        "graphs": {"http://x.example/graph#1": 2, "urn:x:other": 1},
        "named_graphs": 2_000,
        "documents": {},
        "parts": {},
    }
    files = Served(replace(here.release, manifest=manifest), here.store)
    graph = Graph().parse(data=service.description(files, TURTLE), format="turtle")
    assert (None, SD.feature, None) not in graph
    assert set(map(str, graph.objects(predicate=SD.name))) == set(manifest["graphs"])  # type: ignore[call-overload]
    assert len(set(graph.objects(predicate=SD.namedGraph))) == 2
    assert "2000" in str(graph.value(here.names.dataset(), URIRef("http://www.w3.org/2000/01/rdf-schema#comment")))
