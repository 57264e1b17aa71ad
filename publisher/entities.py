"""The entities of an RDF/XML file, looked through before the engine reads it.

The engine puts in what an entity stands for while it reads the declaration, without a limit: a kilobyte of entities
made of entities becomes thirty gigabytes. Those that editors write are of plain text and do no harm, such as
`<!ENTITY owl "http://www.w3.org/2002/07/owl#">`. On the way this finds the line where XML is not well-formed, which the
engine does not tell, and elements nested so deep that the engine would take hours.
"""

from typing import BinaryIO, Final
from xml.parsers import expat

#: An entity's text is an IRI, or how one begins.
LONGEST: Final = 1_000
DEEPEST: Final = 1_000
BLOCK: Final = 1 << 18


class Refused(Exception):
    """Raised for a file that must not be given to the engine: what is wrong, and where."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def check(content: BinaryIO) -> None:
    """Read a file of XML, in UTF-8, to its end. Raise Refused for what is not well-formed, or would do harm."""
    parser = expat.ParserCreate("utf-8")  # as it is read here, and by the engine, whatever the file says
    depth = 0

    def refuse(message: str) -> None:
        raise Refused(message, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def entity(name: str, parameter: bool, value: str | None, _: str | None, system: str, *__: str | None) -> None:
        if parameter or value is None:
            refuse(
                f"The entity {name} stands for another file, which is not fetched here. Write in what it stands for."
            )
        elif "&" in value:
            refuse(f"The entity {name} is made of other entities, as files are that do harm. Expected plain text.")
        elif len(value) > LONGEST:
            refuse(f"The entity {name} has {len(value):,} characters; at most {LONGEST:,} are taken.")

    def begin(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            refuse(f"More than {DEEPEST:,} elements are nested in each other here.")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.EntityDeclHandler = entity
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    try:
        while block := content.read(BLOCK):
            parser.Parse(block, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        told = expat.errors.messages[error.code] if error.code in expat.errors.messages else str(error)
        raise Refused(f"no well-formed XML: {told}", error.lineno, error.offset + 1) from error
