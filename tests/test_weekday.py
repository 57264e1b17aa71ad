"""A weekday fits its date, in the three languages of the texts, whatever else is said of it."""

from datetime import date, timedelta

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.namespace import SH

from mappings.names import CMQ, OA
from publisher.canonical import ntriples
from publisher.shapes import SHAPES, TARGETS, Shapes
from tests.conftest import ROOT

MONDAY = date(2025, 7, 28)
ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FRENCH = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
RUSSIAN = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


@pytest.fixture(scope="module")
def shape() -> Graph:
    """The shape alone, which is run in a tenth of the time of all."""
    whole = Shapes.read(ROOT).graphs["document"]
    graph = Graph(bind_namespaces="none")
    for s, p, o in whole:
        if p not in TARGETS or s == SHAPES.Weekday:
            graph.add((s, p, o))
    return graph


def graph(begin: date | None, end: date | None, text: str, quote: str) -> Graph:
    """A document with one Fact that dates an event: days, the words of date_text, a quote."""
    document, fact, event, evidence, selector = (URIRef(f"http://x/{name}") for name in "dfeqs")
    made = Graph(bind_namespaces="none")
    made.add((document, RDF.type, CMQ.Document))
    made.add((fact, CMQ.inDocument, document))
    made.add((fact, CMQ.polarity, URIRef("https://w3id.org/communique/polarity#positive")))
    made.add((fact, CMQ.evidence, evidence))
    made.add((evidence, OA.hasSelector, selector))
    made.add((selector, OA.exact, Literal(quote)))
    days = ((CMQ.begin, begin), (CMQ.end, end))
    stated = [(p, Literal(day.isoformat(), datatype=XSD.date)) for p, day in days if day is not None]
    for predicate, value in [*stated, *([(CMQ.dateText, Literal(text, lang="en"))] if text else [])]:
        statement = predicate + "-stated"
        made.add((fact, CMQ.statement, statement))
        made.add((statement, RDF.subject, event))
        made.add((statement, RDF.predicate, predicate))
        made.add((statement, RDF.object, value))
    return made


def found(shape: Graph, data: Graph | ox.Store) -> list[str]:
    of: object = data  # pySHACL takes a store, though its annotations do not say so
    _, results, _ = pyshacl.validate(of, shacl_graph=shape, inplace=True)  # type: ignore[arg-type]
    return [str(message) for message in results.objects(None, SH.resultMessage)]


def warned(shape: Graph, begin: date | None, end: date | None, text: str, quote: str = "") -> bool:
    """Whether it warns, in a store as a check has one."""
    store = ox.Store()
    store.bulk_load(ntriples(graph(begin, end, text, quote)), format=ox.RdfFormat.N_TRIPLES)
    return bool(found(shape, store))


@pytest.mark.parametrize("names", [ENGLISH, FRENCH, RUSSIAN])
def test_each_weekday_is_known_by_its_name(names: tuple[str, ...], shape: Graph) -> None:
    for after, name in enumerate(names):
        assert not warned(shape, MONDAY + timedelta(after), None, name)
        assert warned(shape, MONDAY + timedelta(after + 1), None, name)


@pytest.mark.parametrize(
    ("words", "warns"),
    [
        ("Tuesday, 28 July", True),
        ("le mardi 28 juillet", True),
        ("во вторник, 28 июля", True),
        ("в среду", True),
        ("к пятнице", True),
        ("SUNDAY", True),
        ("Monday to Wednesday", False),
        ("в ночь с понедельника на вторник", False),
        ("on Tuesdays", False),
        ("les mardis", False),
        ("среди недели", False),
        ("today", False),
    ],
)
def test_the_words_that_date_an_event(words: str, warns: bool, shape: Graph) -> None:
    assert warned(shape, MONDAY, MONDAY, words) is warns


@pytest.mark.parametrize(
    ("text", "quote", "warns"),
    [
        ("", "arrived on Tuesday, 28 July 2025", True),
        ("", "arrived on Tuesday, July 28", True),
        ("", "arrivée mardi 28 juillet", True),
        ("", "прибыла в среду, 28 июля", True),
        ("", "arrived on Tuesday", True),
        ("28 July 2025", "on Tuesday, 28 July 2025", True),
        ("", "arrivée le lundi 28 juillet", False),
        ("", "told reporters Tuesday that they arrived on 28 July", False),
        ("28 July", "told reporters on Tuesday about it", False),
        ("Monday", "told reporters on Tuesday about it", False),
        ("", "охрана окружающей среды", False),
    ],
)
def test_the_words_of_a_quote(text: str, quote: str, warns: bool, shape: Graph) -> None:
    assert warned(shape, MONDAY, None, text, quote) is warns


@pytest.mark.parametrize(
    ("begin", "end", "words", "warns"),
    [
        (date(2025, 7, 28), date(2025, 7, 31), "Thursday", False),
        (date(2025, 7, 28), date(2025, 7, 31), "Friday", True),
        (date(2025, 7, 31), date(2025, 8, 4), "Sunday", False),
        (date(2025, 7, 31), date(2025, 8, 4), "Tuesday", True),
        (date(2024, 12, 30), date(2025, 1, 2), "Thursday", False),
        (date(2024, 12, 30), date(2025, 1, 2), "Friday", True),
        (date(2024, 2, 28), date(2024, 3, 1), "Thursday", False),
        (date(2024, 2, 28), date(2024, 3, 1), "Saturday", True),
        (date(2023, 2, 28), date(2023, 3, 1), "Thursday", True),
        (date(2025, 1, 1), date(2025, 12, 31), "Sunday", False),
        (None, date(2025, 7, 28), "Monday", False),
        (None, date(2025, 7, 28), "Friday", True),
    ],
)
def test_several_days(begin: date | None, end: date | None, words: str, warns: bool, shape: Graph) -> None:
    assert warned(shape, begin, end, words) is warns


@pytest.mark.parametrize(("begin", "words"), [(MONDAY, "во вторник, 28 июля"), (date(2024, 2, 29), "Friday")])
def test_another_engine_finds_the_same(begin: date, words: str, shape: Graph) -> None:
    assert found(shape, graph(begin, None, words, ""))
    assert not found(shape, graph(begin + timedelta(1), None, words, ""))


@pytest.mark.slow
def test_days_of_two_centuries(shape: Graph) -> None:
    for number in range(0, 73_000, 1_461 + 31):
        day = date(1900, 1, 1) + timedelta(number)
        assert not warned(shape, day, None, ENGLISH[day.weekday()])
        assert warned(shape, day, None, ENGLISH[day.weekday() - 1])
