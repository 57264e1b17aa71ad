"""Facts: each one thing that a document states, in which words, and what its reader judged of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, get_args

import pyoxigraph as ox
from rdflib import RDF, Literal, URIRef

from mappings import Entry, Kind, Names, Triple
from mappings.fields import Agent
from mappings.names import CMQ, KEY, SUFFIXES, VOCABULARY
from mappings.stances import StanceEntry
from publisher.documents import Document
from publisher.entries import read_entry
from publisher.errors import Problem, SheetError
from publisher.kinds import COMMON, fields, inner, is_list
from publisher.nodes import CONTROLS, Node
from publisher.texts import LONG, Quote, Sentence, Text, find
from publisher.things import Index, did_you_mean

#: Natures of what an author puts into a text by himself.
OWN_VOICE: Final = ("nature#evaluative", "nature#interpretive")
#: An act that gives an Initiative its lifecycle has one of these modalities; so has a standing.
ENACTED: Final = ("modality#occurred", "modality#state")
#: The types of things that can vouch for something.
VOUCHING: Final[tuple[str, ...]] = get_args(Agent)[1].types
NAMES: Final = Names()


@dataclass(frozen=True)
class Fact:
    """One entry: what the document states, in which words, and how.

    key: `{document}.{entry}`. line: where it stands in the sheet. mapping: the kind that its name, `kind`, stands for.
    attributed_to: references of those who vouch for it. contradicts: keys of other Facts. long_quote: why a quote has
    more words than a quote should have.
    """

    key: str
    line: int
    kind: str
    mapping: Kind
    entry: Entry
    quotes: tuple[Quote, ...]
    modality: str
    nature: str
    polarity: str
    attributed_to: tuple[str, ...]
    list: str | None
    contradicts: tuple[str, ...]
    long_quote: str | None = None

    def triples(self, names: Names = NAMES) -> tuple[Triple, ...]:
        """Return what it states, with these names."""
        return tuple(self.mapping.triples(self.entry, names))


def read_facts(
    keyed: Iterable[tuple[Node, Node]], document: Document, text: Text, tiles: tuple[Sentence, ...], known: Index
) -> tuple[Fact, ...]:
    """Read all entries of a sheet. Raise one SheetError for all that is wrong, of each entry the first thing."""
    facts: dict[object, Fact] = {}
    keys: dict[str, Node] = {}
    problems: list[Problem] = []
    for key, node in keyed:
        try:
            fact = _fact(key, node, document, text, tiles, known)
            if (like := keys.setdefault(fact.key.casefold(), key)) is not key:
                raise key.error(
                    f"the key '{key.value}' differs from '{like.value}', line {like.line}, in capitals only"
                )
            if (first := facts.setdefault(_stated(fact), fact)) is not fact:
                raise key.error(
                    f"{key.value}: states the same as {first.key.partition('.')[2]}, line {first.line}; "
                    "add its quotes there"
                )
        except SheetError as error:
            problems.extend(error.problems)
    if problems:
        raise SheetError(problems)
    return tuple(facts.values())


def _stated(fact: Fact) -> object:
    """Return what is equal for two entries that state the same. A Stance is its entry's own, so its key is left out."""
    keyless = replace(fact, entry=replace(fact.entry, key=""))
    return frozenset(keyless.triples()), fact.modality, fact.nature, fact.polarity, frozenset(fact.attributed_to)


def _fact(key: Node, node: Node, document: Document, text: Text, tiles: tuple[Sentence, ...], known: Index) -> Fact:
    name = key.text("fact")
    if not KEY.fullmatch(name) or name in SUFFIXES:
        raise key.error(
            f"'{name}' cannot name a fact: expected letters, digits, single hyphens, not {', '.join(SUFFIXES)}"
        )
    given, known_kinds = node.pairs(name), known.vocabularies.kinds
    kinds = [field for field in given if field not in COMMON]
    for field in kinds:
        if field not in known_kinds:
            raise node.key(field).error(
                f"{name}: '{field}' is neither a kind of fact nor a field that all have"
                f"{did_you_mean(field, [*known_kinds, *COMMON])}; the kinds are {', '.join(known_kinds)}"
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
    fact = Fact(
        key=full,
        line=key.line,
        kind=kinds[0],
        mapping=known_kinds[kinds[0]],
        entry=entry,
        quotes=quotes,
        modality=str(answers["modality"]),
        nature=str(answers["nature"]),
        polarity=str(answers["polarity"]),
        attributed_to=_attributed(name, given.get("attributed_to"), entry, known),
        list=answers["list"],
        contradicts=_contradicts(name, given.get("contradicts"), document.key),
        long_quote=given["long_quote"].text(f"{name}, long_quote") if "long_quote" in given else None,
    )
    _judge(fact, name, key, given)
    return fact


def _judge(fact: Fact, name: str, key: Node, given: Mapping[str, Node]) -> None:
    """Refuse what no reader can have meant."""
    entry = given[fact.kind]
    try:
        triples = fact.triples()
    except (Exception, SystemExit) as error:  # of a kind that a publication adds
        raise entry.error(f"{name}: {fact.kind}: its function cannot map this entry: {error}") from error
    if wrong := next(filter(None, map(_no_triple, triples)), None):
        raise entry.error(f"{name}: {fact.kind}: its function gives {wrong}")
    if not triples:
        raise entry.error(f"{name}: {fact.kind}: says nothing; it has {', '.join(fields(fact.mapping))}")
    if fact.nature == "nature#derived":
        raise given["nature"].error(f"{name}: only a rule derives; what any reader concludes is implied")
    if isinstance(fact.entry, StanceEntry) and fact.nature in OWN_VOICE and fact.entry.holders != (fact.entry.author,):
        raise given["nature"].error(
            f"{name}: a stance of somebody whom the document names is reported, however disputable; leave nature out"
        )
    reached = [str(value).partition("#")[2] for _, predicate, value in triples if predicate == CMQ.lifecycle]
    if reached and fact.modality not in ENACTED and fact.polarity == "polarity#positive":
        raise given["modality"].error(
            f"{name}: an Initiative is {reached[0]} by what occurred, or as a state; it is not by what is "
            f"{fact.modality.partition('#')[2]}: describe it with the kind initiative, or name a topic instead"
        )
    hints = fields(fact.mapping)
    if fact.list and not any(is_list(hints[field][0]) for field in entry.pairs(name)):
        raise given["list"].error(f"{name}: no field here is a list that the quote could leave open; leave list out")
    for field, node in entry.pairs(name).items():
        if inner(hints[field][0]) is str and not any(_has(quote.exact, node.text(field)) for quote in fact.quotes):
            raise node.error(f"{name}: {fact.kind}, {field}: '{node.value}' does not stand in a quote of this entry")
    if fact.long_quote and not any(quote.long for quote in fact.quotes):
        raise given["long_quote"].error(f"{name}: no quote has more than {LONG} words; leave long_quote out")


def _no_triple(given: object) -> str | None:
    """Return what this is, where it is no triple that may be published; one with a blank node has no name to keep."""
    if not (
        isinstance(given, tuple)
        and len(given) == 3
        and isinstance(given[0], URIRef)
        and isinstance(given[1], URIRef)
        and isinstance(given[2], URIRef | Literal)
    ):
        return "something else than triples of IRIs and literals"
    for term in given:
        iri = term.datatype if isinstance(term, Literal) else term
        try:
            ox.NamedNode(iri or RDF.value)  # a literal without a datatype has nothing to look at
        except ValueError as error:
            return f"{str(iri)!r}, which is no IRI: {error}"
    if found := CONTROLS.search(given[2]):
        return f"a literal with {found[0]!r}, which no RDF/XML can hold"
    if given[0].startswith(VOCABULARY):
        return f"a triple about {given[0]}, which is ours: it would mean something else here than elsewhere"
    return None


def _has(quote: str, words: str) -> bool:
    """Whether words stand in a quote, letter for letter but for the case of the first."""
    return any(first + words[1:] in quote for first in (words[0], words[0].swapcase()))


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
    agents = tuple(
        known.thing(item, f"{name}, attributed_to", VOUCHING) for item in node.items(f"{name}, attributed_to")
    )
    if entry.author in agents:
        raise node.error(f"{name}: what the document's author says is attributed to nobody; leave attributed_to out")
    return _once(agents, node, f"{name}, attributed_to")


def _contradicts(name: str, node: Node | None, document: str) -> tuple[str, ...]:
    if node is None:
        return ()
    keys = []
    for item in node.items(f"{name}, contradicts"):
        document_key, _, entry = item.text(f"{name}, contradicts").rpartition(".")
        keys.append(f"{document_key or document}.{entry}")
    return _once(tuple(keys), node, f"{name}, contradicts")


def _once(members: tuple[str, ...], node: Node, what: str) -> tuple[str, ...]:
    if len(set(members)) < len(members):
        raise node.error(f"{what}: one of its members stands there twice")
    return members
