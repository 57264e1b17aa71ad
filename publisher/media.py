"""The formats that we speak: their media types, their suffixes, and the one place that negotiates between them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from publisher.errors import NotAcceptable, NotFound

#: The media ranges of an Accept header by their names: for each its parameters and its quality.
Ranges = Mapping[str, Sequence[tuple[frozenset[tuple[str, str]], float]]]

#: An element of a list, and a part of an element: commas and semicolons in quoted strings part nothing.
ELEMENT: Final = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
PART: Final = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*"?)+')
#: What a quoted string has beside its text: its marks, and the backslash before a character.
QUOTING: Final = re.compile(r'"|\\(.)')
NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]+/[!#$%&'*+.^_`|~0-9a-z-]+")
NUMBER: Final = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")
#: The parameters of our media types: whatever we write is in UTF-8.
OURS: Final = frozenset({("charset", "utf-8")})
#: Codecs of Python's that are no charset of a document; the first two take time with the square of the length.
NO_CHARSETS: Final = frozenset({"punycode", "idna", "unicode-escape", "raw-unicode-escape", "utf-7"})


@dataclass(frozen=True, eq=False)  # each is one of its own; to compare them by what they say takes longer
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
TURTLE: Final = Format(
    "Turtle", "text/turtle", "ttl", ox.RdfFormat.TURTLE, ("application/x-turtle", "application/turtle"), utf8=True
)
N_TRIPLES: Final = Format("N-Triples", "application/n-triples", "nt", ox.RdfFormat.N_TRIPLES)
JSON_LD: Final = Format("JSON-LD", "application/ld+json", "jsonld", ox.RdfFormat.JSON_LD, ("application/json",))
RDF_XML: Final = Format("RDF/XML", "application/rdf+xml", "rdf", ox.RdfFormat.RDF_XML, ("application/xml", "text/xml"))
TRIG: Final = Format("TriG", "application/trig", "trig", ox.RdfFormat.TRIG)
N_QUADS: Final = Format("N-Quads", "application/n-quads", "nq", ox.RdfFormat.N_QUADS)
JSON: Final = Format(
    "JSON", "application/sparql-results+json", "srj", ox.QueryResultsFormat.JSON, ("application/json",)
)
XML: Final = Format(
    "XML", "application/sparql-results+xml", "srx", ox.QueryResultsFormat.XML, ("application/xml", "text/xml")
)
CSV: Final = Format("CSV", "text/csv", "csv", ox.QueryResultsFormat.CSV, utf8=True)
TSV: Final = Format("TSV", "text/tab-separated-values", "tsv", ox.QueryResultsFormat.TSV, utf8=True)

#: What is shorter is not packed: the packing would be as long. In bytes.
WORTH_PACKING: Final = 1_000

#: In the order in which we choose where a client takes several equally.
GRAPHS: Final = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)
PAGES: Final = (TURTLE, HTML, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)
RESULTS: Final = (JSON, XML, CSV, TSV)


def negotiate(accept: str | None, offers: Sequence[Format]) -> Format:
    """Choose the format that a client likes best (RFC 9110, section 12.5.1).

    accept: the Accept header; none at all, or one in which nothing is a media range, takes anything. The most specific
    range that fits a media type gives its quality. Of equal ones, one that is named beats one that a wildcard takes,
    then the first on offer wins. Raise NotAcceptable where all have quality 0.
    """
    best = _best(accept or "", tuple(offers))
    if best is None:
        listed = ", ".join(f"{offer.media_type} ({offer.name})" for offer in offers)
        raise NotAcceptable(f"None of the media types in Accept is one that this address has. It has: {listed}.")
    return best


@lru_cache(maxsize=256)
def _best(accept: str, offers: tuple[Format, ...]) -> Format | None:
    """Return the format that a client likes best, if it takes any. Clients of one kind send the same each time."""
    asked = _ranges(accept) or _ranges("*/*")
    best, most = None, (0.0, False)
    for offer in offers:
        liked = _liked(asked, offer)
        if liked[0] and liked > most:
            best, most = offer, liked
    return best


@lru_cache(maxsize=256)
def _ranges(accept: str) -> Ranges:
    """Return the media ranges of an Accept header: by their names, each with its parameters and its quality.

    What is no range is left out; a quality that is no number counts as none given, and one above 1 as 1. A bare star,
    which old Java sends, is all types.
    """
    ranges: dict[str, list[tuple[frozenset[tuple[str, str]], float]]] = {}
    for element in ELEMENT.findall(accept):
        name, *rest = [part.strip() for part in PART.findall(element)] or [""]
        name = "*/*" if name == "*" else name.lower()
        parameters, quality = set(), 1.0
        for key, _, value in (part.partition("=") for part in rest):
            key, value = key.strip().lower(), QUOTING.sub(r"\1", value.strip()).lower()
            if key == "q":
                quality = min(float(value), 1.0) if NUMBER.fullmatch(value) else 1.0
                break  # what comes after it is no parameter of the type
            parameters.add((key, value))
        if NAME.fullmatch(name):
            ranges.setdefault(name, []).append((frozenset(parameters), quality))
    return ranges


def _liked(asked: Ranges, offer: Format) -> tuple[float, bool]:
    """Return the quality of a format, and whether it was named.

    Who writes another name for a format means the format, unless the type that we would send is refused.
    """
    kind = offer.media_type.partition("/")[0]
    named = _quality(asked, offer.media_type)
    if named != 0:
        others = [named, *(_quality(asked, name) for name in offer.also)]
        if qualities := [quality for quality in others if quality is not None]:
            return max(qualities), True
        named = next((found for name in (f"{kind}/*", "*/*") if (found := _quality(asked, name)) is not None), 0.0)
    return named, False


def _quality(asked: Ranges, name: str) -> float | None:
    """Return the quality of the most specific range of this name; nothing, where there is none.

    A parameter that our types do not have, as `version` or `profile`, is a wish and no condition: the type is what
    counts. But who refuses a type with such a parameter does not refuse ours.
    """
    ranges = asked.get(name, ())
    ours = [(len(parameters), quality) for parameters, quality in ranges if parameters <= OURS]
    if ours:
        return max(ours)[1]
    return max((quality for _, quality in ranges if quality), default=None)


def by_suffix(suffix: str, offers: Sequence[Format]) -> Format | None:
    """Return the format whose addresses end so."""
    return next((offer for offer in offers if offer.suffix == suffix), None)


def of_suffix(suffix: str, offers: Sequence[Format]) -> Format:
    """Return the same. Raise NotFound where there is none."""
    found = by_suffix(suffix, offers)
    if found is None:
        raise NotFound(f"No format has the suffix {suffix}.")
    return found
