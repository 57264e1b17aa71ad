"""What pages say of a Fact, in words: whether it is so, in what way the document gives it, and whose word it is."""

from typing import Final

from mappings.names import VOCABULARY

#: The modalities that assert, and what each says.
ASSERTING: Final = {
    "modality#occurred": "happened",
    "modality#ongoing": "going on",
    "modality#state": "so at the document’s date",
}
SPOKEN_OF: Final = {
    "modality#discussed": "discussed, not reported as done",
    "modality#proposed": "proposed, not reported as done",
    "modality#planned": "planned, not reported as done",
    "modality#desired": "wished for, not reported as done",
    "modality#hypothetical": "supposed, not reported as so",
}
NATURES: Final = {
    "nature#evaluative": "a judgement, not a report",
    "nature#interpretive": "an interpretation, not a report",
    "nature#implied": "implied, not said",
    "nature#derived": "concluded by a rule, not said",
}
DENIED: Final = "denied"
#: Why a statement is plain though its Fact does not assert it.
DESCRIBES: Final = {
    "initiative": "it describes an initiative",
    "stance": "it describes a stance",
}
ELSEWHERE: Final = "by another Fact, not by this one"
INFERRED: Final = "in the graph of what was inferred"


def of(iri: str | None) -> str:
    """Return a concept as the words of this module are listed: `modality#proposed`."""
    return (iri or "").removeprefix(VOCABULARY)


def modality(iri: str | None, label: str) -> str:
    """Say a modality in words; one that we have no words for, by its label."""
    return ASSERTING.get(of(iri)) or SPOKEN_OF.get(of(iri)) or f"{label}, not reported as done"


def meant(said: str, how: str | None, *, denied: bool) -> str:
    """Say how a Fact is meant. said: its modality; how: its nature; both in words."""
    told = f"{DENIED} that it was so: {said}" if denied else said
    return f"{how}: {told}" if how else told


def nature(iri: str | None, label: str) -> str | None:
    """Say a nature in words, but for "reported", which goes without saying."""
    return None if of(iri) == "nature#reported" else NATURES.get(of(iri), label)


def rank(iri: str) -> int:
    """Return where a modality stands among all: those that assert first."""
    known = [*ASSERTING, *SPOKEN_OF]
    return known.index(of(iri)) if of(iri) in known else len(known)


def asserts(iri: str | None) -> bool:
    """Say whether a modality asserts what it is said of."""
    return of(iri) in ASSERTING
