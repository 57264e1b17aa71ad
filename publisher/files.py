"""Files of RDF as a release: loaded as they are, with no seeds and no build, so that a server can serve them.

The folder is one of releases with one release, whose manifest names the files instead of parts and documents. The
loading is done in a process of its own: a file that was made to do harm may end it, and never the server; and the
memory that it took is free again when the server begins.
"""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from publisher.errors import CommuniqueError, Problem, Unreadable
from publisher.inputs import inputs
from publisher.release import CURRENT, Release
from publisher.settings import CHECKOUT, Settings

Say = Callable[[str], None]

LOADING: Final = ".loading"


def load(files: Sequence[Path], folder: Path, base: str, *, merge: bool, say: Say) -> Release:
    """Make a release of files in a folder, let its `current` point to it, and return it.

    base: the server's; the relative IRIs of a file are resolved against it and the file's name. merge: the default
    graph becomes the merge of all graphs; else all graphs stay as the files have them. say: is told how far it is.
    Raise Unreadable with all that is wrong in any file, and leave nothing behind.
    """
    loading = folder / LOADING
    try:
        inputs(files)  # what is wrong with their names alone is said at once
        asked = {"files": [str(one) for one in files], "folder": str(loading.absolute()), "base": base, "merge": merge}
        _apart(asked, say)
        made = Release.open(loading, named=False)
        loading.rename(folder / made.id)
        (folder / CURRENT).symlink_to(made.id)
        return Release.open(folder / made.id)
    finally:
        shutil.rmtree(loading, ignore_errors=True)


@contextmanager
def opened(files: Sequence[Path], base: str, *, merge: bool, say: Say) -> Iterator[Settings]:
    """Load files into a folder of their own, give the settings to serve them with, and take the folder away again.

    A signal that asks to end while they are being loaded ends that, too.
    """
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with tempfile.TemporaryDirectory(prefix="communique-", ignore_cleanup_errors=True) as folder:
            load(files, Path(folder), base, merge=merge, say=say)
            yield Settings(Path(folder), Path(folder))
    finally:
        signal.signal(signal.SIGTERM, before)


def _apart(asked: dict[str, Any], say: Say) -> None:
    """Load files in a process of its own (publisher/loading.py), which ends with this one.

    Raise Unreadable for what is wrong in them, CommuniqueError where the process ends before it is done.
    """
    with subprocess.Popen(
        [sys.executable, "-E", "-s", "-m", "publisher.loading"],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        process_group=0,  # Ctrl-C is for this process, which ends that one
    ) as process:
        try:
            _listen(process, asked, say)
        finally:
            process.kill()


def _listen(process: "subprocess.Popen[bytes]", asked: dict[str, Any], say: Say) -> None:
    """Tell a process what to load, and say what it says, until it is done."""
    if process.stdin is None or process.stdout is None:
        raise TypeError("the process has no pipes")
    with suppress(BrokenPipeError):  # it has ended already, which the next line finds
        process.stdin.write(json.dumps({**asked, "here": str(Path.cwd())}).encode() + b"\n")
    last = ""
    for line in process.stdout:
        match json.loads(line):
            case {"say": text}:
                last = text
                say(text)
            case {"unreadable": found}:
                raise Unreadable([Problem(Path(file), line, message, column) for file, line, message, column in found])
            case {"failed": message}:
                raise CommuniqueError(f"The files could not be loaded: {message}")
            case _:
                return
    raise CommuniqueError(
        f"The process that loads the files was ended; its last word was: {last.strip() or 'none'}. Either there is "
        "not memory enough, or a file nests terms in each other so deep that the engine fails."
    )
