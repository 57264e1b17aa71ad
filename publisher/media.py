"""The formats that we speak: their media types, their suffixes, and the one place that negotiates between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from publisher.errors import NotAcceptable


@dataclass(frozen=True)
class Format:
    """A format. also: media types that clients use for it too. utf8: say so in the Content-Type."""

    name: str
    media_type: str
    suffix: str
    engine: ox.RdfFormat | ox.QueryResultsFormat | None = None
    also: tuple[str, ...] = ()
    utf8: bool = False

    @property
    def content_type(self) -> str:
        """The Content-Type of an answer in this format."""
        return f"{self.media_type}; charset=utf-8" if self.utf8 else self.media_type


HTML: Final = Format("HTML", "text/html", "html", also=("application/xhtml+xml",), utf8=True)
TEXT: Final = Format("plain text", "text/plain", "txt", utf8=True)
TURTLE: Final = Format("Turtle", "text/turtle", "ttl", ox.RdfFormat.TURTLE, ("application/x-turtle",), utf8=True)
N_TRIPLES: Final = Format("N-Triples", "application/n-triples", "nt", ox.RdfFormat.N_TRIPLES)
JSON_LD: Final = Format("JSON-LD", "application/ld+json", "jsonld", ox.RdfFormat.JSON_LD, ("application/json",))
RDF_XML: Final = Format("RDF/XML", "application/rdf+xml", "rdf", ox.RdfFormat.RDF_XML, ("application/xml", "text/xml"))
TRIG: Final = Format("TriG", "application/trig", "trig", ox.RdfFormat.TRIG)
N_QUADS: Final = Format("N-Quads", "application/n-quads", "nq", ox.RdfFormat.N_QUADS)

#: In the order in which we choose where a client takes several equally.
GRAPHS: Final = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG)
PAGES: Final = (TURTLE, HTML, N_TRIPLES, JSON_LD, RDF_XML, TRIG)
RESULTS: Final = (
    Format("JSON", "application/sparql-results+json", "srj", ox.QueryResultsFormat.JSON, ("application/json",)),
    Format("XML", "application/sparql-results+xml", "srx", ox.QueryResultsFormat.XML, ("application/xml", "text/xml")),
    Format("CSV", "text/csv", "csv", ox.QueryResultsFormat.CSV, utf8=True),
    Format("TSV", "text/tab-separated-values", "tsv", ox.QueryResultsFormat.TSV, utf8=True),
)


def negotiate(accept: str | None, offers: Sequence[Format]) -> Format:
    """Choose the format that a client likes best (RFC 9110, section 12.5.1).

    accept: the Accept header; none at all, or an empty one, takes anything. The most specific range that fits a media
    type gives its quality; of equal ones the first on offer wins. Raise NotAcceptable where all have quality 0.
    """
    asked: dict[str, float] = {}
    for written, quality in parse_accept_header(accept or "*/*", MIMEAccept):
        asked.setdefault(written.partition(";")[0].strip().lower(), quality)
    best, most = None, 0.0
    for offer in offers:
        # Who writes another name for a format means the format; a wildcard means the type that we would send.
        liked = max([_quality(asked, offer.media_type), *(asked[name] for name in offer.also if name in asked)])
        if liked > most:
            best, most = offer, liked
    if best is None:
        listed = ", ".join(f"{offer.media_type} ({offer.name})" for offer in offers)
        raise NotAcceptable(f"None of the media types in Accept is one that this address has. It has: {listed}.")
    return best


def _quality(asked: Mapping[str, float], media_type: str) -> float:
    """Return the quality of the most specific range that fits."""
    kind = media_type.partition("/")[0]
    return next((asked[name] for name in (media_type, f"{kind}/*", "*/*") if name in asked), 0.0)


def by_suffix(suffix: str, offers: Sequence[Format]) -> Format | None:
    """Return the format whose addresses end so."""
    return next((offer for offer in offers if offer.suffix == suffix), None)
