"""Inputs: files of RDF as somebody wrote them, each in the format that its name says, packed or not, never trusted."""

import gzip
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote

import pyoxigraph as ox

from publisher import charsets, entities
from publisher.errors import Problem, Unreadable
from publisher.media import GRAPHS, JSON_LD, N_QUADS, RDF_XML, Format
from publisher.tables import printable

#: Formats by the ends of file names, those that others use for them too.
SUFFIXES: Final[dict[str, Format]] = {
    **{f".{form.suffix}": form for form in (*GRAPHS, N_QUADS)},
    ".owl": RDF_XML,
    ".xml": RDF_XML,
    ".json": JSON_LD,
}
PACKED: Final = ".gz"
#: How many times its packed size a file may have. RDF has some 10 to 40 times; a file that was made to do harm, 1,000.
MOST_RATIO: Final = 200
#: So much may come out of any packed file.
ALWAYS: Final = 64 << 20
BOM: Final = b"\xef\xbb\xbf"
#: How the engine begins what it says of a file.
PLACE: Final = re.compile(r"Parser error (?:at|between) line \d+ .*?: (?=\S)", re.DOTALL)
REMOTE: Final = "No LoadDocumentCallback"
#: What is said where a file breaks off at once.
HINT: Final = ". Is it another format? Give Turtle the ending .ttl, and so on"


@dataclass(frozen=True)
class Input:
    """A file of RDF. name: its own, numbered where another one has it too. packed: whether it is compressed by gzip."""

    path: Path
    name: str
    format: Format
    packed: bool

    def quads(self, base: str) -> "Quads":
        """Return its quads, read as they are asked for. Raise Unreadable where it breaks off.

        base: what its relative IRIs are resolved against, together with its name.
        """
        return Quads(self, f"{base}{quote(self.name)}")

    def error(self, message: str, line: int = 0, column: int = 0) -> Unreadable:
        """Return an error at a place in this file, to be raised."""
        return Unreadable([Problem(self.path, line, printable(message), column)])

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Open it to read its bytes, unpacked, in UTF-8, and without the mark that some editors put in front.

        Only XML may be in another encoding. Raise Refused for one that is not known here.
        """
        with self.path.open("rb") as raw, closing(_Unpacked(self, raw) if self.packed else raw) as plain:
            buffered = io.BufferedReader(plain, 1 << 16)
            if self.format is RDF_XML:
                yield charsets.utf8(buffered)
            else:
                if buffered.peek(len(BOM)).startswith(BOM):
                    buffered.read(len(BOM))
                yield buffered


class Quads(Iterator[ox.Quad]):
    """The quads of an input, in its order. Its blank nodes are its own: no other input has them.

    prefixes: those that it has declared so far.
    """

    def __init__(self, source: Input, base: str) -> None:
        self._source = source
        self._base = base
        self._quads = self._read()
        self.prefixes: dict[str, str] = {}

    def __next__(self) -> ox.Quad:
        return next(self._quads)

    def _read(self) -> Iterator[ox.Quad]:
        source = self._source
        try:
            if source.format is RDF_XML:
                with source.opened() as content:
                    entities.check(content)
            with source.opened() as content:
                form = source.format.engine
                if not isinstance(form, ox.RdfFormat):
                    raise TypeError(f"{source.format.name} is no format of RDF")
                parser = ox.parse(content, format=form, base_iri=self._base, rename_blank_nodes=True)
                yield from parser
                self.prefixes = dict(parser.prefixes)
        except entities.Refused as error:
            hint = "" if error.message.startswith("The ") or error.line > 1 else HINT
            raise source.error(error.message + hint, error.line, error.column) from error
        except SyntaxError as error:
            raise source.error(_told(source, error), error.lineno or 0, error.offset or 0) from error
        except EOFError as error:
            raise source.error("breaks off: the packed file is not whole") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise source.error(f"cannot be unpacked: {error}") from error
        except (OSError, ValueError) as error:
            raise source.error(f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


class _Unpacked(gzip.GzipFile):
    """The bytes of a packed input. It ends with an error where far more comes out than RDF can be packed."""

    def __init__(self, source: Input, raw: BinaryIO) -> None:
        super().__init__(fileobj=raw, mode="rb")
        self._source = source
        self._raw = raw
        self._given = 0

    def read(self, size: int | None = -1) -> bytes:
        """Return so many bytes, as a file does. Raise Unreadable where it is too much."""
        block = super().read(size)
        self._given += len(block)
        if self._given > max(ALWAYS, MOST_RATIO * self._raw.tell()):
            raise self._source.error(
                f"holds more than {MOST_RATIO} times its packed size, as no RDF does. "
                "If it is meant so, unpack it, and serve what comes out."
            )
        return block


def inputs(paths: Sequence[Path]) -> list[Input]:
    """Return the inputs that these paths name, in their order. Raise Unreadable for all that can be none."""
    found: list[Input] = []
    problems: list[Problem] = []
    names: set[str] = set()
    seen: set[Path] = set()
    for path in paths:
        packed = path.suffix.lower() == PACKED
        suffix = (path.with_suffix("") if packed else path).suffix.lower()
        if (wrong := _wrong(path, suffix)) or path.resolve() in seen:
            problems.append(Problem(path, 0, wrong or "is given twice"))
            continue
        seen.add(path.resolve())
        name = _another(path.with_suffix("").name if packed else path.name, names)
        names.add(name)
        found.append(Input(path, name, SUFFIXES[suffix], packed))
    if problems:
        raise Unreadable(problems)
    return found


def _wrong(path: Path, suffix: str) -> str | None:
    """Return why a path names no input; nothing, where it may."""
    if path.is_dir():
        return f"is a folder; name its files: {printable(str(path))}/*"
    if not path.exists():
        return "is not there"
    if suffix not in SUFFIXES:
        return f"is in no format that is known here. A name ends in {', '.join(SUFFIXES)}; or in one of them and .gz"
    return None


def _another(name: str, names: set[str]) -> str:
    """Return a name, numbered where it is taken, so that relative IRIs of two files are not one."""
    stem, dot, suffix = name.partition(".")
    numbered = (f"{stem}-{number}{dot}{suffix}" for number in range(2, len(names) + 3))
    return next(one for one in (name, *numbered) if one not in names)


def _told(source: Input, error: SyntaxError) -> str:
    """Return what the engine says of a file, without the place, and in our words where it speaks of its own setup."""
    told = PLACE.sub("", str(error.msg or error), count=1)
    if told.startswith(REMOTE):
        return "Its @context is at another address, and none is fetched here. Put the context itself into the file."
    return f"no {source.format.name}: {told}"
