"""Stances: what somebody wishes, fears, calls a thing or reads into it; nothing is said of the thing itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from mappings.fields import Agent, Concept, Entry, Subject, Thing
from mappings.names import CMQ, Names, Triple, words


@dataclass(frozen=True, kw_only=True)
class StanceEntry(Entry):
    """A wish, an interest, a threat, a label or a reading, and whose it is.

    holder: whose it is; the document's author where nobody is named. toward: what is wished, feared or labelled.
    about: whom or what it concerns (a threat is toward the armed group, about the state).
    wording: the words; quoted: those among them that the text itself puts in quotation marks.
    """

    holder: tuple[Agent, ...] = ()
    kind: Annotated[str, Concept("stance-kind")]
    toward: tuple[Subject, ...] = ()
    about: tuple[Thing, ...] = ()
    wording: str | None = None
    quoted: str | None = None

    @property
    def holders(self) -> tuple[str, ...]:
        """The holders, the document's author where nobody is named."""
        return self.holder or (self.author,)

    @property
    def stance(self) -> str:
        """The reference of the Stance: it belongs to its entry, and to no other."""
        return f"stance/{self.key}"


def stance(entry: StanceEntry, names: Names) -> Iterator[Triple]:
    """Yield whose the Stance is, of which kind, toward and about what, and in which words."""
    it = names.iri(entry.stance)
    yield from names.links(it, CMQ.stanceHolder, entry.holders)
    yield from names.links(it, CMQ.kind, entry.kind)
    yield from names.links(it, CMQ.stanceToward, entry.toward)
    yield from names.links(it, CMQ.stanceAbout, entry.about)
    yield from words(it, CMQ.wording, entry.wording, entry.language)
    yield from words(it, CMQ.quotedWording, entry.quoted, entry.language)
