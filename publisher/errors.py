"""Every error that we raise, and where it belongs.

CommuniqueError                 something that a person can mend; one message, no traceback
├── SheetError                  a document, a fact sheet or an authority file that cannot be read: a list of Problems
├── Unreadable                  files of RDF that cannot be read: a list of Problems, too
├── ShapeViolation              data that can be read and must not be published
├── NoRelease                   there is no release to query or serve
├── MissingTool                 a program that this needs is not on the machine
├── BadQuery                    a SPARQL query that cannot be answered: its author's mistake
├── BadRequest                  a request that is no request of the SPARQL Protocol: its client's mistake
├── Busy                        more is asked at the moment than can be answered
├── TooLong                     a query that was not answered within its time
├── TooMuch                     a query that ended the process which ran it: by its memory, its depth, or its order
├── Unwritable                  data that a format cannot hold
├── NotAcceptable               no format that we have is one that the client takes
├── NotFound                    an address with nothing behind it
└── RemoteError                 another SPARQL server did not answer
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Source = TypeVar("Source")
Result = TypeVar("Result")


class CommuniqueError(Exception):
    """Something that a person can mend. `status` is for HTTP, `exit_code` for the command line."""

    status = 500
    exit_code = 1


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file: where, what, and what was expected.

    line: from 1; 0 means the file as a whole. column: from 1; length: how many characters from there are meant, 0 the
    whole line.
    """

    file: Path
    line: int
    message: str
    column: int = 1
    length: int = 0

    def __str__(self) -> str:
        """Write it as compilers do, so that an editor jumps to it."""
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.message}"


class SheetError(CommuniqueError):
    """Raised when what was written cannot be mapped; it holds all that was found, not only the first."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> "tuple[type[SheetError], tuple[tuple[Problem, ...]]]":
        """Say how it is made again, when one process tells it to another."""
        return type(self), (self.problems,)


class Unreadable(CommuniqueError):
    """Raised when files of RDF cannot be read; it holds what is wrong in each of them.

    They may be large, or packed: the place is told, and its line not shown.
    """

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{_place(one)}: {one.message}" for one in self.problems))

    def __reduce__(self) -> "tuple[type[Unreadable], tuple[tuple[Problem, ...]]]":
        """Say how it is made again, when one process tells it to another."""
        return type(self), (self.problems,)


class ShapeViolation(CommuniqueError):
    """Raised when data does not hold to the shapes."""


class NoRelease(CommuniqueError):
    """Raised when nothing was built yet, or the release is damaged."""

    status = 503


class MissingTool(CommuniqueError):
    """Raised when a program is missing; the message says how to get it."""

    exit_code = 3


class BadQuery(CommuniqueError):
    """Raised when a query cannot be parsed or evaluated. line, column: from 1, of the place that is wrong, if known."""

    status = 400

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class BadRequest(CommuniqueError):
    """Raised for a request that does not keep to its protocol. status: of HTTP, which says in which way.

    methods: by which the address can be asked, where that is told and they are not those of the SPARQL Protocol.
    """

    def __init__(self, message: str, status: int = 400, methods: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.methods = tuple(methods)


class Busy(CommuniqueError):
    """Raised when a query finds no process free, and none becomes free soon. seconds: when to try again."""

    status = 503

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


class TooLong(CommuniqueError):
    """Raised when a query is not answered within its time."""

    status = 504


class TooMuch(CommuniqueError):
    """Raised when a query ends the process that runs it."""

    status = 500

    def __init__(self) -> None:
        super().__init__(
            "The query was ended: it needed more memory, or a deeper stack, than a query may have; or the engine "
            "cannot sort what it is to sort, where numbers, texts and dates are mixed. Ask for less; or sort by one "
            "kind after another: ORDER BY isNumeric(?x) DATATYPE(?x) ?x"
        )


class Unwritable(CommuniqueError):
    """Raised when a format has no way to write what is to be written; the message names it. Another format may do."""

    status = 406


class NotAcceptable(CommuniqueError):
    """Raised when a client takes none of the formats on offer; the message lists them."""

    status = 406


class NotFound(CommuniqueError):
    """Raised when there is nothing behind an address."""

    status = 404


class RemoteError(CommuniqueError):
    """Raised when another SPARQL server cannot be reached, or refuses."""

    status = 502


def _place(problem: Problem) -> str:
    return f"{problem.file}:{problem.line}:{problem.column}" if problem.line else str(problem.file)


def gather(read: Callable[[Source], Result], sources: Iterable[Source]) -> tuple[list[Result], list[Problem]]:
    """Return what reading each of these gives, in their order, and all that is wrong in those that cannot be read."""
    results: list[Result] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            results.append(read(source))
        except SheetError as error:
            problems.extend(error.problems)
    return results, problems


def read_all(read: Callable[[Source], Result], sources: Iterable[Source]) -> list[Result]:
    """Return what reading each of these gives, in their order; raise one SheetError for all that is wrong in any."""
    results, problems = gather(read, sources)
    if problems:
        raise SheetError(problems)
    return results
