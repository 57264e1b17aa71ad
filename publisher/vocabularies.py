"""The ontology, its SKOS schemes and its rules, as the files in `ontology/` give them."""

from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, SKOS

from mappings.names import VOCABULARY, concept
from publisher.errors import Problem, SheetError
from publisher.nodes import decode
from publisher.rules import Rule, read_rules


@dataclass(frozen=True)
class Vocabularies:
    """What our terms mean.

    graph: all files together, each rule's text with the concept that explains it. world: the ontology of the world
    alone, the part that a reasoner sees. schemes: for each scheme the names of its concepts.
    """

    graph: Graph
    world: Graph
    schemes: dict[str, frozenset[str]]
    rules: tuple[Rule, ...]

    @classmethod
    def read(cls, folder: Path) -> "Vocabularies":
        """Read `ontology/*.ttl` and `ontology/rules/*.rq`. Raise SheetError where a file is not Turtle, or no rule."""
        graph = Graph(bind_namespaces="none")
        for file in sorted(folder.glob("*.ttl")):
            graph += turtle(file)
        rules = read_rules(folder / "rules")
        for rule in rules:
            graph.add((concept("rule", rule.name), SH.construct, Literal(rule.text)))
        return cls(graph, turtle(folder / "ns.ttl"), _schemes(graph), rules)

    def label(self, iri: URIRef) -> str:
        """Return a term's label in English, or, where it has none, its IRI."""
        labels = {str(o.language): str(o) for o in self.graph.objects(iri, SKOS.prefLabel)}  # type: ignore[attr-defined]
        return labels.get("en", str(iri))


def turtle(file: Path) -> Graph:
    """Parse one Turtle file of ours; raise SheetError where it is none."""
    graph = Graph(bind_namespaces="none")
    text = decode(file)
    try:
        graph.parse(data=text, format="turtle", publicID=VOCABULARY)
    except Exception as error:  # rdflib's parser raises BadSyntax, but also what its own mistakes raise
        raise SheetError([Problem(file, getattr(error, "lines", 0), f"is not Turtle: {error}")]) from error
    return graph


def _schemes(graph: Graph) -> dict[str, frozenset[str]]:
    schemes: dict[str, frozenset[str]] = {}
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        concepts = graph.subjects(SKOS.inScheme, scheme)
        names = frozenset(str(concept).partition("#")[2] for concept in concepts)
        schemes[str(scheme).removeprefix(VOCABULARY)] = names
    return schemes
