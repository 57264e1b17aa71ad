"""A process that is confined reaches no network, starts no program, changes no file, and takes no more memory."""

import platform
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.confinement import MACHINES
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in MACHINES,
    reason="only where the kernel can be asked to confine",
)

OPEN = "import os, socket, subprocess, threading; held = socket.socket(); kept = open(place, 'r+')\n"
CONFINE = "from publisher.confinement import confine; assert confine(512)\n"
#: What is tried, and what becomes of it.
REFUSED = {
    "a connection": "socket.socket()",
    "a connection by what was open": "held.connect(('127.0.0.1', 9))",
    "a name to look up": "socket.getaddrinfo('somewhere.example', 80)",
    "a listener": "held.bind(('127.0.0.1', 0))",
    "a program": "subprocess.run(['true'])",
    "a program in its place": "os.execv('/bin/true', ['true'])",
    "a signal to another": "os.kill(os.getppid(), 15)",
    "a file of its own": "own = open(place + '.new', 'w'); own.write('x'); own.flush()",
    "a write to an open file": "kept.write('x' * 9999); kept.flush()",
    "a file cut short": "os.truncate(place, 0)",
    "a file taken away": "os.unlink(place)",
    "a file moved": "os.rename(place, place + '.moved')",
    "a file's rights": "os.chmod(place, 0o777)",
    "a folder": "os.mkdir(place + '.folder')",
    "memory": "bytearray(600 << 20)",
}


def run(tried: str, place: Path) -> "subprocess.CompletedProcess[str]":
    """Confine a process, and let it try something."""
    place.write_text("as it was", encoding="utf-8")
    code = f"""
place = {str(place)!r}
{OPEN}
{CONFINE}
try:
    {tried}
except (OSError, MemoryError) as error:
    print(type(error).__name__)
else:
    print("done")
"""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("tried", REFUSED.values(), ids=REFUSED.keys())
def test_what_no_query_needs_is_refused(tried: str, tmp_path: Path) -> None:
    place = tmp_path / "file"
    ran = run(tried, place)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() in ("PermissionError", "MemoryError", "OSError", "gaierror"), ran.stdout
    assert place.read_text(encoding="utf-8") == "as it was"
    assert [file.name for file in tmp_path.iterdir() if file.stat().st_size] == ["file"]


def test_what_a_query_needs_is_left(tmp_path: Path) -> None:
    needs = "threading.Thread(target=print).start(); open(place).read(); bytearray(50 << 20); held.close()"
    assert run(needs, tmp_path / "file").stdout.strip() == "done"
