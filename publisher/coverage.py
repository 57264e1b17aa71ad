"""Coverage: of each content word of a document, whether a fact quotes it, a sentence sets it aside, or neither.

A quote covers the words that lie in it whole. A quote of many words could cover a sentence without stating it, so it
covers nothing unless its entry says why it is long.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publisher.sheets import Sheet
from publisher.texts import Sentence
from publisher.words import words

#: What a word is: function (grammar alone), covered by a quote, set aside, or uncovered.
FUNCTION, COVERED, ASIDE, UNCOVERED = STATUSES = ("function", "covered", "aside", "uncovered")


@dataclass(frozen=True)
class CoveredWord:
    """A word of a sentence, its place in the document's text, and its status, one of STATUSES."""

    text: str
    start: int
    end: int
    status: str


@dataclass(frozen=True)
class SentenceCoverage:
    """A sentence, its words, and the keys of the facts that quote it; of those in long, the quote covers nothing."""

    sentence: Sentence
    text: str
    words: tuple[CoveredWord, ...]
    facts: tuple[str, ...]
    long: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """What of a document is covered, sentence by sentence."""

    document: str
    file: Path
    sentences: tuple[SentenceCoverage, ...]

    @property
    def words(self) -> tuple[CoveredWord, ...]:
        """All words of the document."""
        return tuple(word for sentence in self.sentences for word in sentence.words)


def coverage(sheet: Sheet) -> Coverage:
    """Return what of a sheet's document its facts cover."""
    return Coverage(sheet.document.key, sheet.file, tuple(_sentence(sheet, sentence) for sentence in sheet.sentences))


def _sentence(sheet: Sheet, sentence: Sentence) -> SentenceCoverage:
    text = sheet.text.characters[sentence.start : sentence.end]
    quoted = [(fact, quote) for fact in sheet.facts for quote in fact.quotes if quote.sentence.key == sentence.key]
    long = [(fact, quote) for fact, quote in quoted if quote.long and fact.long_quote is None]
    covered = [(quote.start, quote.end) for fact, quote in quoted if (fact, quote) not in long]
    aside = [(one.start, one.end) for one in sentence.aside]

    def status(start: int, end: int, *, content: bool) -> str:
        if not content:
            return FUNCTION
        for spans, name in ((covered, COVERED), (aside, ASIDE)):
            if any(first <= start and end <= last for first, last in spans):
                return name
        return UNCOVERED

    return SentenceCoverage(
        sentence=sentence,
        text=text,
        words=tuple(
            CoveredWord(
                text=text[word.start : word.end],
                start=sentence.start + word.start,
                end=sentence.start + word.end,
                status=status(sentence.start + word.start, sentence.start + word.end, content=word.content),
            )
            for word in words(text, sheet.document.language)
        ),
        facts=tuple(dict.fromkeys(fact.key.partition(".")[2] for fact, _ in quoted)),
        long=tuple(dict.fromkeys(fact.key.partition(".")[2] for fact, _ in long)),
    )


def counts(part: Coverage | SentenceCoverage) -> dict[str, int]:
    """Return how many content words are covered, set aside and uncovered."""
    return {name: sum(word.status == name for word in part.words) for name in (COVERED, ASIDE, UNCOVERED)}


def share(part: Coverage | SentenceCoverage) -> float:
    """Return the share of content words that are covered, of those that are not set aside; 1 where there are none."""
    of = counts(part)
    return of[COVERED] / total if (total := of[COVERED] + of[UNCOVERED]) else 1.0


def complete(part: Coverage | SentenceCoverage) -> bool:
    """Whether no content word is uncovered."""
    return counts(part)[UNCOVERED] == 0


def data(whole: Coverage) -> dict[str, Any]:
    """Return the same for a machine to read."""
    return {
        "document": whole.document,
        "file": str(whole.file),
        **_counted(whole),
        "sentences": [
            {
                "key": one.sentence.key,
                "read": one.sentence.read,
                "start": one.sentence.start,
                "end": one.sentence.end,
                "text": one.text,
                **_counted(one),
                "facts": list(one.facts),
                "long": list(one.long),
                "set_aside": [{"words": each.words, "why": each.why} for each in one.sentence.aside],
                "words": [vars(word) for word in one.words],
            }
            for one in whole.sentences
        ],
    }


def _counted(part: Coverage | SentenceCoverage) -> dict[str, Any]:
    return {**counts(part), "share": round(share(part), 4)}
