"""What a derived Fact rests on, step by step, down to the sentences and to the authority files."""

from dataclasses import dataclass

from publisher.web.facts import Fact, Reader, Statement
from publisher.web.known import SKOS, Known, cmq
from publisher.web.shown import Shown


@dataclass(frozen=True)
class Step:
    """A Fact, or a triple that an authority file declares, with what it rests on itself.

    fact: none, where it is declared. states: subject, property and value of what was concluded or declared; none, where
    a document says it in its words. why: what its rule says. above: whether what it rests on stands further up already.
    """

    fact: Fact | None
    states: tuple[Shown, Shown, Shown] | None
    why: str | None
    below: tuple["Step", ...] = ()
    above: bool = False


def derivation(reader: Reader, ontology: Known, iri: str) -> Step:
    """Return how a Fact was concluded. What the reader knows must hold all that the Fact rests on."""
    return _step(reader, ontology, iri, set())


def _step(reader: Reader, ontology: Known, iri: str, seen: set[str]) -> Step:
    known = reader.known
    if not known.iri(iri, cmq("nature")):
        return Step(None, _states(reader, reader.statement(iri)), None)
    fact = reader.fact(iri)
    if fact.rule is None:
        return Step(fact, None, None)
    (statement,) = reader.statements(iri)
    why = ontology.text(known.iri(iri, cmq("rule")) or "", SKOS + "definition")
    above = iri in seen
    seen.add(iri)
    grounds = () if above else known.iris(iri, cmq("restsOn"))
    below = tuple(_step(reader, ontology, ground, seen) for ground in grounds)
    return Step(fact, _states(reader, statement), why, below, above)


def _states(reader: Reader, one: Statement) -> tuple[Shown, Shown, Shown]:
    shower = reader.shower
    return shower.thing(one.subject), shower.thing(one.predicate), shower.show(one.value)
