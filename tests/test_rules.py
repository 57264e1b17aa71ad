"""Rules conclude all that they say and nothing else, from triples alone; and no conclusion rests on itself."""

from graphlib import TopologicalSorter
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from mappings import Names, Triple
from mappings.names import CMQ, concept
from publisher.errors import SheetError
from publisher.rules import Conclusions, Rule, conclude, read_rules
from publisher.vocabularies import Vocabularies
from tests.conftest import ROOT

VOCABULARIES = Vocabularies.read(ROOT)
SAYS = "#+ summary: One.\n#+ description: More.\nPREFIX cmq: <https://w3id.org/communique/ns#>\n"
NAMES = Names()
A, B, C, D, E = (NAMES.iri(f"event/{letter}") for letter in "abcde")


def rules(folder: Path, *texts: str) -> tuple[Rule, ...]:
    """Read rules that a test writes."""
    for number, text in enumerate(texts):
        (folder / f"rule-{number}.rq").write_text(SAYS + text, "utf-8")
    return read_rules(folder)


def concluded(*triples: Triple, by: tuple[Rule, ...] = VOCABULARIES.rules) -> Conclusions:
    """Return what follows from these, types left out."""
    world = Graph(bind_namespaces="none")
    for triple in triples:
        world.add(triple)
    found = conclude(by, world, VOCABULARIES.world)
    return {triple: reasons for triple, reasons in found.items() if triple[1] != RDF.type}


# --- The files


def test_each_rule_is_explained_by_a_concept_in_the_words_of_its_file() -> None:
    assert {rule.name for rule in VOCABULARIES.rules} == VOCABULARIES.schemes["rule"]
    for rule in VOCABULARIES.rules:
        definitions = set(VOCABULARIES.graph.objects(concept("rule", rule.name), SKOS.definition))
        assert definitions == {Literal(rule.summary, lang="en")}, rule.name
        languages = {label.language for label in VOCABULARIES.graph.objects(concept("rule", rule.name), SKOS.prefLabel)}  # type: ignore[attr-defined]
        assert languages == {"en", "fr", "ru"}
        assert (concept("rule", rule.name), SKOS.example, None) in VOCABULARIES.graph


WRONG = {
    "no SPARQL": ("CONSTRUCT { ?a cmq:heads ?b } WHERE { ?a cmq:heads }", "not SPARQL"),
    "a prefix that is none": ("CONSTRUCT { ?a x:y ?b } WHERE { ?a cmq:heads ?b }", "not SPARQL"),
    "a SELECT": ("SELECT * { ?a cmq:heads ?b }", "CONSTRUCT { one triple }"),
    "two conclusions": ("CONSTRUCT { ?a cmq:heads ?b . ?b cmq:heads ?a } { ?a cmq:heads ?b }", "one triple"),
    "no head": ("CONSTRUCT WHERE { ?a cmq:heads ?b }", "one triple"),
    "a filter": ("CONSTRUCT { ?a cmq:heads ?b } { ?a cmq:heads ?b FILTER(?a != ?b) }", "triple patterns only"),
    "an OPTIONAL": ("CONSTRUCT { ?a cmq:heads ?b } { ?a cmq:heads ?b OPTIONAL { ?a ?b ?c } }", "triple patterns only"),
    "a NOT EXISTS": (
        "CONSTRUCT { ?a cmq:heads ?b } { ?a cmq:heads ?b FILTER NOT EXISTS { ?b ?c ?d } }",
        "triple patterns only",
    ),
    "a UNION": ("CONSTRUCT { ?a cmq:heads ?b } { { ?a cmq:heads ?b } UNION { ?b ?p ?a } }", "triple patterns only"),
    "a graph": ("CONSTRUCT { ?a cmq:heads ?b } { GRAPH ?g { ?a cmq:heads ?b } }", "triple patterns only"),
    "a FROM": ("CONSTRUCT { ?a cmq:heads ?b } FROM <x:y> { ?a cmq:heads ?b }", "triple patterns only"),
    "a limit": ("CONSTRUCT { ?a cmq:heads ?b } { ?a cmq:heads ?b } LIMIT 1", "triple patterns only"),
    "a path": ("CONSTRUCT { ?a cmq:heads ?b } { ?a cmq:heads+ ?b }", "neither property paths nor blank nodes"),
    "a blank node": ("CONSTRUCT { ?a cmq:heads ?b } { ?a cmq:heads ?b . ?b ?c [] }", "neither property paths"),
    "a blank node that it makes": ("CONSTRUCT { [] cmq:heads ?b } { ?a cmq:heads ?b }", "neither property paths"),
    "a variable from nowhere": ("CONSTRUCT { ?a cmq:heads ?c } { ?a cmq:heads ?b }", r"what \?c may be"),
    "nothing": ("CONSTRUCT { cmq:a cmq:b cmq:c } { }", "no pattern of its body is about the world"),
    "the ontology alone": (
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> CONSTRUCT { ?a cmq:heads ?b } { ?a rdfs:domain ?b }",
        "no pattern of its body is about the world",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_rule_is_refused_with_its_file_and_what_was_expected(name: str, tmp_path: Path) -> None:
    text, words = WRONG[name]
    with pytest.raises(SheetError, match=words) as caught:
        rules(tmp_path, text)
    assert [problem.file for problem in caught.value.problems] == [tmp_path / "rule-0.rq"]


def test_a_rule_without_words_for_a_reader_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mute.rq").write_text("CONSTRUCT { ?a ?p ?b } WHERE { ?b ?p ?a }", "utf-8")
    with pytest.raises(SheetError, match=r"mute[.]rq.*summary"):
        read_rules(tmp_path)


def test_all_files_that_are_no_rules_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as caught:
        rules(tmp_path, "ASK { ?a ?b ?c }", "CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }", "nothing")
    assert [problem.file.name for problem in caught.value.problems] == ["rule-0.rq", "rule-2.rq"]


# --- What they conclude


def test_a_conclusion_has_its_rule_and_its_premises() -> None:
    assert concluded((A, CMQ.visitor, B), (B, CMQ.hasMember, C)) == {
        (A, CMQ.visitor, C): {"member-visited": {(A, CMQ.visitor, B), (B, CMQ.hasMember, C)}},
        (A, CMQ.participant, B): {"took-part": {(A, CMQ.visitor, B)}},
        (A, CMQ.participant, C): {"took-part": {(A, CMQ.visitor, C)}},
        (C, CMQ.memberOf, B): {"member-of": {(B, CMQ.hasMember, C)}},
    }


def test_what_gives_a_conclusion_by_one_rule_stands_together_however_late_it_was_found() -> None:
    found = concluded((A, CMQ.host, C), (A, CMQ.visitor, B), (B, CMQ.hasMember, C))
    assert found[A, CMQ.participant, C] == {"took-part": {(A, CMQ.host, C), (A, CMQ.visitor, C)}}


def test_what_is_stated_is_no_conclusion() -> None:
    assert concluded((A, CMQ.hasMember, B), (B, CMQ.memberOf, A)) == {}
    assert concluded((A, CMQ.analogousTo, A)) == {}


def test_what_would_follow_from_itself_does_not() -> None:
    assert concluded((A, CMQ.heads, B)) == {
        (A, CMQ.memberOf, B): {"head-is-member": {(A, CMQ.heads, B)}},
        (B, CMQ.hasMember, A): {"has-member": {(A, CMQ.memberOf, B)}},  # and this no membership once more
    }


def test_a_literal_is_nothing_that_anything_is_concluded_of(tmp_path: Path) -> None:
    (back,) = rules(tmp_path, "CONSTRUCT { ?b cmq:topic ?a } { ?a cmq:title ?b }")
    assert concluded((A, CMQ.title, Literal("Minister", lang="en")), by=(back,)) == {}


def test_a_literal_is_kept_as_it_is(tmp_path: Path) -> None:
    (on,) = rules(tmp_path, "CONSTRUCT { ?a cmq:wording ?b } { ?a cmq:title ?b }")
    for literal in (Literal("one"), Literal("un", lang="fr"), Literal("60", datatype=URIRef("urn:number"))):
        assert set(concluded((A, CMQ.title, literal), by=(on,))) == {(A, CMQ.wording, literal)}


def test_an_axiom_is_no_premise_and_the_ontology_no_world() -> None:
    world = Graph(bind_namespaces="none")
    world.add((A, CMQ.host, B))
    found = conclude(VOCABULARIES.rules, world, VOCABULARIES.world)
    subjects = {triple[0] for triple in found}
    premises = {premise for reasons in found.values() for given in reasons.values() for premise in given}
    assert subjects == {A, B}
    assert premises <= {(A, CMQ.host, B), *found}


def test_that_all_is_a_thing_is_not_told() -> None:
    ontology = VOCABULARIES.world + Graph().add((CMQ.Event, RDFS.subClassOf, OWL.Thing))
    found = conclude(VOCABULARIES.rules, Graph().add((A, RDF.type, CMQ.Event)), ontology)
    assert found
    assert OWL.Thing not in {value for _, _, value in found}


# --- Of any world

PROPERTIES = (CMQ.heads, CMQ.memberOf, CMQ.hasMember, CMQ.visitor, CMQ.host, CMQ.subEventOf, CMQ.analogousTo)
worlds = st.sets(
    st.tuples(st.sampled_from((A, B, C, D, E)), st.sampled_from(PROPERTIES), st.sampled_from((A, B, C, D, E))),
    max_size=8,
)


def naive(world: Graph) -> set[Triple]:
    """Return what follows, by asking the engine each rule's own text until nothing is new."""
    data = (world + VOCABULARIES.world).serialize(format="nt11", encoding="utf-8")
    store = ox.Store()
    store.load(data, format=ox.RdfFormat.N_TRIPLES)
    before = -1
    while before != len(store):
        before = len(store)
        for rule in VOCABULARIES.rules:
            found = store.query(rule.text)
            assert isinstance(found, ox.QueryTriples)
            store.extend([ox.Quad(*triple) for triple in found if isinstance(triple.object, ox.NamedNode)])
    lines = "".join(f"{quad.triple} .\n" for quad in store if not isinstance(quad.object, ox.BlankNode))
    after = Graph(bind_namespaces="none").parse(data=lines, format="nt11")
    return {triple for triple in after - world - VOCABULARIES.world if str(triple[0]).startswith(NAMES.base)}


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(triples=worlds)
def test_of_any_world_they_conclude_what_asking_until_nothing_is_new_gives(triples: set[Triple]) -> None:
    world = Graph(bind_namespaces="none")
    for triple in triples:
        world.add(triple)
    found = conclude(VOCABULARIES.rules, world, VOCABULARIES.world)
    assert set(found) == naive(world)
    below = {triple: {premise for given in reasons.values() for premise in given} for triple, reasons in found.items()}
    assert all(below.values()), "each conclusion has premises"
    assert {premise for given in below.values() for premise in given} <= {*world, *found}
    assert list(TopologicalSorter(below).static_order()) or not below, "in no circle"
    assert conclude(tuple(reversed(VOCABULARIES.rules)), world, VOCABULARIES.world) == found
