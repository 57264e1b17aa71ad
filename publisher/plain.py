"""The plain rule: which statements of a Fact are also plain triples, so that a query for what is so finds them.

What the document itself reports as having happened, going on or being so becomes plain. What is only proposed or
wished for, denied, attributed to somebody, or read into the text stays in its Fact. Two kinds of subjects promise
nothing about the world, so what is said of them may be plain whatever its modality: an Initiative (but not how far it
has come), and a Stance.
"""

from typing import Final

from mappings.names import CMQ, Names, Triple
from mappings.stances import StanceEntry
from publisher.facts import OWN_VOICE, Fact

ASSERTED: Final = ("modality#occurred", "modality#ongoing", "modality#state")


def is_plain(fact: Fact, triple: Triple, names: Names) -> bool:
    """Say whether a statement of this Fact is a plain triple too (design, 4.2, "The plain rule")."""
    if fact.polarity != "polarity#positive":
        return False
    reported = fact.nature == "nature#reported"
    if reported and not fact.attributed_to and fact.modality in ASSERTED:
        return True
    subject, predicate, _ = triple
    if names.has_type(subject, "initiative"):
        return reported and not fact.attributed_to and predicate != CMQ.lifecycle
    if isinstance(fact.entry, StanceEntry) and subject == names.iri(fact.entry.stance):
        if reported:
            return not fact.attributed_to or fact.attributed_to == fact.entry.holders
        return fact.nature in OWN_VOICE and fact.entry.holders == (fact.entry.author,)
    return False
