"""The words of a text: where each begins and ends, and which of them are only there for grammar.

A word is a run of letters and digits; apostrophes and hyphens inside it belong to it (“state-owned”, “O’Brien”), and so
do the full stops of “D.C.” and the point of “3.5”. An affix that is a function word by itself is cut off: “Russia’s” is
“Russia” and “’s”, “l’Azawad” is “l’” and “Azawad”. Positions count Unicode code points.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "function-words"
#: What a character is, for the pattern below: a letter, a digit, an apostrophe, a hyphen, or itself.
SIGNS: Final = {"’": "'", "'": "'", "ʼ": "'", "-": "-", "\u2010": "-", "\u2011": "-", "_": "a", ".": ".", ",": ","}
#: An abbreviation of single letters; or letters and digits, with points between digits.
PART: Final = r"(?:(?<![a0])(?:a\.){2,}(?:a(?![a0]))?|[a0]+(?:(?<=0)[.,](?=0)[a0]+)*)"
PATTERN: Final = re.compile(f"{PART}(?:['-]{PART})*")


@dataclass(frozen=True)
class Word:
    """A word, or an affix that counts as one. content: whether it is more than grammar."""

    start: int
    end: int
    content: bool


def spans(characters: str) -> Iterator[tuple[int, int]]:
    """Yield where each word begins and ends, affixes and all."""
    for found in PATTERN.finditer("".join(map(_sign, characters))):
        yield found.span()


def words(characters: str, language: str) -> Iterator[Word]:
    """Yield the words of a text in a language, a BCP 47 tag, in their order."""
    grammar = function_words(language)
    for start, end in spans(characters):
        for first, last in _parts(characters, start, end, grammar):
            word = characters[first:last]
            yield Word(first, last, _folded(word) not in grammar or not _small(word))


@cache
def function_words(language: str) -> frozenset[str]:
    """Return articles, prepositions, conjunctions, pronouns and auxiliaries; of a language without a list, none.

    “May” is not among the English ones: a month must not be lost. What ends or begins with an apostrophe is an affix.
    """
    file = FOLDER / f"{language.partition('-')[0]}.txt"
    return frozenset(file.read_text("utf-8").split()) if file.is_file() else frozenset()


@cache
def _sign(character: str) -> str:
    return SIGNS.get(character) or {"L": "a", "M": "a", "N": "0"}.get(unicodedata.category(character)[0], " ")


def _small(word: str) -> bool:
    """Whether at most the first letter is a capital: “WHO” and “US” are no pronouns."""
    return word[1:] == word[1:].lower()


def _folded(word: str) -> str:
    return word.replace("'", "’").replace("ʼ", "’").casefold()


def _parts(characters: str, start: int, end: int, grammar: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Cut a word at its apostrophes where an affix is a function word."""
    marks = [at for at in range(start, end) if _sign(characters[at]) == "'"]
    while marks and _folded(characters[start : marks[0] + 1]) in grammar:
        yield start, marks[0] + 1
        start = marks.pop(0) + 1
    if marks and _folded(characters[marks[-1] : end]) in grammar:
        yield start, marks[-1]
        start = marks[-1]
    yield start, end
