"""The ontology of the world is in OWL 2 DL, by the judgement of OWLAPI: https://www.w3.org/TR/owl2-profiles/."""

import os
import subprocess
from pathlib import Path

import owlready2
import pytest
from rdflib import Graph

from tests.prerequisites import need

HERE = Path(__file__).parent
NS = HERE.parent / "ontology" / "ns.ttl"
OWLAPI = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"  # HermiT's jar has OWLAPI inside


def judge(graph: Graph, folder: Path) -> tuple[int, list[str]]:
    """Return how many axioms OWLAPI reads in a graph, and the violations that it finds."""
    javac, java = need("javac"), need("java")
    subprocess.run([javac, "-cp", OWLAPI, "-d", folder, HERE / "OwlProfile.java"], check=True)
    graph.serialize(folder / "ontology.rdf", format="xml", encoding="utf-8")
    classes = os.pathsep.join((str(OWLAPI), str(folder)))
    run = subprocess.run(
        [java, "-Xmx512M", "-cp", classes, "OwlProfile", folder / "ontology.rdf"],
        check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    axioms, *violations = run.stdout.splitlines()
    return int(axioms), violations


@pytest.mark.java
def test_the_ontology_is_in_owl_2_dl(tmp_path: Path) -> None:
    axioms, violations = judge(Graph(bind_namespaces="none").parse(NS), tmp_path)
    assert axioms > 300
    assert violations == []


@pytest.mark.java
def test_the_judge_sees_a_violation(tmp_path: Path) -> None:
    graph = Graph(bind_namespaces="none").parse(NS)
    graph.parse(
        data="""
        @prefix cmq: <https://w3id.org/communique/ns#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        cmq:subEventOf a owl:FunctionalProperty .  # what is transitive cannot be functional
        """,
        format="turtle",
    )
    assert judge(graph, tmp_path)[1]
