"""YAML as it was written: each value a string with its line, and nothing resolved, merged or guessed.

YAML's own habits would falsify a fact sheet: `NO` becomes false, a day becomes an object, a second key of the same
name silently wins, an alias makes one value appear in many places. So a file is read from the parser's events into
nodes that keep the raw text, and what a fact sheet has no use for (tags, anchors, aliases, a second document) is
refused.
"""

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from publisher.errors import Problem, SheetError

MOST_BYTES: Final = 4_000_000
MOST_DEPTH: Final = 20
#: C0 controls but tab and line feed, DEL, C1 controls, the two noncharacters, and lone surrogates: no serialisation of
#: RDF in XML can hold them (XML 1.0, section 2.2).
CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
#: What ends a line for YAML 1.1 or for an editor, and would put our line numbers wrong.
LINE_ENDS: Final = re.compile("[\r\u2028\u2029]")


@dataclass(frozen=True)
class Node:
    """A value in a file: text, a list of nodes, or pairs of a key and a node.

    line, column: where it begins, from 1. length: how many characters it has there, if it ends on that line, else 0.
    """

    file: Path
    line: int
    value: "str | tuple[Node, ...] | tuple[tuple[Node, Node], ...]"
    kind: str
    column: int = 1
    length: int = 0

    def error(self, message: str) -> SheetError:
        """Return an error at this place, to be raised."""
        return SheetError([Problem(self.file, self.line, message, self.column, self.length)])

    def text(self, what: str) -> str:
        """Return the text; refuse a list, a mapping, or nothing."""
        if self.kind != "text" or not isinstance(self.value, str):
            raise self.error(f"{what}: a {self.kind} stands here; one value was expected")
        if not self.value.strip():
            raise self.error(f"{what}: nothing stands here; leave out what is not known")
        return self.value

    def items(self, what: str) -> "tuple[Node, ...]":
        """Return the members of a list; a single value is a list of one."""
        if self.kind == "mapping":
            raise self.error(f"{what}: a mapping stands here; a list was expected")
        if self.kind == "text":
            return (self,)
        members: tuple[Node, ...] = self.value  # type: ignore[assignment]
        if not members:
            raise self.error(f"{what}: the list is empty; leave it out where there is nothing")
        return members

    def pairs(self, what: str) -> "dict[str, Node]":
        """Return the entries of a mapping by their keys."""
        return {key.text(what): value for key, value in self.keyed(what)}

    def key(self, name: str) -> "Node":
        """Return the key of this name, which this mapping has: where its entry begins."""
        return next(key for key, _ in self.keyed(name) if key.value == name)

    def keyed(self, what: str) -> "tuple[tuple[Node, Node], ...]":
        """Return the entries of a mapping, each key with its own line."""
        if self.kind != "mapping":
            raise self.error(f"{what}: a {self.kind} stands here; a mapping (key: value) was expected")
        pairs: tuple[tuple[Node, Node], ...] = self.value  # type: ignore[assignment]
        return pairs


def decode(file: Path) -> str:
    """Return a file's text. Errors: no file, over 4 MB, not UTF-8, a BOM, line ends but LF, control characters."""

    def refuse(line: int, message: str) -> SheetError:
        return SheetError([Problem(file, line, message)])

    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait, and a device might never end
            raise refuse(0, "is no file but a folder, a pipe or a device; only files are read")
        size = status.st_size
        data = file.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise refuse(0, f"cannot be read: {error.strerror}") from error
    if size > MOST_BYTES:
        raise refuse(0, f"has {size:,} bytes; at most {MOST_BYTES:,} are read")
    if data.startswith(b"\xef\xbb\xbf"):
        raise refuse(1, "begins with a byte order mark (BOM); expected UTF-8 without one")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refuse(line, f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8") from error
    if found := LINE_ENDS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        name = "CR or CRLF" if found[0] == "\r" else f"U+{ord(found[0]):04X}"
        raise refuse(line, f"the line ends in {name}; expected LF alone (positions count every character)")
    if found := CONTROLS.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise refuse(line, f"holds the control character U+{ord(found[0]):04X}, which no XML can carry; remove it")
    return text


def read(file: Path) -> Node:
    """Return a YAML file as nodes. Raise SheetError where it is not YAML, or more YAML than a fact sheet needs."""
    text = decode(file)
    try:
        events = iter(list(yaml.parse(text, Loader=yaml.CSafeLoader)))
    except yaml.MarkedYAMLError as error:
        mark, began = error.problem_mark or error.context_mark, error.context_mark
        where = (
            f" ({error.context} that begins on line {began.line + 1})"
            if mark and began and began.line < mark.line
            else ""
        )
        hint = "; put text that holds ': ' or begins with a sign into quotation marks"
        last = text.count("\n") + (not text.endswith("\n"))  # at the end of a file, the mark is a line beyond it
        line = min(mark.line + 1, max(1, last)) if mark else 0
        raise SheetError([Problem(file, line, f"is not YAML: {error.problem}{where}{hint}")]) from error
    except yaml.YAMLError as error:
        raise SheetError([Problem(file, 0, f"is not YAML: {error}")]) from error
    return _document(file, events)


def _document(file: Path, events: Iterator[Any]) -> Node:
    root: Node | None = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise SheetError([Problem(file, _line(event), "a second YAML document begins; expected one")])
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent | yaml.AliasEvent):
            root = _node(file, event, events, 1)
    if root is None:
        raise SheetError([Problem(file, 0, "is empty")])
    return root


def _line(event: Any) -> int:  # noqa: ANN401
    return int(event.start_mark.line) + 1


def _extent(first: Any, last: Any) -> tuple[int, int]:  # noqa: ANN401
    """Return the column at which an event begins and, if it ends on the same line, the length up to another's end."""
    begin, end = first.start_mark, last.end_mark
    return begin.column + 1, end.column - begin.column if begin.line == end.line else 0


def _node(file: Path, event: Any, events: Iterator[Any], depth: int) -> Node:  # noqa: ANN401 - one of six events
    line = _line(event)

    def refuse(message: str) -> SheetError:
        return SheetError([Problem(file, line, message)])

    if isinstance(event, yaml.AliasEvent) or event.anchor:
        raise refuse("an anchor or alias (& or *); write the value out, or put it into quotation marks")
    if event.tag not in (None, "!"):
        raise refuse(f"a tag ({event.tag}); a fact sheet has none: put the value into quotation marks")
    if depth > MOST_DEPTH:
        raise refuse(f"nested more than {MOST_DEPTH} deep")
    if isinstance(event, yaml.ScalarEvent):
        if found := CONTROLS.search(event.value):
            raise refuse(
                f"an escape for the control character U+{ord(found[0]):04X}, which no XML can carry; remove it"
            )
        return Node(file, line, event.value, "text", *_extent(event, event))
    members: list[Node] = []
    last = event
    for last in events:
        if isinstance(last, yaml.CollectionEndEvent):
            break
        members.append(_node(file, last, events, depth + 1))
    if isinstance(event, yaml.SequenceStartEvent):
        return Node(file, line, tuple(members), "list", *_extent(event, last))
    pairs = tuple(zip(members[::2], members[1::2], strict=True))
    seen: dict[str, int] = {}
    for key, _ in pairs:
        name = key.text("key")
        if name in seen:
            raise key.error(f"the key '{name}' stands here again; it is on line {seen[name]} already")
        seen[name] = key.line
    return Node(file, line, pairs, "mapping", *_extent(event, last))
