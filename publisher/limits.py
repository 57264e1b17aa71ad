"""The limits in force: what a query may take, as the service description, a header and a page tell it."""

from collections.abc import Iterable
from dataclasses import dataclass

from publisher.admission import DEEPEST, MOST_STEPS, MOST_TRIPLES
from publisher.options import Options
from publisher.protocol import LONGEST_QUERY


@dataclass(frozen=True)
class Limit:
    """A limit. name: in the header, and in its IRI. unit: as UN/CEFACT codes it, if it does. says: what it is of."""

    name: str
    value: float
    unit: str
    says: str


def limits(options: Options, processes: int) -> tuple[Limit, ...]:
    """Return the limits of a server. processes: how many processes serve, each with a pool of its own."""
    granted = (
        Limit("seconds", options.seconds, "SEC", "How long a query may run; a client may ask for less: timeout=5."),
        Limit("mebibytes", options.mebibytes, "E63", "How much memory the process may have that runs a query."),
        Limit("query-bytes", LONGEST_QUERY, "AD", "How long a query may be."),
    )
    looked_at = (
        Limit("nesting", DEEPEST, "", "How many brackets may stand in each other."),
        Limit("operators", MOST_STEPS, "", "How many operators and patterns a query may chain."),
        Limit("patterns", MOST_TRIPLES, "", "How many triples a query's patterns may have."),
    )
    at_a_time = (
        Limit("running", (2 * options.quick + options.long) * processes, "", "How many queries run at a time."),
        Limit("waiting", options.waiting * processes, "", "How many queries may wait; more are sent away with 503."),
    )
    return granted + (looked_at if options.checked else ()) + at_a_time


def header(found: Iterable[Limit]) -> str:
    """Return limits as a dictionary of RFC 8941 (Structured Field Values), for a header."""
    return ", ".join(f"{limit.name}={round(limit.value, 3):.12g}" for limit in found)
