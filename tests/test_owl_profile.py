"""The ontology of the world is in OWL 2 DL, by the judgement of OWLAPI, and OWLAPI reads it without a word.

https://www.w3.org/TR/owl2-profiles/
"""

from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF

from publisher import reasoner
from tests.conftest import ROOT
from tests.owlapi import run
from tests.source import Source

NS = ROOT / "ontology" / "ns.ttl"
#: What is wrong, and which kind of objection it must bring.
DEFECTS = {
    "cmq:subEventOf a owl:FunctionalProperty .": "violation",  # what is transitive cannot be functional
    "cmq:Visit rdfs:subClassOf [ a owl:Restriction ; owl:onProperty cmq:host ] .": "violation",  # it restricts nothing
    "[] a owl:AllDisjointClasses ; owl:members cmq:Visit .": "violation",  # that is no list
    "cmq:host rdfs:range cmq:Hotel .": "violation",  # nowhere declared
    "cmq:Visit cmq:lasts 3 .": "violation",  # no kind of property
    "cmq:lasts a owl:FunctionalProperty .": "unparsed",  # of what kind is not said
    "<https://w3id.org/communique/ns> owl:imports <file:///nowhere/at/all.owl> .": "missing",
    "cmq:lasts rdfs:label 'lasts' .": "undeclared",
}


def objections(*files: Path) -> dict[str, list[str]]:
    """Return what OWLAPI objects to in each file, by the file's name. It must have read as many axioms as we have."""
    found: dict[str, list[str]] = {file.stem: [] for file in files}
    for line in run("OwlProfile", *files):
        file, kind, what = line.split("\t")
        if kind == "axioms":
            assert int(what) > 300
        else:
            found[Path(file).stem].append(f"{kind}: {what}")
    return found


def written(graph: Graph, file: Path) -> Path:
    # N-Triples is Turtle, and quickly written; sorted, so that what OWLAPI reads is the same each time.
    file.write_text("".join(sorted(graph.serialize(format="nt").splitlines(keepends=True))), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph(bind_namespaces="none").parse(NS)


@pytest.mark.java
def test_the_ontology_is_in_owl_2_dl_and_read_without_a_word() -> None:
    assert objections(NS) == {"ns": []}


@pytest.mark.java
def test_so_it_is_together_with_the_world_of_the_release(source: Source, tmp_path: Path) -> None:
    told = reasoner.premises(source.vocabularies.world, source.world)
    assert objections(written(told, tmp_path / "world.ttl")) == {"world": []}


@pytest.mark.java
def test_a_defect_is_objected_to(ontology: Graph, tmp_path: Path) -> None:
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in ontology.namespaces())
    files: dict[str, Path] = {}
    for defect in DEFECTS:
        planted = Graph(bind_namespaces="none").parse(data=prefixes + defect, format="turtle")
        files[defect] = written(ontology + planted, tmp_path / f"{len(files)}.ttl")
    found = objections(*files.values())
    kinds = {defect: {one.partition(":")[0] for one in found[file.stem]} for defect, file in files.items()}
    assert [defect for defect, kind in DEFECTS.items() if kind not in kinds[defect]] == []


@pytest.mark.java
def test_a_declaration_that_is_missing_is_objected_to(ontology: Graph, tmp_path: Path) -> None:
    """Whichever it is: each term that the file uses, whether ours or another's, is left undeclared once."""
    terms = {s for s, o in ontology.subject_objects(RDF.type) if isinstance(s, URIRef) and o != OWL.Ontology}
    files: dict[URIRef, Path] = {}
    for term in sorted(terms):
        without = Graph(bind_namespaces="none") + ontology
        without.remove((term, RDF.type, None))
        if any(term in triple for triple in without):
            files[term] = written(without, tmp_path / f"{len(files)}.ttl")
    assert len(files) > 100
    found = objections(*files.values())
    assert [term for term, file in files.items() if not any(f"<{term}>" in one for one in found[file.stem])] == []
