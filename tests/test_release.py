"""The same seeds give the same bytes, and a release is what its manifest says."""

import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.namespace import XSD
from rdflib.term import BNode

from publisher.build import build
from publisher.release import Release
from publisher.settings import Settings
from tests.conftest import ROOT, parts
from tests.edits import project

OTHER_BASE = "https://data.example/below/"


def silent(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the same seeds at another base."""
    return build(Settings(ROOT, tmp_path_factory.mktemp("moved")), OTHER_BASE, silent)


# --- The same bytes


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["0", "4242"])
def test_elsewhere_with_other_hashes_and_in_another_year_the_same_release_is_built(
    seed: str, release: Release, tmp_path: Path
) -> None:
    code = """if True:
        import sys, time
        from pathlib import Path
        time.time = lambda: 1e9
        from publisher.build import build
        from publisher.checks import Checker
        from publisher.settings import Settings
        Checker._run = lambda *_: iter(())  # they were checked for the other release; this takes long
        print(build(Settings(Path(sys.argv[1]), Path(sys.argv[2])), None, lambda _: None).id)"""
    made = subprocess.run(
        [sys.executable, "-c", code, str(project(tmp_path / "elsewhere")), str(tmp_path)],
        env={**os.environ, "PYTHONHASHSEED": seed, "LANG": "C", "TZ": "Asia/Tokyo"},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert made.stdout.strip() == release.id
    assert parts(Release.open(tmp_path / release.id)) == parts(release)


@pytest.mark.slow
def test_another_base_gives_the_same_quads_with_another_base(release: Release, moved: Release) -> None:
    def lines(one: Release) -> list[str]:
        written = (one.folder / "dumps" / "communique.nq").read_text("utf-8").replace(one.base, OTHER_BASE)
        return canonical(ox.parse(written, format=ox.RdfFormat.N_QUADS))

    assert release.base == "http://localhost:8000/"
    assert moved.base == OTHER_BASE
    assert moved.id != release.id
    assert lines(moved) == lines(release)
    assert "localhost" not in (moved.folder / "dumps" / "communique.nq").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.usefixtures("unchecked")
def test_building_again_keeps_the_release_that_is_there(little: Settings) -> None:
    first = build(little, None, silent)
    before = {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")}
    assert build(little, None, silent) == first
    assert {path: path.stat().st_mtime_ns for path in first.folder.rglob("*")} == before
    assert sorted(path.name for path in little.releases.iterdir()) == sorted([first.id, "current"])


# --- The manifest


def test_the_manifest_says_what_is_there_and_the_folder_is_named_by_it(release: Release) -> None:
    files = parts(release)
    manifest = files.pop("manifest.json")
    assert hashlib.sha256(manifest).hexdigest() == release.id == release.folder.name
    told = json.loads(manifest)["parts"]
    assert told == {
        path: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)} for path, content in files.items()
    }
    assert set(told) >= {f"dumps/communique.{suffix}" for suffix in ("ttl", "nq", "trig")} | {"void.ttl", "report.ttl"}


def test_the_text_of_a_document_is_published_byte_for_byte(release: Release) -> None:
    for file in (ROOT / "seeds").glob("*.txt"):
        assert (release.folder / "documents" / file.name).read_bytes() == file.read_bytes()


def test_a_part_that_the_manifest_does_not_list_cannot_be_asked_for(release: Release) -> None:
    assert release.part("dumps/communique.ttl") == release.folder / "dumps" / "communique.ttl"
    for path in ("manifest.json", "store/CURRENT", "../current", "dumps", "/etc/passwd", ""):
        assert release.part(path) is None


def test_the_manifest_counts_what_is_in_the_dumps(release: Release, quads: set[ox.Quad]) -> None:
    counts = dict.fromkeys(release.manifest["graphs"], 0)
    for quad in quads:
        if isinstance(quad.graph_name, ox.NamedNode):
            counts[quad.graph_name.value.removeprefix(f"{release.base}graph/")] += 1
    assert counts == release.manifest["graphs"]
    assert release.manifest["triples"] == sum(isinstance(quad.graph_name, ox.DefaultGraph) for quad in quads)


# --- The dumps and the store


@pytest.fixture(scope="module")
def quads(release: Release) -> set[ox.Quad]:
    """All quads of the N-Quads dump."""
    return set(ox.parse(path=str(release.folder / "dumps" / "communique.nq")))


def canonical(quads: Iterable[ox.Quad]) -> list[str]:
    """Return lines that are the same for two datasets that differ in the labels of blank nodes only."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, dataset))


def default_quad(triple: ox.Triple) -> ox.Quad:
    return ox.Quad(triple.subject, triple.predicate, triple.object)


def merge(quads: set[ox.Quad]) -> set[ox.Triple]:
    return {quad.triple for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}


def test_trig_and_n_quads_hold_the_same_quads_each_once(release: Release, quads: set[ox.Quad]) -> None:
    trig = list(ox.parse(path=str(release.folder / "dumps" / "communique.trig")))
    assert canonical(trig) == canonical(quads)
    assert len(trig) == len(quads)
    assert (release.folder / "dumps" / "communique.nq").read_bytes().count(b"\n") == len(quads)


def test_the_turtle_dump_is_the_default_graph_is_the_merge_of_the_named_graphs(
    release: Release, quads: set[ox.Quad]
) -> None:
    turtle = list(ox.parse(path=str(release.folder / "dumps" / "communique.ttl")))
    default = {quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph)}
    assert canonical(map(default_quad, default)) == canonical(map(default_quad, merge(quads)))
    assert canonical(turtle) == canonical(map(default_quad, default))
    assert len(turtle) == len(default)


def test_the_store_holds_the_quads_of_the_dumps(release: Release, quads: set[ox.Quad]) -> None:
    store = ox.Store.read_only(str(release.store))
    held = list(store)
    assert len(held) == len(quads)
    ground = {quad for quad in quads if "_:" not in f"{quad.subject} {quad.object}"}
    assert {quad for quad in held if "_:" not in f"{quad.subject} {quad.object}"} == ground


@pytest.mark.slow
def test_another_library_reads_the_same_from_each_dump(release: Release, quads: set[ox.Quad]) -> None:
    turtle = Graph(bind_namespaces="none").parse(release.folder / "dumps" / "communique.ttl")
    assert len(turtle) == release.manifest["triples"]
    for suffix in ("nq", "trig"):
        dataset = Dataset(default_union=False)
        dataset.parse(release.folder / "dumps" / f"communique.{suffix}")
        assert len(dataset.default_graph) == len(turtle)
        assert ground(dataset.default_graph) == ground(turtle)
        sizes = {str(graph.identifier): len(graph) for graph in dataset.graphs() if len(graph)}
        sizes.pop(str(dataset.default_graph.identifier))
        assert sizes == {f"{release.base}graph/{name}": count for name, count in release.manifest["graphs"].items()}


def ground(graph: Graph) -> set[tuple[str, ...]]:
    return {tuple(term.n3() for term in triple) for triple in graph if not any(isinstance(it, BNode) for it in triple)}


def test_only_the_ontology_has_blank_nodes(release: Release, quads: set[ox.Quad]) -> None:
    ontology = ox.NamedNode(f"{release.base}graph/ontology")
    blank = {quad for quad in quads if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)}
    assert {quad.graph_name for quad in blank} == {ontology, ox.DefaultGraph()}


def literals(quads: set[ox.Quad]) -> Iterator[ox.Literal]:
    return (quad.object for quad in quads if isinstance(quad.object, ox.Literal))


def test_no_literal_is_a_boolean_or_written_in_two_ways(quads: set[ox.Quad]) -> None:
    for literal in literals(quads):
        assert literal.datatype.value != str(XSD.boolean)
        if literal.datatype.value == str(XSD.integer):
            assert literal.value == str(int(literal.value))
        if literal.language is not None:
            assert literal.language == literal.language.lower()
            assert literal.value


def test_nothing_published_has_control_characters_a_bom_or_other_line_ends(release: Release) -> None:
    for path, content in parts(release).items():
        if path.endswith(".gz"):
            content = gzip.decompress(content)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]", content.decode("utf-8")), path


def test_no_dump_names_the_release_or_the_machine(release: Release) -> None:
    for path, content in parts(release).items():
        assert release.id.encode() not in content, path
        assert str(ROOT).encode() not in content, path


def test_turtle_is_grouped_and_its_prefixes_are_those_that_it_uses(release: Release) -> None:
    written = (release.folder / "dumps" / "communique.ttl").read_text("utf-8")
    prefixes = re.findall(r"(?m)^@prefix ([a-z0-9-]+:) <(.*)> \.$", written)
    assert [prefix for prefix, _ in prefixes] == sorted(prefix for prefix, _ in prefixes)
    assert {"cmq:", "state:", "modality:", "skos:"} <= {prefix for prefix, _ in prefixes}
    subjects = re.findall(r"(?m)^(?!@prefix)(\S+) ", written)
    assert len(set(subjects)) == len(subjects), "each subject stands once"


# --- The description


def test_the_description_is_a_graph_of_the_dataset_and_a_file_of_its_own(release: Release, quads: set[ox.Quad]) -> None:
    own = ox.NamedNode(f"{release.base}graph/description")
    written = {quad.triple for quad in ox.parse(path=str(release.folder / "void.ttl"))}
    assert written == {quad.triple for quad in quads if quad.graph_name == own}
