"""What a shape found, said in a curator's words, and where in the sheets it stands."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from mappings import Names
from mappings.names import LOCAL
from publisher.sheets import Fact, Sheet
from publisher.things import Thing

#: The words of a message that it takes from the data.
QUOTED: Final = re.compile("“([^”]+)”")

#: Words as a value of their own in a sheet; and as a part of one.
VALUE: Final = r"""(?:(?<=: )|(?<=\[)|(?<=, )|(?<=- )|(?<=["'“])){}(?=["'”]?\s*(?:[,\]}}]|$))"""
PART: Final = r"(?<![\w/.-]){}(?![\w/-])"


@dataclass(frozen=True)
class Place:
    """Where something stands: a file, a line from 1 and, from 1, the column at which so many characters are meant.

    length 0: the line as a whole. document, fact, quote: the keys of what it belongs to, and the Fact's first quote.
    """

    file: Path
    line: int
    column: int = 1
    length: int = 0
    document: str | None = None
    fact: str | None = None
    quote: str | None = None


@dataclass(frozen=True)
class Finding:
    """Something that a shape found.

    shape: its name. component, path: the SHACL constraint component, and the property where there is one, as IRIs.
    remedy: what to do. focus: the IRI of what is wrong; value: the value at fault, in N-Triples, where it has one.
    """

    severity: str
    message: str
    remedy: str
    shape: str
    component: str
    path: str
    focus: str
    value: str
    place: Place

    @property
    def violates(self) -> bool:
        """Whether it stops a build: a warning does not."""
        return self.severity == "Violation"

    @property
    def order(self) -> tuple[object, ...]:
        """The key by which findings are sorted: file, line, column, message."""
        return str(self.place.file), self.place.line, self.place.column, self.message, self.focus


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order of files and lines, each once: of what several documents share, each tells it."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.order))


class Places:
    """The places of everything that a publication names: its documents, their parts, facts and things."""

    def __init__(self, sheets: Iterable[Sheet], authority: Mapping[str, Thing], names: Names) -> None:
        self.names = names
        self.lines: dict[Path, list[str]] = {}
        self.sheets = {sheet.document.key: sheet for sheet in sheets}
        self.facts = {fact.key: (sheet, fact) for sheet in self.sheets.values() for fact in sheet.facts}
        self.things = {
            **authority,
            **{key: thing for sheet in self.sheets.values() for key, thing in sheet.things.items()},
        }

    def of(self, culprit: Node | None, message: str, document: str = "", graph: Graph | None = None) -> Place:
        """Return the place of what a shape names, as near as can be.

        That is the Fact that it is, that it is part of, or that states what the message names; or else the thing or
        the sentence itself; or else the Fact that comes nearest; or else the document's header.
        document, graph: the key and the graph of the document that was checked, if one was by itself.
        """
        iri, _, part = str(culprit).partition("#")
        reference = iri.removeprefix(f"{self.names.base}id/")
        kind, _, slug = reference.partition("/")
        if kind == "fact" and slug in self.facts:
            triples = self.facts[slug][1].triples(self.names)
            objects = [triple[2] for triple in triples if self.names.statement(slug, triple) == culprit]
            return self._fact(slug, objects, message)
        sheet = self.sheets.get(slug.partition(".")[0] if kind in LOCAL else slug, self.sheets.get(document))
        if sheet is None:
            first = next(iter(self.sheets.values()), None)
            return self._thing(reference, message) or Place(first.file if first else Path(), 0)
        if kind == "document" and part and (place := self._part(sheet, part, message)):
            return place
        stated = self._stated(culprit, sheet) if graph is None else self._reified(culprit, graph)
        near = sorted(self._near(stated, message))
        if near and near[0][0] == 0:
            return self._fact(near[0][2], [], message)
        if place := self._thing(reference, message, sheet):
            return place
        return (
            self._fact(near[0][2], [], message)
            if near
            else self._at(sheet.file, sheet.document.line, self._named(message), sheet)
        )

    def _fact(self, key: str, terms: Iterable[Node], message: str) -> Place:
        sheet, fact = self.facts[key]
        words = [word for term in terms for word in self._written(term)]
        return self._at(sheet.file, fact.line, [*words, *self._named(message)], sheet, fact)

    def _thing(self, reference: str, message: str, sheet: Sheet | None = None) -> Place | None:
        if (thing := self.things.get(reference)) is None:
            return None
        file = thing.node.file
        sheet = sheet or next((one for one in self.sheets.values() if one.file == file), None)
        return self._at(file, thing.node.line, [*self._named(message), reference], sheet)

    def _part(self, sheet: Sheet, part: str, message: str) -> Place | None:
        """Return the place of a sentence, or of the first Fact that has this span as its evidence."""
        for sentence in sheet.sentences:
            if sentence.key == part:
                return self._at(sheet.file, sentence.line, [], sheet)
        span = part.partition("=")[2]
        for fact in sheet.facts:
            for quote in fact.quotes:
                if f"{quote.start},{quote.end}" == span:
                    return self._at(sheet.file, fact.line, [*self._named(message), quote.exact], sheet, fact)
        return None

    def _stated(self, culprit: Node | None, sheet: Sheet) -> Iterator[tuple[str, Node, Node]]:
        """Yield what a document states of something: the Fact's key, the property, the object."""
        for fact in sheet.facts:
            for triple in fact.triples(self.names):
                if culprit in triple:
                    yield fact.key, triple[1], triple[2]

    def _reified(self, culprit: Node | None, graph: Graph) -> Iterator[tuple[str, Node, Node]]:
        """Yield the same as a graph has it, which need not be what its sheet gives."""
        for place in (RDF.subject, RDF.predicate, RDF.object):
            for statement in graph.subjects(place, culprit):
                key = str(statement).partition("#")[0].rpartition("/")[2]
                predicate, value = graph.value(statement, RDF.predicate), graph.value(statement, RDF.object)
                if predicate is not None and value is not None:
                    yield key, predicate, value

    def _near(self, stated: Iterable[tuple[str, Node, Node]], message: str) -> Iterator[tuple[int, int, str]]:
        """Yield the Facts that name something, with how much of what they say of it a message leaves out."""
        words = message.split()
        for key, predicate, value in stated:
            left = sum(str(one) not in (message if isinstance(one, Literal) else words) for one in (predicate, value))
            left -= predicate == RDF.type and str(RDF.type) not in words  # a type says in words what it is
            if key in self.facts:
                yield left, self.facts[key][1].line, key

    def _written(self, term: Node) -> Iterator[str]:
        """Yield the ways in which a sheet writes a term."""
        if not isinstance(term, URIRef):
            yield str(term)
            return
        short = self.names.short(str(term))
        yield short
        kind, slash, slug = short.partition("/")
        yield f"{kind}/{slug.partition('.')[2]}" if slash and kind in LOCAL else short.rpartition("#")[2]

    def _named(self, message: str) -> Iterator[str]:
        yield from QUOTED.findall(message)
        for word in message.split():
            if word.startswith(self.names.base):
                yield from self._written(URIRef(word.rstrip(".,;:")))

    def _at(self, file: Path, line: int, words: Iterable[str], sheet: Sheet | None, fact: Fact | None = None) -> Place:
        """Return the place of the first of these words that stands in the entry that begins on this line."""
        lines = self._lines(file)
        whole = Place(
            file,
            line,
            document=sheet.document.key if sheet and sheet.file == file else None,
            fact=fact.key if fact else None,
            quote=fact.quotes[0].exact if fact else None,
        )
        for word in words:
            for pattern in (VALUE.format(re.escape(word)), PART.format(re.escape(word))):
                for number in _entry(lines, line):
                    if found := re.search(pattern, lines[number - 1]):
                        return replace(whole, line=number, column=found.start() + 1, length=len(word))
        written = lines[line - 1] if 0 < line <= len(lines) else ""
        key = re.match(r"\s*(.*?)(?=:(\s|$)|$)", written)
        return replace(whole, column=key.start(1) + 1, length=len(key[1])) if key else whole

    def _lines(self, file: Path) -> list[str]:
        if file not in self.lines:
            text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
            self.lines[file] = text.split("\n")
        return self.lines[file]


def _entry(lines: Sequence[str], line: int) -> Iterator[int]:
    """Yield the numbers of the lines of the entry that begins on a line: those that follow and are further in."""

    def indent(text: str) -> int:
        return len(text) - len(text.lstrip())

    if not 0 < line <= len(lines):
        return
    yield line
    for number in range(line + 1, len(lines) + 1):
        written = lines[number - 1]
        if written.strip() and indent(written) <= indent(lines[line - 1]):
            return
        yield number
