"""What a test needs besides Python."""

import os
import shutil
from pathlib import Path

import pytest


def need(tool: str, *folders: Path) -> str:
    """Return the path of a program. Where it is missing, skip the test; under CI, where all must run, fail it.

    folders: where it may be besides the path, and is looked for first.
    """
    path = shutil.which(tool, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", os.defpath)]))
    if path is not None:
        return path
    sentence = f"This test needs {tool}, which is not on the path."
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)
