"""RDF to bytes: grouped, sorted, and the same bytes for the same triples.

pyoxigraph writes fast; what it leaves to chance is done here: the order of prefixes and of statements. Its RDF/XML is
not always well-formed, and its JSON-LD has no context: those two are ours. What is too large to be sorted is written as
it comes.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, dropwhile, groupby, islice, takewhile
from typing import Final, cast

import pyoxigraph as ox

from publisher import jsonld, rdfxml
from publisher.blocks import Blocks, Sink, cut
from publisher.media import JSON_LD, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE, Format
from publisher.results import Found
from publisher.results import write as write_results

#: A string, an IRI, or a prefixed name with an escape in it.
NAMES = re.compile(
    rb'"(?:[^"\\]|\\.)*"|<[^>]*>|(?<![\w-])([A-Za-z][\w-]*):((?:[^\s\\"<>]|\\.)*?\\.(?:[^\s\\"<>]|\\.)*)'
)
#: A prefix that is one in Turtle, and that NAMES finds.
PREFIX: Final = re.compile("[A-Za-z][A-Za-z0-9_-]*")
#: How many triples are written at a time, where there are many.
BLOCK: Final = 10_000
#: How many are taken at a time, where they are written as they come.
PORTION: Final = 1_000
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def order(quad: ox.Quad | ox.Triple) -> tuple[str, ...]:
    """Return the key by which statements are sorted: graph, subject, type first, predicate, object."""
    graph = str(quad.graph_name) if isinstance(quad, ox.Quad) else ""
    predicate = "" if quad.predicate.value == RDF_TYPE else quad.predicate.value
    return graph, getattr(quad.subject, "value", ""), predicate, str(quad.object)


def subjects(triples: Iterable[ox.Triple | ox.Quad]) -> Iterator[list[ox.Triple]]:
    """Yield the triples of each subject, its type first. triples: those of one subject stand together."""
    for _, group in groupby(triples, key=lambda one: one.subject):
        yield sorted((ox.Triple(one.subject, one.predicate, one.object) for one in group), key=order)


def turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """Return Turtle with those of these prefixes that are used, in order; a blank line parts the subjects."""
    return b"".join(turtle_blocks([list(triples)], prefixes))


def turtle_blocks(groups: Iterable[Sequence[ox.Triple]], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the same in blocks, first the prefixes. groups: all triples of a subject stand in one of them."""
    prefixes = _usable(prefixes)
    blocks: list[bytes] = []
    waiting: list[ox.Triple] = []
    for group in groups:
        waiting.extend(group)
        if len(waiting) >= BLOCK:
            blocks.append(_block(waiting, prefixes))
            waiting = []
    if waiting:
        blocks.append(_block(waiting, prefixes))
    yield b"".join(line for line in _declared(prefixes) if any(line.split()[1] in block for block in blocks))
    for block in blocks:
        yield b"\n" + block


def _usable(prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return those prefixes that are names in Turtle, and that we tell from other text."""
    return {name: namespace for name, namespace in prefixes.items() if PREFIX.fullmatch(name)}


def _declared(prefixes: Mapping[str, str]) -> list[bytes]:
    """Return the lines that declare prefixes, in order."""
    return sorted(f"@prefix {name}: <{namespace}> .\n".encode() for name, namespace in prefixes.items())


def _block(triples: Sequence[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=dict(prefixes)) or b""
    return re.sub(rb" \.\n(?=[^\n])", b" .\n\n", _plain(written, prefixes))  # no literal holds a raw line break


def trig(quads: Iterable[ox.Quad], prefixes: Mapping[str, str]) -> bytes:
    """Return TriG with those of these prefixes that are used, in order. quads: sorted, by `order`."""
    graphs = [
        (getattr(graph, "value", None), b"".join(turtle_blocks(subjects(group), prefixes)).splitlines(keepends=True))
        for graph, group in groupby(quads, key=lambda quad: quad.graph_name)
    ]
    return b"".join(trig_blocks({line for _, lines in graphs for line in head(lines)}, graphs))


def trig_blocks(prefixes: Iterable[bytes], graphs: Iterable[tuple[str | None, Iterable[bytes]]]) -> Iterator[bytes]:
    """Yield TriG in blocks.

    prefixes: the lines that declare them. graphs: the IRI of each graph, of the default graph None, with the lines of
    our Turtle.
    """
    yield from sorted(prefixes)
    for iri, lines in graphs:
        if iri is not None:
            yield b"\n<%s> {" % iri.encode()
        yield from dropwhile(_is_prefix, lines)
        if iri is not None:
            yield b"}\n"


def head(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the lines of our Turtle that declare prefixes, which stand first."""
    return takewhile(_is_prefix, lines)


def _is_prefix(line: bytes) -> bool:
    return line.startswith(b"@prefix ")


def _plain(written: bytes, prefixes: Mapping[str, str]) -> bytes:
    r"""Return the statements that the engine wrote, without its prefixes, and without escapes in names.

    Turtle may write `document:x#char=1,2` as `document:x\#char\=1\,2`; Virtuoso 7 reads the backslashes as part of
    the IRI, without a word. So such a name is written as the IRI that it is.
    """

    def whole(name: re.Match[bytes]) -> bytes:
        if name[1] is None:
            return name[0]
        return b"<" + prefixes[name[1].decode()].encode() + re.sub(rb"\\(.)", rb"\1", name[2]) + b">"

    lines = dropwhile(_is_prefix, written.split(b"\n"))
    return b"\n".join([NAMES.sub(whole, line) if b"\\" in line else line for line in lines])


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


def write_graph(triples: Iterable[ox.Triple], wanted: Format, prefixes: Mapping[str, str], out: Sink) -> None:
    """Write triples in one of the formats of graphs, in blocks.

    Up to BLOCK triples are written as `graph` has them. More are written as they come, so that memory stays flat:
    unsorted, and a triple that comes twice is written twice, which no reader minds. Turtle, TriG and RDF/XML then
    declare all prefixes, and JSON-LD has no context. Raise Unwritable for what RDF/XML or JSON-LD cannot hold, when
    it comes: what was written by then is no whole document.
    """
    if isinstance(triples, ox.QueryTriples) and wanted in (N_TRIPLES, N_QUADS):  # the engine writes lines without us
        lines = Blocks(out)
        triples.serialize(lines.file, cast(ox.RdfFormat, wanted.engine))
        lines.finish()
        return
    coming = iter(triples)
    first = list(islice(coming, BLOCK + 1))
    if len(first) <= BLOCK:
        cut(graph(first, wanted, prefixes), out)
    else:
        _stream(first, coming, wanted, prefixes, out)


def _stream(
    first: Sequence[ox.Triple], rest: Iterator[ox.Triple], wanted: Format, prefixes: Mapping[str, str], out: Sink
) -> None:
    """Write triples as they come: those that came first, then the rest."""
    blocks, triples, form = Blocks(out), chain(first, rest), cast(ox.RdfFormat, wanted.engine)
    if wanted is RDF_XML:
        for chunk in rdfxml.write(_portions(triples), prefixes):
            blocks.write(chunk)
    elif wanted is TURTLE or wanted is TRIG:
        prefixes = _usable(prefixes)
        blocks.write(b"".join(_declared(prefixes)))
        while portion := list(islice(triples, PORTION)):
            blocks.write(b"\n" + _block(portion, prefixes))
    elif wanted is JSON_LD:
        ox.serialize(_json_ld(triples), blocks.file, form)
    else:
        ox.serialize(triples, blocks.file, form)
    blocks.finish()


def _portions(triples: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
    """Yield the triples of each subject that come one after the other, its type first, PORTION of them at the most."""
    for _, group in groupby(triples, key=lambda one: one.subject):
        while portion := list(islice(group, PORTION)):
            yield sorted(portion, key=lambda one: one.predicate.value != RDF_TYPE)


def _json_ld(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Yield what JSON-LD 1.1 can hold. The engine's writer needs no more mending: without a context, all is whole."""
    for triple in triples:
        if isinstance(triple.object, ox.Triple):
            raise jsonld.unwritable(triple.object)
        yield triple


def results(found: Found, wanted: Format) -> bytes:
    """Return the results of a SELECT or ASK query in one of the formats of results."""
    out = io.BytesIO()
    write_results(found, wanted, out)
    return out.getvalue()
