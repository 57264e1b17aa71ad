"""What a quote says in English, French and Russian: that somebody says so, that a list goes on, that a word is cut."""

from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph, Literal
from rdflib.namespace import DCTERMS, RDF, SH

from mappings import Names
from mappings.names import CMQ, OA
from publisher.canonical import ntriples
from publisher.shapes import SHAPES, Shapes
from tests.conftest import ROOT

NAMES = Names()
CHECKED = ("Credited", "ListIncomplete", "QuoteCutsWord")


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes.read(ROOT)


def quoting(texts: tuple[str, ...]) -> Graph:
    """Return a document whose facts have two visitors each; the quote of each stands between bars in its text."""
    graph = Graph()
    document = NAMES.document("d")
    graph.add((document, RDF.type, CMQ.Document))
    graph.add((document, DCTERMS.creator, NAMES.iri("agent/d.author")))
    graph.add((document, DCTERMS.language, Literal("en")))
    for number, text in enumerate(texts):
        prefix, exact, suffix = text.split("|")
        fact = NAMES.fact(f"d.{number}")
        graph.add((fact, RDF.type, CMQ.Fact))
        graph.add((fact, CMQ.inDocument, document))
        graph.add((fact, CMQ.nature, NAMES.iri("nature#reported")))
        span, quote = (NAMES.within("d", part, number, number + 1) for part in ("char", "quote"))
        graph.add((fact, CMQ.evidence, span))
        graph.add((span, OA.hasSource, document))
        graph.add((span, OA.hasSelector, quote))
        for part, words in ((OA.prefix, prefix[-32:]), (OA.exact, exact), (OA.suffix, suffix[:32])):
            graph.add((quote, part, Literal(words)))
        for visitor in ("state/russia", "state/niger"):
            triple = (NAMES.iri("event/e"), CMQ.visitor, NAMES.iri(visitor))
            statement = NAMES.statement(f"d.{number}", triple)
            graph.add((fact, CMQ.statement, statement))
            for part, term in zip((RDF.subject, RDF.predicate, RDF.object), triple, strict=True):
                graph.add((statement, part, term))
    return graph


def told(shapes: Shapes, texts: tuple[str, ...]) -> dict[str, set[str]]:
    """Return what each of these shapes finds."""
    found: dict[str, set[str]] = {name: set() for name in CHECKED}
    for scope in ("document", "context"):
        data: Any = ox.Store()
        data.load(ntriples(quoting(texts)), format=ox.RdfFormat.N_TRIPLES)
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes.graphs[scope], inference="none", inplace=True)
        for result, shape in report.subject_objects(SH.sourceShape):
            if (name := str(shape).removeprefix(SHAPES)) in found:
                fact = str(report.value(result, SH.value))
                found[name].add(texts[int(fact.rpartition(".")[2])])
    return found


SAID = (
    "|Officials said Russia and Niger would come|.",
    "|According to the ministry, Russia came|.",
    "Officials said that |Russia came| on Monday.",
    "|Russia came|, the minister said on Monday.",
    "|what authorities describe as a visit|",
    "|Russia has reportedly come|",
    "|Selon Moscou, la Russie est venue|.",
    "|Le ministre a déclaré que la Russie est venue|.",
    "|La délégation aurait été reçue|.",
    "Le ministre affirme que |la Russie est venue|.",
    "D’après le ministère, |la Russie est venue|.",
    "|По словам министра, Россия приехала|.",
    "|Министр заявил, что Россия приехала|.",
    "|Россия приехала|, сообщил министр.",
    "|Как сообщает агентство, Россия приехала|",
    "Министр подчеркнул, что |Россия приехала|.",
)
NOT_SAID = (
    "|We said that Russia came|.",
    "|The two sides noted that Russia came|.",
    "|Russia came, called “what they said”|.",
    "|the stated goal of the visit|",
    "|Member States came|",
    "|according to the agreement|",
    "|the visit was announced|",
    "|The minister, who| said he came",
    "|selon les modalités de l’accord|",
    "|la réunion qui aurait lieu|",
    "|Стороны отметили, что визит прошёл|.",
    "|железнодорожное сообщение|",
    "|согласно договору|",
)
OPEN = (
    "|the guests, including Moscow|",
    "|states such as Moscow|",
    "|Moscow and Niamey, among others,| came",
    "|les invités, notamment Moscou|",
    "|des États tels que la Russie|",
    "|la Russie, entre autres|.",
    "|гости, в том числе Россия|",
    "|страны, такие как Россия|",
    "|Россия и другие страны|",
)
NOT_OPEN = (
    "|Russia and Niger|",
    "|la Russie et le Niger|",
    "|Россия и Нигер|",
    "|an inclusive visit|",
    "|do not come|",
)
CUT = (
    "The R|ussian delegation| came",
    "|the delegatio|n",
    "La d|élégation| est",
    "Приехала р|оссийская делегация|.",
    "|российская делегаци|я",
    "10,|000 troops|",
    "|does|n’t come",
)
NOT_CUT = (
    "the 60-|member team|",
    "|Russia|’s delegation",
    "l’|Azawad|,",
    "«|Газпром|»",
    "|agreement|1 was",
    "Mali|The visit|",
    "из-|за границы|",
    "in |2025|, it",
)


@pytest.mark.parametrize(
    ("shape", "slips", "others"),
    [("Credited", SAID, NOT_SAID), ("ListIncomplete", OPEN, NOT_OPEN), ("QuoteCutsWord", CUT, NOT_CUT)],
)
def test_a_quote_is_understood_in_three_languages(
    shape: str, slips: tuple[str, ...], others: tuple[str, ...], shapes: Shapes
) -> None:
    assert told(shapes, (*slips, *others))[shape] == set(slips)
