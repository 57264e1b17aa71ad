"""Where things are: read from the environment once, at the edge, and passed on as a value."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publisher.errors import CommuniqueError, Problem, SheetError
from publisher.nodes import decode

#: A base: scheme, host, a port or none, and a path that ends in a slash; its IRIs must be absolute and plain.
BASE = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?/(?:[A-Za-z0-9._~-]+/)*")
IRI = re.compile(r"https?://[A-Za-z0-9./_~:#?=&;,+-]+")

HERE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """The folders of one publication.

    project: the folder that holds publication.toml, seeds/, ontology/ and shapes/. releases: where releases are made.
    """

    project: Path = HERE
    releases: Path = HERE / "releases"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Settings":
        """Read COMMUNIQUE_PROJECT (default: the checkout) and COMMUNIQUE_RELEASES (default: its folder releases)."""
        project = Path(environ.get("COMMUNIQUE_PROJECT") or HERE).absolute()
        return cls(project, Path(environ.get("COMMUNIQUE_RELEASES") or project / "releases").absolute())

    def environ(self) -> dict[str, str]:
        """Return these settings as the environment that reads them again: for a server's workers."""
        return {"COMMUNIQUE_PROJECT": str(self.project), "COMMUNIQUE_RELEASES": str(self.releases)}


@dataclass(frozen=True)
class Publication:
    """What publication.toml says: a title, a description, who publishes, under which licence and which base IRI."""

    title: str
    description: str
    publisher: str
    licence: str
    base: str

    @classmethod
    def read(cls, file: Path, base: str | None = None) -> "Publication":
        """Read publication.toml; `base` overrides its base. Raise an error where one is wrong or not there."""
        try:
            given = tomllib.loads(decode(file))
        except tomllib.TOMLDecodeError as error:
            raise SheetError([Problem(file, 0, f"is not TOML: {error}")]) from error
        names = set(cls.__dataclass_fields__)
        if set(given) != names or not all(isinstance(value, str) for value in given.values()):
            raise SheetError([Problem(file, 0, f"expected exactly these, each a text: {', '.join(sorted(names))}")])
        if not IRI.fullmatch(given["licence"]):
            raise SheetError([Problem(file, 0, f"licence: '{given['licence']}' is no IRI; expected http(s)://...")])
        for where, chosen in ((f"{file}: base", given["base"]), ("--base", base)):
            if chosen is not None and not BASE.fullmatch(chosen):
                raise CommuniqueError(f"{where}: '{chosen}'; expected http(s)://host/ or http(s)://host/path/")
        given["base"] = base or given["base"]
        return cls(**given)
