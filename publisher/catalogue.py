"""The catalogue of a release, in DCAT 3: what is in it, in which formats, under which rights, and, in PROV-O, from what.

It names the checksums of the dumps and the version of the code, so it stands outside of both store and dumps. It has no
blank nodes, and no clock is read for it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from urllib.parse import quote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, SKOS, XSD

from mappings import Names, Triple
from publisher import media, serialise
from publisher.dumps import DUMPS
from publisher.errors import CommuniqueError
from publisher.seeds import Seeds
from publisher.settings import Publication
from publisher.sheets import Sheet
from publisher.version import version
from publisher.vocabularies import Vocabularies

SPDX: Final = Namespace("http://spdx.org/rdf/terms#")
PREFIXES: Final = {"dcat": str(DCAT), "spdx": str(SPDX)}
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
SPARQL: Final = URIRef("http://www.w3.org/TR/sparql11-protocol/")
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


def catalogue(
    publication: Publication,
    seeds: Seeds,
    vocabularies: Vocabularies,
    names: Names,
    parts: Mapping[str, tuple[str, int]],
    sources: Mapping[str, str],
    day: date | None,
) -> bytes:
    """Return the catalogue as Turtle.

    parts: for each part of the release its sha256 and its size in bytes; all dumps must be among them. sources: the
    sha256 of each file that the release is made from, by its path in the project. day: what `issued` returns.
    """
    made = _Catalogue(publication, seeds, vocabularies, names, parts, sources, day)
    graph = Graph(bind_namespaces="none")
    for triple in made.triples():
        graph.add(triple)
    return serialise.whole(graph, {**names.prefixes(), **PREFIXES})


@dataclass(frozen=True)
class _Catalogue:
    """What the catalogue is made from; each method yields a part of it."""

    publication: Publication
    seeds: Seeds
    vocabularies: Vocabularies
    names: Names
    parts: Mapping[str, tuple[str, int]]
    sources: Mapping[str, str]
    day: date | None

    def triples(self) -> Iterator[Triple]:
        yield from self._catalogue()
        yield from self._publication()
        for sheet in self.seeds.sheets:
            yield from self._graph(sheet)
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

    def _graph(self, sheet: Sheet) -> Iterator[Triple]:
        """Yield what is said of a document's named graph: it is ours, and has our licence."""
        key, title = sheet.document.key, sheet.document.title
        it = self.names.graph(key)
        what = f"What the document “{title}” states: facts, each with its words."
        yield from self._resource(it, DCAT.Dataset, Literal(f"Facts of “{title}”", lang="en"), what)
        yield self._here("catalogue"), DCAT.dataset, it
        yield self.names.dataset(), DCTERMS.hasPart, it
        yield it, DCTERMS.source, self.names.document(key)
        yield it, PROV.wasGeneratedBy, self._here("build")
        for path in (f"seeds/{sheet.file.name}", f"seeds/{sheet.text.file.name}"):
            if path in self.sources:
                yield it, PROV.wasDerivedFrom, self._here(path)
        file = f"{key}.ttl"
        yield from self._distribution(it, f"dumps/{file}", self.names.dump(file), f"Turtle. {what}")

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
        text, path = self.names.text(document.key), f"documents/{document.key}.txt"
        for distribution, predicate, value in self._distribution(it, path, text, "The text, as its rights allow."):
            if predicate == DCTERMS.license:  # which is for what we say of it
                yield distribution, DCTERMS.rights, rights
            else:
                yield distribution, predicate, value
        yield rights, RDF.type, DCTERMS.RightsStatement
        yield rights, SKOS.prefLabel, Literal(self.vocabularies.label(rights), lang="en")
