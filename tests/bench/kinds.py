"""The ten kinds of query that we are measured by, each with as many constants as one likes, from generated data."""

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mappings.names import CMQ
from tests.generated import STATES, Generated, slug

FOLDER: Final = Path(__file__).parent
#: Topics with something broader, and words that stand in labels.
TOPICS: Final = (
    "democratic-transition",
    "political-transition",
    "nuclear-energy",
    "renewable-energy",
    "reconciliation",
)
WORDS: Final = ("quarri", "railway", "visa", "border", "cotton", "airfield", "fisher", "school")


@dataclass(frozen=True)
class Kind:
    """One kind of query. ordered: its answer has a total order, so that those of two engines can be compared whole."""

    name: str
    ordered: bool = True
    graph: bool = False

    def query(self, made: Generated, dice: random.Random) -> str:
        """Return it with constants drawn by dice."""

        def iri(kind: str, many: int) -> str:
            return f"<{made.base}id/{kind}/{slug(kind, dice.randrange(many))}>"

        text = (FOLDER / f"{self.name}.rq").read_text(encoding="utf-8").partition("\n")[2]
        for place, value in (
            ("<event>", iri("event", made.events - 100)),
            ("<state>", iri("state", STATES)),
            ("<person>", iri("person", made.persons)),
            ("<topic>", f"<https://w3id.org/communique/topic#{dice.choice(TOPICS)}>"),
            ("<kind>", f"<{CMQ[dice.choice(('Talks', 'Visit', 'Reception'))]}>"),
            ('"word"', f'"{dice.choice(WORDS)}"'),
            ('"year-', f'"{dice.randrange(1996, 2024)}-'),
        ):
            text = text.replace(place, value)
        return text


KINDS: Final = (
    Kind("point-lookup", ordered=False),
    Kind("backlinks", ordered=False),
    Kind("label-contains", ordered=False),
    Kind("count-by-state"),
    Kind("top-pairs"),
    Kind("date-range"),
    Kind("two-hop"),
    Kind("optional-evidence", ordered=False),
    Kind("broader-path", ordered=False),
    Kind("construct-10k", ordered=False, graph=True),
)
