"""What a slip is: one edit of a real sheet or authority file, and exactly what must be found then."""

from dataclasses import dataclass

from tests.edits import Change, swap

ARTICLE, MASSACRE = "mali-2025-07-28", "us-reported-massacre-mali-2022-04-03"
SHERMAN, SISON = "us-sherman-hassoumi-2022-07-28", "us-sison-travel-bamako-2022-03-14"
STATES, PERSONS, PLACES, BODIES = (f"authority/{name}" for name in ("states", "persons", "places", "bodies"))


@dataclass(frozen=True)
class Slip:
    """file: which file of the seeds is changed, without its suffix. document: the key of the document that is checked.

    found: for each shape that finds something, the words that stand on the line that it must name; told: the file in
    which that line is. words: what its message must say. others: keys of documents that are checked together with it.
    """

    change: Change
    file: str
    document: str
    found: dict[str, str]
    told: str
    words: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def slip(
    file: str,
    old: str,
    new: str,
    found: dict[str, str],
    *words: str,
    document: str = "",
    told: str = "",
    others: tuple[str, ...] = (),
) -> Slip:
    """Return a slip that writes `new` for `old`, which stands in the file once."""
    return Slip(swap((old, new)), file, document or file, found, told or file, words, others)


@dataclass(frozen=True)
class NearMiss:
    """One edit that comes close to what a shape finds, and is right: nothing is found that was not before."""

    change: Change
    file: str
    document: str
    why: str
    others: tuple[str, ...] = ()


def near(file: str, old: str, new: str, why: str, *, document: str = "", others: tuple[str, ...] = ()) -> NearMiss:
    """Return an edit that writes `new` for `old`, which stands in the file once. why: it is no slip."""
    return NearMiss(swap((old, new)), file, document or file, why, others)
