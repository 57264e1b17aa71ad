"""A copy of the project in which one thing is changed: what a slip of a curator's hand looks like."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT

SHEET = "mali-2025-07-28.yaml"
TEXT = "mali-2025-07-28.txt"

#: From a file's bytes to what they become; None: the file is gone.
Change = Callable[[bytes], bytes | None]


def project(folder: Path) -> Path:
    """Make a project in this folder, with seeds of its own, and return the folder."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copy(ROOT / "publication.toml", folder)
    return folder


def once(written: bytes, words: str) -> int:
    """Return where words stand that a file has once, so that no edit or place is another than was meant."""
    count = written.count(words.encode())
    assert count == 1, f"these words of the test stand {count} times in the file: {words}"
    return written.index(words.encode())


def swap(*pairs: tuple[str, str]) -> Change:
    """Replace words, each of which stands in the file once."""

    def change(written: bytes) -> bytes:
        for old, new in pairs:
            at = once(written, old)
            written = written[:at] + new.encode() + written[at + len(old.encode()) :]
        return written

    return change


def drop(start: str) -> Change:
    """Drop the one line that begins with these words."""

    def change(written: bytes) -> bytes:
        left, count = re.subn(rb"(?m)^" + re.escape(start.encode()) + rb".*\n", b"", written)
        assert count == 1, f"{count} lines begin with: {start}"
        return left

    return change


def add(more: str) -> Change:
    """Add lines at the end."""
    return lambda written: written + more.encode()


def apply(file: Path, change: Change) -> None:
    """Change a file."""
    became = change(file.read_bytes() if file.exists() else b"")
    if became is None:
        file.unlink()
    else:
        file.write_bytes(became)


def line(file: Path, words: str) -> int:
    """Return the line on which words stand that the file has once."""
    written = file.read_bytes()
    return written.count(b"\n", 0, once(written, words)) + 1


def entry(file: Path, words: str) -> range:
    """Return the lines of the entry that begins with these words, which the file has once."""
    lines = file.read_text("utf-8").split("\n")
    first = line(file, words.lstrip("\n")) if not words.startswith("\n") else line(file, words) + 1
    inner = len(lines[first - 1]) - len(lines[first - 1].lstrip())
    end = first + 1
    while end <= len(lines) and len(lines[end - 1]) - len(lines[end - 1].lstrip()) > inner:
        end += 1
    return range(first, end)
