"""JSON Schemas of fact sheets and authority files, with which an editor completes and underlines while one types.

They are made from what the reader itself goes by: the classes of the kinds, their docstrings, the vocabularies, the
types of things. They say what a sheet is made of; whether a quote stands in the text is for `communique check` to say.
"""

import inspect
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Final, get_args, get_origin

from rdflib.namespace import SKOS

from mappings import Kind
from mappings.fields import Concept, Ref
from mappings.names import AUTHORITY, GRAPHS, KEY, LOCAL, SLUG, SUFFIXES, TYPES, concept
from publisher.documents import HEADER, REQUIRED
from publisher.entries import ONE_OF
from publisher.facts import VOUCHING
from publisher.kinds import COMMON, fields, inner, is_list
from publisher.sheets import PARTS, SENTENCE
from publisher.things import LANGUAGE, LINKS
from publisher.vocabularies import Vocabularies

Schema = dict[str, Any]

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
#: What the reader takes as text as it stands, an editor takes as a number or a truth value, where it looks like one.
TEXT: Final[Schema] = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
DAY: Final[Schema] = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
NUMBER: Final[Schema] = {"type": ["integer", "string"], "minimum": 0, "pattern": "^(0|[1-9][0-9]{0,14})$"}
PLAIN: Final[dict[type, Schema]] = {str: TEXT, int: NUMBER, date: DAY}


def written(schema: Schema) -> bytes:
    """Return a schema as a file has it."""
    return json.dumps(schema, ensure_ascii=False, indent=2).encode() + b"\n"


def sheet_schema(vocabularies: Vocabularies) -> Schema:
    """Return the schema of a fact sheet."""
    parts = {"document": _header(), "sentences": _sentences(), "things": _things(_local()), "facts": _facts()}
    return {
        "$schema": DRAFT,
        "title": "A fact sheet: a document, and the facts that a person read in it",
        **_object({name: {**parts[name], "description": what} for name, what in PARTS.items()}, _but(PARTS, "things")),
        "$defs": {
            "entry": _entry(vocabularies.kinds),
            **{f"kind-{name}": _kind(name, kind) for name, kind in vocabularies.kinds.items()},
            **{_named(scheme): _scheme(scheme, vocabularies) for scheme in sorted(vocabularies.schemes)},
        },
    }


def authority_schema() -> Schema:
    """Return the schema of an authority file."""
    title = "An authority file: states, places, persons, bodies and offices, and whatever else documents share"
    return {"$schema": DRAFT, "title": title, **_things(_local(authority=True))}


def _object(properties: Mapping[str, Any], required: Iterable[str]) -> Schema:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _but(names: Iterable[str], *without: str) -> list[str]:
    return [name for name in names if name not in without]


def _several(one: Schema, **more: Any) -> Schema:  # noqa: ANN401 - more keywords of a schema
    """Return the schema of a list, which may be written as its only member."""
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1, "uniqueItems": True, **more}]}


def _reference(types: Iterable[str]) -> Schema:
    slug = SLUG.pattern.replace("(?:", "(")
    return {"type": "string", "pattern": f"^({'|'.join(types)})/{slug}$"}


def _scheme(scheme: str, vocabularies: Vocabularies) -> Schema:
    """Return the concepts of a scheme, each with its definition."""

    def definition(name: str) -> str:
        it = concept(scheme, name)
        return str(vocabularies.graph.value(it, SKOS.definition) or vocabularies.label(it))

    return {
        "oneOf": [{"const": name, "description": definition(name)} for name in sorted(vocabularies.schemes[scheme])]
    }


def _of(scheme: str) -> Schema:
    return {"$ref": f"#/$defs/{_named(scheme)}"}


def _named(scheme: str) -> str:
    """Return the name of a scheme's definition: others' schemes are named by IRIs, and a pointer takes no slashes."""
    return f"scheme-{re.sub('[^a-z0-9]+', '-', scheme)}"


def _header() -> Schema:
    own: dict[str, Schema] = {
        "key": {"type": "string", "pattern": f"^{SLUG.pattern}$", "not": {"enum": list(GRAPHS)}},
        "text": {"type": "string", "pattern": "^[^/]+$"},
        "language": {"type": "string", "pattern": f"^{LANGUAGE.pattern}$"},
        "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "rights": _of("rights"),
        "author": _reference(("org", "person", "state")),
        "published": DAY,
        "source": {"type": "string", "pattern": "^https?://"},
        "as_of": DAY,
    }
    described = {name: {**own.get(name, TEXT), "description": what} for name, what in HEADER.items()}
    together = {"as_of": ["as_of_basis"], "as_of_basis": ["as_of"]}
    return {**_object(described, REQUIRED), "dependentRequired": together}


def _sentences() -> Schema:
    aside = _object({"words": TEXT, "why": TEXT}, ("words", "why"))
    own: dict[str, Schema] = {
        "begins": TEXT,
        "read": {"enum": ["yes", "no"]},
        "line": {**NUMBER, "minimum": 1, "pattern": "^[1-9][0-9]{0,14}$"},
        "aside": {"type": "array", "items": aside, "minItems": 1},
    }
    described = {name: {**own[name], "description": what} for name, what in SENTENCE.items()}
    one = _object(described, ("begins", "read"))
    return {
        "type": "object",
        "minProperties": 1,
        "patternProperties": {"^s(0|[1-9][0-9]*)$": one},
        "additionalProperties": False,
    }


def _local(*, authority: bool = False) -> Iterable[str]:
    """Return the types of things that a sheet introduces, or an authority file."""
    made, others = ("document", "fact", "stance", "agent"), LOCAL if authority else AUTHORITY
    return (kind for kind in TYPES if kind not in made and kind not in others)


def _things(kinds: Iterable[str]) -> Schema:
    language = f"^{LANGUAGE.pattern}$"
    labels = {
        "type": "object",
        "patternProperties": {language: _several(TEXT, maxItems=1)},
        "additionalProperties": False,
        "required": ["en"],
        "description": "What it is called, in each language once; in English always.",
    }
    aliases = {
        "type": "object",
        "patternProperties": {language: _several(TEXT)},
        "additionalProperties": False,
        "description": "What else it is called.",
    }
    web = {"type": "string", "pattern": "^https?://[^/?#]"}
    same_as = {**_several(web), "description": "Identifiers of other datasets, each confirmed by two sources."}

    def thing(kind: str) -> Schema:
        cls = {"type": {"enum": list(TYPES[kind])}} if TYPES[kind] else {}
        links = {name: _reference(types) for (of, name), (_, types) in LINKS.items() if of == kind}
        return _object({**cls, "label": labels, "alias": aliases, "same_as": same_as, **links}, [*cls, "label"])

    return {
        "type": ["object", "null"],
        "patternProperties": {
            f"^{kind}/{f'(?!({chr(124).join(SUFFIXES)})$)' if kind in LOCAL else ''}{SLUG.pattern}$": thing(kind)
            for kind in kinds
        },
        "additionalProperties": False,
    }


def _facts() -> Schema:
    return {
        "type": ["object", "null"],
        "propertyNames": {"pattern": f"^{KEY.pattern}$", "not": {"enum": list(SUFFIXES)}},
        "additionalProperties": {"$ref": "#/$defs/entry"},
    }


def _entry(names: Iterable[str]) -> Schema:
    """Return the schema of an entry: exactly one kind, with what every entry may have."""
    sentence = {"type": "string", "pattern": "^s[0-9]+$"}
    quote = {"anyOf": [TEXT, _object({"sentence": sentence, "quote": TEXT}, ("sentence", "quote"))]}
    own: dict[str, Schema] = {
        "quotes": {"anyOf": [TEXT, {"type": "array", "items": quote, "minItems": 1, "uniqueItems": True}]},
        "nature": {**_of("nature"), "not": {"const": "derived"}},
        "attributed_to": _several(_reference(VOUCHING)),
        "contradicts": _several({"type": "string", "pattern": f"^({SLUG.pattern}\\.)?{KEY.pattern}$"}),
        "long_quote": TEXT,
    }
    common = {name: {**own.get(name, _of(name)), "description": what} for name, what in COMMON.items()}
    kinds = {kind: {"$ref": f"#/$defs/kind-{kind}"} for kind in names}
    return {
        **_object({**kinds, **common}, ("quotes", "modality")),
        "oneOf": [{"required": [kind]} for kind in names],
        "dependentSchemas": {"stance": {"properties": {"attributed_to": False}}},
    }


def _kind(name: str, kind: Kind) -> Schema:
    """Return the schema of a kind: its fields, with what the docstring of its class says of each."""
    known = fields(kind)
    summary, _, rest = inspect.cleandoc(kind.entry.__doc__ or "").partition("\n")
    said = _said(" ".join(rest.split()), known)
    described = {
        field: {**_field(hint), **({"description": said[field]} if field in said else {})}
        for field, (hint, _) in known.items()
    }
    schema = _object(described, [field for field, (_, required) in known.items() if required])
    more = {"anyOf": [{"required": [field]} for field in ONE_OF[name]]} if name in ONE_OF else {}
    return {"description": summary, **schema, "minProperties": 1, **more}


def _said(text: str, names: Iterable[str]) -> dict[str, str]:
    """Return what a docstring says of each field: `journey: the event. begin, end: its days; ...`."""
    name = "|".join(names)
    parts = re.split(rf"\b((?:{name})(?:, (?:{name}))*): ", text)
    said = (
        (of, f"{what[:1].upper()}{what[1:].strip(' ;.')}.") for of, what in zip(parts[1::2], parts[2::2], strict=True)
    )
    return {one: what for of, what in said for one in of.split(", ")}


def _field(hint: Any) -> Schema:  # noqa: ANN401 - a type
    hint = inner(hint)
    if is_list(hint):
        return _several(_field(get_args(hint)[0]))
    if get_origin(hint) is Annotated:
        meaning = hint.__metadata__[0]
        if isinstance(meaning, Ref):
            return _reference(meaning.types)
        if isinstance(meaning, Concept):
            one = _of(meaning.scheme)
            return {"anyOf": [one, _reference(meaning.or_things)]} if meaning.or_things else one
    return PLAIN[hint]
