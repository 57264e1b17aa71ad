"""RDF/XML 1.1, subject by subject: typed node elements, prefixes, and legal XML whatever the predicates are.

The engine's own writer is not well-formed where a predicate ends in a slash or in digits, or a literal holds a control
character. Here a predicate is split at the longest suffix that is a name of XML Namespaces 1.0, and what XML cannot
carry is an error, never a file that nobody can read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from typing import Final

import pyoxigraph as ox

from publisher.errors import Unwritable

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#: No prefix may be declared for these, but `xml` for the first (Namespaces in XML 1.0, section 3).
RESERVED: Final = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")
#: What RDF/XML keeps for its syntax: no property element may be called so (sections 6.2.2 to 6.2.6). `rdf:li` may, but
#: it is read as `rdf:_1`.
SYNTAX: Final = frozenset(
    RDF + name
    for name in (
        "RDF", "Description", "ID", "about", "parseType", "resource", "nodeID", "datatype", "li",
        "aboutEach", "aboutEachPrefix", "bagID",
    )
)  # fmt: skip
#: Names of XML Namespaces, without a colon: how one may begin, and how it may go on (XML 1.0, section 2.3).
START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
BEGIN: Final = f"[{START}]"
NAME: Final = rf"[{START}][{START}.0-9\u00b7\u0300-\u036f\u203f\u2040-]*"
OTHER: Final = rf"[^{START}.0-9\u00b7\u0300-\u036f\u203f\u2040-]"
#: Characters that XML 1.0 has no way to write, not even as a reference (section 2.2).
ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def _compiled(pattern: str) -> "re.Pattern[str]":
    """Return a pattern, compiled when it is needed: it takes 40 ms, and each process that runs queries imports this."""
    return re.compile(pattern)


def write(subjects: Iterable[Sequence[ox.Triple]], prefixes: Mapping[str, str]) -> Iterator[bytes]:
    """Yield a document of RDF/XML in UTF-8, a chunk for each subject.

    subjects: for each all of its triples, type first; its first type is the name of its element, where it can be one.
    prefixes: those to declare; namespaces without one get `ns1`, `ns2` ..., declared where they are used.
    Raise Unwritable for what RDF/XML 1.1 cannot say: a predicate that ends in no name or is one of its own syntax,
    a character that XML has not, a triple term, a literal with a base direction.
    """
    names = _Names(prefixes)
    declared = "".join(f"\n\txmlns:{prefix}={_quoted(namespace)}" for prefix, namespace in names.declared.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n'.encode()
    for triples in subjects:
        yield ("\n" + "".join(_subject(triples, names))).encode()
    yield b"\n</rdf:RDF>\n"


def used(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return those of these prefixes that the elements of these triples may have: few, for one page of a thing."""
    named: set[str] = set()
    for triple in triples:
        named.add(triple.predicate.value)
        if triple.predicate.value == RDF + "type" and isinstance(triple.object, ox.NamedNode):
            named.add(triple.object.value)
    return {prefix: iri for prefix, iri in prefixes.items() if any(name.startswith(iri) for name in named)}


class _Names:
    """The names of elements: qualified, each with the declaration that it needs where its prefix is not declared."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.declared = {
            prefix: namespace
            for prefix, namespace in sorted({**prefixes, "rdf": RDF}.items())
            if _compiled(NAME).fullmatch(prefix) and not prefix.lower().startswith("xml") and namespace not in RESERVED
        }
        self._prefixes = {namespace: prefix for prefix, namespace in reversed(self.declared.items())}
        self._generated = (name for number in count(1) if (name := f"ns{number}") not in self.declared)
        self._qualified: dict[str, tuple[str, str] | None] = {}

    def qualified(self, iri: str) -> tuple[str, str] | None:
        """Return an IRI as an element's name, with the attribute that declares its prefix; None if there is no name."""
        if iri not in self._qualified:
            self._qualified[iri] = None if iri in SYNTAX else self._split(iri)
        return self._qualified[iri]

    def _split(self, iri: str) -> tuple[str, str] | None:
        end = _compiled(OTHER).split(iri)[-1]
        for begin in _compiled(BEGIN).finditer(end):
            local = end[begin.start() :]
            namespace = iri.removesuffix(local)
            if namespace not in RESERVED:
                prefix = self._prefixes.get(namespace) or next(self._generated)
                self._prefixes[namespace] = prefix
                declaration = "" if prefix in self.declared else f" xmlns:{prefix}={_quoted(namespace)}"
                return f"{prefix}:{local}", declaration
        return None


def _subject(triples: Sequence[ox.Triple], names: _Names) -> Iterator[str]:
    """Yield the node element of a subject, and its property elements, each on a line."""
    first = triples[0]
    element = None
    if isinstance(first.object, ox.NamedNode) and first.predicate.value == RDF + "type":
        element = names.qualified(first.object.value)
    name, declaration = element or ("rdf:Description", "")
    yield f"<{name}{declaration}{_reference(first.subject, 'about')}"
    if properties := triples[1:] if element else triples:
        yield ">\n"
        for triple in properties:
            yield _property(triple, names)
        yield f"</{name}>\n"
    else:
        yield "/>\n"


def _property(triple: ox.Triple, names: _Names) -> str:
    value = triple.object
    element = names.qualified(triple.predicate.value)
    if element is None:
        raise Unwritable(
            f"RDF/XML cannot write the property {triple.predicate.value}: expected an IRI that ends in a name (XML "
            f"Namespaces, NCName) and is no word of RDF/XML itself. Other formats can."
        )
    name, declaration = element
    opening = f"\t<{name}{declaration}"
    if isinstance(value, ox.Literal):
        return f"{opening}{_attributes(value)}>{_text(value.value, triple)}</{name}>\n"
    return f"{opening}{_reference(value, 'resource')}/>\n"


def _reference(node: ox.NamedNode | ox.BlankNode | ox.Triple, attribute: str) -> str:
    """Return the attribute that names a node. A blank node's label that is no XML name is written in hexadecimal."""
    if isinstance(node, ox.Triple):
        raise Unwritable(f"RDF/XML 1.1 cannot write a triple term: {node}. N-Triples can.")
    if isinstance(node, ox.NamedNode):
        return f" rdf:{attribute}={_quoted(node.value)}"
    plain = _compiled(NAME).fullmatch(node.value) and not node.value.startswith("_")
    return f' rdf:nodeID="{node.value if plain else f"_{node.value.encode().hex()}"}"'


def _attributes(literal: ox.Literal) -> str:
    if literal.direction is not None:
        raise Unwritable(f"RDF/XML 1.1 cannot write a text with a base direction: {literal}. N-Triples can.")
    if literal.language is not None:
        return f' xml:lang="{literal.language}"'
    if literal.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
        return ""
    return f" rdf:datatype={_quoted(literal.datatype.value)}"


def _text(text: str, triple: ox.Triple) -> str:
    """Escape what XML would read otherwise: a carriage return becomes a line feed unless it is a reference."""
    if wrong := ILLEGAL.search(text):
        raise Unwritable(
            f"XML cannot write the character U+{ord(wrong[0]):04X}, which is in the {triple.predicate.value} of "
            f"{triple.subject}. Other formats can."
        )
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("]]>", "]]&gt;").replace("\r", "&#13;")


def _quoted(iri: str) -> str:
    """Return an IRI as the value of an attribute; it has neither quotes nor angle brackets."""
    return '"' + iri.replace("&", "&amp;") + '"'
