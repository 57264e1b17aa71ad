"""The version of the code that makes a release: that of the package, and the sha256 of what the data depends on.

Two builds with one version and the same sources give the same release, whether from a checkout or from a wheel.
"""

import hashlib
from functools import cache
from importlib.metadata import version as installed
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent.parent
#: The files that decide what a release holds; pages and styles do not.
FILES: Final = ("mappings/**/*.py", "publisher/**/*.py", "publisher/queries/**/*.rq")


@cache
def version() -> str:
    """Return the version of the code, as PEP 440 writes a local one: `0.1.0+3f9a0c27be51`."""
    return f"{installed('communique')}+{digest(HERE)}"


def digest(folder: Path) -> str:
    """Return the first 12 hex digits of the sha256 of our code. folder: what holds `publisher` and `mappings`."""
    files = sorted({file.relative_to(folder).as_posix() for pattern in FILES for file in folder.glob(pattern)})
    lines = [f"{hashlib.sha256((folder / file).read_bytes()).hexdigest()}  {file}\n" for file in files]
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:12]
