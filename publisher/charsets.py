"""The encoding of a file of XML, and the same file in UTF-8, which alone the engine reads (XML 1.0, section 4.3.3)."""

import codecs
import io
import re
from typing import TYPE_CHECKING, BinaryIO, Final

from publisher.entities import Refused
from publisher.media import NO_CHARSETS

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

#: In so many bytes from its beginning a file says what its encoding is.
HEAD: Final = 1 << 12
BLOCK: Final = 1 << 16
UTF_8: Final = "utf-8"
#: Encodings that nobody need declare, for a file shows them: those of four bytes before those that begin alike.
WIDE: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
#: Byte order marks, and what the file is that begins with one.
MARKS: Final = {"\ufeff".encode(name): name for name in (*WIDE, UTF_8)}
#: How a file begins that has no such mark (XML 1.0, appendix F.1).
UNMARKED: Final = {"<".encode(name): name for name in WIDE}
#: Where the XML declaration names an encoding.
DECLARED: Final = re.compile(
    r"""<\?xml\s+version\s*=\s*(?:"[^"<>]*"|'[^'<>]*')(\s+encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,39})["'])"""
)
LINE_END: Final = re.compile(r"\r\n?|\n")


def utf8(content: BinaryIO) -> BinaryIO:
    """Return a file of XML, from its beginning on, in UTF-8 and without a byte order mark.

    content: the file, at its beginning; where it is in UTF-8 and says nothing else, it is what is returned. Else it is
    decoded as it is read, a block at a time. Raise Refused for an encoding that is not known here; to read what is
    returned raises it where something is not of the encoding.
    """
    head = content.read(HEAD)
    mark = next((mark for mark in MARKS if head.startswith(mark)), b"")
    content.seek(len(mark))
    shown = MARKS.get(mark) or next((name for start, name in UNMARKED.items() if head.startswith(start)), None)
    declared = DECLARED.match(head[len(mark) :].decode("latin-1"))
    if shown in (UTF_8, None) and (declared is None or declared[2].lower() in ("utf-8", "utf8")):
        return content
    name = shown or (_named(declared[0], declared[2]) if declared else UTF_8)
    return io.BufferedReader(_Decoded(content, name), BLOCK)


def _named(declaration: str, name: str) -> str:
    """Return the encoding that a declaration names, which could be read as ASCII can. Raise Refused."""
    try:
        known = codecs.lookup(name).name.replace("_", "-")
        if known == "ascii" or known.startswith(("utf-16", "utf-32")):
            return UTF_8  # ASCII is a part of it; the others are not true, for then nobody could read the declaration
        if known not in NO_CHARSETS and declaration.encode().decode(name) == declaration:
            return name
    except (LookupError, UnicodeError):
        pass
    raise Refused(f"The encoding {name}, which the file declares, is not known here. Write it in UTF-8.", 1, 1)


class _Decoded(io.RawIOBase):
    """The bytes of a file in UTF-8, with its line ends as XML reads them, and no word of the encoding that it had."""

    def __init__(self, content: BinaryIO, name: str) -> None:
        self._content = content
        self._name = name
        self._decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(name)(), translate=True)
        self._begun = False
        self._line = 1
        self._left = b""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill a buffer, and return with how many bytes: none at the end. Raise Refused."""
        block = b"more"
        while not self._left and block:
            block = self._content.read(BLOCK)
            self._left = self._decode(block).encode()
        view = memoryview(buffer)
        given, self._left = self._left[: len(view)], self._left[len(view) :]
        view[: len(given)] = given
        return len(given)

    def _decode(self, block: bytes) -> str:
        try:
            text = self._decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            wrong = error.object[error.start : error.end]
            before = error.object[: error.start].decode(self._name, "replace")
            line = self._line + len(LINE_END.findall(before))
            raise Refused(f"The bytes {wrong.hex(' ')} stand for nothing in {self._name}.", line, 1) from error
        if not self._begun and (found := DECLARED.match(text)):  # blanks instead, so that all else stays where it is
            text = text[: found.start(1)] + re.sub(r"[^\n]", " ", found[1]) + text[found.end(1) :]
        self._begun = True
        self._line += text.count("\n")
        return text
