"""Rules conclude exactly what HermiT entails: neither less nor more, of the seeds and of each axiom of the ontology.

Left out on both sides: what was stated, in the ontology's graph too (a concept is a concept); that all is an owl:Thing,
and linked by owl:topObjectProperty; that two names mean one thing (owl:sameAs), which HermiT prints as neither.
"""

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import owlready2
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from mappings import Names, Triple
from mappings.names import CMQ
from publisher.reasoner import premises
from publisher.rules import Rule, conclude
from publisher.world import world
from tests.prerequisites import need
from tests.source import Source

HERE = Path(__file__).parent
OWLAPI = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"  # HermiT's jar has OWLAPI inside
NAMES = Names("https://data.example/")

pytestmark = pytest.mark.java


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the compiled class."""
    folder = tmp_path_factory.mktemp("entailments")
    subprocess.run([need("javac"), "-cp", OWLAPI, "-d", folder, HERE / "Entailments.java"], check=True)
    return folder


def entailed(ontology: Graph, told: Graph, folder: Path) -> set[Triple]:
    """Return what HermiT entails of the individuals of a world, but for what is trivial."""
    premises(ontology, told).serialize(folder / "world.rdf", format="xml", encoding="utf-8")
    classes = os.pathsep.join((str(OWLAPI), str(folder)))
    run = subprocess.run(
        [need("java"), "-Xmx1G", "-cp", classes, "Entailments", folder / "world.rdf"],
        check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    triples = {tuple(map(URIRef, line.split(" "))) for line in run.stdout.splitlines()}
    return {
        (s, p, o)
        for s, p, o in triples
        if o not in (OWL.Thing, OWL.NamedIndividual) and p != OWL.topObjectProperty and (s, p, o) not in told
    }


def each_axiom(ontology: Graph) -> Graph:
    """Return a world in which each axiom has something to say, made from the ontology, whatever that becomes.

    A thing of each class; two things for each property; and two steps for each that is transitive or starts a chain.
    """

    def it(what: Node, number: int) -> URIRef:
        return NAMES.iri(f"event/{str(what).rpartition('#')[2].lower()}-{number}")

    def triples() -> Iterator[Triple]:
        for cls in ontology.subjects(RDF.type, OWL.Class):
            if isinstance(cls, URIRef):
                yield it(cls, 0), RDF.type, cls
        for prop in ontology.subjects(RDF.type, OWL.ObjectProperty):
            yield it(prop, 1), prop, it(prop, 2)
        for prop in ontology.subjects(RDF.type, OWL.DatatypeProperty):
            datatype = ontology.value(prop, RDFS.range)
            yield it(prop, 1), prop, Literal("1", datatype=str(datatype)) if datatype else Literal("one", lang="en")
        for prop in ontology.subjects(RDF.type, OWL.TransitiveProperty):
            yield it(prop, 2), prop, it(prop, 3)
        for prop, chain in ontology.subject_objects(OWL.propertyChainAxiom):
            for number, step in enumerate(Collection(ontology, chain), 1):
                yield it(prop, 10 + number), step, it(prop, 11 + number)

    graph = Graph(bind_namespaces="none")
    for triple in triples():
        graph.add(triple)
    return graph


@pytest.fixture(scope="module")
def axioms(source: Source, folder: Path) -> tuple[Graph, set[Triple]]:
    """That world, and what HermiT entails of it."""
    ontology = source.vocabularies.world
    told = each_axiom(ontology)
    return told, entailed(ontology, told, folder)


def test_of_the_seeds_the_inferred_graph_holds_exactly_what_hermit_entails(source: Source, folder: Path) -> None:
    graphs = source.graphs
    of_the_world = world([graphs["inferred"]], source.names)
    expected = {
        triple
        for triple in entailed(source.vocabularies.world, source.world, folder)
        if triple not in graphs["ontology"]
    }
    assert len(expected) > 100
    assert set(of_the_world) == expected


def test_of_each_axiom_rules_conclude_exactly_what_hermit_entails(
    source: Source, axioms: tuple[Graph, set[Triple]]
) -> None:
    told, expected = axioms
    concluded = set(conclude(source.vocabularies.rules, told, source.vocabularies.world))
    assert concluded - expected == set(), "rules conclude what does not follow"
    assert expected - concluded == set(), "something follows for which there is no rule yet"


def test_no_rule_can_be_spared(source: Source, axioms: tuple[Graph, set[Triple]]) -> None:
    told, expected = axioms

    def without(rule: Rule) -> Iterable[Rule]:
        return (other for other in source.vocabularies.rules if other != rule)

    spared = [
        rule.name
        for rule in source.vocabularies.rules
        if expected <= set(conclude(without(rule), told, source.vocabularies.world))
    ]
    assert spared == []


def test_hermit_entails_what_any_reader_would(axioms: tuple[Graph, set[Triple]]) -> None:
    """So that an empty answer of HermiT is no agreement."""
    _, expected = axioms
    head, led = (NAMES.iri(f"event/heads-{number}") for number in (1, 2))
    assert {(head, CMQ.memberOf, led), (led, CMQ.hasMember, head), (head, RDF.type, CMQ.Person)} <= expected
