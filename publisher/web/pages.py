"""The pages of things: what their templates are given. What only a Fact states is never shown as a plain statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox
from flask import render_template

from mappings.names import VOCABULARY
from publisher.web import words
from publisher.web.derivations import derivation
from publisher.web.facts import Fact, Quote, Reader, Statement, text
from publisher.web.known import DCTERMS, LABEL, RDF, RDFS, SKOS, TYPE, Known, Term, cmq, named
from publisher.web.queries import quads
from publisher.web.served import Served
from publisher.web.shown import Shower, Shown, links

SAME_AS: Final = "https://schema.org/sameAs"
#: What a page shows above its tables.
IDENTITY: Final = (LABEL, SKOS + "altLabel", SAME_AS)
#: What has a page of its own shape says there, and not in tables.
BOOKKEEPING: Final = tuple(map(cmq, ("statement", "evidence", "inDocument", "inSentence")))


@dataclass(frozen=True)
class Row:
    """A triple with all Facts that state it. derived: whether it is plain because a rule concluded it, and only so.

    declared: the graphs that hold it, where no Fact states it.
    """

    subject: Shown
    predicate: Shown
    value: Shown
    plain: bool
    derived: bool
    facts: tuple[Fact, ...]
    declared: tuple[Shown, ...]


def page(here: Served, known: Known, kind: str, iri: str, path: str) -> str:
    """Return the page of a thing. known: what is said of it. path: where its document is."""
    shower = Shower(here, known)
    labels = [shower.show(one) for one in shower.labels(iri)] or [shower.thing(iri)]
    inferred = str(here.names.graph("inferred"))
    types = known.iris(iri, TYPE)
    derived = [cls for cls in types if known.graphs(iri, TYPE, ox.NamedNode(cls)) == [inferred] and kind != "fact"]
    common = {
        "iri": iri,
        "title": labels[0],
        "others": labels[1:],
        "types": [shower.thing(cls) for cls in types if cls not in derived],
        "derived_types": [
            shower.thing(cls) for cls in sorted(derived, key=lambda cls: (not cls.startswith(cmq("")), cls))
        ],
        "links": links(path),
    }
    if kind == "fact":
        return render_template("fact.html", **common, **_fact(here, known, iri))
    if kind == "document":
        return render_template("document.html", **common, **_document(here, known, shower, iri))
    return render_template("thing.html", **common, **_thing(known, shower, iri, inferred))


def _thing(known: Known, shower: Shower, iri: str, inferred: str) -> dict[str, Any]:
    reader = Reader(known, shower)
    stated = [reader.statement(one) for one in known.subjects(RDF + "subject", iri)]
    mentioned = [reader.statement(one) for one in known.subjects(RDF + "object", iri)]
    own = [(p, o) for p in known.properties(iri) for o in known.values(iri, p) if p not in (*IDENTITY, *BOOKKEEPING)]
    about = [
        (s, p)
        for p in sorted({quad.predicate.value for quad in known.quads if named(quad.object) == iri})
        for s in known.subjects(p, iri)
        if not p.startswith(RDF) and p not in (cmq("attributedTo"), cmq("restsOn"))
    ]
    value = ox.NamedNode(iri)
    rows = _rows(reader, [(iri, p, o) for p, o in own], stated, inferred)
    types = set(known.iris(iri, TYPE))
    return {
        "aliases": [shower.show(one) for one in known.values(iri, SKOS + "altLabel")],
        "same": [shower.thing(one) for one in known.iris(iri, SAME_AS)],
        "stated": [row for row in rows if row.facts or row.predicate.iri != TYPE],
        "mentions": _rows(reader, [(s, p, value) for s, p in about], mentioned, inferred),
        "attributed": [reader.fact(one) for one in sorted(known.subjects(cmq("attributedTo"), iri))],
        "initiative": cmq("Initiative") in types,
        "stages": [shower.thing(one) for one in known.iris(iri, cmq("lifecycle"))],
        "stance": cmq("Stance") in types,
        "untyped": not types,
    }


def _rows(
    reader: Reader, plain: Iterable[tuple[str, str, Term]], stated: Sequence[Statement], inferred: str
) -> list[Row]:
    """Return one row for each triple, plain or stated, with the Facts that state it; inferred: the graph of those."""
    triples: dict[tuple[str, str, Term], list[str]] = {triple: [] for triple in plain}
    for one in stated:
        facts = triples.setdefault((one.subject, one.predicate, one.value), [])
        facts += [fact for fact in reader.known.subjects(cmq("statement"), one.iri) if fact not in facts]
    shower = reader.shower
    rows = []
    for (subject, predicate, value), facts in triples.items():
        graphs = reader.known.graphs(subject, predicate, value)
        row = Row(
            shower.thing(subject),
            shower.thing(predicate),
            shower.show(value),
            bool(graphs),
            graphs == [inferred],
            tuple(reader.fact(fact) for fact in sorted(facts)),
            () if facts else tuple(shower.thing(graph) for graph in graphs),
        )
        rows.append(
            ((not row.plain, row.derived, predicate != TYPE, row.predicate.text, row.subject.text, text(value)), row)
        )
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def _fact(here: Served, known: Known, iri: str) -> dict[str, Any]:
    """Return what a Fact's page shows. Its statements are about other things, so what is plain of them is asked for."""
    plain = quads(here.store, "plain", thing=[iri])
    whole = Known([*known.quads, *plain])
    shower = Shower(here, whole)
    reader = Reader(whole, shower)
    judgements = [
        (name, shower.thing(concept), here.ontology.text(concept, SKOS + "definition"))
        for name in ("modality", "nature", "polarity", "list")
        if (concept := known.iri(iri, cmq(name)))
    ]
    fact = reader.fact(iri)
    derived = known.iri(iri, cmq("nature")) == f"{VOCABULARY}nature#derived"
    return {
        "fact": fact,
        "statements": [
            (
                one.iri.rpartition("#")[2],
                shower.thing(one.subject),
                shower.thing(one.predicate),
                shower.show(one.value),
                _standing(one, fact, derived),
            )
            for one in sorted(reader.statements(iri), key=_order)
        ],
        "judgements": judgements,
        "derivation": derivation(reader, here.ontology, iri) if derived else None,
        "follows": [shower.thing(one) for one in sorted(known.subjects(cmq("restsOn"), iri))],
        "contradicts": [shower.thing(one) for one in known.iris(iri, cmq("contradicts"))],
        "contradicted": [shower.thing(one) for one in known.subjects(cmq("contradicts"), iri)],
        "key": iri.rpartition("/")[2],
    }


def _order(statement: Statement) -> tuple[str, bool, str, str]:
    return statement.subject, statement.predicate != TYPE, statement.predicate, text(statement.value)


def _standing(statement: Statement, fact: Fact, derived: bool) -> str | None:
    """Say why a statement of a Fact is plain too; nothing, where no graph asserts it."""
    if not statement.plain:
        return None
    if fact.asserted:
        return ""
    kind = statement.subject.rpartition("/")[0].rpartition("/")[2]
    return words.INFERRED if derived else words.DESCRIBES.get(kind, words.ELSEWHERE)


@dataclass(frozen=True)
class Sentence:
    """A sentence of a document. words: none, where its rights allow quotes only.

    facts: each with the quote that stands here, and with the anchor of the quote, which only its first Fact carries.
    aside: words that no fact could say, with the reason; None for the words where the rights allow quotes only.
    """

    id: str
    number: str
    words: str | None
    read: bool
    reading: Shown
    facts: tuple[tuple[Fact, Quote, str | None], ...]
    aside: tuple[tuple[str | None, str], ...]


def _document(here: Served, known: Known, shower: Shower, iri: str) -> dict[str, Any]:
    reader = Reader(known, shower)
    facts = [reader.fact(one) for one in sorted(known.subjects(cmq("inDocument"), iri)) if "/id/fact/" in one]
    placed: dict[str, list[tuple[Fact, Quote]]] = {}
    for fact in facts:
        for quote in fact.quotes:
            placed.setdefault(quote.sentence, []).append((fact, quote))
    anchored: set[str] = set()

    def anchor(quote: Quote) -> str | None:
        name = f"char={quote.start},{quote.end}"
        if name in anchored:
            return None
        anchored.add(name)
        return name

    sentences = []
    for one in known.of_type(cmq("Sentence")):
        reading = known.iri(one, cmq("reading")) or ""
        sentences.append(
            Sentence(
                one.rpartition("#")[2],
                known.text(one, cmq("number")) or "",
                reader.span(one)[0],
                reading.endswith("#read"),
                shower.thing(reading),
                tuple(
                    (fact, quote, anchor(quote))
                    for fact, quote in sorted(placed.get(one, ()), key=lambda pair: (pair[1].start, pair[0].iri))
                ),
                tuple(
                    (reader.span(span)[0], known.text(span, RDFS + "comment") or "")
                    for span in known.iris(one, cmq("setAside"))
                ),
            )
        )
    sentences.sort(key=lambda sentence: int(sentence.number or 0))
    own = {name: [shower.show(one) for one in known.values(iri, name)] for name in known.properties(iri)}
    key = iri.rpartition("/")[2]
    return {
        "own": own,
        "sentences": sentences,
        "facts": facts,
        "lang": shower.thing(iri).lang,
        "whole": here.release.manifest["documents"][key]["rights"] == "full",
        "text_href": f"{here.root}doc/document/{key}.txt",
        "cmq": cmq(""),
        "dcterms": DCTERMS,
    }
