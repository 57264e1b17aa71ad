"""What commands share: where they are given, the examples that end their help, and what a person sees of their work."""

import os
import sys
from pathlib import Path

import click

from publisher.settings import Settings


def here() -> Settings:
    """Return the settings of the publication that a command works on: where it is given, or as the environment says."""
    return Settings.from_environ(os.environ, Path.cwd())


def examples_of(*lines: str) -> str:
    """Return the examples that end a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def progress(text: str) -> None:
    """Say what goes on, where a person is watching."""
    if sys.stderr and sys.stderr.isatty():
        click.echo(f"  {text}", err=True)
