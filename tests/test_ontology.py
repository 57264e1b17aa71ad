"""The ontology explains each of its terms, and says nothing about anybody else's."""

import re
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD
from rdflib.term import BNode, Literal, Node

from publisher.examples import examples
from tests.source import Source

FOLDER = Path(__file__).parent.parent / "ontology"
VOCABULARY = "https://w3id.org/communique/"
CMQ = VOCABULARY + "ns#"
ONTOLOGIES = {"ns": URIRef(VOCABULARY + "ns"), "facts": URIRef(VOCABULARY + "facts")}
SCHEMES = sorted(file.stem for file in FOLDER.glob("*.ttl") if file.stem not in ONTOLOGIES)
DECLARATIONS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


def read(name: str) -> Graph:
    return Graph(bind_namespaces="none").parse(FOLDER / f"{name}.ttl")


def terms(graph: Graph) -> set[Node]:
    """All that is declared in our namespace."""
    return {s for s in graph.subjects(RDF.type) if str(s).startswith(CMQ)}


def in_english(graph: Graph, subject: Node, predicate: URIRef) -> list[str]:
    return [str(o) for o in graph.objects(subject, predicate) if isinstance(o, Literal) and o.language == "en"]


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_each_term_has_a_label_a_definition_and_an_example(name: str) -> None:
    graph = read(name)
    assert terms(graph)
    for term in terms(graph):
        for predicate in (SKOS.prefLabel, SKOS.definition, SKOS.example):
            assert len(in_english(graph, term, predicate)) == 1, f"{term}: {predicate}"
        assert set(graph.objects(term, RDFS.isDefinedBy)) == {ONTOLOGIES[name]}


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_each_example_quotes_a_text(name: str) -> None:
    graph = read(name)
    for term in terms(graph):
        assert re.search("“.+”", in_english(graph, term, SKOS.example)[0]), term


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_what_an_example_quotes_stands_in_a_document(name: str, source: Source) -> None:
    graph, texts = read(name), [sheet.text.characters for sheet in source.seeds.sheets]
    for term in terms(graph):
        for quote in re.findall("“((?:[^“”]|“[^”]*”)+)”", in_english(graph, term, SKOS.example)[0]):
            assert any(quote in text for text in texts), f"{term}: {quote}"


@pytest.mark.parametrize("name", [*ONTOLOGIES, *SCHEMES])
def test_each_label_is_given_in_three_languages(name: str) -> None:
    graph = read(name)
    labelled = terms(graph) | set(graph.subjects(SKOS.inScheme)) | set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    for subject in labelled:
        languages = sorted(str(getattr(o, "language", "")) for o in graph.objects(subject, SKOS.prefLabel))
        assert languages == ["en", "fr", "ru"], subject


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_each_class_and_property_is_used_by_the_data_or_by_an_example_query(name: str, source: Source) -> None:
    graph = read(name)
    data = {str(t) for key, part in source.graphs.items() if key != "ontology" for triple in part for t in triple}
    queries = " ".join(one.sparql for one in examples())
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    ours = {str(term) for kind in kinds for term in graph.subjects(RDF.type, kind)} & {str(t) for t in terms(graph)}
    assert [term for term in ours - data if not re.search(rf"cmq:{term.removeprefix(CMQ)}\b", queries)] == []


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_nothing_is_imported(name: str) -> None:
    assert not list(read(name).subject_objects(OWL.imports))


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_terms_of_others_are_declared_and_nothing_more(name: str) -> None:
    for s, p, o in read(name):
        if isinstance(s, BNode) or str(s).startswith(VOCABULARY):
            continue
        assert p == RDF.type, f"an axiom about {s}: {p}"
        assert o in DECLARATIONS, f"{s} is declared as {o}"


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_terms_of_others_stand_in_no_list_of_disjoint_classes(name: str) -> None:
    graph = read(name)
    for listed in graph.objects(None, OWL.members):
        for member in graph.items(listed):
            assert str(member).startswith(CMQ)


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_every_term_that_is_used_is_declared_in_the_same_file(name: str) -> None:
    graph = read(name)
    declared = set(graph.subjects(RDF.type)) | ({URIRef(CMQ + "Agent")} if name == "facts" else set())
    builtin = tuple(str(namespace) for namespace in (OWL, RDF, RDFS, XSD))
    used = {node for triple in graph for node in triple if isinstance(node, URIRef)}
    assert {node for node in used - declared if not str(node).startswith(builtin)} == set()


def test_no_term_is_defined_twice() -> None:
    assert not terms(read("ns")) & terms(read("facts"))


@pytest.mark.parametrize("name", ONTOLOGIES)
def test_every_iri_of_ours_is_the_ontology_or_in_the_namespace(name: str) -> None:
    ours = {str(n) for t in read(name) for n in t if isinstance(n, URIRef) and str(n).startswith(VOCABULARY)}
    assert {iri for iri in ours if not re.fullmatch(re.escape(CMQ) + "[A-Za-z]+[0-9]*", iri)} == {str(ONTOLOGIES[name])}


def test_dates_have_no_range_in_the_file_that_hermit_reads() -> None:
    assert not {XSD.date, XSD.gYear, XSD.gYearMonth} & set(read("ns").objects(None, RDFS.range))


@pytest.mark.parametrize("name", SCHEMES)
def test_a_scheme_is_named_like_its_file(name: str) -> None:
    graph = read(name)
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [URIRef(VOCABULARY + name)]
    subjects = {str(s) for s in graph.subjects()} - {VOCABULARY + name}
    assert all(re.fullmatch(re.escape(f"{VOCABULARY}{name}#") + "[a-z]+(-[a-z]+)*", s) for s in subjects)


@pytest.mark.parametrize("name", SCHEMES)
def test_each_concept_has_a_label_a_definition_and_its_scheme(name: str) -> None:
    graph, scheme = read(name), URIRef(VOCABULARY + name)
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts == set(graph.subjects()) - {scheme}
    for subject in concepts | {scheme}:
        assert len(in_english(graph, subject, SKOS.prefLabel)) == 1, subject
        assert len(in_english(graph, subject, SKOS.definition)) == 1, subject
    for concept in concepts:
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]


@pytest.mark.parametrize("name", SCHEMES)
def test_each_concept_is_at_the_top_or_below_another(name: str) -> None:
    graph, scheme = read(name), URIRef(VOCABULARY + name)
    top = set(graph.subjects(SKOS.topConceptOf, scheme))
    assert top == set(graph.objects(scheme, SKOS.hasTopConcept))
    for concept in graph.subjects(RDF.type, SKOS.Concept):
        above = set(graph.transitive_objects(concept, SKOS.broader)) - {concept}
        assert (concept in top) != bool(above & top), f"{concept} is neither at the top nor below it, or both"


@pytest.mark.parametrize("name", SCHEMES)
def test_no_two_concepts_share_a_label(name: str) -> None:
    graph = read(name)
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    labels = [o for c in concepts for p in (SKOS.prefLabel, SKOS.altLabel) for o in graph.objects(c, p)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("name", SCHEMES)
def test_each_label_is_in_the_script_of_its_language(name: str) -> None:
    graph = read(name)
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for label in graph.objects(None, predicate):
            assert isinstance(label, Literal)
            assert label.language in ("en", "fr", "ru")
            assert bool(re.search("[а-яё]", label.lower())) == (label.language == "ru"), label


@pytest.mark.parametrize("name", SCHEMES)
def test_a_scheme_has_no_blank_nodes(name: str) -> None:
    assert not [node for triple in read(name) for node in triple if isinstance(node, BNode)]


def test_the_redirect_rules_cover_every_document() -> None:
    rules = re.findall(r"^RewriteRule \^\(([^)]+)\)\$ ", (FOLDER / "w3id" / ".htaccess").read_text("utf-8"), re.M)
    assert sorted(name for rule in rules for name in rule.split("|")) == sorted([*ONTOLOGIES, *SCHEMES, "shapes"])
