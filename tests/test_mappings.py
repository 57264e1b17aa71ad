"""Each kind of fact means exactly these triples."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterable

import pytest
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.namespace import OWL

import mappings
from mappings import KINDS, Entry, Names, Triple
from mappings.names import CMQ, VOCABULARY
from tests.conftest import ROOT
from tests.meanings import MEANT

NAMES = Names("https://data.example/")
ID = "https://data.example/id/"


def resource(written: str) -> URIRef:
    return URIRef(f"{VOCABULARY}{written}" if "#" in written else f"{ID}{written}")


def triple(s: str, p: str, o: str | Literal) -> Triple:
    if p == "a":
        return resource(s), RDF.type, URIRef(f"{VOCABULARY}ns#{o}")
    return resource(s), URIRef(f"{VOCABULARY}ns#{p}"), o if isinstance(o, Literal) else resource(o)


def meaning(kind: str, entry: Entry, names: Names = NAMES) -> list[Triple]:
    return list(KINDS[kind].triples(entry, names))


def least(entry: Entry) -> Entry:
    """The same entry without the fields that may be left out."""
    left = {
        field.name: field.default for field in dataclasses.fields(entry) if field.default is not dataclasses.MISSING
    }
    return dataclasses.replace(entry, **left)


def exact(triples: Iterable[Triple]) -> list[tuple[str, ...]]:
    return sorted(tuple(term.n3() for term in one) for one in triples)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_means_exactly_its_triples(kind: str) -> None:
    entry, meant = MEANT[kind]
    assert exact(meaning(kind, entry)) == exact(triple(*one) for one in meant)


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_fills_every_field_of_its_kind(kind: str) -> None:
    entry, _ = MEANT[kind]
    assert type(entry) is KINDS[kind].entry
    assert not [field.name for field in dataclasses.fields(entry) if not getattr(entry, field.name)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_that_is_left_out_means_nothing(kind: str) -> None:
    entry, _ = MEANT[kind]
    fewer = set(meaning(kind, least(entry)))
    author = (
        {(resource("stance/doc.s1-x"), CMQ.stanceHolder, resource("agent/doc.author"))} if kind == "stance" else set()
    )
    assert fewer - author <= set(meaning(kind, entry))
    empty = {"initiative", "mandate", "members", "relation", "represents"}
    assert bool(fewer) == (kind not in empty), "a Fact without a statement is for the shapes to refuse"
    assert author <= fewer, "a stance without a holder is the author's"


@pytest.mark.parametrize("kind", KINDS)
def test_another_base_gives_the_same_triples_with_another_base(kind: str) -> None:
    entry, _ = MEANT[kind]
    other = exact(meaning(kind, entry, Names("http://localhost:8000/")))
    here = exact(meaning(kind, entry))
    assert other != here
    assert [
        tuple(term.replace("<http://localhost:8000/", "<https://data.example/") for term in one) for one in other
    ] == here


def test_kinds_has_every_entry_and_every_entry_has_one_kind() -> None:
    for module in pkgutil.iter_modules(mappings.__path__):
        importlib.import_module(f"mappings.{module.name}")
    assert sorted(cls.__name__ for cls in Entry.__subclasses__()) == sorted(
        kind.entry.__name__ for kind in KINDS.values()
    )
    assert len({kind.triples for kind in KINDS.values()}) == len(KINDS) == len(MEANT)


def declared(*types: URIRef) -> set[str]:
    graph = Graph(bind_namespaces="none")
    for name in ("ns", "facts"):
        graph.parse(ROOT / "ontology" / f"{name}.ttl")
    terms = {str(term) for kind in types for term in graph.subjects(RDF.type, kind)}
    return {term.removeprefix(str(CMQ)) for term in terms if term.startswith(str(CMQ))}


def test_each_predicate_and_class_is_declared_and_each_kind_of_object_fits() -> None:
    objects, data, classes = declared(OWL.ObjectProperty), declared(OWL.DatatypeProperty), declared(OWL.Class)
    for kind, (entry, _) in MEANT.items():
        for _, predicate, value in meaning(kind, entry):
            if predicate == RDF.type:
                assert str(value).removeprefix(str(CMQ)) in classes, kind
            else:
                name = str(predicate).removeprefix(str(CMQ))
                assert name in (data if isinstance(value, Literal) else objects), f"{kind}: {name}"


def test_no_field_is_an_iri_or_a_prefixed_name() -> None:
    for kind in KINDS.values():
        for field in dataclasses.fields(kind.entry):
            assert field.name.isidentifier()
            assert field.name.islower(), f"{field.name}: written as a property is"
