"""Where things are: read from the environment once, at the edge, and passed on as a value."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publisher.errors import CommuniqueError, Problem, SheetError
from publisher.nodes import decode

_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
#: Scheme, host, a port or none, and a path that ends in a slash and goes nowhere up; IRIs must be absolute and plain.
_BASE: Final = re.compile(
    rf"https?://(?P<host>{_LABEL}(?:\.{_LABEL})*)(?::(?P<port>[0-9]{{1,5}}))?/(?:(?!\.\.?/)[A-Za-z0-9._~-]+/)*"
)
LONGEST_HOST: Final = 253
LAST_PORT: Final = 65_535
IRI = re.compile(r"https?://[A-Za-z0-9./_~:#?=&;,+-]+")
MODULE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

#: The file by which the folder of a publication is known.
PUBLICATION: Final = "publication.toml"
PACKAGE: Final = Path(__file__).resolve().parent
#: The folder above the package: in a checkout a publication itself, after an installation none.
CHECKOUT: Final = PACKAGE.parent


def is_base(iri: str) -> bool:
    """Say whether all IRIs of a release may begin so (RFC 3986, section 3; RFC 1035, section 2.3.4, for the host)."""
    found = _BASE.fullmatch(iri)
    return found is not None and len(found["host"]) <= LONGEST_HOST and int(found["port"] or 0) <= LAST_PORT


def require_base(where: str, iri: str) -> None:
    """Raise CommuniqueError for a base that is none. where: what gives it."""
    if not is_base(iri):
        raise CommuniqueError(f"{where}: '{iri}'; expected http(s)://host/ or http(s)://host/path/")


@dataclass(frozen=True)
class Settings:
    """The folders of one publication.

    project: the folder that holds publication.toml, seeds/, and what the publication adds to ours, ontology/ and
    shapes/. releases: where releases are made.
    """

    project: Path
    releases: Path

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], folder: Path) -> "Settings":
        """Return the settings of a command that is given in a folder.

        The project is COMMUNIQUE_PROJECT; or else the folder, or the nearest above it, that has a publication.toml; or
        else the checkout. The releases are COMMUNIQUE_RELEASES, or else in its folder releases. Raise CommuniqueError
        where there is no project.
        """
        named = environ.get("COMMUNIQUE_PROJECT")
        project = Path(named).absolute() if named else _project(folder.absolute())
        return cls(project, Path(environ.get("COMMUNIQUE_RELEASES") or project / "releases").absolute())

    def environ(self) -> dict[str, str]:
        """Return these settings as the environment that reads them again: for a server's workers."""
        return {"COMMUNIQUE_PROJECT": str(self.project), "COMMUNIQUE_RELEASES": str(self.releases)}


def _project(folder: Path) -> Path:
    for one in (folder, *folder.parents, CHECKOUT):
        if (one / PUBLICATION).is_file():
            return one
    raise CommuniqueError(
        f"There is no publication here: neither {folder} nor a folder above it has one, with its {PUBLICATION}. "
        "Begin one (communique init DIR), go to its folder, or name that in COMMUNIQUE_PROJECT."
    )


def sources(project: Path, name: str) -> tuple[Path, Path | None]:
    """Return where an `ontology` or the `shapes` are: our folder, and that of a project, if it has another.

    Ours lies inside the package where it was installed, and beside it in a checkout.
    """
    installed, own = PACKAGE / name, project / name
    ours = installed if installed.is_dir() else CHECKOUT / name
    return ours, None if not own.is_dir() or own.samefile(ours) else own


def files(project: Path, name: str) -> Iterator[tuple[str, Path]]:
    """Yield the Turtle files and the rules of an `ontology` or of the `shapes`, each with its path in a release.

    Those of the project itself stand below `own`.
    """
    ours, own = sources(project, name)
    for folder, path in ((ours, name), (own, f"{name}/own")):
        if folder:
            written = (file for file in sorted(folder.rglob("*")) if file.suffix in (".ttl", ".rq"))
            yield from ((f"{path}/{file.relative_to(folder).as_posix()}", file) for file in written)


@dataclass(frozen=True)
class Publication:
    """What publication.toml says: a title, a description, who publishes, under which licence and which base IRI.

    kinds: the name of the module of its own kinds of facts, if it has one.
    """

    title: str
    description: str
    publisher: str
    licence: str
    base: str
    kinds: str | None = None

    @classmethod
    def read(cls, file: Path, base: str | None = None) -> "Publication":
        """Read publication.toml; `base` overrides its base. Raise an error where one is wrong or not there."""
        try:
            given = tomllib.loads(decode(file))
        except tomllib.TOMLDecodeError as error:
            raise SheetError([Problem(file, 0, f"is not TOML: {error}")]) from error
        names = cls.__dataclass_fields__.keys() - {"kinds"}
        if given.keys() - {"kinds"} != names or not all(isinstance(value, str) for value in given.values()):
            what = f"expected exactly these, each a text: {', '.join(sorted(names))}; and kinds, for kinds of your own"
            raise SheetError([Problem(file, 0, what)])
        if not IRI.fullmatch(given["licence"]):
            raise SheetError([Problem(file, 0, f"licence: '{given['licence']}' is no IRI; expected http(s)://...")])
        if (module := given.get("kinds")) is not None and not MODULE.fullmatch(module):
            what = f"kinds: '{module}' is no name of a module; expected kinds, say, for kinds.py beside this file"
            raise SheetError([Problem(file, 0, what)])
        if module is not None and not (file.parent / f"{module}.py").is_file():
            raise SheetError([Problem(file, 0, f"kinds: there is no file {module}.py beside this one")])
        for where, chosen in ((f"{file}: base", given["base"]), ("--base", base)):
            if chosen is not None:
                require_base(where, chosen)
        given["base"] = base or given["base"]
        return cls(**given)
