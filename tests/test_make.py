"""What is missing on a machine is said in a sentence that names the remedy."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.prerequisites import need


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the Makefile and nothing that was made."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in ("requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    return tmp_path


def make(folder: Path, *words: str, path: str | None = None) -> "subprocess.CompletedProcess[str]":
    """Run make in a folder."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environ["PATH"] = path or environ["PATH"]
    command = [need("make"), *words]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, timeout=60, check=False)


def python(folder: Path, name: str, script: str) -> Path:
    """Put down a program that plays Python."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def test_an_old_python_is_named_with_a_remedy(folder: Path) -> None:
    old = python(folder, "python3.9", "exit 1")
    ran = make(folder, "serve", f"PYTHON={old}")
    assert ran.returncode != 0
    assert f"{old} is older than Python 3.11. Install a newer one" in ran.stderr


def test_a_python_that_cannot_make_environments_is_named_with_a_remedy(folder: Path) -> None:
    bare = python(folder, "python3", f'case "$2" in *ensurepip*) exit 1;; esac\nexec {sys.executable} "$@"')
    ran = make(folder, "test", f"PYTHON={bare}")
    assert ran.returncode != 0
    assert "apt install python3-venv" in ran.stderr
    assert not (folder / ".venv").exists()


def test_no_python_at_all_is_said(folder: Path) -> None:
    ran = make(folder, "serve", "PYTHON=")
    assert ran.returncode != 0
    assert "needs Python 3.11 or newer, and none is on the path" in ran.stderr


def test_make_says_what_there_is_to_make(folder: Path) -> None:
    ran = make(folder)
    for target in ("serve", "test", "lint", "test-all"):
        assert f"make {target}" in ran.stdout


@pytest.mark.slow
def test_an_installation_that_failed_is_tried_again(folder: Path) -> None:
    """A stamp is written only when all behind it went well."""
    (folder / "requirements.txt").write_text("no-such-package-at-all==1 --hash=sha256:" + "0" * 64, encoding="utf-8")
    environ = {**os.environ, "PIP_NO_INDEX": "1"}
    command = [need("make"), "build", f"PYTHON={sys.executable}"]
    ran = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode != 0
    assert "The packages could not be installed" in ran.stderr
    assert not (folder / ".venv" / "installed").exists()
