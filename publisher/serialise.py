"""RDF to bytes: grouped, sorted, and the same bytes for the same triples.

pyoxigraph writes fast; what it leaves to chance is done here: the order of prefixes and of statements, and the labels
of the ontology's few blank nodes (RDFC-1.0). Its RDF/XML is not always well-formed, and its JSON-LD has no context:
those two are ours.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

import pyoxigraph as ox
from rdflib import Graph

from publisher import jsonld, rdfxml
from publisher.media import JSON_LD, RDF_XML, TRIG, TURTLE, Format

#: A string, an IRI, or a prefixed name with an escape in it.
NAMES = re.compile(
    rb'"(?:[^"\\]|\\.)*"|<[^>]*>|(?<![\w-])([A-Za-z][\w-]*):((?:[^\s\\"<>]|\\.)*?\\.(?:[^\s\\"<>]|\\.)*)'
)
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def canonical(graph: Graph) -> list[ox.Triple]:
    """Return a graph's triples, sorted; blank nodes carry the labels of RDFC-1.0."""
    lines = graph.serialize(format="nt11", encoding="utf-8")
    dataset = ox.Dataset(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return [quad.triple for quad in sorted(dataset, key=order)]


def order(quad: ox.Quad | ox.Triple) -> tuple[str, ...]:
    """Return the key by which statements are sorted: graph, subject, type first, predicate, object."""
    graph = str(quad.graph_name) if isinstance(quad, ox.Quad) else ""
    predicate = "" if quad.predicate.value == RDF_TYPE else quad.predicate.value
    return graph, getattr(quad.subject, "value", ""), predicate, str(quad.object)


def turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """Return Turtle with those of these prefixes that are used, in order; a blank line parts the subjects."""
    written = _plain(ox.serialize(list(triples), format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)), prefixes)
    return re.sub(rb" \.\n(?=[^@\n])", b" .\n\n", written)  # no literal holds a raw line break


def trig(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> bytes:
    """Return TriG with those of these prefixes that are used, in order."""
    return _plain(ox.serialize(list(quads), format=ox.RdfFormat.TRIG, prefixes=dict(prefixes)), prefixes)


def _plain(written: bytes | None, prefixes: Mapping[str, str]) -> bytes:
    r"""Return what the engine wrote, with its prefixes sorted, and without escapes in names.

    Turtle may write `document:x#char=1,2` as `document:x\#char\=1\,2`; Virtuoso 7 reads the backslashes as part of
    the IRI, without a word. So such a name is written as the IRI that it is.
    """

    def whole(name: re.Match[bytes]) -> bytes:
        if name[1] is None:
            return name[0]
        return b"<" + prefixes[name[1].decode()].encode() + re.sub(rb"\\(.)", rb"\1", name[2]) + b">"

    lines = (written or b"").split(b"\n")
    head = [line for line in lines[: len(prefixes)] if line.startswith(b"@prefix ")]
    body = b"\n".join(NAMES.sub(whole, line) if b"\\" in line else line for line in lines[len(head) :])
    names = {line.split(b" ")[1]: line for line in head}
    used = [line for name, line in sorted(names.items()) if name in body]
    return b"\n".join([*used, b"", body]) if used else body


def graph(triples: Iterable[ox.Triple], wanted: Format, prefixes: Mapping[str, str]) -> bytes:
    """Return triples in one of the formats of graphs, each once and sorted."""
    unique = sorted(set(triples), key=order)
    if wanted is TURTLE or wanted is TRIG:
        return turtle(unique, prefixes)
    if wanted is RDF_XML:
        return b"".join(rdfxml.write(subjects(unique), rdfxml.used(unique, prefixes)))
    if wanted is JSON_LD:
        return b"".join(jsonld.write(subjects(unique), jsonld.context(unique, prefixes)))
    return ox.serialize(unique, format=wanted.engine) or b""  # type: ignore[arg-type]


def subjects(triples: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
    """Yield for each subject its triples, which stand together: `order` sorts them so."""
    return (list(group) for _, group in groupby(triples, key=lambda triple: triple.subject))


def results(found: ox.QuerySolutions | ox.QueryBoolean, wanted: Format) -> bytes:
    """Return the results of a SELECT or ASK query in one of the formats of results."""
    if wanted.suffix == "csv" and isinstance(found, ox.QuerySolutions):
        return _csv(found)
    return found.serialize(format=wanted.engine) or b""  # type: ignore[arg-type]


def _csv(found: ox.QuerySolutions) -> bytes:
    """Write CSV ourselves: the engine leaves IRIs with commas unquoted, as those of our quotes are (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([variable.value for variable in found.variables])
    for row in found:
        writer.writerow(["" if term is None else _value(term) for term in row])
    return out.getvalue().encode()


def _value(term: object) -> str:
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else str(getattr(term, "value", term))
