"""From an entry of a fact sheet to the class of its kind, checked field by field against the class's annotations."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Final, get_args, get_origin

from mappings import Entry
from mappings.fields import Concept, Ref
from publisher.kinds import fields, inner, is_list
from publisher.nodes import Node
from publisher.things import Index, did_you_mean

#: Of some kinds, fields without all of which an entry says nothing.
ONE_OF: Final = {"holds": ("office", "title"), "stance": ("toward", "about", "wording")}


def read_entry(kind: str, node: Node, index: Index, key: str, author: str, language: str) -> Entry:
    """Return the entry of a kind. Errors, each at its line: a field unknown, missing, or of the wrong type."""
    known = fields(meant := index.vocabularies.kinds[kind])
    given = node.pairs(kind)
    entry = f"{key.partition('.')[2]}: {kind}"
    for name in given:
        if name not in known:
            raise node.key(name).error(
                f"{entry}: there is no field '{name}'{did_you_mean(name, known)}; it has {', '.join(known)}"
            )
    for name, (_, required) in known.items():
        if required and name not in given:
            raise node.error(f"{entry}: the field '{name}' is missing")
    values = {name: _value(known[name][0], given[name], f"{entry}, {name}", index) for name in given}
    if not values:
        raise node.error(f"{entry}: has no field; it has {', '.join(known)}")
    if kind in ONE_OF and not given.keys() & set(ONE_OF[kind]):
        raise node.error(f"{entry}: says nothing; expected one of {', '.join(ONE_OF[kind])}")
    return meant.entry(key=key, author=author, language=language, **values)


def _value(hint: Any, node: Node, what: str, index: Index) -> Any:  # noqa: ANN401 - a field holds any of five types
    hint = inner(hint)
    if is_list(hint):
        members = tuple(_value(get_args(hint)[0], item, what, index) for item in node.items(what))
        if len(set(members)) < len(members):
            raise node.error(f"{what}: one of its members stands there twice")
        return members
    if get_origin(hint) is Annotated:
        meaning = hint.__metadata__[0]
        if isinstance(meaning, Ref):
            return index.thing(node, what, meaning.types)
        if isinstance(meaning, Concept):
            return index.topic(node, what, meaning)
    return PLAIN[hint](node, what)


def _text(node: Node, what: str) -> str:
    return node.text(what)


def number(node: Node, what: str) -> int:
    """Return a whole number written in digits, without a sign or leading zeros."""
    text = node.text(what)
    if not re.fullmatch("0|[1-9][0-9]{0,14}", text):
        raise node.error(f"{what}: '{text}' is no whole number; expected digits alone, such as 60")
    return int(text)


def day(node: Node, what: str) -> date:
    """Return a day written as in ISO 8601: 2025-07-28."""
    text = node.text(what)
    try:
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):  # Python reads weeks too: 2025-W31-1
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise node.error(f"{what}: '{text}' is no day; expected year-month-day, such as 2025-07-28")


PLAIN: dict[type, Callable[[Node, str], Any]] = {str: _text, int: number, date: day}
