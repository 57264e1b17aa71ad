"""JSON-LD 1.1 that reads as JSON: names as keys, short names of things, texts by language, its context inline.

    {"id": "person:sergei-tsivilev",
     "type": "cmq:Person",
     "heads": "delegation:ru-ml-2025-07-28",
     "prefLabel": {"en": "Sergei Tsivilev", "ru": "Сергей Цивилёв"}}

The document is flattened: each subject is one object in `@graph`, and all else refers to it by its id.
"""

import json
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, Final

import pyoxigraph as ox

from publisher.errors import Unwritable

RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: What every context begins with. The aliases are read like the keywords, and written without an @.
KEYWORDS: Final = {"@version": 1.1, "id": "@id", "type": "@type"}
#: A local name that can be a key, and a prefix.
NAME: Final = re.compile(r"[^\W\d_][\w-]*")
#: A namespace that ends so is a prefix by itself; another must say that it is one (JSON-LD 1.1, section 4.4).
DELIMITERS: Final = tuple(":/?#[]@")
#: An integer that every reader of JSON keeps, and writes again as it was.
INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def context(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> dict[str, Any]:
    """Return the context for these triples: the prefixes that they use, and a term for each property.

    A property is called by its local name. Where two have the same, the one whose prefix stands first gets it, and the
    others keep their prefix. Where a property has the name of a prefix, as `modality` has, the prefix is written with a
    capital: `Modality:proposed`. Values are coerced where all of a property are IRIs, or of one datatype, or texts in
    languages. No name is the scheme of an IRI in the triples: that IRI would be read as a compact one (section 5.2.2).
    """
    spaces = _Prefixes(prefixes)
    kinds: dict[str, set[str]] = {}
    schemes: set[str] = set()
    used: set[str] = set()
    for triple in triples:
        kind = _kind(triple.object)
        mentioned = [term.value for term in (triple.subject, triple.object) if isinstance(term, ox.NamedNode)]
        used.update(map(spaces.namespace, (*mentioned, kind)))
        schemes.update(iri.partition(":")[0] for iri in (*mentioned, triple.predicate.value, kind))
        if triple.predicate.value != RDF_TYPE:
            kinds.setdefault(triple.predicate.value, set()).add(kind)
    taken = {*KEYWORDS, *schemes}
    terms = _terms(kinds, spaces, taken)
    left = set(kinds).difference(terms.values())
    used.update(map(spaces.namespace, left))
    names = _renamed(spaces, used, taken.union(terms))
    short = _Prefixes(names).short
    terms |= {name: predicate for predicate in left if (name := short(predicate)) != predicate}
    return {
        **KEYWORDS,
        **{name: iri if iri.endswith(DELIMITERS) else {"@id": iri, "@prefix": True} for name, iri in names.items()},
        **{
            # A datatype that is a property too is a term of this context, and could be defined by way of itself.
            name: {"@id": iri, **({} if kinds[iri] & kinds.keys() else _coercion(kinds[iri], short))}
            for name, iri in sorted(terms.items())
        },
    }


def write(subjects: Iterable[Sequence[ox.Triple]], context: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield a document of JSON-LD in UTF-8, a chunk for each subject: a property a line.

    subjects: for each all of its triples. context: what `context` returns for them.
    Raise Unwritable for a triple term, which JSON-LD 1.1 does not have.
    """
    names = _Names(context)
    head = ",\n".join(f"    {_json(name)}: {_json(value)}" for name, value in context.items())
    yield f'{{\n  "@context": {{\n{head}\n  }},\n  "@graph": ['.encode()
    comma = ""
    for triples in subjects:
        node = ",\n     ".join(f"{_json(key)}: {_json(value)}" for key, value in names.node(triples).items())
        yield f"{comma}\n    {{{node}}}".encode()
        comma = ","
    yield b"\n  ]\n}\n"


def unwritable(term: ox.Triple) -> Unwritable:
    """Return the error for a triple term."""
    return Unwritable(f"JSON-LD 1.1 cannot write a triple term: {term}. N-Triples can.")


class _Prefixes:
    """Prefixes, by which IRIs are shortened."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.names: dict[str, str] = {}
        for name, namespace in prefixes.items():
            self.names.setdefault(namespace, name)
        self.ranks = {namespace: rank for rank, namespace in enumerate(self.names)}
        longest = sorted(self.names, key=len, reverse=True)
        self._namespaces = re.compile("|".join(map(re.escape, longest)))

    def namespace(self, iri: str) -> str:
        """Return the longest of the namespaces that an IRI begins with; an empty text where it begins with none."""
        found = self._namespaces.match(iri)
        return found[0] if found else ""

    def short(self, iri: str) -> str:
        """Return a compact IRI, or the IRI itself where that would not be read as it."""
        namespace = self.namespace(iri)
        local = iri.removeprefix(namespace)
        return f"{self.names[namespace]}:{local}" if namespace and local and not local.startswith("//") else iri


def _terms(kinds: Iterable[str], spaces: _Prefixes, taken: Container[str]) -> dict[str, str]:
    """Return properties by their local names, where they have one that is free."""
    terms: dict[str, str] = {}
    for iri in sorted(kinds, key=lambda iri: (spaces.ranks.get(spaces.namespace(iri), len(spaces.ranks)), iri)):
        local = re.split("[#/:]", iri)[-1]
        if NAME.fullmatch(local) and local not in taken:
            terms.setdefault(local, iri)
    return terms


def _renamed(spaces: _Prefixes, used: Container[str], taken: Set[str]) -> dict[str, str]:
    """Return the prefixes that are used, each under a name that is free, or not at all."""
    names: dict[str, str] = {}
    for namespace, prefix in sorted(spaces.names.items(), key=lambda item: item[1]):
        possible = filter(NAME.fullmatch, (prefix, prefix[:1].upper() + prefix[1:]))
        free = next((name for name in possible if name not in taken and name not in names), None)
        if namespace in used and free:
            names[free] = namespace
    return names


def _kind(value: Node) -> str:
    """Return of what kind a value is: an id, a text in a language, or what its datatype says."""
    if isinstance(value, ox.Literal):
        return "@direction" if value.direction else "@language" if value.language else value.datatype.value
    return "@id"


def _coercion(kinds: Set[str], short: Callable[[str], str]) -> dict[str, str]:
    """Return what a property's term says of its values, where all are of one kind."""
    kind = next(iter(kinds)) if len(kinds) == 1 else "@direction"
    if kind == "@language":
        return {"@container": "@language"}
    return {} if kind in ("@direction", XSD + "string", XSD + "integer") else {"@type": short(kind)}


class _Names(_Prefixes):
    """A context, as one writes with it."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        prefixes: dict[str, str] = {}
        self.terms: dict[str, tuple[str, Mapping[str, str]]] = {}
        for name, value in context.items():
            if isinstance(value, dict) and "@prefix" not in value:
                self.terms[value["@id"]] = name, value
            elif name not in KEYWORDS:
                prefixes[name] = value["@id"] if isinstance(value, dict) else value
        super().__init__(prefixes)

    def node(self, triples: Sequence[ox.Triple]) -> dict[str, Any]:
        """Return a subject as one object: its id, its types, its properties in the order of their names."""
        types: list[str] = []
        values: dict[str, list[Any]] = {}
        for triple in triples:
            predicate, value = triple.predicate.value, triple.object
            name, term = self.terms.get(predicate, (predicate, {}))
            if predicate == RDF_TYPE and isinstance(value, ox.NamedNode | ox.BlankNode):
                types.append(self._reference(value))
            else:
                values.setdefault(name, []).append(self._value(value, term))
        properties = {
            name: _by_language(found) if isinstance(found[0], tuple) else _one(found)
            for name, found in sorted(values.items())
        }
        return {"id": self._reference(triples[0].subject), **({"type": _one(types)} if types else {}), **properties}

    def _reference(self, node: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
        if isinstance(node, ox.Triple):
            raise unwritable(node)
        return self.short(node.value) if isinstance(node, ox.NamedNode) else f"_:{node.value}"

    def _value(self, value: Node, term: Mapping[str, str]) -> object:
        """Return a value as its term allows; one in a map of languages as a pair of language and text."""
        if not isinstance(value, ox.Literal):
            reference = self._reference(value)
            return reference if term.get("@type") == "@id" else {"id": reference}
        if value.language:
            if "@container" in term:
                return value.language, value.value
            direction = {"@direction": str(value.direction)} if value.direction else {}
            return {"@value": value.value, "@language": value.language, **direction}
        datatype = value.datatype.value
        if datatype == XSD + "integer" and INTEGER.fullmatch(value.value):
            return int(value.value)
        if term.get("@type", XSD + "string") in (datatype, self.short(datatype)):
            return value.value
        return {"@value": value.value, "@type": self.short(datatype)}


def _by_language(texts: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return texts by their languages (JSON-LD 1.1, section 4.6.2)."""
    languages: dict[str, list[str]] = {}
    for language, text in sorted(texts):
        languages.setdefault(language, []).append(text)
    return {language: _one(found) for language, found in languages.items()}


def _one(values: Sequence[object]) -> object:
    """Return the only value of a list, or the list."""
    return values[0] if len(values) == 1 else values
