"""A derived Fact says which rule concluded it and what it rests on, and rests on nothing but what is plain."""

from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS

from mappings import Triple
from mappings.names import CMQ, OA, concept
from publisher.graphs import graphs
from publisher.inferred import inferred, modality_of
from publisher.rules import read_rules
from publisher.seeds import Seeds
from publisher.shapes import Shapes
from tests import small
from tests.conftest import ROOT
from tests.source import Source, check

VISIT = """  visit:
    visit: {{visit: event/visit, visitor: delegation/d, host: state/mali}}
    quotes: [The Russian delegation visited Mali]
    modality: occurred
"""
LED = """  led:
    delegation: {{delegation: delegation/d, head: person/sergei-tsivilev}}
    quotes: [The Russian delegation]
    modality: state
"""


def derived(source: Source, folder: Path, sheet: str) -> Graph:
    """Return what follows from the small document, in these words."""
    seeds = Seeds.read(small.write(folder / "seeds", sheet), source.vocabularies)
    made = graphs(seeds, source.vocabularies, source.names)
    return inferred(seeds, made, source.vocabularies, source.names)


def triple(source: Source, subject: str, predicate: URIRef, value: str) -> Triple:
    return source.names.iri(subject), predicate, source.names.iri(value)


def fact(source: Source, rule: str, conclusion: Triple) -> URIRef:
    return source.names.fact(source.names.inferred(rule, conclusion))


def test_a_derived_fact_has_its_rule_what_it_rests_on_and_nothing_of_a_document(source: Source, tmp_path: Path) -> None:
    graph = derived(source, tmp_path, small.SHEET)
    conclusion = triple(source, "event/visit", CMQ.participant, "state/mali")
    it = fact(source, "took-part", conclusion)
    assert str(it).startswith(f"{source.names.base}id/fact/inferred.took-part.")
    (statement,) = graph.objects(it, CMQ.statement)
    assert set(graph.predicate_objects(it)) == {
        (RDF.type, CMQ.Fact),
        (SKOS.prefLabel, Literal("The visit · participant · Mali", lang="en")),
        (CMQ.modality, concept("modality", "occurred")),
        (CMQ.nature, concept("nature", "derived")),
        (CMQ.polarity, concept("polarity", "positive")),
        (CMQ.rule, concept("rule", "took-part")),
        (CMQ.restsOn, source.names.fact("small.visit")),
        (CMQ.statement, statement),
    }
    assert tuple(graph.value(statement, part) for part in (RDF.subject, RDF.predicate, RDF.object)) == conclusion
    assert conclusion in graph


def test_a_conclusion_from_conclusions_rests_on_their_facts(source: Source, tmp_path: Path) -> None:
    graph = derived(source, tmp_path, small.SHEET.replace(VISIT, VISIT + LED))
    member = triple(source, "person/sergei-tsivilev", CMQ.memberOf, "delegation/d")
    has = triple(source, "delegation/d", CMQ.hasMember, "person/sergei-tsivilev")
    visited = triple(source, "event/visit", CMQ.visitor, "person/sergei-tsivilev")

    def rests(rule: str, conclusion: Triple) -> set[object]:
        return set(graph.objects(fact(source, rule, conclusion), CMQ.restsOn))

    assert rests("head-is-member", member) == {source.names.fact("small.led")}
    assert rests("has-member", has) == {fact(source, "head-is-member", member)}
    assert rests("member-visited", visited) == {fact(source, "has-member", has), source.names.fact("small.visit")}
    assert graph.value(fact(source, "has-member", has), CMQ.modality) == concept("modality", "state")
    assert graph.value(fact(source, "member-visited", visited), CMQ.modality) == concept("modality", "occurred")


def test_it_rests_on_each_fact_that_states_a_premise(source: Source, tmp_path: Path) -> None:
    again = VISIT.replace("  visit:\n", "  again:\n").replace(
        "The Russian delegation visited Mali", "A visit to Bamako"
    )
    graph = derived(source, tmp_path, small.SHEET.replace(VISIT, VISIT + again.replace("occurred", "ongoing")))
    it = fact(source, "took-part", triple(source, "event/visit", CMQ.participant, "state/mali"))
    assert set(graph.objects(it, CMQ.restsOn)) == {source.names.fact(f"small.{key}") for key in ("visit", "again")}
    assert graph.value(it, CMQ.modality) == concept("modality", "occurred")


@pytest.mark.parametrize(
    "judged",
    [
        "modality: planned",
        "modality: discussed",
        "modality: occurred\n    polarity: negative",
        "modality: occurred\n    nature: implied",
        "modality: occurred\n    attributed_to: group/officials",
    ],
)
def test_nothing_follows_from_what_is_not_plain(judged: str, source: Source, tmp_path: Path) -> None:
    changed = VISIT.replace("modality: occurred", judged)
    graph = derived(source, tmp_path, small.SHEET.replace(VISIT, changed + LED))
    visit = source.names.iri("event/visit")
    assert not [one for one in graph if visit in one and one[1] != CMQ.topic and one[1] != RDF.type]
    assert triple(source, "person/sergei-tsivilev", CMQ.memberOf, "delegation/d") in graph, "but from the rest it does"


def test_what_an_authority_file_declares_is_a_statement_that_a_fact_rests_on(source: Source, tmp_path: Path) -> None:
    (tmp_path / "seat.rq").write_text(
        "#+ summary: One.\n#+ description: More.\nPREFIX cmq: <https://w3id.org/communique/ns#>\n"
        "CONSTRUCT { ?office cmq:topic ?state } WHERE { ?office cmq:officeOf ?body . ?body cmq:ofState ?state }",
        "utf-8",
    )
    vocabularies = replace(source.vocabularies, rules=read_rules(tmp_path))
    graph = inferred(source.seeds, graphs(source.seeds, vocabularies, source.names), vocabularies, source.names)
    office, body = "office/ru-minister-of-energy", "org/ru-ministry-energy"
    it = fact(source, "seat", triple(source, office, CMQ.topic, "state/russia"))
    declared = [triple(source, office, CMQ.officeOf, body), triple(source, body, CMQ.ofState, "state/russia")]
    grounds = {source.names.declaration("authority", one): one for one in declared}
    assert set(grounds) <= set(graph.objects(it, CMQ.restsOn))
    for node, stated in grounds.items():
        assert str(node).startswith(f"{source.names.base}graph/authority#")
        assert (node, RDF.type, RDF.Statement) in graph
        assert tuple(graph.value(node, part) for part in (RDF.subject, RDF.predicate, RDF.object)) == stated


def test_a_type_that_was_concluded_gives_what_it_rests_on_itself(source: Source, tmp_path: Path) -> None:
    """A type has no Fact; so what follows from it rests on what the type follows from."""
    for file in (ROOT / "ontology" / "rules").glob("*.rq"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "from-type.rq").write_text(
        "#+ summary: One.\n#+ description: More.\nPREFIX cmq: <https://w3id.org/communique/ns#>\n"
        "CONSTRUCT { ?host cmq:topic ?event } WHERE { ?host a cmq:Agent . ?event cmq:visitor ?host }",
        "utf-8",
    )
    changed = replace(source, vocabularies=replace(source.vocabularies, rules=read_rules(tmp_path)))
    graph = derived(changed, tmp_path, small.SHEET)
    it = fact(source, "from-type", triple(source, "delegation/d", CMQ.topic, "event/visit"))
    grounds = set(graph.objects(it, CMQ.restsOn))
    assert grounds >= {source.names.fact("small.visit"), source.names.fact("small.size")}
    assert all("/id/fact/" in str(ground) for ground in grounds)


@pytest.mark.parametrize(
    ("premises", "expected"),
    [
        (("state", "ongoing", "occurred"), "occurred"),
        (("state", "ongoing"), "ongoing"),
        (("state",), "state"),
        (("proposed", "ongoing"), "ongoing"),
        (("proposed",), "state"),
    ],
)
def test_a_conclusion_has_occurred_or_goes_on_if_a_premise_does_and_else_is_a_state(
    premises: tuple[str, ...], expected: str
) -> None:
    assert modality_of(f"modality#{one}" for one in premises) == f"modality#{expected}"


# --- Of the seeds


def test_each_conclusion_but_a_type_has_its_facts_and_each_fact_its_conclusion(source: Source) -> None:
    graph = source.graphs["inferred"]
    plain = {
        one for one in graph if str(one[0]).startswith(f"{source.names.base}id/") and "/id/fact/" not in str(one[0])
    }
    stated = {
        tuple(graph.value(statement, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        for it in graph.subjects(RDF.type, CMQ.Fact)
        for statement in graph.objects(it, CMQ.statement)
    }
    assert len(stated) > 10
    assert stated == {one for one in plain if one[1] != RDF.type}


def test_what_was_stated_is_not_concluded_once_more(source: Source) -> None:
    elsewhere = {one for name, graph in source.graphs.items() if name != "inferred" for one in graph}
    assert not elsewhere & set(source.graphs["inferred"])


def test_from_each_derived_fact_a_reader_comes_to_quotes_or_to_the_authority_files(source: Source) -> None:
    merged = Graph(bind_namespaces="none")
    for graph in source.graphs.values():
        merged += graph
    facts = set(source.graphs["inferred"].subjects(RDF.type, CMQ.Fact))
    assert facts
    for it in facts:
        below = {one for one in merged.transitive_objects(it, CMQ.restsOn) if one != it and one not in facts}
        assert below
        for ground in below:
            quotes = [
                quote
                for evidence in merged.objects(ground, CMQ.evidence)
                for quote in merged[evidence : OA.hasSelector]
            ]
            assert quotes or (ground, RDF.type, RDF.Statement) in merged


def test_it_rests_on_plain_statements_alone(source: Source) -> None:
    merged = Graph(bind_namespaces="none")
    for graph in source.graphs.values():
        merged += graph
    for ground in set(source.graphs["inferred"].objects(None, CMQ.restsOn)):
        statements = {ground, *merged.objects(ground, CMQ.statement)}
        stated = {
            tuple(merged.value(it, part) for part in (RDF.subject, RDF.predicate, RDF.object)) for it in statements
        }
        assert stated & set(merged), f"{ground} states nothing that is plain"


# --- What the shapes say of it


@pytest.mark.parametrize("lost", [CMQ.rule, CMQ.restsOn, CMQ.statement, CMQ.modality])
def test_a_derived_fact_without_what_it_needs_stops_a_build_at_its_rule(lost: URIRef, source: Source) -> None:
    graph = Graph(bind_namespaces="none") + source.graphs["inferred"]
    it = min(graph.subjects(CMQ.rule, concept("rule", "took-part")), key=str)
    graph.remove((it, lost, None))
    seeds = replace(source.seeds, sheets=())
    found = check(seeds, {**source.graphs, "inferred": graph}, Shapes.read(ROOT), source.names)
    assert found
    for finding in found:
        assert finding.violates
        assert finding.remedy
        assert finding.place.file == Path("ontology/rules/took-part.rq")
        assert finding.place.fact == str(it).rpartition("/")[2]


def test_the_inferred_graph_as_it_is_gives_no_finding(source: Source) -> None:
    seeds = replace(source.seeds, sheets=())
    assert check(seeds, source.graphs, Shapes.read(ROOT), source.names) == ()
