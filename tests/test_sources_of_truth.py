"""The documents are evidence, and no byte of them changes; and no file tells on the machine that it was written on."""

import hashlib
import re
import subprocess

import pytest

from tests.conftest import ROOT
from tests.prerequisites import need
from tests.source import Source

#: The documents, and the sha256 of each. A changed text is a new document, so no line of this list ever changes.
DOCUMENTS = {
    "mali-2025-07-28.txt": "e3ed5cd0163187d8362ea45d5e69ff65aa31fe0b3f257258d5f42b344c4713e8",
    "us-reported-massacre-mali-2022-04-03.txt": "1aeaecbee69347a17cd28939b0acac8ec85cec962196577d4f047db21861a604",
    "us-sherman-hassoumi-2022-07-28.txt": "82146af460ed6aa4e58423db7918ed36b5160a60e5f4eb99e61dedfd4c115bb1",
    "us-sison-travel-bamako-2022-03-14.txt": "15b5b459b03114e3a00ab78e6cce96eb53385f7232e061d440414bea92a08e86",
}
#: Places of one machine, and hosts of package registries. Each is written so that it does not match itself.
FORBIDDEN = {
    "a folder of one machine": r"/(?:root|home/\w+|Users/\w+|work)[/]\w|[A-Z]:[\\]Users",
    "a host of a package registry": r"(?:pypi|pythonhosted|npmjs|proxy[.]golang|crates)[.](?:org|io|com)|artifac[t]ory"
    r"|--(?:extra-)?index[-]url",
}


def files() -> list[str]:
    """Return what git has, or would take."""
    git = need("git")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no checkout")
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_each_document_is_byte_for_byte_what_was_received() -> None:
    there = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((ROOT / "seeds").glob("*.txt"))
    }
    assert there == DOCUMENTS


def test_each_sheet_was_written_for_the_document_that_is_there(source: Source) -> None:
    assert {sheet.text.file.name: sheet.text.sha256 for sheet in source.seeds.sheets} == DOCUMENTS


def test_no_tool_may_change_the_line_ends_of_a_document() -> None:
    git = need("git")
    assert "seeds/* -text" in (ROOT / ".gitattributes").read_text("utf-8").splitlines()
    told = subprocess.run(
        [git, "check-attr", "text", "--", *(f"seeds/{name}" for name in DOCUMENTS)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if told.returncode:
        pytest.skip("this is no checkout")
    assert told.stdout.splitlines() == [f"seeds/{name}: text: unset" for name in DOCUMENTS]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_has(what: str) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:80]}"
        for name in files()
        for number, line in enumerate((ROOT / name).read_text("utf-8", errors="replace").splitlines(), 1)
        if re.search(FORBIDDEN[what], line)
    ]
    assert not found


@pytest.mark.parametrize(
    ("what", "line"),
    [
        ("a folder of one machine", "see /ro" + "ot/project"),
        ("a folder of one machine", "/ho" + "me/ann/project"),
        ("a host of a package registry", "https://py" + "pi.org/simple"),
        ("a host of a package registry", "--index" + "-url https://mirror.example"),
    ],
)
def test_what_is_forbidden_would_be_found(what: str, line: str) -> None:
    assert re.search(FORBIDDEN[what], line)
