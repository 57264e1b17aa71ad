"""What a page shows of a term: words in a language, and a link where there is something to see."""

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from mappings.names import VOCABULARY
from publisher.media import HTML, PAGES
from publisher.web.known import LABEL, RDF, Known, Term, named
from publisher.web.served import Served

#: The languages of pages, best first; every page has its frame in the first.
LANGUAGES: Final = ("en", "fr", "ru")
#: Others' properties that our pages show, in words.
PHRASES: Final = {
    f"{RDF}type": "is a",
    "http://purl.org/dc/terms/title": "title",
    "http://purl.org/dc/terms/creator": "author",
    "http://purl.org/dc/terms/issued": "published",
    "http://purl.org/dc/terms/source": "source",
    "http://purl.org/dc/terms/language": "language",
    "https://schema.org/sameAs": "same as",
}


@dataclass(frozen=True)
class Shown:
    """A term as a page shows it. lang: of its text, where known. href: where it leads. outside: to another site."""

    text: str
    lang: str | None = None
    href: str | None = None
    outside: bool = False
    iri: str | None = None


class Shower:
    """Shows terms, with the labels that some quads and the release's ontology give."""

    def __init__(self, here: Served, known: Known | None = None) -> None:
        self._known = known or here.ontology
        self._ontology = here.ontology
        self._names = here.names
        self._root = here.root

    def show(self, term: Term) -> Shown:
        """Return what to show of any term."""
        if isinstance(term, ox.Literal):
            return Shown(term.value, term.language)
        return self.thing(named(term)) if isinstance(term, ox.NamedNode) else Shown(str(term))

    def thing(self, iri: str) -> Shown:
        """Return what to show of whatever has an IRI: its best label, or the shortest name that we have for it."""
        labels = self.labels(iri)
        href = self.href(iri)
        outside = href is not None and href == iri
        if labels:
            return Shown(labels[0].value, labels[0].language, href, outside, iri)
        if iri.partition("#")[0] == str(self._names.graph("authority")):
            return Shown("the authority files", "en", href, outside, iri)
        return Shown(PHRASES.get(iri) or self.short(iri), "en" if iri in PHRASES else None, href, outside, iri)

    def labels(self, iri: str) -> list[ox.Literal]:
        """Return the labels of a thing, ours first in the order of LANGUAGES."""
        found = self._known.values(iri, LABEL) or self._ontology.values(iri, LABEL)
        literals = [one for one in found if isinstance(one, ox.Literal)]
        return sorted(literals, key=lambda one: (_rank(one.language), one.value))

    def href(self, iri: str) -> str | None:
        """Return where a link to an IRI leads: to our own pages by their path, to http and https as they are."""
        base = self._names.base
        if iri.startswith(base):
            return self._root + iri.removeprefix(base)
        if iri.startswith(VOCABULARY):
            return f"{self._root}{local_term(iri.removeprefix(VOCABULARY))}"
        return iri if iri.startswith(("http://", "https://")) else None

    def short(self, iri: str) -> str:
        """Return an IRI with a prefix, if one fits; a thing of ours as `type/slug`."""
        for ours in (f"{self._names.base}id/", self._names.base):
            if iri.startswith(ours):
                return iri.removeprefix(ours)
        for prefix, namespace in self._names.prefixes().items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri


def local_term(name: str) -> str:
    """Return where a name of our namespace is explained here: `ns#Visit`, `ns/modality#proposed`."""
    document, mark, fragment = name.partition("#")
    place = "ns" if document in ("ns", "facts") else f"ns/{document}"
    return f"{place}{mark}{fragment}"


def links(path: str) -> list[tuple[str, str]]:
    """Return the other formats of a page, each by name and address."""
    return [(one.name, f"{path}.{one.suffix}") for one in PAGES if one is not HTML]


def _rank(language: str | None) -> int:
    return LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)
