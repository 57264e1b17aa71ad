"""The catalogue says what a release holds, in which formats, by which rights and from what; and all of it is true."""

import dataclasses
import gzip
import hashlib
from datetime import date
from typing import Any

import pytest
from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, OWL, PROV, SKOS

from mappings.names import CMQ, concept
from publisher import media
from publisher.catalogue import SPDX, Catalogue, issued, sources
from publisher.dumps import DUMPS
from publisher.errors import CommuniqueError
from publisher.release import Release
from publisher.seeds import Seeds
from publisher.version import version
from tests.conftest import ROOT
from tests.source import Source

IANA = "https://www.iana.org/assignments/media-types/"


@pytest.fixture(scope="module")
def written(source: Source, release: Release) -> Catalogue:
    parts = {path: (part["sha256"], part["bytes"]) for path, part in release.manifest["parts"].items()}
    files = sources(ROOT, source.publication, source.seeds)
    return Catalogue(source.publication, source.seeds, source.vocabularies, parts, files, issued(source.seeds, {}))


@pytest.fixture(scope="module")
def catalogue(written: Catalogue) -> Graph:
    return read(written)


def read(written: Catalogue, **changes: Any) -> Graph:  # noqa: ANN401 (of any field)
    """Return the catalogue as it is after these changes."""
    return Graph(bind_namespaces="none").parse(data=dataclasses.replace(written, **changes).turtle(), format="turtle")


def with_first(seeds: Seeds, **changes: Any) -> Seeds:  # noqa: ANN401 (of any field)
    """Return the seeds after changes of their first document's header."""
    first, *others = seeds.sheets
    document = dataclasses.replace(first.document, **changes)
    return dataclasses.replace(seeds, sheets=(dataclasses.replace(first, document=document), *others))


def of_type(graph: Graph, cls: URIRef) -> list[URIRef]:
    found = list(graph.subjects(RDF.type, cls))
    assert found
    return [URIRef(str(one)) for one in found]


def sha256(graph: Graph, it: object) -> str:
    """Return the checksum of something, in SPDX's terms as DCAT 3 has it."""
    (checksum,) = graph.objects(it, SPDX.checksum)  # type: ignore[arg-type]
    assert (checksum, RDF.type, SPDX.Checksum) in graph
    assert graph.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256
    value = graph.value(checksum, SPDX.checksumValue)
    assert isinstance(value, Literal)
    assert value.datatype == XSD.hexBinary
    return str(value).lower()


def test_each_part_is_described_as_dcat_has_it(catalogue: Graph) -> None:
    (it,) = of_type(catalogue, DCAT.Catalog)
    datasets, services = of_type(catalogue, DCAT.Dataset), of_type(catalogue, DCAT.DataService)
    for one in (it, *datasets, *services):
        assert list(catalogue.objects(one, DCTERMS.title)), one
        assert list(catalogue.objects(one, DCTERMS.description)), one
        assert [*catalogue.objects(one, DCTERMS.license), *catalogue.objects(one, DCTERMS.rights)], one
    assert set(catalogue.objects(it, DCAT.dataset)) == set(datasets)
    assert set(catalogue.objects(it, DCAT.service)) == set(services)
    assert {one for dataset in datasets for one in catalogue.objects(dataset, DCAT.distribution)} == set(
        of_type(catalogue, DCAT.Distribution)
    )
    for agent in catalogue.objects(predicate=DCTERMS.publisher):
        assert (agent, RDF.type, FOAF.Agent) in catalogue
        assert catalogue.value(agent, FOAF.name)
    for service in services:
        assert catalogue.value(service, DCAT.endpointURL) == service


def test_every_dump_and_every_text_is_there_with_its_address_size_and_checksum(
    catalogue: Graph, release: Release
) -> None:
    told = {}
    for one in of_type(catalogue, DCAT.Distribution):
        url, size = catalogue.value(one, DCAT.downloadURL), catalogue.value(one, DCAT.byteSize)
        assert isinstance(size, Literal)
        assert size.datatype == XSD.nonNegativeInteger
        told[str(url).removeprefix(release.base)] = (sha256(catalogue, one), int(size))
    parts = {path: (part["sha256"], part["bytes"]) for path, part in release.manifest["parts"].items()}
    dumps = {path: part for path, part in parts.items() if path.startswith("dumps/")}
    texts = {f"doc/document/{path[10:]}": part for path, part in parts.items() if path.startswith("documents/")}
    assert told == {**dumps, **texts}
    for path, (digest, size) in dumps.items():
        content = (release.folder / path).read_bytes()
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (digest, size)


def test_every_form_has_its_media_type(catalogue: Graph, release: Release) -> None:
    types = {one.suffix: one.media_type for one in (*media.GRAPHS, media.N_QUADS, media.TEXT)}
    packed = set()
    for one in of_type(catalogue, DCAT.Distribution):
        url = str(catalogue.value(one, DCAT.downloadURL))
        suffix = url.removesuffix(".gz").rpartition(".")[2]
        assert catalogue.value(one, DCAT.mediaType) == URIRef(IANA + types[suffix])
        assert (catalogue.value(one, DCAT.compressFormat) == URIRef(f"{IANA}application/gzip")) == url.endswith(".gz")
        if url.endswith(".gz"):
            path = release.folder / url.removeprefix(release.base)
            assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()
            packed.add(path.with_suffix("").name)
    assert packed == set(DUMPS)


def test_each_document_has_its_own_rights_and_what_is_said_of_it_our_licence(catalogue: Graph, source: Source) -> None:
    licence = URIRef(source.publication.licence)
    for sheet in source.seeds.sheets:
        document, it = sheet.document, source.names.document(sheet.document.key)
        rights = concept("rights", document.rights.partition("#")[2])
        (text,) = catalogue.objects(it, DCAT.distribution)
        for one in (it, text):
            assert list(catalogue.objects(one, DCTERMS.rights)) == [rights]
            assert not list(catalogue.objects(one, DCTERMS.license)), "the text is not ours to license"
        assert catalogue.value(it, DCTERMS.title) == Literal(document.title, lang=document.language)
        assert str(catalogue.value(it, DCTERMS.language)).endswith(f"/{document.language}")
        assert catalogue.value(it, DCTERMS.source) == (URIRef(document.source) if document.source else None)
        assert catalogue.value(it, DCTERMS.issued) == (
            Literal(document.published.isoformat(), datatype=XSD.date) if document.published else None
        )
        graph = source.names.graph(document.key)
        (turtle,) = catalogue.objects(graph, DCAT.distribution)
        assert catalogue.value(graph, DCTERMS.license) == catalogue.value(turtle, DCTERMS.license) == licence
        assert catalogue.value(graph, DCTERMS.source) == it
        assert (rights, RDF.type, DCTERMS.RightsStatement) in catalogue
        assert catalogue.value(rights, SKOS.definition)
    assert {str(rights) for rights in catalogue.subjects(RDF.type, DCTERMS.RightsStatement)} == {
        str(concept("rights", sheet.document.rights.partition("#")[2])) for sheet in source.seeds.sheets
    }


@pytest.mark.parametrize("rights", ["full", "quotes"])
def test_rights_follow_the_sheet(written: Catalogue, rights: str) -> None:
    seeds = with_first(written.seeds, rights=f"rights#{rights}")
    it = written.names.document(seeds.sheets[0].document.key)
    assert read(written, seeds=seeds).value(it, DCTERMS.rights) == concept("rights", rights)


def test_it_says_which_files_the_release_was_made_from_and_by_which_code(catalogue: Graph, source: Source) -> None:
    (build,) = of_type(catalogue, PROV.Activity)
    assert catalogue.value(source.names.dataset(), PROV.wasGeneratedBy) == build
    software = catalogue.value(build, PROV.wasAssociatedWith)
    assert (software, RDF.type, PROV.SoftwareAgent) in catalogue
    assert catalogue.value(software, OWL.versionInfo) == Literal(version())
    used = [one for one in catalogue.objects(build, PROV.used) if (one, SPDX.checksum, None) in catalogue]
    files = {str(catalogue.value(one, DCTERMS.title)): sha256(catalogue, one) for one in used}
    for path, digest in files.items():
        assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == digest
    paths = [*(ROOT / "seeds").rglob("*.yaml"), *(ROOT / "seeds").glob("*.txt"), *(ROOT / "ontology").rglob("*.ttl")]
    there = {path.relative_to(ROOT).as_posix() for path in [*paths, *(ROOT / "ontology").rglob("*.rq")]}
    assert there <= set(files)
    assert catalogue.value(URIRef(str(CMQ).removesuffix("#")), OWL.versionInfo)
    for sheet in source.seeds.sheets:
        derived = catalogue.objects(source.names.graph(sheet.document.key), PROV.wasDerivedFrom)
        titles = {str(catalogue.value(one, DCTERMS.title)) for one in derived}
        assert titles == {f"seeds/{sheet.file.name}", f"seeds/{sheet.text.file.name}"}


def test_it_has_no_blank_node_and_is_the_same_each_time(catalogue: Graph, written: Catalogue) -> None:
    assert not [term for triple in catalogue for term in triple if isinstance(term, BNode)]
    assert (
        written.turtle()
        == dataclasses.replace(written, parts=dict(sorted(written.parts.items(), reverse=True))).turtle()
    )
    assert str(ROOT).encode() not in written.turtle()


def test_at_another_base_all_addresses_are_there(written: Catalogue) -> None:
    base = "https://example.org/mali/"
    moved = read(written, publication=dataclasses.replace(written.publication, base=base))
    assert len(moved) == len(read(written))
    assert not [term for triple in moved for term in triple if "localhost" in str(term)]
    assert moved.value(URIRef(f"{base}graph/{written.seeds.sheets[0].document.key}"), DCTERMS.title)


def test_the_day_is_the_newest_in_the_seeds_or_that_of_source_date_epoch(source: Source, catalogue: Graph) -> None:
    days = [day for sheet in source.seeds.sheets for day in (sheet.document.published, sheet.document.as_of) if day]
    newest = max(days)
    assert catalogue.value(source.names.dataset(), DCTERMS.issued) == Literal(newest.isoformat(), datatype=XSD.date)
    for epoch, day in ((0, date(1970, 1, 1)), (1735689599, date(2024, 12, 31)), (253402300799, date(9999, 12, 31))):
        assert issued(source.seeds, {"SOURCE_DATE_EPOCH": str(epoch)}) == day
    assert issued(source.seeds, {"SOURCE_DATE_EPOCH": "", "TZ": "Pacific/Kiritimati"}) == newest


def test_where_no_document_has_a_date_the_catalogue_has_none(written: Catalogue) -> None:
    sheets = [
        dataclasses.replace(sheet, document=dataclasses.replace(sheet.document, published=None, as_of=None))
        for sheet in written.seeds.sheets
    ]
    seeds = dataclasses.replace(written.seeds, sheets=tuple(sheets))
    assert issued(seeds, {}) is None
    assert not list(read(written, seeds=seeds, day=None).subject_objects(DCTERMS.issued))


@pytest.mark.parametrize("epoch", ["now", "-1", "1.5", " 1", "1e9", "0x10", "٣", "253402300800", "9" * 5000])
def test_a_source_date_epoch_that_is_no_time_is_refused(source: Source, epoch: str) -> None:
    with pytest.raises(CommuniqueError, match=r"SOURCE_DATE_EPOCH: .*seconds since 1970-01-01"):
        issued(source.seeds, {"SOURCE_DATE_EPOCH": epoch})


@pytest.mark.parametrize(("tag", "code"), [("ru", "iso639-1/ru"), ("zh-hans", "iso639-1/zh"), ("bam", "code/bam")])
def test_a_language_is_an_iri(written: Catalogue, tag: str, code: str) -> None:
    seeds = with_first(written.seeds, language=tag)
    it = written.names.document(seeds.sheets[0].document.key)
    assert str(read(written, seeds=seeds).value(it, DCTERMS.language)).endswith(f"/{code}")
