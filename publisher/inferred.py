"""The inferred graph: what rules conclude from the plain triples of all documents and of the authority files.

Each conclusion is a plain triple; and each but a type has a Fact, which names its rule and the Facts that it rests on,
so that a reader walks from it to the sentences. Types have none: they say again what the ontology says of a class.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from graphlib import TopologicalSorter

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS
from rdflib.term import Node

from mappings.names import CMQ, Names, Triple, concept
from publisher.graphs import graph_of, reified, stated
from publisher.plain import ASSERTED
from publisher.rules import Conclusions, conclude
from publisher.seeds import Seeds
from publisher.vocabularies import Vocabularies
from publisher.world import world

#: What a conclusion can rest on: its IRI, and its modality as a reference.
Ground = tuple[URIRef, str]


def inferred(seeds: Seeds, graphs: Mapping[str, Iterable[Triple]], vocabularies: Vocabularies, names: Names) -> Graph:
    """Return the graph of what follows. graphs: what each named graph of `graphs.graphs` says, of things at least."""
    worlds = {name: world([graph], names) for name, graph in graphs.items() if name != "ontology"}
    things = graph_of(triple for part in worlds.values() for triple in part)
    conclusions = conclude(vocabularies.rules, things, vocabularies.world)
    grounds = _stated(seeds, names)
    declared = _declared(worlds, grounds.keys(), names)
    for node, triple in declared.items():
        grounds.setdefault(triple, []).append((node, "modality#state"))
    labels = {
        thing: label
        for graph in graphs.values()
        for thing, predicate, label in graph
        if predicate == SKOS.prefLabel and isinstance(label, Literal) and label.language == "en"
    }

    def triples() -> Iterator[Triple]:
        for triple in _premises_first(conclusions):
            grounds[triple] = []
            for rule, premises in conclusions[triple].items():
                below = sorted({ground for premise in premises for ground in grounds[premise]})
                if triple[1] == RDF.type:
                    grounds[triple] += below
                else:
                    modality = modality_of(modality for _, modality in below)
                    grounds[triple].append((names.fact(names.inferred(rule, triple)), modality))
                    yield from _fact(rule, triple, modality, below, labels, names)
                    for ground in declared.keys() & {ground for ground, _ in below}:
                        yield from reified(ground, declared[ground])
            if triple not in vocabularies.graph:
                yield triple

    return graph_of(triples())


def modality_of(premises: Iterable[str]) -> str:
    """Return the modality of a conclusion: occurred, if a premise has; or ongoing, if one is; or else state."""
    given = set(premises)
    return next((modality for modality in ASSERTED if modality in given), "modality#state")


def _premises_first(conclusions: Conclusions) -> Iterator[Triple]:
    below = {triple: {one for from_ in by.values() for one in from_} for triple, by in conclusions.items()}
    return (triple for triple in TopologicalSorter(below).static_order() if triple in conclusions)


def _stated(seeds: Seeds, names: Names) -> dict[Triple, list[Ground]]:
    """Return each triple that may be plain by one of the documents' Facts, with all Facts by which it may."""
    found: dict[Triple, list[Ground]] = {}
    for sheet in seeds.sheets:
        for fact in sheet.facts:
            for triple, plain in stated(fact, names):
                if plain:
                    found.setdefault(triple, []).append((names.fact(fact.key), fact.modality))
    return found


def _declared(worlds: Mapping[str, Graph], stated: Container[Triple], names: Names) -> dict[URIRef, Triple]:
    """Return the triples that the authority files declare, and those of a document that none of its Facts states."""
    return {
        names.declaration(name, triple): triple
        for name, part in worlds.items()
        for triple in part
        if name == "authority" or triple not in stated
    }


def _fact(
    rule: str, triple: Triple, modality: str, below: Iterable[Ground], labels: Mapping[Node, Literal], names: Names
) -> Iterator[Triple]:
    """Yield the Fact that a rule concluded: that it is derived, by which rule, what it states and what it rests on."""
    key = names.inferred(rule, triple)
    it, statement = names.fact(key), names.statement(key, triple)
    label = " · ".join(labels.get(term, names.short(str(term))) for term in triple)
    yield it, RDF.type, CMQ.Fact
    yield it, SKOS.prefLabel, Literal(label, lang="en")
    yield it, CMQ.modality, names.iri(modality)
    yield it, CMQ.nature, names.iri("nature#derived")
    yield it, CMQ.polarity, names.iri("polarity#positive")
    yield it, CMQ.rule, concept("rule", rule)
    for ground, _ in below:
        yield it, CMQ.restsOn, ground
    yield it, CMQ.statement, statement
    yield from reified(statement, triple)
