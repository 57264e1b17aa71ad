"""A document's text, its sentences, and where a quote stands in it, counted in Unicode code points.

Positions are those of Web Annotation's TextPositionSelector: from 0, the end not included, in the text as it is stored.
Nothing is matched fuzzily: a quote stands in the text letter for letter, or it is no quote.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publisher.errors import Problem, SheetError
from publisher.nodes import Node, decode
from publisher.words import spans

#: How much of the text beside a quote its selector keeps (TextQuoteSelector, prefix and suffix).
CONTEXT: Final = 32
#: How many words a quote may have before its entry must say why.
LONG: Final = 15
#: What writers type for what printers set; only to say where the difference lies.
TYPED: Final = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")


@dataclass(frozen=True)
class Aside:
    """A span of the text that states nothing which a sheet could say, and why."""

    words: str
    why: str
    start: int
    end: int


@dataclass(frozen=True)
class Opening:
    """What a sheet says of a sentence.

    begins: its first words; line: the line of the text on which they stand, where it is told.
    asides: of each the node of its words, and why they are set aside.
    """

    key: str
    begins: Node
    read: bool
    line: int | None = None
    asides: tuple[tuple[Node, str], ...] = ()


@dataclass(frozen=True)
class Sentence:
    """A sentence of a document. line: its line in the sheet. read: whether all that it states is in the sheet.

    aside: what is in it and states nothing.
    """

    key: str
    line: int
    start: int
    end: int
    read: bool
    aside: tuple[Aside, ...] = ()

    @property
    def number(self) -> int:
        """Its place in the document, the headline being 0: the digits of its key."""
        return int(self.key[1:])


@dataclass(frozen=True)
class Quote:
    """A span of the text, inside one sentence."""

    exact: str
    start: int
    end: int
    sentence: Sentence

    @property
    def long(self) -> bool:
        """Whether it has more words than a quote should have."""
        return sum(1 for _ in spans(self.exact)) > LONG


@dataclass(frozen=True)
class Text:
    """A document's text as it is stored."""

    file: Path
    characters: str
    sha256: str

    @classmethod
    def read(cls, file: Path) -> "Text":
        """Read a text. Errors as `nodes.decode`: not UTF-8, a BOM, CR or CRLF, control characters."""
        characters = decode(file)
        return cls(file, characters, hashlib.sha256(characters.encode()).hexdigest())

    def line(self, position: int) -> int:
        """Return the line on which a position stands, from 1."""
        return self.characters.count("\n", 0, position) + 1

    def paragraph(self, line: int) -> tuple[int, int]:
        """Return where a line begins and ends; one that is not there is empty, at the end of the text."""
        lines = self.characters.split("\n")
        start = sum(len(one) + 1 for one in lines[: line - 1])
        return start, start + len("".join(lines[line - 1 : line]))

    def prefix(self, start: int) -> str:
        """Return the text before a span, as much as a selector keeps."""
        return self.characters[max(0, start - CONTEXT) : start]

    def suffix(self, end: int) -> str:
        """Return the text after a span, as much as a selector keeps."""
        return self.characters[end : end + CONTEXT]

    def occurrences(self, exact: str, start: int = 0, end: int | None = None) -> list[int]:
        """Return all positions at which these characters begin, overlapping ones too."""
        found, position = [], self.characters.find(exact, start, end)
        while position >= 0:
            found.append(position)
            position = self.characters.find(exact, position + 1, end)
        return found


def sentences(text: Text, openings: list[Opening]) -> tuple[Sentence, ...]:
    """Cut a text into sentences that tile it, from the words that each begins with.

    A paragraph is a line of the text, and no sentence reaches over its end. Errors, each at the line of the sheet:
    words that are not in the text, that stand there more than once, out of order or in two sentences; text that no
    sentence covers; what is set aside and does not stand there once.
    """
    began: list[int] = []
    for opening in openings:
        began.append(_start(text, opening, began[-1] if began else -1))
    if text.characters[: began[0]].strip():
        first = openings[0]
        raise first.begins.error(f"{first.key} begins at character {began[0]}; the text before it is in no sentence")
    ends = [*began[1:], len(text.characters)]
    made = []
    for opening, start, stop in zip(openings, began, ends, strict=True):
        key, node = opening.key, opening.begins
        end = start + len(text.characters[start:stop].rstrip())
        if start + len(node.text(key)) > end:
            raise node.error(f"{key} begins with words that reach into the next sentence; give fewer of them")
        if (break_at := text.characters.find("\n", start, end)) >= 0:
            rest = text.characters[break_at:end].lstrip()
            raise node.error(
                f"{key} reaches over the end of a paragraph: line {text.line(break_at)} of {text.file.name} ends; "
                f"a sentence of its own was expected that begins with '{rest[:40]}'"
            )
        aside = tuple(_aside(text, key, words, why, start, end) for words, why in opening.asides)
        made.append(Sentence(key, node.line, start, end, opening.read, aside))
    return tuple(made)


def starts(text: Text, words: str, start: int = 0, end: int | None = None) -> list[int]:
    """Return where a sentence could begin with these words: at the start of the text, or after a blank."""
    found = text.occurrences(words, start, end)
    return [at for at in found if at == 0 or text.characters[at - 1].isspace()]


def _start(text: Text, opening: Opening, after: int) -> int:
    key, node = opening.key, opening.begins
    words = node.text(f"{key}, begins")
    every = starts(text, words, *text.paragraph(opening.line)) if opening.line else starts(text, words)
    where = f"line {opening.line} of {text.file.name}" if opening.line else text.file.name
    if not every:
        raise node.error(f"{key} begins with words that begin no sentence of {where}: '{words}'{hint(text, words)}")
    rest = [at for at in every if at > after]
    if not rest:
        raise node.error(f"{key} begins before the sentence above it ends: '{words}' (write sentences in their order)")
    if len(rest) > 1:
        raise node.error(
            f"{key}: '{words}' stands {len(rest)} times in the rest of {where}; give more of its words"
            + ("" if opening.line else f", or say on which line of the text: line: {text.line(rest[0])}")
        )
    return rest[0]


def _aside(text: Text, key: str, node: Node, why: str, start: int, end: int) -> Aside:
    words = node.text(f"{key}, aside")
    found = text.occurrences(words, start, end)
    if len(found) != 1:
        how = f"stands {len(found)} times in {key}; give more of them" if found else f"does not stand in {key}"
        raise node.error(f"{key}, aside: '{words}' {how}{'' if found else hint(text, words)}")
    return Aside(words, why, found[0], found[0] + len(words))


def find(text: Text, tiles: tuple[Sentence, ...], node: Node, exact: str, sentence: str | None) -> Quote:
    """Return where a quote stands. It must stand there once: in the text, or in the sentence that the entry names."""
    where = [tile for tile in tiles if sentence in (None, tile.key)]
    if not where:
        raise node.error(f"there is no sentence {sentence}; expected one of {tiles[0].key} to {tiles[-1].key}")
    found = [
        Quote(exact, at, at + len(exact), tile)
        for tile in where
        for at in text.occurrences(exact, tile.start, tile.end)
    ]
    if not found:
        if every := text.occurrences(exact):
            inside = [tile.key for tile in tiles if any(tile.start <= at < tile.end for at in every)]
            raise node.error(
                f"the quote '{exact}' is not inside {sentence or 'one sentence'}; it begins in {', '.join(inside)}"
            )
        raise node.error(f"the quote '{exact}' is not in {text.file.name}{hint(text, exact)}")
    if len(found) > 1:
        inside = [quote.sentence.key for quote in found]
        if len(set(inside)) < len(inside):
            raise node.error(f"the quote '{exact}' stands twice in {inside[0]}; give more of its words")
        raise node.error(
            f"the quote '{exact}' stands {len(found)} times, in {', '.join(inside)}; "
            f"say which: {{sentence: {inside[0]}, quote: ...}}, or give more of its words"
        )
    return found[0]


def hint(text: Text, words: str) -> str:
    """Say what the text has instead, where only quotation marks, dashes, spaces or capitals differ."""
    for fold in (_typed, lambda string: _typed(string).casefold()):
        if len(fold(text.characters)) == len(text.characters) and (at := fold(text.characters).find(fold(words))) >= 0:
            return f"; the text has '{text.characters[at : at + len(words)]}'"
    return ""


def _typed(string: str) -> str:
    return string.translate(TYPED)


def elided(characters: str, kept: Iterable[tuple[int, int]]) -> str:
    """Return a text with only some spans of it kept, each in its place: all positions count as in the whole.

    Of what is left out an ellipsis stands for each run, and as many spaces as it had characters more; its line ends
    stay.
    """
    words, last = "", 0
    for start, end in [*sorted(kept), (len(characters), len(characters))]:
        if start > last:
            words += re.sub(r"[^\n]+", lambda run: "…".ljust(len(run[0])), characters[last:start])
        words += characters[max(start, last) : end]
        last = max(last, end)
    return words


def check_sha256(text: Text, node: Node) -> None:
    """Refuse a text that is not the one that the sheet was written for: a changed text is a new document."""
    if node.text("sha256") != text.sha256:
        raise SheetError(
            [
                Problem(
                    node.file,
                    node.line,
                    f"{text.file.name} is not the text that this sheet was written for: its sha256 is {text.sha256}. "
                    "A changed text is a new document",
                )
            ]
        )
