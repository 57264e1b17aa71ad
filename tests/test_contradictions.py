"""HermiT finds each planted contradiction, and it is the named axioms of the ontology that make it one.

One triple is added to the world of the release. Below it stand sets of axioms, in OWL's functional syntax, one set a
line. Each set is minimal: without it the contradiction is gone, and with any one axiom of it put back, it is found
again. So an axiom alone in its line is one that the contradiction needs; two in a line are two ways to the same.
"""

import pytest
from rdflib import Graph, Literal
from rdflib.namespace import RDF, XSD

from mappings.names import CMQ, Names, Triple
from publisher import reasoner
from tests.owlapi import run
from tests.source import Source

#: What the release may have none of.
BESIDES = """
org:a-company a cmq:Company .
org:an-alliance a cmq:InternationalOrganization .
org:a-joint-body a cmq:JointBody .
endowment:gold a cmq:Endowment ; cmq:endowed state:mali .
event:support a cmq:Support ; cmq:supplier state:russia ; cmq:recipient state:mali .
event:attack a cmq:Violence ; cmq:perpetrator org:azawad-liberation-front .
"""
#: DisjointClasses with two classes is the list of the ontology in which both stand.
PLANTED = """
a city hosts: event:ru-ml-2025-07-28-reception cmq:host place:bamako
- SubObjectPropertyOf(:host :participant)
- ObjectPropertyRange(:participant :Agent)
- DisjointClasses(:Agent :Place)

a city lies in two states: place:bamako cmq:country state:russia
- FunctionalObjectProperty(:country)

a city lies within a state: place:bamako cmq:within state:mali
- ObjectPropertyRange(:within :Place)
- DisjointClasses(:Agent :Place)

a city is endowed with gold: endowment:gold cmq:endowed place:bamako
- ObjectPropertyRange(:endowed :State)
- SubClassOf(:State :Agent)
- DisjointClasses(:Agent :Place)

a city is a party: initiative:ru-ml-deals cmq:party place:bamako
- ObjectPropertyRange(:party :Agent)
- DisjointClasses(:Agent :Place)

a city has relations: matter:mali-2025-07-28.ru-ml-relations cmq:between place:bamako
- ObjectPropertyRange(:between :Agent)
- DisjointClasses(:Agent :Place)

a state is a place: state:mali a cmq:Place
- DisjointClasses(:Agent :Place)

a state is where a journey ends: event:ru-ml-2025-07-28-journey cmq:destination state:mali
- ObjectPropertyRange(:destination :Place)
- DisjointClasses(:Agent :Place)

a state is where talks are held: event:ru-ml-2025-07-28-talks-defence cmq:place state:mali
- ObjectPropertyRange(:place :Place)
- DisjointClasses(:Agent :Place)

a state has a head as a delegation has: person:sergei-tsivilev cmq:heads state:russia
- ObjectPropertyRange(:heads :Delegation)
- DisjointClasses(:Delegation :State)

a state has a rank: state:mali cmq:rank rank:general
- ObjectPropertyDomain(:rank :Person)
- DisjointClasses(:Person :State)

a state gives a mandate: org:an-alliance cmq:mandatedBy state:russia
- ObjectPropertyRange(:mandatedBy :Organization)
- DisjointClasses(:Organization :State)

a group is a state: group:mali-2025-07-28.malian-authorities a cmq:State
- DisjointClasses(:Group :State)

a delegation is a state: delegation:ru-ml-2025-07-28 a cmq:State
- DisjointClasses(:Delegation :State)

a delegation counts in words: delegation:ru-ml-2025-07-28 cmq:size "sixty"
- DataPropertyRange(:size xsd:nonNegativeInteger)

a delegation is fewer than nobody: delegation:ru-ml-2025-07-28 cmq:size -1
- DataPropertyRange(:size xsd:nonNegativeInteger)

a delegation has a person as a body: delegation:ru-ml-2025-07-28 cmq:includesRepresentativeOf person:alou-boi-diarra
- ObjectPropertyRange(:includesRepresentativeOf :Organization)
- DisjointClasses(:Organization :Person)

a delegation is sent by an office: delegation:ru-ml-2025-07-28 cmq:onBehalfOf office:ru-minister-of-energy
- ObjectPropertyRange(:onBehalfOf :Agent)
- DisjointClasses(:Agent :Office)

an event heads a delegation: event:ru-ml-2025-07-28-visit cmq:heads delegation:ru-ml-2025-07-28
- DisjointClasses(:Agent :Event)
- ObjectPropertyDomain(:heads :Person) and SubObjectPropertyOf(:heads :memberOf)

an event has a size: event:ru-ml-2025-07-28-visit cmq:size 60
- DataPropertyDomain(:size :Agent)
- DisjointClasses(:Agent :Event)

an event is part of a delegation: event:ru-ml-2025-07-28-visit cmq:subEventOf delegation:ru-ml-2025-07-28
- ObjectPropertyRange(:subEventOf :Event)
- DisjointClasses(:Agent :Event)

talks travel: event:ru-ml-2025-07-28-talks-defence cmq:destination place:bamako
- ObjectPropertyDomain(:destination :Journey)
- DisjointClasses(:Journey :Talks)

talks are a reception: event:ru-ml-2025-07-28-talks-defence a cmq:Reception
- DisjointClasses(:Reception :Talks)

support is an act of violence: event:support a cmq:Violence
- DisjointClasses(:Support :Violence)

an act of violence supplies: event:attack cmq:supplier state:russia
- ObjectPropertyDomain(:supplier :Support)
- DisjointClasses(:Support :Violence)

a person is a ministry: person:sergei-tsivilev a cmq:GovernmentBody
- SubClassOf(:GovernmentBody :Organization)
- DisjointClasses(:Organization :Person)

a person is an office: person:sergei-tsivilev a cmq:Office
- DisjointClasses(:Agent :Office)

a person is owned: person:sergei-tsivilev cmq:ownership ownership:state-owned
- ObjectPropertyDomain(:ownership :Organization)
- DisjointClasses(:Organization :Person)

an office is who holds it: office:ru-minister-of-energy a cmq:OfficeHolding
- DisjointClasses(:Office :OfficeHolding)

an office is of a city: office:ru-minister-of-energy cmq:officeOf place:moscow
- ObjectPropertyRange(:officeOf :Agent)
- DisjointClasses(:Agent :Place)

a company holds an office: holding:sergei-tsivilev-minister-of-energy cmq:holder org:a-company
- ObjectPropertyRange(:holder :Person) and FunctionalObjectProperty(:holder)
- DisjointClasses(:Organization :Person)

a company is a government body: org:a-company a cmq:GovernmentBody
- DisjointClasses(:Company :GovernmentBody)

an armed group is a government body: org:azawad-liberation-front a cmq:GovernmentBody
- DisjointClasses(:ArmedGroup :GovernmentBody)

an armed group is an alliance of states: org:azawad-liberation-front a cmq:InternationalOrganization
- DisjointClasses(:ArmedGroup :InternationalOrganization)

a planned body is there: initiative:ru-ml-intergovernmental-commission a cmq:JointBody
- SubClassOf(:JointBody :Organization)
- SubClassOf(:Organization :Agent)
- DisjointClasses(:Agent :Initiative)

a body that is there is signed: org:a-joint-body cmq:lifecycle lifecycle:signed
- ObjectPropertyDomain(:lifecycle :Initiative)
- DisjointClasses(:Agent :Initiative)

an initiative is held as talks: initiative:ml-civil-nuclear a cmq:Talks
- SubClassOf(:Talks :Event)
- DisjointClasses(:Event :Initiative)

an initiative has visitors: initiative:ml-civil-nuclear cmq:visitor delegation:ru-ml-2025-07-28
- ObjectPropertyDomain(:visitor :Visit) and ObjectPropertyDomain(:participant :Event)
- DisjointClasses(:Event :Initiative)

an initiative is an act of support: initiative:ml-oil-supply cmq:recipient state:mali
- ObjectPropertyDomain(:recipient :Support) and ObjectPropertyDomain(:participant :Event)
- DisjointClasses(:Event :Initiative)

an event is proposed: event:ru-ml-2025-07-28-proposal cmq:proposes event:ru-ml-2025-07-28-visit
- ObjectPropertyRange(:proposes :Initiative)
- DisjointClasses(:Event :Initiative)

a body realises an event: org:a-joint-body cmq:realises event:ru-ml-2025-07-28-visit
- ObjectPropertyRange(:realises :Initiative)
- DisjointClasses(:Event :Initiative)

a stance is a party: initiative:ru-ml-deals cmq:party stance:mali-2025-07-28.s16-desire
- ObjectPropertyRange(:party :Agent)
- DisjointClasses(:Agent :Stance)

a stance is what it wishes for: stance:mali-2025-07-28.s16-desire a cmq:Initiative
- DisjointClasses(:Initiative :Stance)

an office has a stance: stance:mali-2025-07-28.s16-colonial cmq:stanceHolder office:ru-minister-of-energy
- ObjectPropertyRange(:stanceHolder :Agent)
- DisjointClasses(:Agent :Office)

a matter is endowed: matter:mali-2025-07-28.russian-cooperation cmq:endowed state:mali
- ObjectPropertyDomain(:endowed :Endowment)
- DisjointClasses(:Endowment :Matter)

an endowment travels: event:ru-ml-2025-07-28-journey cmq:traveller endowment:gold
- SubObjectPropertyOf(:traveller :participant)
- ObjectPropertyRange(:participant :Agent)
- DisjointClasses(:Agent :Endowment)
"""
CONTRADICTIONS = {
    name: (statement, [line.removeprefix("- ").split(" and ") for line in sets])
    for head, *sets in (block.splitlines() for block in PLANTED.strip().split("\n\n"))
    for name, statement in [head.split(": ", 1)]
}


def turtle(text: str, names: Names) -> Graph:
    prefixes = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in names.prefixes().items())
    return Graph(bind_namespaces="none").parse(data=prefixes + text, format="turtle")


def axiom(triple: Triple) -> str:
    """Return a statement about an individual in OWL's functional syntax."""
    s, p, o = (node.n3() for node in triple)
    if triple[1] == RDF.type:
        return f"ClassAssertion({o} {s})"
    return f"{'Data' if isinstance(triple[2], Literal) else 'Object'}PropertyAssertion({p} {s} {o})"


@pytest.fixture(scope="module")
def world(source: Source) -> Graph:
    return source.world + turtle(BESIDES, source.names)


@pytest.fixture(scope="module")
def planted(source: Source) -> dict[str, Triple]:
    return {name: next(iter(turtle(f"{one} .", source.names))) for name, (one, _) in CONTRADICTIONS.items()}


@pytest.fixture(scope="module")
def answers(
    source: Source, world: Graph, planted: dict[str, Triple], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """What HermiT finds: where nothing is planted, and for each contradiction, set by set."""
    file = tmp_path_factory.mktemp("contradictions") / "world.rdf"
    reasoner.premises(source.vocabularies.world, world).serialize(file, format="xml", encoding="utf-8")
    asked = [f"Prefix(:=<{CMQ}>) Prefix(xsd:=<{XSD}>) "]
    asked += ["\t".join([axiom(planted[name]), *one]) for name, (_, sets) in CONTRADICTIONS.items() for one in sets]
    first, *rest = run("Contradictions", file, given="\n".join(asked))
    lines = iter(rest)
    return {"nothing": [first]} | {name: [next(lines) for _ in sets] for name, (_, sets) in CONTRADICTIONS.items()}


@pytest.mark.java
def test_ontology_and_world_are_consistent_and_each_class_can_have_members(answers: dict[str, list[str]]) -> None:
    assert answers["nothing"] == ["consistent []"]


@pytest.mark.java
@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_planted_contradiction_is_found_and_is_gone_without_its_axioms(
    answers: dict[str, list[str]], name: str
) -> None:
    _, sets = CONTRADICTIONS[name]
    assert answers[name] == ["contradiction consistent" + len(one) * " contradiction" for one in sets]


def test_what_is_planted_is_one_new_triple_about_things_of_the_world(
    world: Graph, planted: dict[str, Triple], source: Source
) -> None:
    assert len(planted) >= 30
    there = {node for triple in world for node in triple}
    for name, triple in planted.items():
        assert len(turtle(f"{CONTRADICTIONS[name][0]} .", source.names)) == 1
        assert triple not in world
        assert {node for node in triple if str(node).startswith(source.names.base)} <= there
