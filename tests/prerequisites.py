"""What a test needs besides Python."""

import os
import shutil

import pytest


def need(tool: str) -> str:
    """Return the path of a program. Where it is missing, skip the test; under CI, where all must run, fail it."""
    path = shutil.which(tool)
    if path is not None:
        return path
    sentence = f"This test needs {tool}, which is not on the path."
    if os.environ.get("CI"):
        pytest.fail(sentence)
    pytest.skip(sentence)
