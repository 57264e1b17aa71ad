"""What the fields of an entry may hold: the types that the kinds are made of.

A kind is a frozen dataclass. Its annotations say what a fact sheet may write there, and so are the source of the
reader's checks: ``Annotated[str, Ref(...)]`` is a reference to a thing, ``Annotated[str, Concept(...)]`` a concept of a
SKOS scheme, ``str`` words of the document, ``int`` a number, ``date`` a day, ``tuple[..., ...]`` a list with at least
one member. A field with a default may be left out.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated


@dataclass(frozen=True)
class Ref:
    """A reference to a thing of one of these types of IRI."""

    types: tuple[str, ...]


@dataclass(frozen=True)
class Concept:
    """A concept of this SKOS scheme, or, where `or_things` is given, a reference to a thing of these types."""

    scheme: str
    or_things: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry has besides its own fields; the reader fills it in.

    key: the Fact's key, ``{document}.{entry}``. author: a reference to the document's author.
    language: the document's language, a BCP 47 tag in lower case.
    """

    key: str
    author: str
    language: str


Agent = Annotated[str, Ref(("state", "person", "org", "delegation", "group", "agent"))]
Person = Annotated[str, Ref(("person",))]
State = Annotated[str, Ref(("state",))]
Place = Annotated[str, Ref(("place",))]
Event = Annotated[str, Ref(("event",))]
Delegation = Annotated[str, Ref(("delegation",))]
Initiative = Annotated[str, Ref(("initiative",))]
Office = Annotated[str, Ref(("office",))]
Body = Annotated[str, Ref(("org",))]
Endowment = Annotated[str, Ref(("endowment",))]
Holding = Annotated[str, Ref(("holding",))]
Matter = Annotated[str, Ref(("matter",))]
THINGS = (
    "state", "place", "person", "org", "office", "holding", "delegation", "event",
    "initiative", "endowment", "group", "matter", "agent",
)  # fmt: skip
Thing = Annotated[str, Ref(THINGS)]
Subject = Annotated[str, Concept("topic", or_things=THINGS)]
Topic = Annotated[str, Concept("topic", or_things=("initiative", "matter", "event"))]

__all__ = [
    "Agent",
    "Body",
    "Concept",
    "Delegation",
    "Endowment",
    "Entry",
    "Event",
    "Holding",
    "Initiative",
    "Matter",
    "Office",
    "Person",
    "Place",
    "Ref",
    "State",
    "Subject",
    "Thing",
    "Topic",
    "date",
]
