"""The service description (SPARQL 1.1 Service Description): what a tool reads before it asks anything.

It is true to the engine and to the limits in force. What we do not do is not in it: no federation, no update, and no
graph is fetched because a query names it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from mappings.names import KEY, SCHEMA
from publisher.limits import Limit
from publisher.media import GRAPHS, RESULTS, Format
from publisher.web.description import write
from publisher.web.known import RDFS, TYPE
from publisher.web.served import Served

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID: Final = "http://rdfs.org/ns/void#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
GEOF: Final = "http://www.opengis.net/def/function/geosparql/"
FORMATS: Final = "http://www.w3.org/ns/formats/"
SIMPLE: Final = "http://www.w3.org/ns/entailment/Simple"
#: The names that the W3C gives to formats (Unique URIs for File Formats).
NAMES: Final = {
    "JSON": "SPARQL_Results_JSON",
    "XML": "SPARQL_Results_XML",
    "CSV": "SPARQL_Results_CSV",
    "TSV": "SPARQL_Results_TSV",
    "Turtle": "Turtle",
    "N-Triples": "N-Triples",
    "JSON-LD": "JSON-LD",
    "RDF/XML": "RDF_XML",
    "TriG": "TriG",
    "N-Quads": "N-Quads",
}
#: The functions that the engine has besides those of SPARQL 1.1: casts, and of GeoSPARQL those that give a value.
CASTS: Final = (
    "date", "time", "duration", "dayTimeDuration", "yearMonthDuration", "gYear", "gYearMonth", "gMonth", "gMonthDay",
    "gDay",
)  # fmt: skip
GEOSPARQL: Final = (
    "asGeoJSON", "centroid", "convexHull", "coordinateDimension", "difference", "dimension", "distance", "envelope",
    "getSRID", "intersection", "isEmpty", "isSimple", "length", "perimeter", "relate", "spatialDimension",
    "symDifference", "union",
    "sfContains", "sfCrosses", "sfDisjoint", "sfEquals", "sfIntersects", "sfOverlaps", "sfTouches", "sfWithin",
    "ehContains", "ehCoveredBy", "ehCovers", "ehDisjoint", "ehEquals", "ehInside", "ehMeet", "ehOverlap",
    "rcc8dc", "rcc8ec", "rcc8eq", "rcc8ntpp", "rcc8ntppi", "rcc8po", "rcc8tpp", "rcc8tppi",
)  # fmt: skip
FUNCTIONS: Final = (*(XSD + name for name in CASTS), *(GEOF + name for name in GEOSPARQL))

Triple = tuple[str, str, ox.NamedNode | ox.Literal]


def description(here: Served, wanted: Format, limits: Iterable[Limit] = ()) -> bytes:
    """Return the description of our endpoint, in a format of graphs. limits: those in force."""
    triples = (*_service(here), *_limits(here, limits), *_dataset(here))
    return write(here, (ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in triples), wanted)


def _service(here: Served) -> Iterator[Triple]:
    service = str(here.names.endpoint())
    yield service, TYPE, ox.NamedNode(SD + "Service")
    yield service, SD + "endpoint", ox.NamedNode(service)
    yield service, SD + "supportedLanguage", ox.NamedNode(SD + "SPARQL11Query")
    yield service, SD + "defaultEntailmentRegime", ox.NamedNode(SIMPLE)
    yield service, SD + "defaultDataset", ox.NamedNode(str(here.names.dataset()))
    for one in (*RESULTS, *GRAPHS):
        yield service, SD + "resultFormat", ox.NamedNode(FORMATS + NAMES[one.name])
    for function in FUNCTIONS:
        yield service, SD + "extensionFunction", ox.NamedNode(function)
        yield function, TYPE, ox.NamedNode(SD + "Function")
    if _is_union(here):
        yield service, SD + "feature", ox.NamedNode(SD + "UnionDefaultGraph")


def _is_union(here: Served) -> bool:
    """Say whether the default graph is the union of all named graphs. Files may have triples in no named graph."""
    return "files" not in here.release.manifest


def _limits(here: Served, limits: Iterable[Limit]) -> Iterator[Triple]:
    for limit in limits:
        it = str(here.names.endpoint(f"#limit-{limit.name}"))
        yield str(here.names.endpoint()), str(SCHEMA.additionalProperty), ox.NamedNode(it)
        yield it, TYPE, ox.NamedNode(str(SCHEMA.PropertyValue))
        yield it, str(SCHEMA.propertyID), ox.Literal(limit.name)
        yield it, str(SCHEMA.value), ox.Literal(int(limit.value) if limit.value == int(limit.value) else limit.value)
        yield it, str(SCHEMA.description), ox.Literal(limit.says, language="en")
        if limit.unit:
            yield it, str(SCHEMA.unitCode), ox.Literal(limit.unit)


def _dataset(here: Served) -> Iterator[Triple]:
    """Yield what is asked where a query names no graphs. Our VoID says more of the same dataset."""
    manifest = here.release.manifest
    graphs: dict[str, int] = manifest.get("graphs", {})
    dataset, default = str(here.names.dataset()), str(here.names.endpoint("#default"))
    yield dataset, TYPE, ox.NamedNode(SD + "Dataset")
    yield dataset, TYPE, ox.NamedNode(VOID + "Dataset")
    yield dataset, VOID + "sparqlEndpoint", ox.NamedNode(str(here.names.endpoint()))
    yield dataset, SD + "defaultGraph", ox.NamedNode(default)
    yield default, TYPE, ox.NamedNode(SD + "Graph")
    yield default, VOID + "triples", ox.Literal(manifest["triples"])
    for name, triples in graphs.items():
        graph, entry = _graph(here, name)
        yield dataset, SD + "namedGraph", ox.NamedNode(entry)
        yield entry, TYPE, ox.NamedNode(SD + "NamedGraph")
        yield entry, SD + "name", ox.NamedNode(graph)
        yield entry, VOID + "triples", ox.Literal(triples)
    if (there := manifest.get("named_graphs", len(graphs))) > len(graphs):
        told = f"Of its {there} named graphs, {len(graphs)} are described here."
        yield dataset, RDFS + "comment", ox.Literal(told, language="en")


def _graph(here: Served, name: str) -> tuple[str, str]:
    """Return the IRI of a named graph, and that of its description. name: one of ours, or the IRI that files give."""
    if KEY.fullmatch(name):
        return str(here.names.graph(name)), str(here.names.endpoint(f"#graph-{name}"))
    return name, str(here.names.endpoint(f"#graph-{hashlib.sha256(name.encode()).hexdigest()[:16]}"))
