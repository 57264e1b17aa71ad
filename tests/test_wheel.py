"""From a wheel, elsewhere: installed in a clean environment, it begins, checks, builds and serves a publication."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import own
from tests.conftest import ROOT
from tests.edits import apply, swap
from tests.prerequisites import need
from tests.serving import free_port, stop

pytestmark = pytest.mark.slow

SECONDS = 120
#: What was inside a folder that is packaged, and is there for no user.
LEFT_OUT = shutil.ignore_patterns("__pycache__")


def pip(*words: str, cwd: Path) -> None:
    """Run pip, which must end well; it asks no network."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    ran = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of what stands here, made from a copy, so that nothing is left lying in the checkout."""
    copy = tmp_path_factory.mktemp("source")
    for name in ("mappings", "ontology", "publisher", "shapes"):
        shutil.copytree(ROOT / name, copy / name, ignore=LEFT_OUT)
    for name in ("README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, copy)
    pip("wheel", "--no-build-isolation", "--no-deps", "--wheel-dir", "wheels", ".", cwd=copy)
    (file,) = (copy / "wheels").iterdir()
    return file


@dataclass(frozen=True)
class Installed:
    """Where the wheel was installed. packages: its site-packages. folder: where commands are given."""

    packages: Path
    python: Path
    communique: Path
    folder: Path

    @property
    def environ(self) -> dict[str, str]:
        """An environment that says nothing of the checkout."""
        gone = ("PYTHONPATH", "COMMUNIQUE_PROJECT", "COMMUNIQUE_RELEASES")
        return {name: value for name, value in os.environ.items() if name not in gone}

    def run(self, *words: str, folder: Path | None = None, code: int = 0) -> str:
        """Run communique in a folder, and return what it prints; it must exit with this code."""
        ran = subprocess.run(
            [self.communique, *words], cwd=folder or self.folder, env=self.environ, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        assert ran.returncode == code, ran.stdout
        assert "Traceback" not in ran.stdout
        return ran.stdout


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A clean environment, which sees the packages that we depend on where they are, and of us the wheel alone."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "venv", with_pip=False)
    places = sysconfig.get_paths(vars={"base": str(folder / "venv"), "platbase": str(folder / "venv")})
    packages = Path(places["purelib"])
    # A folder that a .pth file names is looked into, but not the .pth files in it: an editable checkout stays unseen.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    python = Path(places["scripts"], "python")
    pip("--python", str(python), "install", "--no-deps", "--no-index", "--ignore-installed", str(wheel), cwd=folder)
    return Installed(packages, python, Path(places["scripts"], "communique"), folder)


@pytest.fixture(scope="module")
def publication(installed: Installed) -> Path:
    """A publication that was begun there, to which a kind, a term, a rule and a shape of its own were added."""
    assert "communique build && communique serve" in installed.run("init", "mine")
    begun = installed.folder / "mine"
    assert installed.run("check", folder=begun) == "0 violations, 0 warnings; 1 document checked\n"
    theirs = own.publication(installed.folder / "as-the-checkout-has-it")
    for file in (one for one in begun.rglob("*") if one.is_file() and one.relative_to(begun).parts[0] != "seeds"):
        if file.name != "publication.toml":
            assert file.read_bytes() == (theirs / file.relative_to(begun)).read_bytes()
    shutil.rmtree(begun)
    theirs.rename(begun)
    return begun


def test_the_top_of_site_packages_has_our_two_packages_and_nothing_else_of_ours(installed: Installed) -> None:
    there = {re.sub(r"-[0-9.]+\.dist-info$", ".dist-info", one.name) for one in installed.packages.iterdir()}
    assert there - {"dependencies.pth", "__pycache__"} == {"publisher", "mappings", "communique.dist-info"}


def test_the_package_is_the_installed_one(installed: Installed) -> None:
    asked = "import mappings, publisher; print(publisher.__file__); print(mappings.__file__)"
    command = [str(installed.python), "-c", asked]
    told = subprocess.run(
        command, cwd=installed.folder, env=installed.environ, capture_output=True, text=True, check=True
    ).stdout
    assert told.split() == [str(installed.packages / name / "__init__.py") for name in ("publisher", "mappings")]


@pytest.mark.parametrize("name", ["ontology", "shapes", "publisher/queries", "publisher/web", "publisher/starter"])
def test_what_is_no_code_is_in_the_wheel_too(name: str, installed: Installed) -> None:
    inside = installed.packages / "publisher" / name.removeprefix("publisher/")
    files = {file.relative_to(ROOT / name) for file in (ROOT / name).rglob("*") if file.is_file()}
    for file in (one for one in files if "__pycache__" not in one.parts):
        assert (inside / file).read_bytes() == (ROOT / name / file).read_bytes()


def test_outside_a_publication_a_command_says_how_to_begin_one(installed: Installed) -> None:
    assert "communique init DIR" in installed.run("build", code=1)
    assert "Examples:" in installed.run("build", "--help")


def test_the_curators_commands_work_there(publication: Path, installed: Installed) -> None:
    (warning,) = json.loads(installed.run("check", "--json", folder=publication))["findings"]
    assert warning["shape"] == f"{own.OWN}Building"
    assert "43 of 43 content words covered" in installed.run("coverage", folder=publication / "seeds")
    assert "kind-builds" in json.loads(installed.run("schema", folder=publication))["$defs"]
    (publication / "next.txt").write_text("They met in Port Alder.\n", "utf-8")
    installed.run("new", "next.txt", folder=publication)
    assert (publication / "next.yaml").is_file()


@pytest.fixture(scope="module")
def served(publication: Path, installed: Installed) -> Iterator[str]:
    """The publication, built and served: its base."""
    port = free_port()
    base = f"http://localhost:{port}/"
    apply(publication / "publication.toml", swap(("http://localhost:8000/", base)))
    assert "1 document" in installed.run("build", folder=publication)
    process = subprocess.Popen(
        [installed.communique, "serve"], cwd=publication, env=installed.environ, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                break
        assert f"Serving release {(publication / 'releases' / 'current').readlink().name[:12]} at {base}\n" in said, (
            said
        )
        assert "None" not in "".join(said)
        yield base
    finally:
        stop(process)


def get(address: str, accept: str) -> str:
    """Return what an address answers in a format, wherever it leads."""
    request = urllib.request.Request(address, headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=SECONDS) as answer:
        assert answer.status == 200
        return str(answer.read().decode())


def test_a_page_of_a_thing_answers(served: str) -> None:
    page = get(f"{served}id/state/veldoria", "text/html")
    assert "<html" in page
    assert "Veldoria" in page
    assert "built at" in page


def test_a_fact_of_its_own_kind_answers_as_data(served: str) -> None:
    data = get(f"{served}id/fact/{own.BUILT}", "text/turtle")
    assert f"{own.OWN}builtAt" in data


def test_a_query_is_answered_by_the_release_and_by_the_server(
    served: str, publication: Path, installed: Installed
) -> None:
    query = f"SELECT ?state {{ <id/place/port-alder> <{own.OWN}builtBy> ?state }}"
    expected = f"state\n{served}id/state/veldoria\n"
    assert installed.run("query", query, "--format", "csv", folder=publication).replace("\r", "") == expected
    told = installed.run("query", query, "--format", "csv", "--endpoint", f"{served}sparql", "--base", served)
    assert told.replace("\r", "") == expected


@pytest.mark.java
def test_the_reasoner_reads_its_terms_too(served: str, publication: Path, installed: Installed) -> None:
    need("java")
    verdict = json.loads(installed.run("reason", "--json", folder=publication))
    assert verdict["consistent"] is True
    built_by = [f"{served}id/place/port-alder", f"{own.OWN}builtBy", f"{served}id/state/veldoria"]
    assert built_by in verdict["inferred"]
