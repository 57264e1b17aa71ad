"""What many tests need: a release of the project's own seeds, its store, and the application that serves it."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from flask.testing import FlaskClient

from publisher.build import build
from publisher.checks import Checker
from publisher.release import Release
from publisher.settings import Settings
from publisher.stores import LocalStore
from tests.source import Source

# CI says the same of the same commit; elsewhere each run looks somewhere else.
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def source() -> Source:
    """The project's seeds, read and mapped."""
    return Source.read(ROOT)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The project, with a folder of its own for releases."""
    return Settings(ROOT, tmp_path_factory.mktemp("releases"))


@pytest.fixture(scope="session")
def release(settings: Settings) -> Release:
    """A release of the project's seeds."""
    return build(settings, None, lambda _: None)


@pytest.fixture(scope="session")
def store(release: Release) -> LocalStore:
    """The store of that release."""
    return LocalStore(release)


@pytest.fixture(scope="session")
def served(settings: Settings, release: Release) -> Iterator[FlaskClient]:
    """The application, serving that release."""
    from tests.fronts import fronting

    with fronting(settings) as client:
        yield client


@pytest.fixture
def client(served: FlaskClient) -> FlaskClient:
    """A client of it, without a network; an error in a view is an answer, as it is for a user."""
    return served


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds that run no shapes, for tests of what comes after them."""
    monkeypatch.setattr(Checker, "_run", lambda *_: iter(()))


@pytest.fixture
def little(tmp_path: Path) -> Settings:
    """A project with the small document."""
    from tests import small
    from tests.edits import project

    folder = project(tmp_path)
    shutil.rmtree(folder / "seeds")
    small.write(folder / "seeds")
    return Settings(folder, tmp_path / "releases")


def parts(release: Release) -> dict[str, bytes]:
    """Return all files of a release but its store."""
    return {
        str(path.relative_to(release.folder)): path.read_bytes()
        for path in sorted(release.folder.rglob("*"))
        if path.is_file() and path.relative_to(release.folder).parts[0] != "store"
    }
