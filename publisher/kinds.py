"""The kinds of facts that a sheet may have: ours, and those of a module that a publication adds; what each may say.

A kind is a class and a function (`mappings/kinds.py`). A publication names its module in publication.toml, as
`kinds = "module"`: `module.py` in its folder, whose KINDS are added to ours.
"""

import dataclasses
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType, ModuleType, UnionType
from typing import Annotated, Any, Final, Union, get_args, get_origin, get_type_hints

from mappings import KINDS, Entry, Kind
from mappings.fields import Concept, Ref
from mappings.names import TYPES
from publisher.errors import Problem, SheetError
from publisher.nodes import decode
from publisher.texts import LONG

#: What every entry may have besides its kind.
COMMON: Final = {
    "quotes": "The words that state it, letter for letter, as few as do; each quote supports every field.",
    "modality": "Whether it happened, goes on or is so, or is only discussed, proposed, planned or wished for.",
    "nature": "Whether the document reports it, or an author labels it or reads it into the text.",
    "polarity": "Whether the document says that it is so, or that it is not.",
    "attributed_to": "Who vouches for it, where that is not the document's own voice.",
    "list": "Whether the quote marks its list as incomplete: including, such as.",
    "contradicts": "Other entries that this one contradicts: their keys, those of another document after its key.",
    "long_quote": f"Why a quote has more than {LONG} words.",
}
#: What the reader fills in, and no sheet writes.
FILLED: Final = frozenset(field.name for field in dataclasses.fields(Entry))
#: What a field may hold besides references, concepts and lists of them.
PLAIN: Final = (str, int, date)
NAME: Final = re.compile("[a-z]+(_[a-z]+)*")


@cache
def fields(kind: Kind) -> dict[str, tuple[Any, bool]]:
    """Return the fields that a sheet may write for a kind: for each its type, and whether it must be there."""
    hints = get_type_hints(kind.entry, include_extras=True)
    return {
        field.name: (hints[field.name], field.default is dataclasses.MISSING)
        for field in dataclasses.fields(kind.entry)
        if field.name not in FILLED
    }


def inner(hint: Any) -> Any:  # noqa: ANN401 - a type
    """Return the type of a field that may be left out as the type that it has where it is there."""
    if get_origin(hint) in (Union, UnionType):
        return next(arm for arm in get_args(hint) if arm is not type(None))
    return hint


def is_list(hint: Any) -> bool:  # noqa: ANN401 - a type
    """Whether a field holds a list."""
    return get_origin(inner(hint)) is tuple


def kinds_with(file: Path, schemes: Mapping[str, frozenset[str]]) -> Mapping[str, Kind]:
    """Return our kinds together with those of a publication's module.

    schemes: those that a field may take its concepts from. Raise SheetError where the module cannot be imported, or
    one of its KINDS is none that a sheet could be read by, or has the name of one of ours.
    """
    own = getattr(_module(file), "KINDS", None)
    if not isinstance(own, dict) or not own:
        raise SheetError([Problem(file, 0, "has no kinds; expected KINDS, a dict from names to Kind")])
    if wrong := [what for name, kind in own.items() for what in _wrong(name, kind, schemes)]:
        raise SheetError([Problem(file, 0, f"KINDS: {what}") for what in wrong])
    return MappingProxyType({**KINDS, **own})


def _module(file: Path) -> ModuleType:
    """Run a file as a module. Its name is its path, so that it hides no other; nothing is written beside it."""
    source, name = decode(file), str(file)
    module = sys.modules[name] = ModuleType(name)  # dataclasses look there for what annotations mean
    try:
        exec(compile(source, name, "exec", dont_inherit=True), vars(module))  # noqa: S102 - as an import would
    except (Exception, SystemExit) as error:  # whatever its author wrote
        del sys.modules[name]
        raise SheetError([Problem(file, _line(error, file), f"cannot be imported: {error}")]) from error
    return module


def _line(error: BaseException, file: Path) -> int:
    """Return the line of a file on which something went wrong; 0 where it went wrong elsewhere."""
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return error.lineno or 0
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(file):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _wrong(name: object, kind: object, schemes: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield what keeps a sheet from being read by a kind."""
    if not isinstance(name, str) or not NAME.fullmatch(name):
        yield f"'{name}' cannot name a kind; expected lower-case letters and single underscores"
    elif name in KINDS:
        yield f"'{name}' is a kind of ours already; give yours another name"
    elif name in COMMON:
        yield f"'{name}' is what every entry may have; give the kind another name"
    if not isinstance(kind, Kind) or not callable(kind.triples):
        yield f"'{name}' is no Kind; expected Kind(a class, a function)"
    elif not _is_entry(kind.entry):
        yield f"'{name}': its class is no frozen dataclass below Entry, with kw_only"
    else:
        try:
            known = fields(kind)
        except Exception as error:  # an annotation may be a text, and mean nothing
            yield f"'{name}': the annotations of its class cannot be read: {error}"
            return
        if not known:
            yield f"'{name}': its class has no field of its own"
        for field, (hint, _) in known.items():
            yield from (f"'{name}', {field}: {what}" for what in _unreadable(hint, schemes))


def _is_entry(cls: object) -> bool:
    return (
        isinstance(cls, type)
        and issubclass(cls, Entry)
        and "__dataclass_params__" in vars(cls)
        and all(field.kw_only for field in dataclasses.fields(cls))
    )


def _unreadable(hint: Any, schemes: Mapping[str, frozenset[str]]) -> Iterator[str]:  # noqa: ANN401 - a type
    """Yield why no sheet could write a field of this type."""
    hint = inner(hint)
    if is_list(hint):
        member, *more = get_args(hint)
        if more != [...]:
            yield "a tuple of fixed length cannot be written; expected tuple[..., ...] with three dots"
        else:
            yield from _unreadable(member, schemes)
        return
    meanings = hint.__metadata__ if get_origin(hint) is Annotated else ()
    match meanings:
        case (Ref(types),):
            others = set(types) - TYPES.keys()
        case (Concept(scheme, types),):
            others = set(types) - TYPES.keys()
            if scheme not in schemes:
                yield f"there is no scheme '{scheme}'; the schemes are {', '.join(sorted(schemes))}"
        case _:
            others = set()
            if hint not in PLAIN:
                yield "expected a Ref, a Concept, str, int, date, or a tuple of one of them"
    if others:
        yield f"there is no type of things {' or '.join(sorted(others))}; the types are {', '.join(TYPES)}"
