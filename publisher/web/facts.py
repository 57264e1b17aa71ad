"""A Fact as pages show it: its quotes or its rule, and in words how it is meant and whose word it is."""

from dataclasses import dataclass

import pyoxigraph as ox

from publisher.web import words
from publisher.web.known import LABEL, OA, RDF, Known, Term, cmq
from publisher.web.shown import Shower, Shown


@dataclass(frozen=True)
class Quote:
    """A quote: its words, their place in code points, and the sentence that it stands in.

    before and after: the rest of the sentence, where the text may be published.
    """

    exact: str
    lang: str | None
    start: int
    end: int
    sentence: str
    number: str
    href: str
    before: str = ""
    after: str = ""

    @property
    def key(self) -> str:
        """The key of its document."""
        return self.sentence.partition("#")[0].rpartition("/")[2]

    @property
    def place(self) -> str:
        """The sentence in words."""
        return "headline" if self.number == "0" else f"sentence {self.number}"


@dataclass(frozen=True)
class Fact:
    """A Fact. meant: how, in words. open: whether its quote marks its list as incomplete. asserted: whether it asserts.

    voices: whose word it is; nobody's, where it is the document's own. rule, grounds: of a Fact that was concluded, by
    what, and what it rests on.
    """

    iri: str
    shown: Shown
    document: Shown | None
    quotes: tuple[Quote, ...]
    meant: str
    open: bool
    voices: tuple[Shown, ...]
    asserted: bool
    rule: Shown | None = None
    grounds: tuple[Shown, ...] = ()

    @property
    def key(self) -> str:
        """The key of its entry in the fact sheet."""
        return self.iri.rpartition("/")[2].partition(".")[2]


@dataclass(frozen=True)
class Statement:
    """A triple that a Fact makes. plain: the graphs that assert it; none, where it stands in its Fact only."""

    iri: str
    subject: str
    predicate: str
    value: Term
    plain: tuple[str, ...]


class Reader:
    """Reads Facts out of what is known."""

    def __init__(self, known: Known, shower: Shower) -> None:
        self.known = known
        self.shower = shower

    def fact(self, iri: str) -> Fact:
        """Return a Fact."""
        known, shower = self.known, self.shower
        modality, nature = known.iri(iri, cmq("modality")), known.iri(iri, cmq("nature"))
        voices = tuple(shower.thing(agent) for agent in known.iris(iri, cmq("attributedTo")))
        denied = words.of(known.iri(iri, cmq("polarity"))) == "polarity#negative"
        said = words.modality(modality, shower.thing(modality).text if modality else "")
        how = words.nature(nature, shower.thing(nature).text if nature else "")
        document, rule = known.iri(iri, cmq("inDocument")), known.iri(iri, cmq("rule"))
        return Fact(
            iri,
            shower.thing(iri),
            shower.thing(document) if document else None,
            tuple(sorted(self.quotes(iri), key=lambda quote: quote.start)),
            words.meant(said, how, denied=denied),
            known.iri(iri, cmq("list")) is not None,
            voices,
            not denied and words.asserts(modality) and how is None and not voices,
            shower.thing(rule) if rule else None,
            tuple(shower.thing(ground) for ground in known.iris(iri, cmq("restsOn"))),
        )

    def quotes(self, fact: str) -> list[Quote]:
        """Return the quotes that a Fact rests on; a Fact that a rule concluded has none."""
        label = self.known.literal(fact, LABEL)
        return [
            quote
            for span in self.known.iris(fact, cmq("evidence"))
            if (quote := self._quote(span, label.language if label else None)) is not None
        ]

    def _quote(self, span: str, lang: str | None) -> Quote | None:
        exact, start, end = self.span(span)
        if exact is None:
            return None
        sentence = self.known.iri(span, cmq("inSentence")) or ""
        text, first, _ = self.span(sentence)
        number = self.known.text(sentence, cmq("number")) or ""
        before, after = ("", "") if text is None else (text[: start - first], text[end - first :])
        href = self.shower.href(sentence) or ""
        return Quote(exact, lang, start, end, sentence, number, href, before, after)

    def span(self, iri: str) -> tuple[str | None, int, int]:
        """Return the words of a span, where they are published, and its place."""
        exact, start, end = None, 0, 0
        for selector in self.known.iris(iri, OA + "hasSelector"):
            exact = self.known.text(selector, OA + "exact") or exact
            start = int(self.known.text(selector, OA + "start") or start)
            end = int(self.known.text(selector, OA + "end") or end)
        return exact, start, end

    def statements(self, fact: str) -> list[Statement]:
        """Return the triples that a Fact makes."""
        return [self.statement(iri) for iri in self.known.iris(fact, cmq("statement")) if self._is_whole(iri)]

    def statement(self, iri: str) -> Statement:
        """Return one of them."""
        subject = self.known.iri(iri, RDF + "subject") or ""
        predicate = self.known.iri(iri, RDF + "predicate") or ""
        value = self.known.values(iri, RDF + "object")[0]
        return Statement(iri, subject, predicate, value, tuple(self.known.graphs(subject, predicate, value)))

    def _is_whole(self, iri: str) -> bool:
        return bool(self.known.values(iri, RDF + "object"))


def text(value: Term) -> str:
    """Return a value as a text to sort by."""
    return value.value if isinstance(value, ox.Literal | ox.NamedNode) else str(value)
