"""A publication of any size, invented, in our own terms: for attacks and for benchmarks, and never for a reader.

Visits, talks and receptions of invented states and people, on many days, on our topics, each stated by a Fact with its
quote. The same number and seed give the same bytes. A few states and topics are met often and most seldom, as in life.

    .venv/bin/python -m tests.generated FOLDER [--triples 1000000] [--base http://localhost:8000/]

makes of it a folder of releases that `communique serve` serves, and beside it the same as N-Quads, for other stores.
"""

import argparse
import hashlib
import json
import random
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib.namespace import RDF, SKOS, XSD

from mappings.names import CMQ, DEFAULT_BASE, OA, VOCABULARY
from publisher.canonical import ntriples
from publisher.release import CURRENT, MANIFEST, STORE
from publisher.stores import make
from publisher.verify import write_sums
from publisher.vocabularies import Vocabularies
from tests.conftest import ROOT

MILLION: Final = 1_000_000
DUMP: Final = "generated.nq"
STATES: Final = 180
#: The day from which on anything happens, and on how many days it does.
FIRST: Final = date(1995, 1, 1)
DAYS: Final = 30 * 365
EVENTS_OF_A_DOCUMENT: Final = 40
KINDS: Final = ("Visit", "Talks", "Talks", "Talks", "Reception")
ROLES: Final = {"Visit": "visitor", "Talks": "participant", "Reception": "guest"}
SYLLABLES: Final = ["ba", "da", "fi", "go", "ka", "la", "ma", "ne", "po", "ra", "sa", "ti", "vo", "ze", "lu", "mi"]
MATTERS: Final = [
    "quarries",
    "ports",
    "railways",
    "visas",
    "grain",
    "oil",
    "dams",
    "schools",
    "borders",
    "fisheries",
    "cotton",
    "airfields",
]
MODALITIES: Final = ("occurred", "occurred", "occurred", "state", "ongoing", "planned", "proposed")

Line = tuple[str, str]


@dataclass(frozen=True)
class Generated:
    """A publication that was generated. releases: the folder to serve. dump: all of it as N-Quads, default graph too.

    events, persons, states, places: how many there are of each; which there are says `slug`.
    """

    releases: Path
    dump: Path
    base: str
    triples: int
    events: int
    persons: int

    @property
    def store(self) -> Path:
        """The folder of its embedded store."""
        return self.releases / CURRENT / "store"


@cache
def slug(kind: str, number: int) -> str:
    """Return the name in IRIs of the event, person, state or place with this number, counted from 0."""
    return f"{_name(kind, number).lower().replace(' ', '-')}-{number}"


@cache
def _name(kind: str, number: int) -> str:
    dice = random.Random(f"{kind}{number}")  # noqa: S311 - a game of dice, no secret
    words = [
        "".join(dice.choices(SYLLABLES, k=dice.choice((2, 3)))).title() for _ in range(2 if kind == "person" else 1)
    ]
    return " ".join(words)


class Writer:
    """What writes the triples: pairs of a graph's name and a triple as a line of N-Triples without its end."""

    def __init__(self, triples: int, base: str, seed: int = 1) -> None:
        self.triples, self.base = triples, base
        self.dice = random.Random(seed)  # noqa: S311 - as above
        self.persons = max(20, triples // 600)
        self.places = 3 * STATES
        self.events = 0
        self.vocabularies = Vocabularies.read(ROOT)
        self.topics = sorted(self.vocabularies.schemes["topic"])
        # What comes first is met most: the weights fall as 1/n does, so that the commonest state is in a sixth of all.
        self.weights = {
            kind: list(accumulate(1 / (n + 3) for n in range(many)))
            for kind, many in (("state", STATES), ("person", self.persons), ("place", self.places))
        }
        self.topic_weights = list(accumulate(1 / (n + 3) for n in range(len(self.topics))))

    def lines(self) -> Iterator[Line]:
        """Yield so many triples as were asked for, each with its named graph. No triple comes twice."""
        return islice(self._all(), self.triples)

    def _all(self) -> Iterator[Line]:
        for line in ntriples(self.vocabularies.graph).decode().splitlines():
            if " _:" not in f" {line}":  # its few lists and restrictions: a blank node would be another one elsewhere
                yield "ontology", line.removesuffix(" .")
        yield from self._authority()
        number = 0
        while True:
            yield from self._document(number)
            number += 1

    def _authority(self) -> Iterator[Line]:
        for number in range(STATES):
            it = self.iri("state", number)
            yield from self._thing("authority", it, "State", _name("state", number))
        for number in range(self.places):
            it = self.iri("place", number)
            yield from self._thing("authority", it, "Place", _name("place", number))
            yield "authority", f"{it} <{CMQ.country}> {self.iri('state', number % STATES)}"
        for number in range(self.persons):
            it = self.iri("person", number)
            yield from self._thing("authority", it, "Person", _name("person", number))
            yield "authority", f"{it} <{CMQ.ofState}> {self.iri('state', self._pick('state'))}"

    def _document(self, number: int) -> Iterator[Line]:
        key, day = f"report-{number}", FIRST + timedelta(days=self.dice.randrange(DAYS))
        it = f"<{self.base}id/document/{key}>"
        title = f"Report {number} on {self.dice.choice(MATTERS)} and {self.dice.choice(MATTERS)}"
        yield from self._thing(key, it, "Document", title, others=False)
        yield key, f'{it} <http://purl.org/dc/terms/title> "{title}"@en'
        yield key, f'{it} <http://purl.org/dc/terms/language> "en"'
        yield key, f'{it} <http://purl.org/dc/terms/issued> "{day}"^^<{XSD.date}>'
        yield key, f'{it} <{CMQ.sha256}> "{hashlib.sha256(key.encode()).hexdigest()}"'
        position = 0
        for sentence in range(1, EVENTS_OF_A_DOCUMENT + 1):
            begin = day - timedelta(days=self.dice.randrange(60))
            position = yield from self._event(key, sentence, begin, position)

    def _event(self, key: str, sentence: int, begin: date, position: int) -> Generator[Line, None, int]:
        """Yield an event, and for every second one the Fact that states it; return where the next sentence begins."""
        dice, number = self.dice, self.events
        self.events += 1
        kind, it = dice.choice(KINDS), self.iri("event", number)
        host, matter = self._pick("state"), dice.choice(MATTERS)
        label = f"{kind} of {_name('state', host)} on {matter}, {begin:%B %Y}"
        yield from self._thing(key, it, kind, label, others=False)
        role = CMQ[ROLES[kind]]
        said = (f"<{CMQ.place}>", self.iri("place", self._pick("place")))
        yield key, f"{it} {said[0]} {said[1]}"
        yield key, f"{it} <{CMQ.host}> {self.iri('state', host)}"
        people = {self._pick("person") for _ in range(dice.randrange(1, 5))}
        for other in sorted({self._pick("state") for _ in range(dice.randrange(1, 3))}):
            yield key, f"{it} <{role}> {self.iri('state', other)}"
        for person in sorted(people):
            yield key, f"{it} <{role}> {self.iri('person', person)}"
        yield key, f'{it} <{CMQ.begin}> "{begin}"^^<{XSD.date}>'
        if dice.random() < 0.3:
            yield key, f'{it} <{CMQ.end}> "{begin + timedelta(days=dice.randrange(1, 5))}"^^<{XSD.date}>'
        for topic in sorted({self._topic() for _ in range(dice.randrange(1, 4))}):
            yield key, f"{it} <{CMQ.topic}> <{VOCABULARY}topic#{topic}>"
        if number % 2 == 0:
            yield from self._fact(key, sentence, (it, *said), label, position)
        return position + len(label) + 1

    def _fact(self, key: str, sentence: int, triple: tuple[str, ...], quote: str, start: int) -> Iterator[Line]:
        entry, document = f"s{sentence}", f"{self.base}id/document/{key}"
        fact, end = f"{self.base}id/fact/{key}.{entry}", start + len(quote)
        where = f"{start},{end}"
        digest = hashlib.sha256(" ".join(triple).encode()).hexdigest()[:8]
        statement, evidence = f"<{fact}#{digest}>", f"<{document}#char={where}>"
        words, place = f"<{document}#quote={where}>", f"<{document}#position={where}>"
        yield from self._thing(key, f"<{fact}>", "Fact", quote, others=False)
        for name, value in (
            ("inDocument", f"<{document}>"),
            ("modality", f"<{VOCABULARY}modality#{self.dice.choice(MODALITIES)}>"),
            ("nature", f"<{VOCABULARY}nature#reported>"),
            ("polarity", f"<{VOCABULARY}polarity#positive>"),
            ("statement", statement),
            ("evidence", evidence),
        ):
            yield key, f"<{fact}> <{CMQ[name]}> {value}"
        yield key, f"{statement} <{RDF.type}> <{RDF.Statement}>"
        for name, value in zip(("subject", "predicate", "object"), triple, strict=True):
            yield key, f"{statement} <{RDF[name]}> {value}"
        yield key, f"{evidence} <{RDF.type}> <{OA}SpecificResource>"
        yield key, f"{evidence} <{OA}hasSource> <{document}>"
        yield key, f"{evidence} <{CMQ.inSentence}> <{document}#{entry}>"
        yield key, f"{evidence} <{OA}hasSelector> {words}"
        yield key, f"{evidence} <{OA}hasSelector> {place}"
        yield key, f"{words} <{RDF.type}> <{OA}TextQuoteSelector>"
        yield key, f'{words} <{OA}exact> "{quote}"'
        yield key, f"{place} <{RDF.type}> <{OA}TextPositionSelector>"
        yield key, f'{place} <{OA}start> "{start}"^^<{XSD.integer}>'
        yield key, f'{place} <{OA}end> "{end}"^^<{XSD.integer}>'

    def _thing(self, graph: str, it: str, kind: str, label: str, *, others: bool = True) -> Iterator[Line]:
        yield graph, f"{it} <{RDF.type}> <{CMQ[kind]}>"
        yield graph, f'{it} <{SKOS.prefLabel}> "{label}"@en'
        if others:
            yield graph, f'{it} <{SKOS.prefLabel}> "{label}"@fr'

    def iri(self, kind: str, number: int) -> str:
        """Return the IRI of a thing, as N-Triples have it."""
        return f"<{self.base}id/{kind}/{slug(kind, number)}>"

    def _pick(self, kind: str) -> int:
        weights = self.weights[kind]
        return self.dice.choices(range(len(weights)), cum_weights=weights)[0]

    def _topic(self) -> str:
        return self.dice.choices(self.topics, cum_weights=self.topic_weights)[0]


def write(dump: Path, triples: int, base: str = DEFAULT_BASE) -> tuple[Counter[str], Writer]:
    """Write a publication as N-Quads: each triple in its named graph, and in the default graph, which is their merge.

    Return how many triples each named graph has, and the writer, which knows what it wrote.
    """
    writer, counts = Writer(triples, base), Counter[str]()
    with dump.open("w", encoding="utf-8") as file:
        for graph, line in writer.lines():
            counts[graph] += 1
            file.write(f"{line} .\n{line} <{base}graph/{graph}> .\n")
    return counts, writer


def generate(folder: Path, triples: int = MILLION, base: str = DEFAULT_BASE) -> Generated:
    """Make a folder of releases with one generated release in it, and its dump beside it; or find what was made so.

    folder: it is made, and what was made in it with other numbers is made anew elsewhere by the caller.
    """
    dump, told = folder / DUMP, folder / "generated.json"
    if not told.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        counts, writer = write(dump, triples, base)
        release(folder / "releases", dump, base, triples, counts)
        made = {"base": base, "triples": triples, "events": writer.events, "persons": writer.persons}
        told.write_text(json.dumps(made))
    return Generated(folder / "releases", dump, **json.loads(told.read_text()))


def release(releases: Path, dump: Path, base: str, triples: int, counts: Counter[str]) -> None:
    """Load a dump into a release and let `current` point to it: the store and the manifest, and no other part."""
    manifest = {
        "base": base, "title": "A generated publication", "description": "Nothing here is true.",
        "publisher": "Nobody", "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
        "triples": triples, "graphs": dict(counts),
        "classes": {}, "documents": {}, "dumps": [], "parts": {},
    }  # fmt: skip
    written = json.dumps(manifest, indent=2, sort_keys=True).encode()
    folder = releases / hashlib.sha256(written).hexdigest()
    folder.mkdir(parents=True)
    (folder / MANIFEST).write_bytes(written)
    make(folder / STORE, lambda store: store.bulk_load(path=dump, format=ox.RdfFormat.N_QUADS))
    write_sums(folder / STORE)
    (releases / CURRENT).symlink_to(folder.name)


def main() -> None:
    """Generate, and say where."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--triples", type=int, default=MILLION)
    parser.add_argument("--base", default=DEFAULT_BASE)
    given = parser.parse_args()
    made = generate(given.folder, given.triples, given.base)
    print(f"{made.triples:,} triples, {made.events:,} events: COMMUNIQUE_RELEASES={made.releases} communique serve")  # noqa: T201


if __name__ == "__main__":
    main()
