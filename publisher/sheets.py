"""A fact sheet: a document, and the facts that a person read in it, each with its exact quote.

One entry is one Fact: one thing that the document states. What is written here and cannot be mapped is refused, with
the file, the line and what was expected; whatever else may be wrong with a fact is for the shapes to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from publisher.documents import Document, read_document
from publisher.entries import number
from publisher.facts import Fact, read_facts
from publisher.nodes import Node, read
from publisher.texts import Opening, Sentence, Text, sentences
from publisher.things import Index, Thing, did_you_mean, read_things
from publisher.vocabularies import Vocabularies

__all__ = ["Document", "Fact", "Sheet", "read_sheet"]

PARTS: Final = {
    "document": "What is known of the document. What is not known is left out.",
    "sentences": "The document's sentences in their order, each with the words that it begins with; they tile it.",
    "things": "What this document introduces. States, places, people, bodies and offices stand in the authority files.",
    "facts": "What the document states, one entry for each thing that it states, under a key that never changes.",
}
SENTENCE: Final = {
    "begins": "The sentence's first words, letter for letter, enough of them to stand once in the rest of the text.",
    "read": "Whether all that the sentence states is in this sheet.",
    "line": "The line of the text that the sentence is on, where its words alone do not say which one is meant.",
    "aside": "Words of the sentence that state nothing which a sheet could say, each with the reason.",
}


@dataclass(frozen=True)
class Sheet:
    """A document, its text, its sentences, the things it introduces and its facts."""

    file: Path
    document: Document
    text: Text
    sentences: tuple[Sentence, ...]
    things: dict[str, Thing]
    facts: tuple[Fact, ...]


def read_sheet(file: Path, authority: Mapping[str, Thing], vocabularies: Vocabularies) -> Sheet:
    """Read a fact sheet and the text that it names, which stands beside it.

    Raise SheetError with all that is wrong: of the header and the sentences the first thing, of the things one each,
    of the facts one each.
    """
    root = read(file)
    parts = root.pairs("a fact sheet")
    for name in parts:
        if name not in PARTS:
            raise root.key(name).error(
                f"a fact sheet has no part '{name}'{did_you_mean(name, PARTS)}; it has {', '.join(PARTS)}"
            )
    for name in ("document", "sentences", "facts"):
        if name not in parts:
            raise root.error(f"the part '{name}:' is missing")
    names = Index(authority, vocabularies)
    document, text = read_document(parts["document"], root.key("document").line, file, names)
    tiles = _sentences(parts["sentences"], text)
    local = Index({}, vocabularies, document.key, frozenset({document.author}) - set(authority))
    things = read_things(_keyed(parts, "things"), local, names)
    if both := next((one for name, one in things.items() if name in authority), None):
        first = authority[both.reference].node
        raise both.node.error(f"{both.reference} is in {first.file.name}, line {first.line}, already; remove it here")
    known = Index({**authority, **things}, vocabularies, document.key, local.extra)
    facts = read_facts(_keyed(parts, "facts"), document, text, tiles, known)
    return Sheet(file, document, text, tiles, things, facts)


def _keyed(parts: Mapping[str, Node], name: str) -> tuple[tuple[Node, Node], ...]:
    """Return the entries of a part; a sheet that was only begun has none behind the part's name."""
    return () if name not in parts or parts[name].value == "" else parts[name].keyed(name)


def _sentences(node: Node, text: Text) -> tuple[Sentence, ...]:
    openings: list[Opening] = []
    for key, value in node.keyed("sentences"):
        name = key.text("sentence")
        expected = (f"s{int(openings[-1].key[1:]) + 1}",) if openings else ("s0", "s1")
        if name not in expected:
            raise key.error(
                f"sentences: '{name}' is out of order; expected {' (a headline) or '.join(expected)}, then on by one"
            )
        openings.append(_opening(name, value))
    if not openings:
        raise node.error("sentences: there is none")
    return sentences(text, openings)


def _opening(name: str, node: Node) -> Opening:
    fields = node.pairs(name)
    for field in fields:
        if field not in SENTENCE:
            raise node.key(field).error(f"{name}: there is no field '{field}'{did_you_mean(field, SENTENCE)}")
    if not {"begins", "read"} <= set(fields):
        raise node.error(f"{name}: expected {{begins: its first words, read: yes or no}}")
    was_read = fields["read"].text(f"{name}, read")
    if was_read not in ("yes", "no"):
        raise fields["read"].error(f"{name}, read: '{was_read}' is neither yes nor no")
    asides = []
    for item in fields["aside"].items(f"{name}, aside") if "aside" in fields else ():
        given = item.pairs(f"{name}, aside")
        if set(given) != {"words", "why"}:
            raise item.error(f"{name}, aside: expected {{words: what states nothing, why: the reason}}")
        asides.append((given["words"], given["why"].text(f"{name}, aside, why")))
    line = number(fields["line"], f"{name}, line") if "line" in fields else None
    if line == 0:
        raise fields["line"].error(f"{name}, line: lines count from 1")
    return Opening(name, fields["begins"], was_read == "yes", line, tuple(asides))
