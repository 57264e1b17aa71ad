"""The vocabularies: the ontology, its SKOS schemes, its rules and the kinds of facts, ours and what a publication adds.

Ours are in the package's `ontology/`. A publication's own terms stand in `ontology/` in its folder, in a namespace of
its own, its rules in `ontology/rules/`, its kinds in a module that publication.toml names.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, SKOS

from mappings import KINDS, Kind
from mappings.names import VOCABULARY, concept
from publisher.errors import Problem, SheetError
from publisher.kinds import kinds_with
from publisher.nodes import decode
from publisher.rules import Rule, read_rules
from publisher.settings import PUBLICATION, Publication, sources


@dataclass(frozen=True)
class Vocabularies:
    """What can be said, and what it means.

    graph: all files together, each rule's text with the concept that explains it. world: the ontology of the world
    alone, the part that a reasoner sees. schemes: for each scheme the names of its concepts; a publication's
    own scheme is named by its IRI. kinds: those of facts.
    """

    graph: Graph
    world: Graph
    schemes: Mapping[str, frozenset[str]]
    rules: tuple[Rule, ...]
    kinds: Mapping[str, Kind]

    @classmethod
    def read(cls, project: Path) -> "Vocabularies":
        """Read ours, and those that a project adds. Raise SheetError for what cannot be read, or clashes."""
        ours, own = turtles(project, "ontology")
        graph, world = Graph(bind_namespaces="none"), Graph(bind_namespaces="none")
        for file, part in {**ours, **own}.items():
            graph += part
            if file in own or file.name == "ns.ttl":
                world += part
        rules = _rules(project)
        for rule in rules:
            it = concept("rule", rule.name)
            graph.add((it, SH.construct, Literal(rule.text)))
            if (it, RDF.type, SKOS.Concept) not in graph:  # a publication's: its file says all that there is to say
                graph.add((it, RDF.type, SKOS.Concept))
                graph.add((it, SKOS.inScheme, URIRef(f"{VOCABULARY}rule")))
                graph.add((it, SKOS.prefLabel, Literal(rule.name.replace("-", " "), lang="en")))
                graph.add((it, SKOS.definition, Literal(rule.summary, lang="en")))
        schemes, module = _schemes(graph), Publication.read(project / PUBLICATION).kinds
        kinds = kinds_with(project / f"{module}.py", schemes) if module else KINDS
        return cls(graph, world, schemes, rules, kinds)

    def label(self, iri: URIRef) -> str:
        """Return a term's label in English, or, where it has none, its IRI."""
        labels = {str(o.language): str(o) for o in self.graph.objects(iri, SKOS.prefLabel)}  # type: ignore[attr-defined]
        return labels.get("en", str(iri))


def turtles(project: Path, name: str) -> tuple[dict[Path, Graph], dict[Path, Graph]]:
    """Parse the Turtle files of our folder of this name, and those that a project adds in a folder of the same name.

    Raise SheetError where a file is not Turtle, or where one of the project's says something of a term of ours: who
    reads our term elsewhere would not know what it means here.
    """
    folder, own_folder = sources(project, name)
    ours = _parsed(folder.glob("*.ttl"))
    own = _parsed(own_folder.glob("*.ttl")) if own_folder else {}
    said = {term: file for file, graph in ours.items() for term in graph.subjects()}
    problems = []
    for file, graph in own.items():
        for term in sorted({str(term) for term in graph.subjects() if str(term).startswith(VOCABULARY)}):
            there = said.get(URIRef(term))
            why = f"which {there} says what it means" if there else f"and all that begins with {VOCABULARY} is ours"
            what = f"says something of {term}, {why}; give a term of yours a namespace of your own"
            problems.append(Problem(file, 0, what))
    if problems:
        raise SheetError(problems)
    return ours, own


def turtle(file: Path) -> Graph:
    """Parse one Turtle file; raise SheetError where it is none."""
    graph = Graph(bind_namespaces="none")
    text = decode(file)
    try:
        graph.parse(data=text, format="turtle", publicID=VOCABULARY)
    except Exception as error:  # rdflib's parser raises BadSyntax, but also what its own mistakes raise
        raise SheetError([Problem(file, getattr(error, "lines", 0), f"is not Turtle: {error}")]) from error
    return graph


def _parsed(files: Iterable[Path]) -> dict[Path, Graph]:
    return {file: turtle(file) for file in sorted(files)}


def _rules(project: Path) -> tuple[Rule, ...]:
    folder, own_folder = sources(project, "ontology")
    ours = read_rules(folder / "rules")
    own = read_rules(own_folder / "rules") if own_folder else ()
    names = {rule.name for rule in ours}
    if own_folder and (twice := [rule.name for rule in own if rule.name in names]):
        what = "has the name of a rule of ours, {}; give it another name"
        files = [Path("rules", f"{name}.rq") for name in twice]
        raise SheetError([Problem(own_folder / file, 0, what.format(folder / file)) for file in files])
    return (*ours, *own)


def _schemes(graph: Graph) -> dict[str, frozenset[str]]:
    schemes: dict[str, frozenset[str]] = {}
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        concepts = (str(concept).partition("#") for concept in graph.subjects(SKOS.inScheme, scheme))
        names = frozenset(name for within, _, name in concepts if within == str(scheme))
        schemes[str(scheme).removeprefix(VOCABULARY)] = names
    return schemes
