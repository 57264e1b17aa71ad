"""Parsers of others read each dump, without a warning, to the hash of RDFC-1.0 that the manifest gives."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from publisher.dumps import DUMPS
from publisher.release import Release
from tests.conftest import ROOT
from tests.prerequisites import need
from tests.readme import commands, section

JAVASCRIPT = ROOT / "tests" / "javascript"
#: What each parser calls the formats that it reads. jsonld.js and N3.js go by the ending.
PARSERS = {
    "rapper": {"nq": "nquads", "trig": "trig", "ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml"},
    "riot": {"nq": "nq", "trig": "trig", "ttl": "ttl", "nt": "nt", "rdf": "rdfxml", "jsonld": "jsonld"},
    "n3": {"nq": "nq", "trig": "trig", "ttl": "ttl", "nt": "nt"},
    "jsonld": {"jsonld": "jsonld"},
}
READINGS = [(parser, dump) for dump in DUMPS for parser, read in PARSERS.items() if dump.rpartition(".")[2] in read]
DATASET = ("nq", "trig")  # these hold the named graphs too


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with our scripts, and the packages of npm that they use."""
    npm = need("npm")
    need("node")
    folder = tmp_path_factory.mktemp("node")
    shutil.copytree(JAVASCRIPT, folder, dirs_exist_ok=True)
    subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=folder, check=True)
    return folder


@pytest.fixture(scope="module")
def fuseki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The jar of Fuseki, which has riot in it, fetched as the README says."""
    need("mvn")
    folder = tmp_path_factory.mktemp("fuseki")
    subprocess.run(["bash", "-c", commands(section("Fuseki"))[0][0]], cwd=folder, check=True)
    (jar,) = folder.glob("jena-fuseki-server-*.jar")
    return jar


def read(command: list[str | Path]) -> bytes:
    """Return what a parser prints, which must say nothing besides."""
    ran = subprocess.run(command, capture_output=True, timeout=120)
    assert (ran.returncode, ran.stderr.decode()) == (0, ""), ran.stdout[:200].decode()
    return ran.stdout


def riot(jar: Path, form: str, file: Path) -> bytes:
    """Return what riot prints of a file, whose terms it checks."""
    options = [f"--syntax={form}", "--check", "--output=nquads"]
    return read([need("java"), "-Xmx1g", "-cp", jar, "riotcmd.riot", *options, file])


def hashed(quads: bytes) -> str:
    """Return the RDFC-1.0 hash of N-Quads."""
    dataset = ox.Dataset(ox.parse(quads, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = (ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return hashlib.sha256(b"".join(sorted(lines))).hexdigest()


def expected(release: Release, dump: str) -> str:
    """Return the hash that a dump must have."""
    return str(release.manifest["rdfc10"]["dataset" if dump.endswith(DATASET) else "default"])


def test_each_format_is_read_by_two() -> None:
    assert all(sum(dump == read for _, read in READINGS) >= 2 for dump in DUMPS)


@pytest.mark.slow
@pytest.mark.parametrize("dump", [dump for parser, dump in READINGS if parser == "rapper"])
def test_raptor_reads_it(dump: str, release: Release) -> None:
    form = PARSERS["rapper"][dump.rpartition(".")[2]]
    quads = read([need("rapper"), "--quiet", "--input", form, "--output", "nquads", release.folder / "dumps" / dump])
    assert hashed(quads) == expected(release, dump)


@pytest.mark.java
@pytest.mark.parametrize("dump", [dump for parser, dump in READINGS if parser == "riot"])
def test_riot_reads_it(dump: str, release: Release, fuseki: Path) -> None:
    form = PARSERS["riot"][dump.rpartition(".")[2]]
    assert hashed(riot(fuseki, form, release.folder / "dumps" / dump)) == expected(release, dump)


@pytest.mark.java
def test_a_warning_of_riot_is_heard(fuseki: Path, tmp_path: Path) -> None:
    (tmp_path / "soon.ttl").write_text('<http://x/a> <http://x/b> "soon"^^<http://www.w3.org/2001/XMLSchema#date> .')
    with pytest.raises(AssertionError, match="Lexical form 'soon' not valid"):
        riot(fuseki, "ttl", tmp_path / "soon.ttl")


@pytest.mark.slow
@pytest.mark.parametrize(("parser", "dump"), [one for one in READINGS if one[0] in ("n3", "jsonld")])
def test_a_package_of_npm_reads_it(parser: str, dump: str, release: Release, node: Path) -> None:
    quads = read([need("node"), node / f"{parser}.mjs", release.folder / "dumps" / dump])
    assert hashed(quads) == expected(release, dump)


@pytest.mark.slow
@pytest.mark.parametrize("dump", [dump for dump in DUMPS if dump.endswith((".nq", ".nt"))])
def test_the_hash_itself_is_found_by_another_implementation(dump: str, release: Release, node: Path) -> None:
    """And its canonical N-Quads are the dump, byte for byte: whoever has sha256sum has the hash."""
    canonical = read([need("node"), node / "canonize.mjs", release.folder / "dumps" / dump])
    assert hashlib.sha256(canonical).hexdigest() == expected(release, dump)
    assert canonical == (release.folder / "dumps" / dump).read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("dump", DUMPS)
def test_rdflib_reads_it(dump: str, release: Release) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(release.folder / "dumps" / dump)
    found = {str(graph.identifier): len(graph) for graph in dataset.graphs() if len(graph)}
    names = release.manifest["graphs"] if dump.endswith(DATASET) else {}
    counts = {f"{release.base}graph/{name}": count for name, count in names.items()}
    assert found == {**counts, str(rdflib.graph.DATASET_DEFAULT_GRAPH_ID): release.manifest["triples"]}


@pytest.mark.slow
def test_a_parser_that_finds_something_else_is_noticed(release: Release) -> None:
    quads = (release.folder / "dumps" / "communique.nq").read_bytes()
    assert hashed(quads) != hashed(quads.replace(b'"60"', b'"61"')) != hashed(quads[: quads.rindex(b"\n", 0, -1) + 1])
