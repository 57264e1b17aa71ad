"""The README is true: its commands run in a fresh clone, and print what it shows."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from publisher.cli import main
from tests.conftest import ROOT
from tests.prerequisites import need
from tests.readme import README, commands, section
from tests.serving import free_port

PORT = "8000"
#: Its commands are run by test_imports.py, with the stores that they load.
ELSEWHERE = section("Load the data elsewhere")
#: Its commands are run by test_clients.py, with the clients that they need.
CLIENTS = section("Clients")


def test_the_two_commands_stand_first() -> None:
    assert [command for command, _ in commands()][:2] == ["make serve", "make test"]


def test_every_command_of_the_command_line_is_in_the_readme() -> None:
    for command in main.commands:
        assert f"`{command}`" in README or f"communique {command}" in README


def test_every_package_that_we_depend_on_is_in_its_table() -> None:
    import tomllib

    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    table = README[README.index("| package |") : README.index("## Where things are")].lower()
    for package in needed:
        assert re.split("[<>=]", package)[0] in table


def test_every_module_in_the_table_is_there_and_imports_its_package() -> None:
    rows = re.findall(r"^\| \[(\w+)\]\([^)]*\) \| (.*?) \|", README, re.MULTILINE)
    assert len(rows) >= 10
    names = {"pyyaml": "yaml"}
    for package, modules in rows:
        module = names.get(package.lower(), package.lower())
        for path in re.findall(r"`([^`]+)`", modules):
            files = [ROOT / path] if path.endswith(".py") else sorted((ROOT / path).rglob("*.py"))
            sources = "".join(file.read_text(encoding="utf-8") for file in files).lower()
            assert re.search(rf"(import|from) {module}\b", sources), f"{path} does not import {package}"


def test_links_to_files_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^):#]+)\)", text):
            assert (ROOT / target).exists(), f"{name} links to {target}"


def test_the_page_of_the_dumps_shows_commands_of_the_readme(client: FlaskClient) -> None:
    _, _, loading = client.get("/dumps/").text.partition("Loading them")
    shown = re.findall(r"<pre>(.*?)</pre>", loading)
    assert len(shown) == 5
    run = [command for command, _ in commands(ELSEWHERE)]
    assert [line for line in map(unescape, shown) if not any(line in command for command in run)] == []


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, list[str]]]:
    """A fresh clone in which `make serve` runs, with no environment of ours: its folder, its port, what was printed."""
    make, git = need("make"), need("git")
    need("curl")
    folder = tmp_path_factory.mktemp("fresh") / "communique"
    subprocess.run([git, "clone", "--quiet", str(ROOT), str(folder)], check=True)
    _bring_what_is_not_committed(git, folder)
    port = str(free_port())
    said: list[str] = []
    process = subprocess.Popen(
        [make, "serve", f"PORT={port}"],
        cwd=folder,
        env=_bare(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    until = time.monotonic() + 600
    for line in process.stdout:
        said.append(line)
        if "Ctrl-C" in line or time.monotonic() > until:
            break
    try:
        yield folder, port, said
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        process.stdout.close()


def _bring_what_is_not_committed(git: str, folder: Path) -> None:
    """Let the clone be of the tree as it stands, so that a test is of what was just written."""
    changed = subprocess.run([git, "diff", "HEAD", "--binary"], cwd=ROOT, capture_output=True, check=True).stdout
    if changed:
        subprocess.run([git, "apply", "--whitespace=nowarn"], cwd=folder, input=changed, check=True)
    new = subprocess.run([git, "ls-files", "-o", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True)
    for name in filter(None, new.stdout.decode().split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())


def _bare() -> dict[str, str]:
    """Return an environment in which no virtual environment is active and nothing of ours is set."""
    gone = (
        "VIRTUAL_ENV",
        "PYTHONPATH",
        "PYTHONHOME",
        "COMMUNIQUE_PROJECT",
        "COMMUNIQUE_RELEASES",
        "MAKEFLAGS",
        "MAKELEVEL",
    )
    path = os.pathsep.join(part for part in os.environ["PATH"].split(os.pathsep) if ".venv" not in part)
    return {**{name: value for name, value in os.environ.items() if name not in gone}, "PATH": path}


@pytest.mark.slow
def test_make_serve_in_a_fresh_clone_says_what_the_readme_shows(clone: tuple[Path, str, list[str]]) -> None:
    _, port, said = clone
    printed = "".join(said)
    for line in re.findall(r"^    (Q  .*|A  .*|   “.*)$", README, re.MULTILINE):
        assert line.strip() in printed
    assert f"http://localhost:{port}/sparql" in printed


@pytest.mark.slow
def test_the_commands_of_the_readme_run_and_print_what_it_shows(clone: tuple[Path, str, list[str]]) -> None:
    """All but ELSEWHERE, CLIENTS and the first two: the fixture runs `make serve`, and this runs after `make test`."""
    folder, port, said = clone
    assert "Ctrl-C" in said[-1], "".join(said)
    for command, lines in commands(README.replace(ELSEWHERE, "").replace(CLIENTS, ""))[2:]:
        ran = subprocess.run(
            ["bash", "-c", command.replace(PORT, port)],
            cwd=folder,
            env=_bare(),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"
        for line in lines:
            expected = line.strip().replace(PORT, port)
            assert expected in ran.stdout, f"{command}\nexpected: {expected}\nprinted:\n{ran.stdout}"
