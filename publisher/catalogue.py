"""The catalogue of a release: what it holds, in which formats, by which rights (DCAT 3), and made from what (PROV-O).

It names the checksums of the dumps and the version of the code, so it stands outside of both store and dumps. It has no
blank nodes, and no clock is read for it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, SKOS, XSD

from mappings import Names, Triple
from publisher import media
from publisher.dumps import DUMPS, graph_file
from publisher.errors import CommuniqueError
from publisher.seeds import Seeds
from publisher.settings import PUBLICATION, Publication, files
from publisher.sheets import Sheet
from publisher.turtle import whole
from publisher.version import version
from publisher.vocabularies import Vocabularies

SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
PREFIXES: Final = {"dcat": str(DCAT), "spdx": str(SPDX)}
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
SPARQL: Final = URIRef("http://www.w3.org/TR/sparql11-protocol/")
LANGUAGES_1: Final = "http://id.loc.gov/vocabulary/iso639-1/"
LANGUAGES_3: Final = "https://iso639-3.sil.org/code/"
#: The media type of each suffix.
SUFFIXES: Final = {one.suffix: one.media_type for one in (*media.GRAPHS, media.TEXT)}
#: The dump of a named graph.
GRAPH: Final = re.compile(r"dumps/graph/([^/]*)\.ttl")
#: The last second that a date can have.
LAST: Final = 253402300799


def issued(seeds: Seeds, environ: Mapping[str, str]) -> date | None:
    """Return the day of a release: that of SOURCE_DATE_EPOCH (reproducible-builds.org), else the newest in the seeds.

    None, where no document has a date. Raise CommuniqueError where SOURCE_DATE_EPOCH is no number of seconds.
    """
    if epoch := environ.get("SOURCE_DATE_EPOCH"):
        if not re.fullmatch("[0-9]{1,12}", epoch) or int(epoch) > LAST:
            raise CommuniqueError(
                f"SOURCE_DATE_EPOCH: '{epoch}' is no time; expected seconds since 1970-01-01, as `date +%s` prints them"
            )
        return datetime.fromtimestamp(int(epoch), UTC).date()
    days = (day for sheet in seeds.sheets for day in (sheet.document.published, sheet.document.as_of))
    return max((day for day in days if day is not None), default=None)


def sources(project: Path, publication: Publication, seeds: Seeds) -> dict[str, str]:
    """Return the sha256 of each file that a release is made from, by its path in the project."""
    read = {
        PUBLICATION: project / PUBLICATION,
        **{f"seeds/{file.name}": file for sheet in seeds.sheets for file in (sheet.file, sheet.text.file)},
        **{f"seeds/authority/{file.name}": file for file in {thing.node.file for thing in seeds.authority.values()}},
        **{path: file for name in ("ontology", "shapes") for path, file in files(project, name)},
    }
    if publication.kinds:
        read[f"{publication.kinds}.py"] = project / f"{publication.kinds}.py"
    return {path: hashlib.sha256(file.read_bytes()).hexdigest() for path, file in sorted(read.items())}


@dataclass(frozen=True)
class Catalogue:
    """What the catalogue of a release is made from.

    parts: for each part of the release its sha256 and its size in bytes; all dumps and texts must be among them.
    sources: what `sources` returns. day: what `issued` returns.
    """

    publication: Publication
    seeds: Seeds
    vocabularies: Vocabularies
    parts: Mapping[str, tuple[str, int]]
    sources: Mapping[str, str]
    day: date | None

    def turtle(self) -> bytes:
        """Return the catalogue as Turtle."""
        graph = Graph(bind_namespaces="none")
        for triple in self._triples():
            graph.add(triple)
        return whole(graph, {**self.names.prefixes(), **PREFIXES})

    @property
    def names(self) -> Names:
        """The names of the publication."""
        return Names(self.publication.base)

    def _triples(self) -> Iterator[Triple]:
        yield from self._catalogue()
        yield from self._publication()
        for path in sorted(self.parts):
            if found := GRAPH.fullmatch(path):
                yield from self._graph(found[1])
        for sheet in self.seeds.sheets:
            yield from self._document(sheet)
        yield from self._build()

    def _here(self, part: str) -> URIRef:
        return self.names.dump("catalogue.ttl", f"#{quote(part)}")

    def _resource(self, it: URIRef, kind: URIRef, title: Literal, description: str) -> Iterator[Triple]:
        """Yield what each resource that we publish says of itself (DCAT 3, section 6.4)."""
        yield it, RDF.type, kind
        yield it, DCTERMS.title, title
        yield it, DCTERMS.description, Literal(description, lang="en")
        yield it, DCTERMS.publisher, self._here("publisher")
        yield it, DCTERMS.license, URIRef(self.publication.licence)
        if self.day is not None:
            yield it, DCTERMS.issued, _date(self.day)

    def _catalogue(self) -> Iterator[Triple]:
        it, publisher = self._here("catalogue"), self._here("publisher")
        title = Literal(self.publication.title, lang="en")
        yield from self._resource(it, DCAT.Catalog, title, self.publication.description)
        yield it, FOAF.homepage, URIRef(self.names.base)
        yield it, DCAT.dataset, self.names.dataset()
        yield it, DCAT.service, self.names.endpoint()
        yield publisher, RDF.type, FOAF.Agent
        yield publisher, FOAF.name, Literal(self.publication.publisher)
        yield URIRef(self.publication.licence), RDF.type, DCTERMS.LicenseDocument

    def _publication(self) -> Iterator[Triple]:
        it, service = self.names.dataset(), self.names.endpoint()
        title = Literal(self.publication.title, lang="en")
        yield from self._resource(it, DCAT.Dataset, title, self.publication.description)
        yield it, PROV.wasGeneratedBy, self._here("build")
        for file, (form, holds) in DUMPS.items():
            for name, how in ((file, form), (f"{file}.gz", f"{form}, compressed")):
                yield from self._distribution(it, f"dumps/{name}", self.names.dump(name), f"{how}. {holds}")
        yield from self._resource(service, DCAT.DataService, Literal("SPARQL", lang="en"), "The SPARQL 1.1 endpoint.")
        yield service, DCAT.endpointURL, service
        yield service, DCAT.endpointDescription, service
        yield service, DCAT.servesDataset, it
        yield service, DCTERMS.conformsTo, SPARQL

    def _graph(self, name: str) -> Iterator[Triple]:
        """Yield what is said of a named graph, a document's or another: it is ours, and has our licence."""
        it, file = self.names.graph(name), graph_file(name)
        sheet = next((sheet for sheet in self.seeds.sheets if sheet.document.key == name), None)
        title = f"Facts of “{sheet.document.title}”" if sheet else f"Graph {name}"
        what = "What the document states, each fact with its words." if sheet else "What no document states."
        yield from self._resource(it, DCAT.Dataset, Literal(title, lang="en"), what)
        yield self._here("catalogue"), DCAT.dataset, it
        yield self.names.dataset(), DCTERMS.hasPart, it
        yield it, PROV.wasGeneratedBy, self._here("build")
        yield from self._distribution(it, f"dumps/{file}", self.names.dump(file), f"Turtle. {what}")
        if sheet:
            yield it, DCTERMS.source, self.names.document(name)
            yield it, PROV.wasDerivedFrom, self._here(f"seeds/{sheet.file.name}")
            yield it, PROV.wasDerivedFrom, self._here(f"seeds/{sheet.text.file.name}")

    def _document(self, sheet: Sheet) -> Iterator[Triple]:
        """Yield what is said of a document, which is somebody else's: how much of its text is here, by which right."""
        document = sheet.document
        it, rights = self.names.document(document.key), self.names.iri(document.rights)
        yield self._here("catalogue"), DCAT.dataset, it
        yield it, RDF.type, DCAT.Dataset
        yield it, DCTERMS.title, Literal(document.title, lang=document.language)
        yield it, DCTERMS.description, Literal("A document, as much of its text as its rights allow.", lang="en")
        yield it, DCTERMS.creator, self.names.iri(document.author)
        yield it, DCTERMS.language, _language(document.language)
        yield it, DCTERMS.rights, rights
        if document.published is not None:
            yield it, DCTERMS.issued, _date(document.published)
        if document.source is not None:
            yield it, DCTERMS.source, URIRef(document.source)
        yield rights, RDF.type, DCTERMS.RightsStatement
        for predicate in (SKOS.prefLabel, SKOS.definition):
            for value in self.vocabularies.graph.objects(rights, predicate):
                yield rights, predicate, value
        text, path = self.names.text(document.key), f"documents/{document.key}.txt"
        yield from self._distribution(it, path, text, "The text, as its rights allow.", (DCTERMS.rights, rights))

    def _distribution(
        self, dataset: URIRef, path: str, url: URIRef, what: str, right: tuple[URIRef, URIRef] | None = None
    ) -> Iterator[Triple]:
        """Yield what is said of a part that is a form of a dataset. right: what holds instead of our licence."""
        it, (sha256, size) = self._here(path), self.parts[path]
        plain = path.removesuffix(".gz")
        yield dataset, DCAT.distribution, it
        yield it, RDF.type, DCAT.Distribution
        yield it, DCTERMS.title, Literal(path.rpartition("/")[2])
        yield it, DCTERMS.description, Literal(what, lang="en")
        yield it, *(right or (DCTERMS.license, URIRef(self.publication.licence)))
        yield it, DCAT.accessURL, url
        yield it, DCAT.downloadURL, url
        yield it, DCAT.mediaType, URIRef(MEDIA_TYPES + SUFFIXES[plain.rpartition(".")[2]])
        if plain != path:
            yield it, DCAT.compressFormat, URIRef(f"{MEDIA_TYPES}application/gzip")
        yield it, DCAT.byteSize, Literal(str(size), datatype=XSD.nonNegativeInteger)
        yield from self._checksum(it, path, sha256)

    def _checksum(self, it: URIRef, path: str, sha256: str) -> Iterator[Triple]:
        checksum = self._here(f"sha256/{path}")
        yield it, SPDX.checksum, checksum
        yield checksum, RDF.type, SPDX.Checksum
        yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
        yield checksum, SPDX.checksumValue, Literal(sha256, datatype=XSD.hexBinary)

    def _build(self) -> Iterator[Triple]:
        """Yield what the release was made from, and by which code (PROV-O)."""
        it, software = self._here("build"), self._here("software")
        yield it, RDF.type, PROV.Activity
        yield it, PROV.wasAssociatedWith, software
        yield software, RDF.type, PROV.SoftwareAgent
        yield software, FOAF.name, Literal("communique")
        yield software, OWL.versionInfo, Literal(version())
        for path, sha256 in sorted(self.sources.items()):
            source = self._here(path)
            yield it, PROV.used, source
            yield source, RDF.type, PROV.Entity
            yield source, DCTERMS.title, Literal(path)
            yield from self._checksum(source, path, sha256)
        for ontology, number in self.vocabularies.graph.subject_objects(OWL.versionInfo):
            yield it, PROV.used, ontology
            yield ontology, RDF.type, PROV.Entity
            yield ontology, OWL.versionInfo, number


def _date(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)


def _language(tag: str) -> URIRef:
    """Return the IRI of the language that a tag begins with: of two letters in ISO 639-1, of three in ISO 639-3."""
    code = tag.partition("-")[0]
    return URIRef((LANGUAGES_1 if len(code) == 2 else LANGUAGES_3) + code)
