"""Drafts: the sheet with which the reading of a text begins, its sentences proposed and none of them read yet."""

import json
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mappings.names import GRAPHS, SLUG
from publisher.errors import Problem, SheetError
from publisher.texts import Text, starts

#: How many words a sentence is named by at least, so that a person knows it again.
FEWEST: Final = 3
#: And at most, before the line that it is on is named instead.
MOST: Final = 12
#: Words after which a full stop ends no sentence. Single letters, of initials and of “D.C.”, need not be named.
ABBREVIATIONS: Final = (
    "adm amb brig capt cf cmdr co col corp dept dr eds etc ex gen gov hon inc jr lt ltd maj messrs mr mrs ms mt pres "
    "prof rep rev sec sen sgt sr st vs jan feb mar apr jun jul aug sept sep oct nov dec "
    "mm mme mmes mlle mgr me janv févr avr juil déc гг гр др им ср см стр тыс млн млрд проф ген руб ул"
)
#: And those that do so before a number alone: “No. 5”, but “They said no. Then ...”.
NUMBERED: Final = frozenset(("art", "arts", "ch", "fig", "no", "nos", "para", "pp", "vol", "ст"))
#: Where a sentence may end: a mark, closing signs, a blank; then what may begin one.
END: Final = re.compile(r"(?<![.!?…])([.!?…]++)[)\]»”’\"']*\s++(?=[(\[«“‘\"'¿¡]*([^\W_]))")
#: What YAML reads as it stands, inside braces too.
PLAIN: Final = re.compile(r"[^\W\d_](?:[\w ’“”().–—-]*[\w’”)])?")
TEMPLATE: Final = """\
# yaml-language-server: $schema=fact-sheet.schema.json
# What a person read in one document. Set "read: yes" when all that a sentence states is under facts:
# "communique coverage {key}" shows what is left, "communique check" what is wrong.

document:
  key: {key}
  title: {title}
  language: en  # the language of the text: en, fr, ru ...
  text: {text}
  sha256: {sha256}
  rights: quotes  # full, where the whole text may be published
  # What is known of these, and nothing else:
  # author: org/us-department-of-state
  # published: 2025-07-28
  # source: https://www.example.org/where-it-was-published
  # as_of: 2025-07-28
  # as_of_basis: The latest day on which the text reports something as having happened; it gives no date of publication.

sentences:
{sentences}

things:
  # delegation/{key}: {{label: {{en: The delegation}}}}
  # initiative/{key}-oil: {{type: Initiative, label: {{en: Supplies of oil}}}}

facts:
  # s1-size:
  #   delegation: {{delegation: delegation/{key}, size: 60}}
  #   quotes: [words of the sentence that state it]
  #   modality: state
"""


def draft(text: Text) -> tuple[Path, str]:
    """Return a sheet for a text, and the file beside it that the sheet belongs in."""
    key = text.file.stem
    if not SLUG.fullmatch(key) or key in GRAPHS:
        folded = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode().lower()
        better = "-".join(re.findall("[a-z0-9]+", folded)) or "document"
        name = f"{better if better not in GRAPHS else 'a-' + better}{text.file.suffix}"
        raise SheetError(
            [Problem(text.file, 0, f"'{key}' cannot name a document (a-z, 0-9, single hyphens); call it {name}, say")]
        )
    found = propose(text)
    if not found:
        raise SheetError([Problem(text.file, 0, "holds no words")])
    first = text.characters[found[0].start :].partition("\n")[0].rstrip()
    number = 0 if not re.search(r"[.!?…:;,]\W*$", first) else 1
    lines = [
        f"  s{at}: {{begins: {scalar(one.words)}, {f'line: {one.line}, ' if one.line else ''}read: no}}"
        for at, one in enumerate(found, number)
    ]
    sheet = TEMPLATE.format(
        key=key,
        title=scalar(first if len(first) <= 200 else first[:200].rpartition(" ")[0] or first[:200]),
        text=scalar(text.file.name),
        sha256=text.sha256,
        sentences="\n".join(lines),
    )
    return text.file.with_suffix(".yaml"), sheet


def write(text: Text) -> Path:
    """Write a draft beside its text and return its file. Raise SheetError where there is one already."""
    file, sheet = draft(text)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as it:
            it.write(sheet)
    except FileExistsError as error:
        raise SheetError([Problem(file, 0, "is there already, and is not written over")]) from error
    except OSError as error:
        raise SheetError([Problem(file, 0, f"cannot be written: {error.strerror}")]) from error
    return file


@dataclass(frozen=True)
class Proposal:
    """A sentence that is proposed: where it begins, with which words, and on which line, where the words need it."""

    start: int
    words: str
    line: int | None


def propose(text: Text) -> list[Proposal]:
    """Propose the sentences of a text, each with just enough words to be told from the rest.

    A paragraph, which is a line, always ends a sentence. What cannot be told from the rest of its line stays with the
    sentence before it, or takes in the one after it.
    """
    found: list[Proposal] = []
    start = 0
    for number, line in enumerate(text.characters.split("\n"), 1):
        cuts = [start + at for at in _cuts(line)]
        ends = [*cuts[1:], start + len(line)]
        while cuts:
            after = found[-1].start if found else -1
            here = (max(start, after + 1), start + len(line))
            tries = (
                _named(text, cuts[0], end, within, on)
                for end in ends
                for within, on in (((after + 1, None), None), (here, number))
            )
            if (one := next(filter(None, tries), None)) is None:
                break
            found.append(one)
            while cuts and cuts[0] < one.start + len(one.words):
                cuts.pop(0), ends.pop(0)
        start += len(line) + 1
    return found


def _cuts(line: str) -> list[int]:
    """Return where sentences begin on a line."""
    if not line.strip():
        return []
    cuts = [len(line) - len(line.lstrip())]
    for found in END.finditer(line):
        before = line[cuts[-1] : found.start()]
        word = re.findall(r"[^\W\d_]*$", before)[0].lower()
        short = len(word) == 1 or word in ABBREVIATIONS.split() or (word in NUMBERED and found[2].isdigit())
        if found[2].islower() or (found[1] == "." and (short or before.strip().isdigit())):
            continue
        cuts.append(found.end())
    return cuts


def _named(text: Text, start: int, end: int, within: tuple[int, int | None], line: int | None) -> Proposal | None:
    """Return a sentence by the fewest words that stand once in a span: in the rest of the text, or of its line."""
    sentence = text.characters[start:end].rstrip()
    ends = [found.end() for found in re.finditer(r"\S+", sentence)]
    for upto in [*ends[FEWEST - 1 : MOST], *(ends[-1:] if line or len(ends) < FEWEST else ())]:
        for words in (sentence[:upto].rstrip(",;:.!?…"), sentence[:upto]):
            if words and starts(text, words, *within) == [start]:
                return Proposal(start, words, line)
    return None


def scalar(words: str) -> str:
    """Write words in YAML so that they are read as they are: in quotation marks wherever that is not certain."""
    if PLAIN.fullmatch(words) and words.lower() not in ("null", "true", "false", "yes", "no", "on", "off", "y", "n"):
        return words
    written = json.dumps(words, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in written)
