"""The description counts what is there: the endpoint's own answers confirm every number."""

import csv
import io
from collections import Counter
from collections.abc import Iterable

import pytest
from rdflib import RDF, RDFS, SKOS, VOID, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from mappings import Names
from mappings.names import CMQ
from publisher.counts import Counts
from publisher.dumps import DUMPS
from publisher.release import Release
from publisher.settings import Publication
from publisher.stores import LocalStore
from publisher.void import VOID_EXT, description

#: What is counted of each property, as SPARQL says it.
PER_PROPERTY = {
    VOID.triples: "COUNT(*)",
    VOID.distinctSubjects: "COUNT(DISTINCT ?s)",
    VOID.distinctObjects: "COUNT(DISTINCT ?o)",
}
TOTALS = {
    **PER_PROPERTY,
    VOID.properties: "COUNT(DISTINCT ?p)",
    VOID.entities: "COUNT(DISTINCT ?entity)",
    VOID.classes: "COUNT(DISTINCT ?class)",
}


@pytest.fixture(scope="module")
def void(release: Release) -> Graph:
    return Graph(bind_namespaces="none").parse(release.folder / "void.ttl")


@pytest.fixture(scope="module")
def dataset(release: Release) -> URIRef:
    return Names(release.base).dataset()


def ask(store: LocalStore, query: str) -> list[list[str]]:
    """Return the rows of an answer, in which a number is what it is in RDF: its digits."""
    answer = b"".join(store.query(query, "text/csv").body).decode()
    return list(csv.reader(io.StringIO(answer)))[1:]


def described(release: Release) -> str:
    """Return the dataset that the counts are of: all graphs but the description, merged."""
    names = Names(release.base)
    return " ".join(f"FROM <{names.graph(name)}>" for name in release.manifest["graphs"] if name != "description")


def parts(void: Graph, whole: URIRef, partition: URIRef) -> list[URIRef]:
    """Return the partitions of a dataset, or of one of its partitions, none of which is a blank node."""
    found = [one for one in void.objects(whole, partition) if isinstance(one, URIRef)]
    assert len(found) == len(list(void.objects(whole, partition)))
    return found


def numbers(void: Graph, subject: URIRef, wanted: Iterable[URIRef]) -> list[str]:
    return [str(void.value(subject, predicate)) for predicate in wanted]


def test_the_endpoint_confirms_the_totals(release: Release, store: LocalStore, void: Graph, dataset: URIRef) -> None:
    counts = " ".join(f"({count} AS ?n{i})" for i, count in enumerate(TOTALS.values()))
    query = f"""SELECT {counts} {described(release)} {{
        ?s ?p ?o
        BIND(IF(STRSTARTS(STR(?s), "{void.value(dataset, VOID.uriSpace)}"), ?s, ?none) AS ?entity)
        BIND(IF(?p = <{RDF.type}>, ?o, ?none) AS ?class)
    }}"""
    assert ask(store, query) == [numbers(void, dataset, TOTALS)]


def test_the_endpoint_confirms_what_each_class_has(
    release: Release, store: LocalStore, void: Graph, dataset: URIRef
) -> None:
    query = f"""SELECT ?class (COUNT(DISTINCT ?s) AS ?n) (COUNT(*) AS ?m) {described(release)} {{
        ?s a ?class ; ?p ?o
    }} GROUP BY ?class"""
    told = [
        [str(void.value(one, VOID["class"])), *numbers(void, one, (VOID.entities, VOID.triples))]
        for one in parts(void, dataset, VOID.classPartition)
    ]
    assert sorted(told) == sorted(ask(store, query))


def test_the_endpoint_confirms_what_each_property_of_a_class_has(
    release: Release, store: LocalStore, void: Graph, dataset: URIRef
) -> None:
    query = f"""SELECT ?class ?p (COUNT(*) AS ?n) {described(release)} {{ ?s a ?class ; ?p ?o }} GROUP BY ?class ?p"""
    told = [
        [str(void.value(one, VOID["class"])), str(void.value(way, VOID.property)), *numbers(void, way, (VOID.triples,))]
        for one in parts(void, dataset, VOID.classPartition)
        for way in parts(void, one, VOID.propertyPartition)
    ]
    assert sorted(told) == sorted(ask(store, query))


@pytest.mark.parametrize(
    ("partition", "names", "pattern"),
    [
        (VOID.classPartition, VOID["class"], "?o a ?end"),
        (VOID_EXT.datatypePartition, VOID_EXT.datatype, "FILTER(ISLITERAL(?o)) BIND(DATATYPE(?o) AS ?end)"),
    ],
    ids=["classes", "datatypes"],
)
def test_the_endpoint_confirms_what_each_property_of_a_class_leads_to(
    partition: URIRef, names: URIRef, pattern: str, release: Release, store: LocalStore, void: Graph, dataset: URIRef
) -> None:
    query = f"""SELECT ?class ?p ?end (COUNT(*) AS ?n) {described(release)} {{
        ?s a ?class ; ?p ?o . {pattern}
    }} GROUP BY ?class ?p ?end"""
    told = [
        [
            *(str(void.value(*one)) for one in ((of, VOID["class"]), (way, VOID.property), (end, names))),
            *numbers(void, end, (VOID.triples,)),
        ]
        for of in parts(void, dataset, VOID.classPartition)
        for way in parts(void, of, VOID.propertyPartition)
        for end in parts(void, way, partition)
    ]
    assert len(told) > 100
    assert sorted(told) == sorted(ask(store, query))


def test_the_endpoint_confirms_what_each_property_has(
    release: Release, store: LocalStore, void: Graph, dataset: URIRef
) -> None:
    counts = " ".join(f"({count} AS ?n{i})" for i, count in enumerate(PER_PROPERTY.values()))
    query = f"SELECT ?p {counts} {described(release)} {{ ?s ?p ?o }} GROUP BY ?p"
    partitions = parts(void, dataset, VOID.propertyPartition)
    told = [[str(void.value(one, VOID.property)), *numbers(void, one, PER_PROPERTY)] for one in partitions]
    assert sorted(told) == sorted(ask(store, query))


def test_the_endpoint_confirms_what_each_graph_has(store: LocalStore, void: Graph, dataset: URIRef) -> None:
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    own = f"{store.base}graph/description"
    told = [[str(one), str(void.value(URIRef(str(one)), VOID.triples))] for one in void.objects(dataset, VOID.subset)]
    assert sorted(told) == sorted(row for row in ask(store, query) if row[0] != own)


def test_no_partition_is_two(void: Graph) -> None:
    for kind in (VOID["class"], VOID.property, VOID_EXT.datatype, VOID.triples):
        partitions = list(void.subjects(kind))
        assert len(partitions) == len(set(partitions)) > 1


def test_every_dump_is_there_with_the_format_that_the_w3c_calls_so(
    release: Release, void: Graph, dataset: URIRef
) -> None:
    dumps = {str(dump).rpartition("/")[2]: URIRef(str(dump)) for dump in void.objects(dataset, VOID.dataDump)}
    assert set(dumps) == set(DUMPS)
    formats = {file: str(void.value(dump, DCTERMS["format"])).rpartition("/")[2] for file, dump in dumps.items()}
    assert (
        formats.items()
        <= {
            "communique.nq": "N-Quads",
            "communique.trig": "TriG",
            "communique.ttl": "Turtle",
            "communique.nt": "N-Triples",
            "communique.rdf": "RDF_XML",
            "communique.jsonld": "JSON-LD",
        }.items()
    )
    for file in dumps:
        assert release.part(f"dumps/{file}") is not None


def test_counts_are_of_sorted_lines_whatever_stands_in_them() -> None:
    lines = sorted(
        [
            b'<http://x.example/id/a> <http://x.example/p> "a b . <c>" .\n',
            b'<http://x.example/id/a> <http://x.example/p> "d" .\n',
            b'<http://x.example/id/a> <http://x.example/q> "d" .\n',
            b'<http://x.example/id/a#1> <http://x.example/p> "d" .\n',
            b"<http://x.example/b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x.example/C> .\n",
            b"_:c14n0 <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://x.example/C> .\n",
        ]
    )
    counts = Counts.of(lines, "http://x.example/id/")
    assert (counts.triples, counts.subjects, counts.objects, counts.entities) == (6, 4, 3, 2)
    assert counts.classes == {b"<http://x.example/C>": 2}
    assert counts.class_triples == counts.classes
    assert not counts.class_objects
    assert not counts.class_datatypes
    p = b"<http://x.example/p>"
    assert (counts.properties[p], counts.property_subjects[p], counts.property_objects[p]) == (3, 2, 2)


def test_what_a_class_leads_to_is_counted_whatever_its_literals_look_like() -> None:
    a, c, d, p = (f"<http://x.example/{name}>".encode() for name in "acdp")
    literals = {
        rb'"plain"': XSD.string,
        rb'"a \"quote\"^^<http://x.example/no> ."': XSD.string,
        rb'"words"@fr-CA': RDF.langString,
        rb'"2025-07-28"^^<http://www.w3.org/2001/XMLSchema#date>': XSD.date,
        rb'"x@en"^^<http://x.example/own>': URIRef("http://x.example/own"),
    }
    lines = [b"%s <%s> %s .\n" % (one, str(RDF.type).encode(), of) for one in (a, b"_:b") for of in (c, d)]
    lines += [b"%s %s %s .\n" % (a, p, literal) for literal in (*literals, b"_:b", b"<http://x.example/untyped>")]
    counts = Counts.of(sorted(lines), "http://x.example/id/")
    ways = {(of, p): 7 for of in (c, d)}
    types = {(of, f"<{RDF.type}>".encode()): 4 for of in (c, d)}  # of each of the two, both
    assert counts.class_properties == ways | types
    assert counts.class_objects == {(of, p, other): 1 for of in (c, d) for other in (c, d)}
    found = Counter(str(datatype) for datatype in literals.values())
    assert counts.class_datatypes == {(c, p, f"<{name}>".encode()): number for name, number in found.items()} | {
        (d, p, f"<{name}>".encode()): number for name, number in found.items()
    }


def test_a_term_without_a_prefix_has_a_partition_too() -> None:
    lines = [b"<http://x.example/s> <http://x.example/1/> <http://x.example/s> .\n"]
    publication = Publication("t", "d", "p", "http://x.example/licence", "http://x.example/")
    made = description(publication, {"one": lines}, Names("http://x.example/"))
    (partition,) = made.objects(predicate=VOID.propertyPartition)
    assert made.value(partition, VOID.property) == URIRef("http://x.example/1/")
    assert made.value(partition, VOID.triples) == Literal(1)


def test_the_description_says_what_its_counts_leave_out(void: Graph, dataset: URIRef) -> None:
    assert "but this description" in str(void.value(dataset, SKOS.note))
    assert not [one for one in void.objects(dataset, VOID.subset) if str(one).endswith("/description")]
    assert (None, VOID["class"], CMQ.Fact) in void
    assert (None, VOID.property, RDFS.subClassOf) in void
