"""The service description (SPARQL 1.1 Service Description): what a tool reads before it asks anything."""

from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from publisher.media import GRAPHS, RESULTS, Format
from publisher.web.description import write
from publisher.web.known import TYPE
from publisher.web.served import Served

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID: Final = "http://rdfs.org/ns/void#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
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
}


def description(here: Served, wanted: Format) -> bytes:
    """Return the description of our endpoint, in a format of graphs. Its dataset is described by our VoID."""
    graphs = here.release.manifest["graphs"]
    service, dataset = str(here.names.endpoint()), str(here.names.dataset())
    default = str(here.names.endpoint("#default"))
    triples: list[tuple[str, str, ox.NamedNode | ox.Literal]] = [
        (service, TYPE, ox.NamedNode(SD + "Service")),
        (service, SD + "endpoint", ox.NamedNode(service)),
        (service, SD + "supportedLanguage", ox.NamedNode(SD + "SPARQL11Query")),
        *((service, SD + "resultFormat", ox.NamedNode(FORMATS + NAMES[one.name])) for one in (*RESULTS, *GRAPHS)),
        (service, SD + "defaultDataset", ox.NamedNode(dataset)),
        (dataset, TYPE, ox.NamedNode(SD + "Dataset")),
        (dataset, TYPE, ox.NamedNode(VOID + "Dataset")),
        (dataset, SD + "defaultGraph", ox.NamedNode(default)),
        (default, TYPE, ox.NamedNode(SD + "Graph")),
        (default, VOID + "triples", ox.Literal(here.release.manifest["triples"])),
        (dataset, VOID + "sparqlEndpoint", ox.NamedNode(service)),
    ]
    for name in graphs:
        graph = str(here.names.graph(name))
        entry = str(here.names.endpoint(f"#graph-{quote(name, safe='')}"))
        triples += [
            (dataset, SD + "namedGraph", ox.NamedNode(entry)),
            (entry, TYPE, ox.NamedNode(SD + "NamedGraph")),
            (entry, SD + "name", ox.NamedNode(graph)),
            (entry, VOID + "triples", ox.Literal(graphs[name])),
        ]
    return write(here, (ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o) for s, p, o in triples), wanted)
