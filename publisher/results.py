"""The results of SELECT and ASK in JSON, XML, CSV and TSV, written as they come: memory stays flat, however many rows.

The engine writes all four, and fast; its JSON and TSV are right. The others are mended here, block by block:

* XML has carriage returns that a parser would take for line feeds, and characters that XML 1.0 cannot hold;
* CSV has IRIs with commas in them, unquoted. So ours is made from TSV, in which every term says what it is.

For an ASK there is no CSV or TSV in the standard (SPARQL 1.1 Query Results CSV and TSV Formats). Ours is one
word, true or false, as the Oxigraph server and its clients have it.
"""

import re
from functools import partial
from typing import Final

import pyoxigraph as ox

from publisher.blocks import Blocks, Sink
from publisher.errors import Unwritable
from publisher.media import CSV, TSV, XML, Format
from publisher.rdfxml import ILLEGAL

Found = ox.QuerySolutions | ox.QueryBoolean

#: The bytes that XML may hold wherever they stand: no control characters but tab and line feed, and not the one that
#: U+FFFE and U+FFFF begin with.
LEGAL: Final = bytes({*range(256)} - {*range(32), 0xEF} | {*b"\t\n"})
#: What Unicode takes for the end of a line, beside control characters. Some readers of CSV do so too.
LINE_ENDS: Final = tuple(mark.encode() for mark in "\u0085\u2028\u2029")
#: A term of the engine's TSV that is an IRI or a literal: the text of one that no comma, no escape and no control
#: character is in, or another one as it is.
TERM: Final = re.compile(rb'<([^>,]*)>(?![^\t\n])|"([^",\\\x00-\x1f]*)"[^"\t\n]*(?![^\t\n])|[<"][^\t\n]+')
#: The same, but without texts that such a mark may be in.
PARTED: Final = re.compile(rb'<([^>,]*)>(?![^\t\n])|[<"][^\t\n]+')
ESCAPED: Final = re.compile(rb"\\(.)")
ESCAPES: Final = {b"t": b"\t", b"n": b"\n", b"r": b"\r", b"b": b"\b", b"f": b"\f", b'"': b'""', b"\\": b"\\"}


def write(found: Found, wanted: Format, out: Sink) -> None:
    """Write the answer to a SELECT or an ASK, in one of the formats of results, in blocks.

    Raise Unwritable for a character that XML cannot hold, when it comes: what was written by then is no whole document.
    What goes wrong in the evaluation of the query raises RuntimeError, ValueError or OSError, as the engine says it.
    """
    blocks, form = Blocks(out), wanted.engine
    if isinstance(found, ox.QuerySolutions):
        if wanted is XML:
            blocks = Blocks(out, b">", _legal)
        elif wanted is CSV:
            blocks, form = Blocks(out, b"\n", partial(_records, columns=len(found.variables))), TSV.engine
    found.serialize(blocks.file, form)  # type: ignore[arg-type]
    blocks.finish()


def _legal(block: bytes) -> bytes:
    """Return a block of XML as XML 1.0 allows it. A carriage return becomes a reference, else it is a line feed."""
    if not block.translate(None, LEGAL):
        return block
    if wrong := ILLEGAL.search(block.decode()):
        raise Unwritable(
            f"XML cannot write the character U+{ord(wrong[0]):04X}, which is in this result. JSON, CSV and TSV can."
        )
    return block.replace(b"\r", b"&#xD;")


def _records(block: bytes, columns: int) -> bytes:
    """Return lines of the engine's TSV as records of CSV (RFC 4180).

    What is escaped stays so until the tabs and line feeds that part cells and rows have become commas and ends of
    records. A row whose only cell is empty is a pair of quotation marks: many readers skip an empty line.
    """
    block = block.removeprefix(b"?").replace(b"\t?", b"\t")  # only the names of the header begin so
    term = PARTED if any(mark in block for mark in LINE_ENDS) else TERM
    rows = term.sub(_cell, block)
    if columns == 1:
        rows = b"\n".join([row or b'""' for row in rows.split(b"\n")[:-1]]) + b"\n"
    records = rows.replace(b"\n", b"\r\n").replace(b"\t", b",")
    return ESCAPED.sub(lambda found: ESCAPES[found[1]], records) if b"\\" in records else records


def _cell(term: re.Match[bytes]) -> bytes:
    """Return a term as the text that it is, in quotation marks where it must have them; what is escaped stays so."""
    if term.lastindex:
        return term[term.lastindex]
    written = term[0]
    if written.startswith(b'"'):
        return written[: written.rindex(b'"') + 1]
    if written.startswith(b"<<("):
        return b'"' + written.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
    return b'"' + written[1:-1] + b'"'
