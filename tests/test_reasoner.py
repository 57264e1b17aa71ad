"""HermiT accepts what is right, finds what is wrong, and concludes what anybody would."""

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import FOAF, OWL, RDF, XSD

from mappings import Names
from publisher.errors import MissingTool
from publisher.reasoner import Verdict, java, reason
from publisher.world import world
from tests.prerequisites import need

BASE = "http://localhost:8000/"
NS = Path(__file__).parent.parent / "ontology" / "ns.ttl"
TYPES = "delegation document event fact group holding initiative matter office org person place stance state"
PREFIXES = """
@prefix cmq: <https://w3id.org/communique/ns#> .
@prefix lifecycle: <https://w3id.org/communique/lifecycle#> .
@prefix rank: <https://w3id.org/communique/rank#> .
""" + "".join(f"@prefix {name}: <{BASE}id/{name}/> .\n" for name in TYPES.split())
WORLD = r"""
state:mali a cmq:State .
state:russia a cmq:State .
place:bamako a cmq:Place ; cmq:country state:mali .
place:moscow a cmq:Place ; cmq:country state:russia .
org:ministry a cmq:GovernmentBody .
org:fla a cmq:ArmedGroup .
person:tsivilev a cmq:Person .
person:diarra a cmq:Person ; cmq:rank rank:general .
office:minister a cmq:Office ; cmq:officeOf org:ministry .
holding:tsivilev a cmq:OfficeHolding ; cmq:holder person:tsivilev ; cmq:office office:minister ;
    cmq:title "Energy Minister"@en .
delegation:ru a cmq:Delegation ; cmq:ofState state:russia ; cmq:size 60 .
person:tsivilev cmq:heads delegation:ru .
group:officials a cmq:Group ; cmq:hasMember person:diarra .
event:visit a cmq:Visit ; cmq:visitor delegation:ru ; cmq:host state:mali ; cmq:place place:bamako .
event:journey a cmq:Journey ; cmq:traveller delegation:ru ; cmq:origin place:moscow ;
    cmq:destination place:bamako .
event:reception a cmq:Reception ; cmq:guest delegation:ru ; cmq:host group:officials .
event:talks a cmq:Talks ; cmq:participant person:diarra ; cmq:subEventOf event:day .
event:day a cmq:Event ; cmq:subEventOf event:visit .
event:proposal a cmq:Proposal ; cmq:proposedBy delegation:ru ; cmq:proposedTo state:mali ;
    cmq:proposes initiative:nuclear .
initiative:nuclear a cmq:Initiative ; cmq:lifecycle lifecycle:proposed ; cmq:analogousTo initiative:niger .
initiative:niger a cmq:Initiative .
stance:colonial a cmq:Stance ; cmq:stanceHolder group:officials ; cmq:wording "“colonial” \\ \"models\""@en .
matter:relations a cmq:Matter ; cmq:between state:mali, state:russia .
"""
CONTRADICTIONS = {  # test_contradictions.py has many more
    "a city hosts": "event:visit cmq:host place:bamako",
    "a city lies in two states": "place:bamako cmq:country state:russia",
    "a state is a place": "state:mali a cmq:Place",
    "a delegation counts in words": 'delegation:ru cmq:size "sixty"',
}


def turtle(text: str) -> Graph:
    return Graph(bind_namespaces="none").parse(data=PREFIXES + text, format="turtle")


def iri(reference: str) -> str:
    return f"{BASE}id/{reference}"


def term(name: str) -> str:
    return f"https://w3id.org/communique/ns#{name}"


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph(bind_namespaces="none").parse(NS)


@pytest.fixture(scope="module")
def verdict(ontology: Graph) -> Verdict:
    need("java")
    return reason(ontology, turtle(WORLD))


@pytest.mark.java
def test_a_world_of_the_usual_kind_is_consistent(verdict: Verdict) -> None:
    assert verdict.consistent


@pytest.mark.java
def test_every_class_can_have_members(verdict: Verdict) -> None:
    assert verdict.unsatisfiable == ()


@pytest.mark.java
@pytest.mark.parametrize("statement", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_planted_contradiction_is_found(ontology: Graph, statement: str) -> None:
    need("java")
    planted = turtle(statement + " .")
    assert len(planted) == 1
    assert reason(ontology, turtle(WORLD) + planted) == Verdict(consistent=False, unsatisfiable=(), inferred=())


@pytest.mark.java
@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        ("person/tsivilev", "memberOf", "delegation/ru"),  # who heads a delegation is a member of it
        ("delegation/ru", "hasMember", "person/tsivilev"),  # and the other way round
        ("person/diarra", "memberOf", "group/officials"),
        ("event/visit", "visitor", "person/tsivilev"),  # with a delegation, its members visit
        ("event/visit", "participant", "delegation/ru"),  # whoever visits takes part
        ("event/visit", "participant", "person/tsivilev"),
        ("event/visit", "participant", "state/mali"),  # and so does the host
        ("event/journey", "participant", "delegation/ru"),
        ("event/proposal", "participant", "state/mali"),
        ("event/talks", "subEventOf", "event/visit"),
        ("initiative/niger", "analogousTo", "initiative/nuclear"),
    ],
)
def test_what_anybody_would_conclude_is_inferred(verdict: Verdict, subject: str, predicate: str, value: str) -> None:
    assert (iri(subject), term(predicate), iri(value)) in verdict.inferred


@pytest.mark.java
def test_memberships_in_classes_above_are_inferred(verdict: Verdict) -> None:
    for above in (term("Agent"), str(FOAF.Person), "http://www.w3.org/ns/prov#Agent"):
        assert (iri("person/diarra"), str(RDF.type), above) in verdict.inferred


@pytest.mark.java
def test_memberships_by_domain_and_range_are_inferred(ontology: Graph) -> None:
    need("java")
    found = reason(ontology, turtle("event:call cmq:proposes initiative:railway ."))
    assert (iri("event/call"), str(RDF.type), term("Proposal")) in found.inferred
    assert (iri("initiative/railway"), str(RDF.type), term("Initiative")) in found.inferred


@pytest.mark.java
def test_what_is_stated_is_not_called_inferred(verdict: Verdict) -> None:
    stated = {(str(s), str(p), str(o)) for s, p, o in turtle(WORLD)}
    assert not stated & set(verdict.inferred)
    assert list(verdict.inferred) == sorted(set(verdict.inferred))
    assert str(OWL.Thing) not in {o for _, _, o in verdict.inferred}


@pytest.mark.java
def test_a_visited_city_is_no_visitor(verdict: Verdict) -> None:
    assert (iri("event/visit"), term("participant"), iri("place/bamako")) not in verdict.inferred


@pytest.mark.java
def test_a_class_that_nothing_can_belong_to_is_named(ontology: Graph) -> None:
    need("java")
    impossible = turtle(
        "cmq:Citystate a <http://www.w3.org/2002/07/owl#Class> ;"
        "<http://www.w3.org/2000/01/rdf-schema#subClassOf> cmq:Place, cmq:State ."
    )
    found = reason(ontology + impossible, turtle(WORLD))
    assert found.consistent
    assert found.unsatisfiable == (term("Citystate"),)


@pytest.mark.java
def test_one_call_leaves_nothing_to_the_next(ontology: Graph, verdict: Verdict) -> None:
    contradiction = turtle(CONTRADICTIONS["a city hosts"] + " .")
    assert not reason(ontology, turtle(WORLD) + contradiction).consistent
    assert reason(ontology, turtle(WORLD)) == verdict


@pytest.mark.java
def test_nothing_is_printed_and_no_file_is_left(
    ontology: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    need("java")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    told: list[str] = []
    reason(ontology, turtle(WORLD + CONTRADICTIONS["a city hosts"] + " ."), told.append)
    assert told
    assert capfd.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_without_java_the_reasoner_says_what_is_missing(ontology: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publisher.reasoner.java", lambda: None)
    with pytest.raises(MissingTool, match="Java"):
        reason(ontology, turtle(WORLD))


def test_a_java_that_does_not_run_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "java"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert java() is None


def test_the_world_is_what_is_said_of_things() -> None:
    kept = turtle(WORLD)
    left_out = turtle(
        """
        fact:d.s1 a cmq:Fact .
        document:d a cmq:Document ; cmq:sha256 "00" .
        <http://elsewhere.example/x> a cmq:Person .
        place:bamako <http://www.w3.org/2004/02/skos/core#prefLabel> "Bamako"@en .
        """
    )
    visit, begin = URIRef(iri("event/visit")), URIRef(term("begin"))
    left_out.add((visit, begin, Literal("2025-07-28", datatype=XSD.date)))
    found = world([kept, left_out], Names(BASE))
    assert set(found) == set(kept)
