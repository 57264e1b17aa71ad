"""The version of the code changes with what decides the data, and is the same from a checkout and from a wheel."""

import re
import shutil
import tomllib
from importlib.metadata import version as installed
from pathlib import Path

import pytest

from publisher.version import digest, version
from tests.conftest import ROOT


@pytest.fixture
def code(tmp_path: Path) -> Path:
    """What an installation has of our code: the packages, and what belongs to them, as pyproject.toml says."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = told.get("package-dir", {})
    for package in told["packages"]:
        own = ROOT / folders.get(package, package.replace(".", "/"))
        for pattern in ("*.py", *told["package-data"].get(package, ())):
            for file in own.glob(pattern):
                there = tmp_path / package.replace(".", "/") / file.relative_to(own)
                if file.is_file():
                    there.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(file, there)
    return tmp_path


def test_it_is_the_packages_version_and_the_codes_hash() -> None:
    assert re.fullmatch(re.escape(installed("communique")) + r"\+[0-9a-f]{12}", version())


def test_what_is_installed_has_the_version_of_the_checkout(code: Path) -> None:
    assert digest(code) == digest(ROOT)


@pytest.mark.parametrize("file", ["mappings/talks.py", "publisher/web/known.py", "publisher/queries/derived.rq"])
def test_a_changed_or_missing_or_renamed_file_is_another_version(code: Path, file: str) -> None:
    before, path = digest(code), code / file
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    changed = digest(code)
    path.unlink()
    missing = digest(code)
    path.with_stem("another").write_bytes(content)
    assert len({before, changed, missing, digest(code)}) == 4


def test_what_decides_nothing_of_the_data_does_not_count(code: Path) -> None:
    before = digest(code)
    (code / "publisher" / "web" / "templates" / "base.html").write_text("another page", "utf-8")
    (code / "mappings" / "__pycache__").mkdir()
    (code / "mappings" / "__pycache__" / "talks.cpython-311.pyc").write_bytes(b"compiled")
    (code / "tests.py").write_text("# nothing of ours", "utf-8")
    assert digest(code) == before
