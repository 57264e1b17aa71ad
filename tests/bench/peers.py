"""Servers of others, with the same data, on ports of their own, ended with the measurement."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.readme import BIN
from tests.serving import free_port

SECONDS: Final = 600


@contextmanager
def oxigraph(dump: Path, kept: Path | None) -> Iterator[str]:
    """Load a dump with Oxigraph's own command, optimize, and serve it; give the address of its endpoint.

    kept: where its store is kept for the next time, or is kept already.
    """
    command = str(BIN / "oxigraph")
    with tempfile.TemporaryDirectory() as folder:
        store = kept or Path(folder) / "store"
        if not store.is_dir():
            for words in (["load", "-l", str(store), "-f", str(dump)], ["optimize", "-l", str(store)]):
                subprocess.run([command, *words], check=True, capture_output=True)
        port = free_port()
        words = ["serve-read-only", "-l", str(store), "-b", f"127.0.0.1:{port}"]
        with _running([command, *words], f"http://127.0.0.1:{port}/") as base:
            yield f"{base}query"


@contextmanager
def rdflib_endpoint(command: str, dump: Path) -> Iterator[str]:
    """Serve the default graph of a dump with rdflib-endpoint, over the Oxigraph store; give its endpoint's address."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nt"
        with dump.open(encoding="utf-8") as quads, data.open("w", encoding="utf-8") as triples:
            triples.writelines(islice(quads, 0, None, 2))  # a generated dump has each triple, and then its quad
        words = ["serve", "--host", "127.0.0.1", "--port", str(port), "--store", "Oxigraph", str(data)]
        with _running([command, *words], f"http://127.0.0.1:{port}/") as base:
            yield base.rstrip("/")


def there(command: str) -> bool:
    """Say whether a command can be run."""
    return shutil.which(command) is not None


@contextmanager
def _running(command: list[str], base: str) -> Iterator[str]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + SECONDS
        while process.poll() is None and time.monotonic() < until:
            try:
                urlopen(base, timeout=5).close()
            except HTTPError:
                break  # it answers, though not this
            except OSError:
                time.sleep(0.2)
            else:
                break
        else:
            raise RuntimeError(f"it did not come up: {' '.join(command)}")
        yield base
    finally:
        process.terminate()
        process.wait()
