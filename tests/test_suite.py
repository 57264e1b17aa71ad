"""A test of the protocol is read alike from both states of the W3C's suite, and one that asks nothing does not pass."""

from pathlib import Path

import pyoxigraph as ox

from tests.asked import Alone, Endpoint
from tests.suite import FORMATS, PARTS, Test, all_tests, requests, write_data
from tests.w3c import protocol_failure

HEAD = """
@prefix : <http://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/manifest#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix ht: <http://www.w3.org/2011/http#> .
@prefix hts: <http://www.w3.org/2011/http-statusCodes#> .
@prefix cnt: <http://www.w3.org/2011/content#> .
"""
TOLD = '''
:it rdfs:comment """
#### Request

    POST /sparql/?default-graph-uri=urn%3Ag HTTP/1.1
    Host: www.example
    User-agent: sparql-client/0.1
    Content-Type: application/sparql-query
    Content-Length: XXX

    ASK {
        ?s ?p ?o
    }
    
#### Response

    2xx or 3xx response
    Content-Type: application/sparql-results+xml or application/sparql-results+json

    true
""" .
'''  # noqa: W293
AS_RDF = '''
:it mf:action [ ht:requests ( [
    ht:absolutePath "/sparql/?default-graph-uri=urn%3Ag" ;
    ht:body [ cnt:characterEncoding "UTF-8" ; cnt:chars """ASK {
    ?s ?p ?o
}""" ] ;
    ht:headers ( [ ht:fieldName "Content-Type" ; ht:fieldValue "application/sparql-query" ] ) ;
    ht:methodName "POST" ;
    ht:resp [
        mf:expectedBoolean true ; mf:expectedFormat "boolean" ; mf:expectedStatus hts:StatusCode2xx, hts:StatusCode3xx
    ]
] ) ] .
'''
#: Nothing listens there.
NOWHERE = Endpoint("http://127.0.0.1:9/")


def suite(folder: Path, *triples: str) -> Test:
    """Write a suite with one test, of the protocol; return that test."""
    for part in PARTS:
        (folder / part).mkdir(parents=True)
        entries = "( :it )" if part == "protocol" else "()"
        written = HEAD + f"<> mf:entries {entries} .\n" + ":it a mf:ProtocolTest ." + "".join(triples)
        (folder / part / "manifest.ttl").write_text(written, "utf-8")
    (test,) = all_tests(folder)
    return test


def test_a_request_told_in_a_comment_is_the_one_that_is_written_as_rdf(tmp_path: Path) -> None:
    (told,) = requests(suite(tmp_path / "told", TOLD))
    (written,) = requests(suite(tmp_path / "written", AS_RDF))
    assert (told.method, told.path) == ("POST", "/sparql?default-graph-uri=urn%3Ag")
    assert told.body == b"ASK {\n    ?s ?p ?o\n}"
    assert (told.headers, told.truth, told.statuses) == (
        {"Content-Type": "application/sparql-query"}, True, ("2", "3"),
    )  # fmt: skip
    assert set(told.media_types) < set(FORMATS["boolean"])
    assert told == type(told)(**{**vars(written), "media_types": told.media_types})


def test_a_body_that_is_said_to_be_in_utf16_is(tmp_path: Path) -> None:
    told = TOLD.replace("#### Request", "(content body encoded in utf-16)\n\n#### Request")
    (request,) = requests(suite(tmp_path, told))
    assert request.body == "ASK {\n    ?s ?p ?o\n}".encode("utf-16")


def test_a_test_of_the_protocol_that_asks_or_expects_nothing_does_not_pass(tmp_path: Path) -> None:
    assert protocol_failure(suite(tmp_path / "none"), NOWHERE) == "the suite names no request"
    silent = TOLD.replace("2xx or 3xx response", "")
    assert protocol_failure(suite(tmp_path / "silent", silent), NOWHERE) == "the suite names no status"


def test_graphs_that_only_the_tests_of_updates_tell_of_are_loaded(tmp_path: Path) -> None:
    told = TOLD.replace("?s ?p ?o", "GRAPH <urn:d> {\n <urn:d> a foaf:Document\n }")
    suite(tmp_path / "suite", told)
    write_data(tmp_path / "suite", tmp_path / "data.nq")
    reply = Alone(tmp_path / "data.nq").ask("ASK { <urn:d> a ?type }", "application/sparql-results+json", ["urn:d"])
    found = ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QueryBoolean)
    assert bool(found)
