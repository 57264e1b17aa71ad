"""Pages find the labels of things wherever they stand: in a release, and in files whose graphs are as they are."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from publisher.files import load
from publisher.release import Release
from publisher.stores import LocalStore
from publisher.web.labels import MOST_LABELS, label_quads

A, B, C, G = (ox.NamedNode(f"http://x.example/{name}") for name in "abcg")
SKOS, RDFS = "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/2000/01/rdf-schema#"
PREF, LABEL = ox.NamedNode(f"{SKOS}prefLabel"), ox.NamedNode(f"{RDFS}label")
WRITTEN = f"""
@prefix x: <http://x.example/> . @prefix skos: <{SKOS}> . @prefix rdfs: <{RDFS}> .
x:a skos:prefLabel "A"@en .
x:g {{ x:b skos:prefLabel "B"@en, "Б"@ru ; rdfs:label "another" . x:c rdfs:label "C" }}
"""


@pytest.fixture(params=["merge", "as-is"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> LocalStore:
    (tmp_path / "data.trig").write_text(WRITTEN, "utf-8")
    merge = request.param == "merge"
    return LocalStore(
        load([tmp_path / "data.trig"], tmp_path, "http://localhost:8000/", merge=merge, say=lambda _: None)
    )


def test_a_label_is_found_once_wherever_it_stands_and_by_the_best_property(store: LocalStore) -> None:
    found = label_quads(store, [A, B, C, B, ox.NamedNode("http://x.example/none")])
    assert len(found) == len(set(found))
    assert set(found) == {
        ox.Quad(A, PREF, ox.Literal("A", language="en")),
        ox.Quad(B, PREF, ox.Literal("B", language="en"), G),
        ox.Quad(B, PREF, ox.Literal("Б", language="ru"), G),
        ox.Quad(C, LABEL, ox.Literal("C"), G),
    }


def test_a_label_of_a_release_stands_in_the_graph_that_says_it(release: Release) -> None:
    store = LocalStore(release)
    found = label_quads(store, [ox.NamedNode(f"{release.base}id/state/mali")], whole=True)
    assert {quad.graph_name for quad in found} == {ox.NamedNode(f"{release.base}graph/authority")}
    assert {quad.object.language for quad in found if isinstance(quad.object, ox.Literal)} >= {"en", "ru"}


def test_of_a_thing_with_many_labels_a_page_has_some_and_a_document_all(tmp_path: Path) -> None:
    labels = (f'<{A.value}> <{PREF.value}> "{number}" .\n' for number in range(2 * MOST_LABELS))
    (tmp_path / "data.nt").write_text("".join(labels), "utf-8")
    store = LocalStore(
        load([tmp_path / "data.nt"], tmp_path, "http://localhost:8000/", merge=False, say=lambda _: None)
    )
    assert len(label_quads(store, [A])) == MOST_LABELS
    assert len(label_quads(store, [A], whole=True)) == 2 * MOST_LABELS
