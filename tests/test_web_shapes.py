"""A release says what had to hold and what was found: the shapes' IRIs answer, and each warning leads to its Fact."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH

from publisher.build import build
from publisher.settings import Settings
from publisher.shapes import SHAPES, Shapes
from publisher.web import create_app
from tests import edits
from tests.conftest import ROOT
from tests.test_check import DATED, house


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "rdf"])
def test_the_shapes_answer_in_every_format_and_are_those_of_the_folder(suffix: str, client: FlaskClient) -> None:
    answer = client.get(f"/ns/shapes.{suffix}")
    assert answer.status_code == 200
    formats = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
    graph = Graph().parse(data=answer.data, format=formats[suffix])
    assert len(graph) == len(Shapes.read(ROOT).whole)
    assert (SHAPES["Plain"], RDF.type, SH.NodeShape) in graph


def test_accept_chooses_the_format(client: FlaskClient) -> None:
    answer = client.get("/ns/shapes", headers={"Accept": "text/turtle"})
    assert answer.content_type.startswith("text/turtle")
    assert "Accept" in answer.vary


def test_a_format_that_we_do_not_have_is_not_found(client: FlaskClient) -> None:
    assert client.get("/ns/shapes.exe").status_code == 404


def test_the_page_has_each_shape_with_what_it_says_and_its_query(client: FlaskClient) -> None:
    page = client.get("/ns/shapes", headers={"Accept": "text/html"}).text
    graph = Shapes.read(ROOT).whole
    for shape, name in graph.subject_objects(SH.name):
        assert f'id="{str(shape).removeprefix(SHAPES)}"' in page
        assert str(name).replace("'", "&#39;") in page
    assert "No violation is in it" in page


@pytest.mark.slow
def test_a_warning_of_the_release_stands_on_the_page_and_leads_to_its_document(tmp_path: Path) -> None:
    project = edits.project(tmp_path)
    house(project)
    settings = Settings(project, tmp_path / "releases")
    release = build(settings, None, lambda _: None)
    report = Graph().parse(release.folder / "report.ttl")
    number = len(list(report.subjects(RDF.type, SH.ValidationResult)))
    page = create_app(settings).test_client().get("/ns/shapes", headers={"Accept": "text/html"}).text
    assert f"{number} warning{'' if number == 1 else 's'} stand" in page
    article = page.partition(f'id="{DATED}"')[2].partition("</article>")[0]
    assert "1 in this release" in article
    assert "The document has no day of publication." in article
    assert 'href="/doc/document/mali-2025-07-28"' in article or 'href="/id/document/mali-2025-07-28"' in article


def test_the_files_of_shapes_and_report_are_listed_with_the_dumps(client: FlaskClient) -> None:
    page, graphs = client.get("/dumps/").text, {}
    for file in ("shapes.ttl", "report.ttl"):
        assert f'href="/dumps/{file}"' in page
        with client.get(f"/dumps/{file}") as answer:
            graphs[file] = Graph().parse(data=answer.data, format="turtle")
    assert (SHAPES["Plain"], RDF.type, SH.NodeShape) in graphs["shapes.ttl"]
    report = graphs["report.ttl"]
    assert list(report.objects(None, SH.conforms)) in ([Literal(True)], [Literal(False)])
    assert (URIRef("http://localhost:8000/dumps/report.ttl#report"), RDF.type, SH.ValidationReport) in report
