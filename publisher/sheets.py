"""A fact sheet: a document, and the facts that a person read in it, each with its exact quote.

One entry is one Fact: one thing that the document states. What is written here and cannot be mapped is refused, with
the file, the line and what was expected; whatever else may be wrong with a fact is for the shapes to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from mappings import KINDS, Entry
from mappings.names import GRAPHS, KEY, SLUG, SUFFIXES
from mappings.stances import StanceEntry
from publisher.entries import day, read_entry
from publisher.errors import Problem, SheetError
from publisher.nodes import Node, read
from publisher.texts import Quote, Sentence, Text, check_sha256, find, sentences
from publisher.things import Index, Thing, did_you_mean, language_tag, read_things, web

PARTS: Final = ("document", "sentences", "things", "facts")
HEADER: Final = {
    "key": True, "title": True, "language": True, "text": True, "sha256": True, "rights": True,
    "author": False, "published": False, "source": False, "as_of": False, "as_of_basis": False,
}  # fmt: skip
COMMON: Final = ("quotes", "modality", "nature", "polarity", "attributed_to", "list", "contradicts")


@dataclass(frozen=True)
class Document:
    """What is known of a document; None where it is not known.

    line: where its header begins in the sheet. author: a reference.
    published, as_of: days. as_of_basis: why the text is taken to be of that day.
    """

    key: str
    line: int
    title: str
    language: str
    rights: str
    author: str
    author_known: bool
    published: date | None
    source: str | None
    as_of: date | None
    as_of_basis: str | None


@dataclass(frozen=True)
class Fact:
    """One entry: what the document states, in which words, and how.

    key: `{document}.{entry}`. line: where it stands in the sheet. attributed_to: references of those who vouch for it.
    contradicts: keys of other Facts.
    """

    key: str
    line: int
    kind: str
    entry: Entry
    quotes: tuple[Quote, ...]
    modality: str
    nature: str
    polarity: str
    attributed_to: tuple[str, ...]
    list: str | None
    contradicts: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A document, its text, its sentences, the things it introduces and its facts."""

    file: Path
    document: Document
    text: Text
    sentences: tuple[Sentence, ...]
    things: dict[str, Thing]
    facts: tuple[Fact, ...]


def read_sheet(file: Path, authority: Mapping[str, Thing], schemes: Mapping[str, frozenset[str]]) -> Sheet:
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
    names = Index(authority, schemes)
    document, text = _document(parts["document"], root.key("document").line, file, names)
    tiles = _sentences(parts["sentences"], text)
    local = Index({}, schemes, document.key, frozenset({document.author}) - set(authority))
    keyed = parts["things"].keyed("things") if "things" in parts else ()
    things = read_things(keyed, local, names)
    if both := next((one for name, one in things.items() if name in authority), None):
        first = authority[both.reference].node
        raise both.node.error(f"{both.reference} is in {first.file.name}, line {first.line}, already; remove it here")
    known = Index({**authority, **things}, schemes, document.key, local.extra)
    facts = _facts(parts["facts"], document, text, tiles, known)
    return Sheet(file, document, text, tiles, things, facts)


def _document(node: Node, line: int, file: Path, names: Index) -> tuple[Document, Text]:
    given = node.pairs("document")
    for name in given:
        if name not in HEADER:
            raise node.key(name).error(f"document: there is no field '{name}'{did_you_mean(name, HEADER)}")
    for name, required in HEADER.items():
        if required and name not in given:
            raise node.error(f"document: the field '{name}' is missing")
    text = {name: value.text(f"document, {name}") for name, value in given.items()}
    key = text["key"]
    if not SLUG.fullmatch(key) or key in GRAPHS:
        raise given["key"].error(
            f"document, key: '{key}' cannot name a document: expected a-z, 0-9 and single hyphens, "
            f"and none of {', '.join(GRAPHS)}"
        )
    if key != file.stem:
        raise given["key"].error(f"document, key: '{key}' is not the file's name; expected {file.stem}")
    if ("as_of" in given) != ("as_of_basis" in given):
        raise node.error("document: as_of and as_of_basis stand together: the day, and why it is taken to be that day")
    if Path(text["text"]).name != text["text"]:
        raise given["text"].error("document, text: expected the name of a file beside the sheet, without a folder")
    if text["text"] not in (beside := [other.name for other in file.parent.iterdir()]):
        raise given["text"].error(
            f"document, text: there is no file '{text['text']}' beside the sheet{did_you_mean(text['text'], beside)}"
        )
    author = names.thing(given["author"], "document, author", ("org", "person", "state")) if "author" in given else None
    document = Document(
        key=key,
        line=line,
        title=text["title"],
        language=language_tag(given["language"], "document, language"),
        rights=names.concept(given["rights"], "document, rights", "rights"),
        author=author or f"agent/{key}.author",
        author_known=author is not None,
        published=day(given["published"], "document, published") if "published" in given else None,
        source=web(given["source"], "document, source") if "source" in given else None,
        as_of=day(given["as_of"], "document, as_of") if "as_of" in given else None,
        as_of_basis=text.get("as_of_basis"),
    )
    stored = Text.read(file.parent / text["text"])
    check_sha256(stored, given["sha256"])
    return document, stored


def _sentences(node: Node, text: Text) -> tuple[Sentence, ...]:
    begins: list[tuple[str, Node, bool]] = []
    for key, value in node.keyed("sentences"):
        name = key.text("sentence")
        expected = (f"s{int(begins[-1][0][1:]) + 1}",) if begins else ("s0", "s1")
        if name not in expected:
            raise key.error(
                f"sentences: '{name}' is out of order; expected {' (a headline) or '.join(expected)}, then on by one"
            )
        fields = value.pairs(name)
        if set(fields) != {"begins", "read"}:
            raise value.error(f"{name}: expected {{begins: its first words, read: yes or no}}")
        was_read = fields["read"].text(f"{name}, read")
        if was_read not in ("yes", "no"):
            raise fields["read"].error(f"{name}, read: '{was_read}' is neither yes nor no")
        begins.append((name, fields["begins"], was_read == "yes"))
    if not begins:
        raise node.error("sentences: there is none")
    return sentences(text, begins)


def _facts(node: Node, document: Document, text: Text, tiles: tuple[Sentence, ...], known: Index) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    problems: list[Problem] = []
    for key, value in node.keyed("facts"):
        try:
            facts.append(_fact(key, value, document, text, tiles, known))
        except SheetError as error:
            problems.extend(error.problems)
    if problems:
        raise SheetError(problems)
    return tuple(facts)


def _fact(key: Node, node: Node, document: Document, text: Text, tiles: tuple[Sentence, ...], known: Index) -> Fact:
    name = key.text("fact")
    if not KEY.fullmatch(name) or name in SUFFIXES:
        raise key.error(
            f"'{name}' cannot name a fact: expected letters, digits, single hyphens, not {', '.join(SUFFIXES)}"
        )
    given = node.pairs(name)
    kinds = [field for field in given if field not in COMMON]
    for field in kinds:
        if field not in KINDS:
            raise node.key(field).error(
                f"{name}: '{field}' is neither a kind of fact nor a field that all have"
                f"{did_you_mean(field, [*KINDS, *COMMON])}; the kinds are {', '.join(KINDS)}"
            )
    if len(kinds) != 1:
        raise key.error(f"{name}: has {' and '.join(kinds) or 'no kind'}; expected exactly one kind")
    for field in ("quotes", "modality"):
        if field not in given:
            raise key.error(f"{name}: the field '{field}' is missing")
    full = f"{document.key}.{name}"
    entry = read_entry(kinds[0], given[kinds[0]], known, full, document.author, document.language)
    quotes = tuple(_quote(item, name, text, tiles) for item in given["quotes"].items(f"{name}, quotes"))
    if len({(quote.start, quote.end) for quote in quotes}) < len(quotes):
        raise given["quotes"].error(f"{name}: one of its quotes stands there twice")
    answers = {
        field: known.concept(given[field], f"{name}, {field}", field) if field in given else default
        for field, default in (
            ("modality", None),
            ("nature", "nature#reported"),
            ("polarity", "polarity#positive"),
            ("list", None),
        )
    }
    return Fact(
        key=full,
        line=key.line,
        kind=kinds[0],
        entry=entry,
        quotes=quotes,
        modality=str(answers["modality"]),
        nature=str(answers["nature"]),
        polarity=str(answers["polarity"]),
        attributed_to=_attributed(name, given.get("attributed_to"), entry, known),
        list=answers["list"],
        contradicts=_contradicts(name, given.get("contradicts"), document.key),
    )


def _quote(node: Node, name: str, text: Text, tiles: tuple[Sentence, ...]) -> Quote:
    if node.kind != "mapping":
        return find(text, tiles, node, node.text(f"{name}, quotes"), None)
    fields = node.pairs(f"{name}, quotes")
    if set(fields) != {"sentence", "quote"}:
        raise node.error(f"{name}, quotes: expected a quote, or {{sentence: s2, quote: ...}}")
    return find(text, tiles, node, fields["quote"].text("quote"), fields["sentence"].text("sentence"))


def _attributed(name: str, node: Node | None, entry: Entry, known: Index) -> tuple[str, ...]:
    """Return who vouches for a fact: those the sheet names; for a Stance its holders, unless that is the author."""
    if isinstance(entry, StanceEntry):
        if node is not None:
            raise node.error(f"{name}: a stance is attributed to its holder; leave attributed_to out")
        return () if entry.holders == (entry.author,) else entry.holders
    if node is None:
        return ()
    types = ("state", "person", "org", "delegation", "group", "agent")
    return tuple(known.thing(item, f"{name}, attributed_to", types) for item in node.items(f"{name}, attributed_to"))


def _contradicts(name: str, node: Node | None, document: str) -> tuple[str, ...]:
    if node is None:
        return ()
    keys = []
    for item in node.items(f"{name}, contradicts"):
        document_key, _, entry = item.text(f"{name}, contradicts").rpartition(".")
        keys.append(f"{document_key or document}.{entry}")
    return tuple(keys)
