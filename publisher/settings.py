"""Where things are: read from the environment once, at the edge, and passed on as a value."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publisher.errors import Problem, SheetError
from publisher.nodes import decode

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
        """Read publication.toml; `base` overrides its base. Raise SheetError where it is wrong or not there."""
        try:
            given = tomllib.loads(decode(file))
        except tomllib.TOMLDecodeError as error:
            raise SheetError([Problem(file, 0, f"is not TOML: {error}")]) from error
        if base is not None:
            given["base"] = base
        names = set(cls.__dataclass_fields__)
        if set(given) != names or not all(isinstance(value, str) for value in given.values()):
            raise SheetError([Problem(file, 0, f"expected exactly these, each a text: {', '.join(sorted(names))}")])
        if not _is_base(given["base"]):
            raise SheetError(
                [Problem(file, 0, f"base: '{given['base']}'; expected http(s)://host/ with a slash at its end")]
            )
        return cls(**given)


def _is_base(base: str) -> bool:
    scheme, _, rest = base.partition("://")
    host, slash, _ = rest.partition("/")
    plain = base.isascii() and not any(character in base for character in " <>\"{}|\\^`?#'@%")
    return (
        scheme in ("http", "https") and bool(host) and bool(slash) and base.endswith("/") and "//" not in rest and plain
    )
