"""The shapes, run over the source graphs, and what they find said in a curator's words.

pySHACL does the work. Each document is checked twice: its graph by itself, with its text, for what the document alone
must hold (shapes/facts.ttl, quotes.ttl, plain.ttl); and together with the authority files and the ontology, for what
speaks of things (shapes/things.ttl). The inferred graph is checked once, by itself. Never on data read back from the
store, which rewrites literals.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox
import pyshacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from mappings import Names
from mappings.names import CMQ
from publisher.errors import ShapeViolation
from publisher.seeds import Seeds
from publisher.sheets import Fact, Sheet
from publisher.vocabularies import turtle

ALONE: Final = ("prefixes", "facts", "quotes", "plain")
TOGETHER: Final = ("prefixes", "things")
#: The line and the file of what was found, and the Fact that it is about, with its quote.
Place = tuple[int, Path, str | None, str | None]


@dataclass(frozen=True)
class Finding:
    """Something that a shape found. remedy: what to do. fact, quote: where it is about one."""

    severity: str
    message: str
    remedy: str
    shape: str
    focus: str
    value: str
    file: Path
    line: int
    fact: str | None = None
    quote: str | None = None

    @property
    def violates(self) -> bool:
        """Whether it stops a build: a warning does not."""
        return self.severity == "Violation"

    def __str__(self) -> str:
        """Write it as compilers do: the place and what is wrong, then the fact, its quote and what to do."""
        lines = [f"{self.file}:{self.line}: {self.severity.lower()}: {self.message}"]
        if self.fact:
            lines.append(f"    fact:  {self.fact}")
        if self.quote:
            lines.append(f"    quote: “{self.quote}”")
        if self.remedy:
            lines.append(f"    to do: {self.remedy}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Shapes:
    """The shapes of a folder, in the two sets in which they are run."""

    alone: Graph
    together: Graph

    @classmethod
    def read(cls, folder: Path) -> "Shapes":
        """Read shapes/*.ttl. Raise SheetError where one is not Turtle."""
        return cls(*(_union(turtle(folder / f"{name}.ttl") for name in names) for names in (ALONE, TOGETHER)))


def check(
    seeds: Seeds,
    graphs: Mapping[str, Graph],
    shapes: Shapes,
    names: Names,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Finding, ...]:
    """Check each document, and what was inferred, if anything was. Return what was found, in the order of files.

    graphs: the named graphs by their names, as `graphs.graphs` returns them.
    """
    context = _union([graphs["authority"], graphs["ontology"]])
    found: list[Finding] = []
    for sheet in seeds.sheets:
        progress(f"checking {sheet.document.key}")
        found.extend(check_document(sheet, graphs[sheet.document.key], context, shapes, names, seeds))
    if "inferred" in graphs:
        progress("checking what was inferred")
        found.extend(check_inferred(graphs["inferred"], shapes, names))
    return tuple(sorted(found, key=lambda finding: (str(finding.file), finding.line, finding.message)))


def check_document(
    sheet: Sheet, graph: Graph, context: Graph, shapes: Shapes, names: Names, seeds: Seeds
) -> list[Finding]:
    """Check one document's graph, by itself and in its context: the authority files and the ontology."""
    text = Graph(bind_namespaces="none")
    text.add((names.document(sheet.document.key), CMQ.characters, Literal(sheet.text.characters)))

    def place(culprit: Node | None, message: str) -> Place:
        line, file, fact = _place(culprit, message, sheet, graph, names, seeds)
        return line, file, fact, next((one.quotes[0].exact for one in sheet.facts if one.key == fact), None)

    alone = _validate(_union([graph, text]), shapes.alone, names, place)
    together = _validate(_union([graph, context]), shapes.together, names, place)
    return list(dict.fromkeys([*alone, *together]))  # a value can break two rules of one shape


def check_inferred(graph: Graph, shapes: Shapes, names: Names) -> list[Finding]:
    """Check what was inferred by itself. What is found stands at the file of its rule."""

    def place(culprit: Node | None, _: str) -> Place:
        key = str(culprit).partition("#")[0].rpartition("/")[2]
        rule = key.split(".")[1] if key.startswith("inferred.") else "*"
        return 1, Path("ontology", "rules", f"{rule}.rq"), key if rule != "*" else None, None

    return list(dict.fromkeys(_validate(graph, shapes.alone, names, place)))


def _validate(
    graph: Graph, shapes: Graph, names: Names, place: Callable[[Node | None, str], Place]
) -> Iterator[Finding]:
    loaded: Any = _load(graph)  # pySHACL takes a store, though its annotations do not say so
    _, results, _ = pyshacl.validate(loaded, shacl_graph=shapes, inference="none", inplace=True, meta_shacl=False)
    for result in results.subjects(RDF.type, SH.ValidationResult):
        yield _finding(result, results, shapes, names, place)


def _load(graph: Graph) -> ox.Store:
    """Return a graph in a store in memory, in which the shapes' queries run some ten times as fast as over rdflib.

    A store writes literals in their canonical form ("01" becomes "1"). What it would change must not be judged there,
    nor be published, since dumps and endpoint would differ: raise ShapeViolation.
    """
    triples = ox.parse(graph.serialize(format="nt11", encoding="utf-8"), format=ox.RdfFormat.N_TRIPLES)
    given = {quad.triple for quad in triples if isinstance(quad, ox.Quad)}
    store = ox.Store()
    store.bulk_extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in given)
    kept = {quad.triple for quad in store}
    if changed := sorted(map(str, given - kept)):
        raise ShapeViolation(f"A literal is not in its canonical form, and the store would change it: {changed[0]}")
    return store


def _union(graphs: Iterable[Graph]) -> Graph:
    union = Graph(bind_namespaces="none")
    for graph in graphs:
        union += graph
    return union


def _finding(
    result: Node, results: Graph, shapes: Graph, names: Names, place: Callable[[Node | None, str], Place]
) -> Finding:
    def of(predicate: Node) -> Node | None:
        return results.value(result, predicate)

    shape = of(SH.sourceShape)
    message = str(of(SH.resultMessage) or "")
    focus, value = of(SH.focusNode), of(SH.value)
    culprit = focus if value is None or of(SH.resultPath) is not None else value
    line, file, fact, quote = place(culprit, message)
    while isinstance(shape, BNode):  # a property shape without a name: it is its node shape's
        shape = shapes.value(predicate=SH.property, object=shape)
    remedy = shapes.value(shape, SH.description) if shape is not None else None
    return Finding(
        severity=str(of(SH.resultSeverity)).rpartition("#")[2],
        message=names.short(message),
        remedy=str(remedy or ""),
        shape=str(shape).rpartition("#")[2] if isinstance(shape, URIRef) else "",
        focus=str(focus),
        value=str(value) if value is not None else "",
        file=file,
        line=line,
        fact=fact,
        quote=quote,
    )


def _place(
    culprit: Node | None, message: str, sheet: Sheet, graph: Graph, names: Names, seeds: Seeds
) -> tuple[int, Path, str | None]:
    """Find the line for what a shape names.

    That is the Fact that it is, that it is part of, or that states all of what the message names; or else the thing or
    sentence itself; or else the Fact that comes nearest; or else the document.
    """
    facts: dict[Node, Fact] = {names.fact(fact.key): fact for fact in sheet.facts}
    near = sorted((left, facts[it].line, facts[it].key) for left, it in _facts(culprit, message, graph) if it in facts)
    if near and near[0][0] == 0:
        return near[0][1], sheet.file, near[0][2]
    for thing in (*sheet.things.values(), *seeds.authority.values()):
        if names.iri(thing.reference) == culprit:
            return thing.node.line, thing.node.file, None
    for sentence in sheet.sentences:
        if names.sentence(sheet.document.key, sentence.key) == culprit:
            return sentence.line, sheet.file, None
    return (near[0][1], sheet.file, near[0][2]) if near else (sheet.document.line, sheet.file, None)


def _facts(culprit: Node | None, message: str, graph: Graph) -> Iterator[tuple[int, Node]]:
    """Yield the Facts that something is, belongs to or is stated by, each with how much of it a message leaves out."""
    if culprit is None:
        return
    if (culprit, RDF.type, CMQ.Fact) in graph:
        yield 0, culprit
    for part in (CMQ.evidence, CMQ.statement):
        for fact in graph.subjects(part, culprit):
            yield 0, fact
    words = message.split()
    for place in (RDF.subject, RDF.predicate, RDF.object):
        for statement in graph.subjects(place, culprit):
            parts = [graph.value(statement, other) for other in (RDF.predicate, RDF.object)]
            left = sum(str(part) not in (message if isinstance(part, Literal) else words) for part in parts)
            left -= parts[0] == RDF.type and str(RDF.type) not in words  # what is typed as something says so in words
            for fact in graph.subjects(CMQ.statement, statement):
                yield left, fact


def report(findings: Iterable[Finding], names: Names) -> Graph:
    """Return a validation report (SHACL, 3.6) without blank nodes; each result has its Fact, its file and its line."""
    graph = Graph(bind_namespaces="none")
    it = names.dump("report.ttl", "#report")
    found = list(findings)
    graph.add((it, RDF.type, SH.ValidationReport))
    graph.add((it, SH.conforms, Literal(not found)))
    for number, finding in enumerate(found, 1):
        result = names.dump("report.ttl", f"#result-{number}")
        graph.add((it, SH.result, result))
        graph.add((result, RDF.type, SH.ValidationResult))
        graph.add((result, SH.focusNode, URIRef(finding.focus)))
        graph.add((result, SH.resultSeverity, SH[finding.severity]))
        graph.add(
            (result, SH.resultMessage, Literal(f"{finding.file.name}:{finding.line}: {finding.message}", lang="en"))
        )
        if finding.value:
            graph.add((result, SH.value, _value(finding.value)))
        if finding.shape:
            graph.add((result, SH.sourceShape, URIRef(f"https://w3id.org/communique/shapes#{finding.shape}")))
        if finding.fact:
            graph.add((result, RDFS.seeAlso, names.fact(finding.fact)))
    return graph


def _value(text: str) -> URIRef | Literal:
    """Return what a shape named as a value: an IRI where it is one, which what looks like one need not be."""
    try:
        return URIRef(ox.NamedNode(text).value)
    except ValueError:
        return Literal(text)
