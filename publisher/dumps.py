"""The dumps: a release's data as files, in the formats that triple stores load, each also compressed.

All are made from the source's own statements, never read back from the store. The N-Quads are the canonical ones of the
dataset, the N-Triples those of its default graph (RDFC-1.0): the sha256 of each is the hash of what it holds.
"""

import gzip
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mappings import Names
from publisher import canonical, jsonld, rdfxml, serialise
from publisher.processes import share

DEFAULT: Final = "The default graph: the merge of all graphs."
DATASET: Final = "The whole dataset: the default graph and all named graphs."
#: For each dump the name of its format and what it holds. Each is there compressed too, with .gz at its end.
DUMPS: Final = {
    "communique.ttl": ("Turtle", DEFAULT),
    "communique.nq": ("N-Quads", DATASET),
    "communique.trig": ("TriG", DATASET),
    "communique.nt": ("N-Triples", DEFAULT),
    "communique.rdf": ("RDF/XML", DEFAULT),
    "communique.jsonld": ("JSON-LD", DEFAULT),
}
#: How many triples are written here; more are shared out, one format to a process.
FEW: Final = 100_000
BLOCK: Final = 1 << 20
#: The triples of a graph, from the first one each time.
Triples = Callable[[], Iterable[ox.Triple]]


def graph_file(name: str) -> str:
    """Return the dump of one named graph, in Turtle."""
    return f"graph/{name}.ttl"


def write(folder: Path, graphs: Mapping[str, Sequence[bytes]], names: Names) -> None:
    """Write all dumps into a folder.

    graphs: the named graphs by their names, each as the lines of canonical N-Triples.
    """
    (folder / "graph").mkdir()
    default = canonical.merge(graphs.values())
    graphs = {name: canonical.apart(lines, name) for name, lines in graphs.items()}
    quads = canonical.nquads(default, {str(names.graph(name)): lines for name, lines in graphs.items()})
    (folder / "communique.nt").write_bytes(b"".join(default))
    (folder / "communique.nq").write_bytes(b"".join(quads))
    workers = os.cpu_count() or 1 if len(default) > FEW else 1
    del default, quads  # the rest is made from the files, a part at a time
    for name, lines in graphs.items():
        triples = ox.parse(b"".join(lines), format=ox.RdfFormat.N_TRIPLES)
        _write(folder / graph_file(name), serialise.turtle_blocks(serialise.subjects(triples), names.prefixes()))
    make = partial(_make, folder, names)
    list(share(make, MAKERS, workers))
    _write(folder / "communique.trig", _trig(folder, {str(names.graph(name)): graph_file(name) for name in graphs}))
    list(share(_compress, [folder / file for file in DUMPS], workers))


def _make(folder: Path, names: Names, file: str) -> None:
    """Make one of the dumps of the default graph from its N-Triples."""

    def triples() -> Iterable[ox.Triple]:
        return ox.parse(path=folder / "communique.nt", format=ox.RdfFormat.N_TRIPLES)

    _write(folder / file, MAKERS[file](triples, names.prefixes()))


def _turtle(triples: Triples, prefixes: Mapping[str, str]) -> Iterator[bytes]:
    return serialise.turtle_blocks(serialise.subjects(triples()), prefixes)


def _rdfxml(triples: Triples, prefixes: Mapping[str, str]) -> Iterator[bytes]:
    return rdfxml.write(serialise.subjects(triples()), rdfxml.used(triples(), prefixes))


def _jsonld(triples: Triples, prefixes: Mapping[str, str]) -> Iterator[bytes]:
    return jsonld.write(serialise.subjects(triples()), jsonld.context(triples(), prefixes))


def _trig(folder: Path, graphs: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the TriG of the dataset, put together from the Turtle of its graphs."""

    def parts() -> Iterator[tuple[str | None, Iterable[bytes]]]:
        for iri, file in ((None, "communique.ttl"), *graphs.items()):
            with (folder / file).open("rb") as lines:
                yield iri, lines

    with (folder / "communique.ttl").open("rb") as merged:
        prefixes = list(serialise.head(merged))  # those of all graphs
    return serialise.trig_blocks(prefixes, parts())


def _write(file: Path, blocks: Iterable[bytes]) -> None:
    with file.open("wb") as out:
        out.writelines(blocks)


def _compress(file: Path) -> None:
    """Write a file's gzip beside it, with neither a name nor a time in it: the same bytes give the same bytes."""
    with (
        file.open("rb") as plain,
        file.with_name(f"{file.name}.gz").open("wb") as out,
        gzip.GzipFile("", "wb", 6, out, mtime=0) as packed,
    ):
        shutil.copyfileobj(plain, packed, BLOCK)


#: What makes a dump from the triples of the default graph.
MAKERS: Final[dict[str, Callable[[Triples, Mapping[str, str]], Iterator[bytes]]]] = {
    "communique.rdf": _rdfxml,
    "communique.jsonld": _jsonld,
    "communique.ttl": _turtle,
}
