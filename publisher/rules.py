"""A rule says what follows: a CONSTRUCT query whose body is triple patterns and whose head is one triple.

The body's patterns are about the ontology where their property is RDFS's or OWL's (`?role rdfs:subPropertyOf ...`), and
about the world elsewhere; only those of the world are premises. Rules run to a fix point, over the newest triples only
(semi-naive evaluation), so that the work grows as the world does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Variable

from mappings.names import Triple
from publisher.errors import Problem, SheetError, read_all
from publisher.nodes import decode
from publisher.terms import ours, theirs

AXIOMS: Final = ox.NamedNode("urn:axioms")
NEWEST: Final = ox.NamedNode("urn:newest")
SAYS: Final = re.compile(r"^#\+ (summary|description): (\S.*)$", re.MULTILINE)

#: Each conclusion with the rules that give it, and for each rule all premises from which it does.
Conclusions = Mapping[Triple, Mapping[str, frozenset[Triple]]]


@dataclass(frozen=True)
class Rule:
    """A rule. head: its conclusion; premises, axioms: the patterns of its body. text: its file, word for word."""

    name: str
    text: str
    summary: str
    description: str
    head: Triple
    premises: tuple[Triple, ...]
    axioms: tuple[Triple, ...]

    def queries(self) -> Iterator[str]:
        """Yield for each premise the query in which that premise is one of the newest triples."""
        axioms = f"GRAPH {AXIOMS} {{ {_written(self.axioms)} }}" if self.axioms else ""
        for newest in self.premises:
            rest = _written(pattern for pattern in self.premises if pattern is not newest)
            yield f"SELECT * {{ GRAPH {NEWEST} {{ {_written([newest])} }} {rest} {axioms} }}"


def read_rules(folder: Path) -> tuple[Rule, ...]:
    """Read `{folder}/*.rq`, in the order of their names. Raise one SheetError for all that are no rules."""
    return tuple(read_all(lambda file: _rule(file, decode(file)), sorted(folder.glob("*.rq"))))


def _rule(file: Path, text: str) -> Rule:
    def wrong(message: str) -> SheetError:
        return SheetError([Problem(file, 0, f"is no rule: {message}")])

    says = dict(SAYS.findall(text))
    if set(says) != {"summary", "description"}:
        raise wrong("expected a line `#+ summary: ...` and a line `#+ description: ...`")
    try:
        query = prepareQuery(text).algebra
    except Exception as error:  # rdflib's parser raises what pyparsing does, and for an unknown prefix a bare Exception
        raise wrong(f"it is not SPARQL: {error}") from error
    if query.name != "ConstructQuery" or len(query.template or ()) != 1:
        raise wrong("expected CONSTRUCT { one triple } WHERE { ... }")
    if query.datasetClause or query.p.name != "Project" or query.p.p.name != "BGP":
        raise wrong("its body may have triple patterns only: no FILTER, OPTIONAL, UNION, FROM, LIMIT or the like")
    (head,), body = query.template, query.p.p.triples
    if not all(isinstance(term, URIRef | Literal | Variable) for term in chain(head, *body)):
        raise wrong("it may have neither property paths nor blank nodes; give what they stand for a variable")
    if unbound := {term for term in head if isinstance(term, Variable)} - set(chain(*body)):
        raise wrong(f"nothing in its body says what {' and '.join(sorted(f'?{name}' for name in unbound))} may be")
    axioms = tuple(pattern for pattern in body if _is_axiom(pattern))
    premises = tuple(pattern for pattern in body if pattern not in axioms)
    if not premises:
        raise wrong("no pattern of its body is about the world")
    return Rule(file.stem, text, says["summary"], says["description"], head, premises, axioms)


def _is_axiom(pattern: Triple) -> bool:
    _, predicate, value = pattern
    return str(value if predicate == RDF.type else predicate).startswith((str(RDFS), str(OWL)))


def _written(patterns: Iterable[Triple]) -> str:
    return " ".join(f"{' '.join(term.n3() for term in pattern)} ." for pattern in patterns)


def conclude(rules: Iterable[Rule], world: Graph, ontology: Graph) -> Conclusions:
    """Return what follows from a world and was not in it.

    No conclusion rests on itself, by whatever detour: what would give it again only because it is so already is left
    out. Axioms with blank nodes (restrictions, lists) are not looked at, and that all is an owl:Thing is not told.
    """
    store, every = ox.Store(), tuple(rules)
    store.bulk_extend(_quads(ontology, AXIOMS))
    found: dict[Triple, dict[str, set[Triple]]] = {}
    newest: set[Triple] = set(world)
    while newest:
        store.clear_graph(NEWEST)
        for graph in (NEWEST, ox.DefaultGraph()):
            store.extend(_quads(newest, graph))
        newest, again = set(), []
        for conclusion, rule, premises in {one for each in every for one in _instances(each, store)}:
            if conclusion in world or conclusion[2] == OWL.Thing:
                continue
            if conclusion in found and conclusion not in newest:
                again.append((rule, conclusion, premises))
                continue
            newest.add(conclusion)
            found.setdefault(conclusion, {}).setdefault(rule, set()).update(premises)
        for rule, conclusion, premises in sorted(again):
            if not _rests_on(premises, conclusion, found):
                found[conclusion].setdefault(rule, set()).update(premises)
    return {triple: {rule: frozenset(from_) for rule, from_ in by.items()} for triple, by in found.items()}


def _instances(rule: Rule, store: ox.Store) -> Iterator[tuple[Triple, str, tuple[Triple, ...]]]:
    """Yield what a rule concludes from the newest triples: the conclusion, the rule, the premises."""
    for query in rule.queries():
        solutions = store.query(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise TypeError(f"{rule.name} gave no solutions")
        names = [(variable.value, Variable(variable.value)) for variable in solutions.variables]
        for solution in solutions:
            bound = {variable: ours(solution[name]) for name, variable in names}
            head, *premises = (
                tuple(bound.get(term, term) for term in pattern)  # type: ignore[call-overload]
                for pattern in (rule.head, *rule.premises)
            )
            if isinstance(head[0], URIRef) and isinstance(head[1], URIRef):
                yield head, rule.name, tuple(premises)


def _rests_on(premises: Iterable[Triple], goal: Triple, found: Mapping[Triple, Mapping[str, set[Triple]]]) -> bool:
    """Say whether one of these is a triple, or was concluded from it, in however many steps."""
    waiting, seen = list(premises), set()
    while waiting:
        triple = waiting.pop()
        if triple == goal:
            return True
        if triple not in seen:
            seen.add(triple)
            waiting.extend(chain.from_iterable(found.get(triple, {}).values()))
    return False


def _quads(triples: Iterable[Triple], graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    """Yield the triples without blank nodes as the engine's quads."""
    for subject, predicate, value in triples:
        if isinstance(subject, URIRef) and not isinstance(value, BNode):
            yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(str(predicate)), theirs(value), graph)
