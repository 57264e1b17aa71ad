"""Things and their identity: what an authority file, or a document's sheet, says a reference stands for.

Identity only: a type, labels, confirmed identifiers, a place's country, an office's body, a body's state. What is
stated of a thing stands in the facts of a document.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from mappings.fields import Concept
from mappings.names import AUTHORITY, LOCAL, SLUG, SUFFIXES, TYPES, type_of
from publisher.errors import Problem, SheetError
from publisher.nodes import Node, read
from publisher.vocabularies import Vocabularies

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
WEB: Final = re.compile(r"https?://[^/?#]")
#: The fields that link a thing to another, by type: the property that it becomes, and the types that it may point to.
LINKS: Final[dict[tuple[str, str], tuple[str, tuple[str, ...]]]] = {
    ("place", "country"): ("country", ("state",)),
    ("office", "of"): ("officeOf", ("org", "state")),
    ("org", "of"): ("ofState", ("state",)),
}


@dataclass(frozen=True)
class Thing:
    """Something with an IRI. node: where it stands in its file.

    cls: the class declared for it, or None where the Facts say what it is. labels and aliases: pairs of language, text.
    links: pairs of a property of ours and the reference that it points to. same_as: IRIs of other datasets.
    """

    reference: str
    node: Node
    cls: str | None
    labels: tuple[tuple[str, str], ...]
    aliases: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Index:
    """What references can stand for: things by their references, concepts by their schemes.

    vocabularies: which have the schemes, and the kinds of facts. document: the key of the document whose sheet is read,
    empty for authority files.
    """

    things: Mapping[str, Thing]
    vocabularies: Vocabularies
    document: str = ""
    extra: frozenset[str] = field(default_factory=frozenset)

    def full(self, written: str) -> str:
        """Return a reference whole: `group/officials` of a document becomes `group/{document}.officials`."""
        kind, _, slug = written.partition("/")
        return f"{kind}/{self.document}.{slug}" if kind in LOCAL and self.document else written

    def thing(self, node: Node, what: str, types: tuple[str, ...]) -> str:
        """Return the reference of a thing that is there and of one of these types."""
        written = node.text(what)
        if type_of(written) not in types or "/" not in written:
            expected = ", ".join(f"{name}/..." for name in types)
            raise node.error(f"{what}: '{written}' is no reference to what belongs here; expected {expected}")
        reference = self.full(written)
        if reference not in self.things and reference not in self.extra:
            near = [name for name in (*self.things, *self.extra) if type_of(name) == type_of(written)]
            raise node.error(
                f"{what}: nothing is called '{written}'; name it under things:"
                f"{' or in seeds/authority/' if type_of(written) not in LOCAL else ''}"
                f"{did_you_mean(written, [name.replace(self.document + '.', '') for name in near])}"
            )
        return reference

    def concept(self, node: Node, what: str, scheme: str) -> str:
        """Return the reference of a concept that is in its scheme."""
        name = node.text(what)
        names = self.vocabularies.schemes.get(scheme, frozenset())
        if name not in names:
            raise node.error(
                f"{what}: '{name}' is not in the scheme {scheme}; expected one of {', '.join(sorted(names))}"
                f"{did_you_mean(name, names)}"
            )
        return f"{scheme}#{name}"

    def topic(self, node: Node, what: str, field: Concept) -> str:
        """Return a concept, or a thing where the text has a slash."""
        if field.or_things and "/" in node.text(what):
            return self.thing(node, what, field.or_things)
        return self.concept(node, what, field.scheme)


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Suggest the names that are most like what was written."""
    near = difflib.get_close_matches(written, sorted(known), 2)
    return f" (did you mean {' or '.join(near)}?)" if near else ""


def language_tag(node: Node, what: str) -> str:
    """Return a language tag, well formed (BCP 47, section 2.1) and in lower case: `en`."""
    tag = node.text(what)
    try:
        if LANGUAGE.fullmatch(tag):
            return ox.Literal("", language=tag).language or ""
    except ValueError:
        pass  # one of the right characters, whose subtags no RDF parser takes: en-ab-cd
    raise node.error(f"{what}: '{tag}' is no language tag in lower case; expected en, fr, ru ...")


def web(node: Node, what: str) -> str:
    """Return the IRI of something on the Web, one that every RDF parser takes (RFC 3987)."""
    iri = node.text(what)
    why = ""
    try:
        if WEB.match(iri):
            return ox.NamedNode(iri).value
    except ValueError as error:
        why = f" ({error})"
    raise node.error(f"{what}: '{iri}' is no IRI that begins with http:// or https://{why}")


def languages(node: Node, what: str) -> list[tuple[str, str]]:
    """Return pairs of language and text from `{en: Mali, fr: [le Mali, Mali]}`, in the order of the file."""
    pairs = []
    for key, values in node.keyed(what):
        language = language_tag(key, what)
        for value in values.items(f"{what}, {language}"):
            text = value.text(f"{what}, {language}")
            if text != text.strip() or "\n" in text or not unicodedata.is_normalized("NFC", text):
                raise value.error(f"{what}, {language}: blanks at an end, a line break, or characters that are not NFC")
            pairs.append((language, text))
    return pairs


def thing(key: Node, node: Node, index: Index, known: Index) -> Thing:
    """Read one thing. index: for its own reference; known: what its links may point to."""
    written = key.text("thing")
    kind, slash, slug = written.partition("/")
    classes = TYPES.get(kind)
    if classes is None or not slash:
        raise key.error(f"'{written}' is no reference: expected type/name with one of {', '.join(sorted(TYPES))}")
    if not SLUG.fullmatch(slug):
        raise key.error(f"'{written}': a name is made of a-z, 0-9 and single hyphens; got '{slug}'")
    if kind in LOCAL and slug in SUFFIXES:
        raise key.error(f"'{written}': the name {slug} would end its address like a format; choose another")
    if kind in ("document", "fact", "stance", "agent"):
        raise key.error(f"'{written}': a {kind} is not introduced here; the publisher makes it")
    if index.document and kind in AUTHORITY:
        raise key.error(
            f"'{written}': a {kind} belongs to an authority file, seeds/authority/, so that documents share it"
        )
    if not index.document and kind in LOCAL:
        raise key.error(f"'{written}': a {kind} belongs to one document, and stands in its sheet")
    return _identity(kind, written, key, node, index, known, classes)


def _identity(
    kind: str, written: str, key: Node, node: Node, index: Index, known: Index, classes: tuple[str, ...]
) -> Thing:
    fields = node.pairs(written)
    allowed = {"type", "label", "alias", "same_as", *(name for of, name in LINKS if of == kind)}
    for name in fields:
        if name not in allowed:
            raise node.key(name).error(f"{written}: there is no field '{name}'{did_you_mean(name, allowed)}")
    if "label" not in fields:
        raise key.error(f"{written}: has no label; expected label: {{en: ...}}")
    labels = languages(fields["label"], f"{written}, label")
    if "en" not in dict(labels):
        raise fields["label"].error(f"{written}: has no English label; expected label: {{en: ...}}")
    if len(dict(labels)) < len(labels):
        raise fields["label"].error(f"{written}: two labels in one language; the second is an alias")
    links, same_as = [], []
    for name, value in fields.items():
        if (kind, name) in LINKS:
            predicate, types = LINKS[kind, name]
            links.append((predicate, known.thing(value, f"{written}, {name}", types)))
    for value in fields["same_as"].items(f"{written}, same_as") if "same_as" in fields else ():
        same_as.append(web(value, f"{written}, same_as"))
    aliases = languages(fields["alias"], f"{written}, alias") if "alias" in fields else []
    cls = _class(written, key, fields.get("type"), classes)
    return Thing(index.full(written), key, cls, tuple(labels), tuple(aliases), tuple(links), tuple(same_as))


def _class(written: str, key: Node, node: Node | None, classes: tuple[str, ...]) -> str | None:
    if not classes:
        if node is not None:
            raise node.error(
                f"{written}: has a type, but whether it is one is for its facts to say; leave a label only"
            )
        return None
    if node is None:
        raise key.error(f"{written}: has no type; expected type: {' or '.join(classes)}")
    cls = node.text(f"{written}, type")
    if cls not in classes:
        raise node.error(f"{written}: a {cls} cannot have this name; expected type: {' or '.join(classes)}")
    return cls


def read_things(nodes: Iterable[tuple[Node, Node]], index: Index, known: Index) -> dict[str, Thing]:
    """Read things, all of them; raise one SheetError for all that is wrong with them."""
    made: dict[str, Thing] = {}
    problems: list[Problem] = []
    for key, node in nodes:
        try:
            one = thing(key, node, index, known)
            if one.reference in made:
                first = made[one.reference].node
                raise key.error(f"{one.reference} is there already, in {first.file.name}, line {first.line}")
            made[one.reference] = one
        except SheetError as error:
            problems.extend(error.problems)
    if problems:
        raise SheetError(problems)
    return made


def read_authority(folder: Path, vocabularies: Vocabularies) -> dict[str, Thing]:
    """Read all authority files of a folder; they may point to each other, so names are gathered before things."""
    nodes: list[tuple[Node, Node]] = []
    for file in sorted(folder.glob("*.yaml")):
        nodes.extend(read(file).keyed("an authority file"))
    names = frozenset(key.text("thing") for key, _ in nodes)
    index = Index({}, vocabularies, extra=names)
    return read_things(nodes, index, index)
