"""What a page shows of a term: words in a language, and a link where there is something to see."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from mappings.names import VOCABULARY
from publisher.media import HTML, PAGES
from publisher.web.known import RDF, Known, Term, named
from publisher.web.labels import LABELS
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
    """A term as a page shows it. lang: of its text, where known. href: where it leads, always on this site.

    away: its own address, where that is one on another site.
    """

    text: str
    lang: str | None = None
    href: str | None = None
    away: str | None = None
    iri: str | None = None


class Shower:
    """Shows terms, with the labels that some quads and the release's ontology give."""

    def __init__(self, here: Served, known: Known | None = None) -> None:
        self._known = known or here.ontology
        self._ontology = here.ontology
        self._names = here.names
        self._root = here.root
        self._prefixes = {**here.release.prefixes, **here.release.manifest.get("prefixes", {})}
        self._files = "files" in here.release.manifest

    def show(self, term: Term) -> Shown:
        """Return what to show of any term."""
        if isinstance(term, ox.Literal):
            return Shown(term.value, term.language)
        if isinstance(term, ox.BlankNode):
            return Shown(str(term), href=describe_path(self._root, str(term)), iri=str(term))
        return self.thing(named(term)) if isinstance(term, ox.NamedNode) else Shown(str(term))

    def thing(self, iri: str) -> Shown:
        """Return what to show of whatever has an IRI: its best label, or the shortest name that we have for it."""
        labels = self.labels(iri)
        href, away = self.href(iri), self._away(iri)
        if labels:
            return Shown(labels[0].value, labels[0].language, href, away, iri)
        if iri.partition("#")[0] == str(self._names.graph("authority")):
            return Shown("the authority files", "en", href, away, iri)
        return Shown(PHRASES.get(iri) or self.short(iri), "en" if iri in PHRASES else None, href, away, iri)

    def labels(self, iri: str) -> list[ox.Literal]:
        """Return the labels of a thing by the best property that gives some, ours first in the order of LANGUAGES."""
        for known in (self._known, self._ontology):
            for label in LABELS:
                found = [one for one in known.values(iri, label) if isinstance(one, ox.Literal)]
                if found:
                    return sorted(found, key=lambda one: (_rank(one.language), one.value))
        return []

    def href(self, iri: str) -> str:
        """Return where a link to an IRI leads: to our own pages, where it has one; else to what is said of it here."""
        if not self._files and iri.startswith(self._names.base):
            return self._root + iri.removeprefix(self._names.base)
        if not self._files and iri.startswith(VOCABULARY):
            return f"{self._root}{local_term(iri.removeprefix(VOCABULARY))}"
        return describe_path(self._root, iri)

    def _away(self, iri: str) -> str | None:
        """Return an IRI if it is an address on another site, and of a kind that a link may have."""
        if iri.startswith((self._names.base, VOCABULARY)) or not iri.startswith(("http://", "https://")):
            return None
        return iri

    def short(self, iri: str) -> str:
        """Return an IRI with a prefix, if one fits; a thing of ours as `type/slug`."""
        for ours in (f"{self._names.base}id/", self._names.base):
            if iri.startswith(ours) and iri != ours:
                return iri.removeprefix(ours)
        for prefix, namespace in self._prefixes.items():
            if iri.startswith(namespace) and iri != namespace:
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return iri


def describe_path(root: str, iri: str, suffix: str = "") -> str:
    """Return the path of the page that says what is known of an IRI; with a suffix, of the same as data."""
    return f"{root}describe{suffix and f'.{suffix}'}?iri={quote(iri, safe=':/')}"


def query_path(root: str, sparql: str, suffix: str = "") -> str:
    """Return the path of a query's answer; with a suffix, of its answer as a file."""
    return f"{root}sparql{suffix and f'.{suffix}'}?{urlencode({'query': sparql})}"


def graph_path(root: str, iri: str, suffix: str = "") -> str:
    """Return the path of the page of a named graph, whatever its IRI; with a suffix, of its triples as data."""
    return f"{root}graph{suffix and f'.{suffix}'}?graph={quote(iri, safe=':/')}"


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
