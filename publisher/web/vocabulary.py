"""The pages of terms: what the templates of the ontology and of a vocabulary are given."""

from dataclasses import dataclass
from typing import Any, Final

from mappings.names import CMQ, FACTS_ONTOLOGY, SCHEMES, VOCABULARY
from publisher.web import words
from publisher.web.known import DCTERMS, RDFS, SKOS, Known
from publisher.web.served import Served
from publisher.web.shown import Shower, Shown, links

OWL: Final = "http://www.w3.org/2002/07/owl#"
SH: Final = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True)
class Entry:
    """A class, property or concept. id: its anchor. query: a rule's own text. about: what is said of it."""

    id: str
    iri: str
    label: Shown
    others: tuple[Shown, ...]
    definition: str | None
    example: str | None
    query: str | None
    about: tuple[tuple[str, tuple[Shown, ...]], ...]


#: What is said of classes, properties and concepts, in the order of the page.
ABOUT: Final = {
    "Kind of": RDFS + "subClassOf",
    "Narrower than": RDFS + "subPropertyOf",
    "From": RDFS + "domain",
    "To": RDFS + "range",
    "Inverse of": OWL + "inverseOf",
    "Broader": SKOS + "broader",
    "Narrower": SKOS + "narrower",
    "Close to": SKOS + "closeMatch",
    "Same as": SKOS + "exactMatch",
}


def ontology(here: Served) -> dict[str, Any]:
    """Return what the ontology's page shows: its two parts, each with its classes and properties."""
    known, shower = here.ontology, Shower(here)
    parts = []
    for part in (str(CMQ).removesuffix("#"), str(FACTS_ONTOLOGY)):
        terms = known.subjects(RDFS + "isDefinedBy", part)
        classes = [term for term in terms if term in known.of_type(OWL + "Class")]
        properties = [term for term in terms if term not in classes]
        parts.append(
            {
                "iri": part,
                "title": known.text(part, DCTERMS + "title"),
                "description": known.text(part, DCTERMS + "description"),
                "classes": [entry(known, shower, term) for term in sorted(classes)],
                "properties": [entry(known, shower, term) for term in sorted(properties)],
            }
        )
    schemes = [
        (shower.thing(VOCABULARY + name), known.text(VOCABULARY + name, SKOS + "definition")) for name in SCHEMES
    ]
    return {"parts": parts, "schemes": schemes, "links": links(f"{here.root}ns")}


def scheme(here: Served, name: str) -> dict[str, Any]:
    """Return what a vocabulary's page shows: its concepts, each after the one that it is narrower than."""
    known, shower, iri = here.ontology, Shower(here), VOCABULARY + name
    concepts = known.subjects(SKOS + "inScheme", iri)
    tops = [concept for concept in concepts if not set(known.iris(concept, SKOS + "broader")) & set(concepts)]
    ordered: list[tuple[int, Entry]] = []

    def walk(concept: str, depth: int) -> None:
        if depth <= len(concepts):
            ordered.append((depth, entry(known, shower, concept)))
            narrower = {*known.subjects(SKOS + "broader", concept), *known.iris(concept, SKOS + "narrower")}
            for below in sorted(narrower):
                walk(below, depth + 1)

    listed = known.iris(iri, SKOS + "hasTopConcept")
    for top in sorted({*listed, *tops}, key=lambda one: (words.rank(one), one)):
        walk(top, 0)
    return {
        "name": name,
        "iri": iri,
        "labels": [shower.show(label) for label in shower.labels(iri)],
        "definition": known.text(iri, SKOS + "definition"),
        "concepts": ordered,
        "links": links(f"{here.root}ns/{name}"),
    }


def entry(known: Known, shower: Shower, iri: str) -> Entry:
    """Return what a page shows of a term."""
    label, *others = [shower.show(one) for one in shower.labels(iri)] or [shower.thing(iri)]
    about = []
    for name, predicate in ABOUT.items():
        values = tuple(shower.thing(one) for one in known.iris(iri, predicate) if not one.startswith("_:"))
        if values:
            about.append((name, values))
    return Entry(
        iri.rpartition("#")[2], iri, label, tuple(others), known.text(iri, SKOS + "definition"),
        known.text(iri, SKOS + "example"), known.text(iri, SH + "construct"), tuple(about),
    )  # fmt: skip
