"""What a fault is, and the places of the real sheet at which faults are put."""

from typing import NamedTuple

from tests.edits import SHEET, Change, swap

STATES, PERSONS, PLACES, BODIES = (f"authority/{name}.yaml" for name in ("states", "persons", "places", "bodies"))


class Fault(NamedTuple):
    """at: words on the line that must be named; None: the file as a whole. told: the file that must be named."""

    change: Change
    at: str | None
    words: tuple[str, ...]
    file: str = SHEET
    told: str = SHEET


def of(change: Change, at: str | None, *words: str, file: str = SHEET, told: str = "") -> Fault:
    return Fault(change, at, words, file, told or file)


def put(old: str, new: str, at: str | None, *words: str, file: str = SHEET, told: str = "") -> Fault:
    return Fault(swap((old, new)), at, words, file, told or file)


SIZE = "delegation: {delegation: delegation/ru-ml-2025-07-28, size: 60}"
DATE = "journey: {journey: event/ru-ml-2025-07-28-journey, end: 2025-07-28,"
HOST = "visit: {visit: event/ru-ml-2025-07-28-visit, host: state/mali}"
OIL = "initiative: {initiative: initiative/ml-oil-supply, kind: supply, topics: oil}"
STRATEGIC = "stance: {kind: characterisation, toward: matter/ru-ml-relations, wording: strategic}"
TEAM = "quotes: [60-member team]"
STATE = f"{TEAM}\n    modality: state\n"
