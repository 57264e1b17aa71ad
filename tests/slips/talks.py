"""Slips about talks, and what only looks like one."""

from tests.slips.slip import ARTICLE, SHERMAN, SISON, NearMiss, Slip, near, slip

SIDES = "participants: [delegation/ru-ml-2025-07-28, state/mali]"
OFFICERS = "participants: [person/yunus-bek-yevkurov, person/andrei-averyanov, person/alou-boi-diarra]"
TWO = "participants: [person/wendy-sherman, person/massoudou-hassoumi]"
OFFICIALS = "participants: [person/michele-sison, group/transition-officials, group/un-agencies]"

SLIPS: dict[str, Slip] = {
    "a state that talks with its own delegation": slip(
        ARTICLE,
        SIDES,
        SIDES.replace("state/mali", "state/russia"),
        {"TalksOneSide": SIDES.replace("state/mali", "state/russia")},
        "state/russia holds talks with delegation/ru-ml-2025-07-28",
    ),
    "a state that talks with who holds an office of it": slip(
        SHERMAN,
        TWO,
        "participants: [person/wendy-sherman, state/united-states]",
        {"TalksOneSide": "participants: [person/wendy-sherman, state/united-states]"},
        "state/united-states holds talks with person/wendy-sherman",
    ),
    "talks of which the other side was forgotten": slip(
        ARTICLE,
        OFFICERS,
        OFFICERS.replace(", person/alou-boi-diarra", ""),
        {"TalksWithin": "participants: [person/yunus-bek-yevkurov, person/andrei-averyanov]"},
        "person/andrei-averyanov as well as person/yunus-bek-yevkurov",
        "state/russia",
    ),
    "talks with who spoke of them": slip(
        SHERMAN,
        TWO,
        "participants: [person/wendy-sherman, person/ned-price]",
        {"TalksWithin": "participants: [person/wendy-sherman, person/ned-price]"},
        "state/united-states",
    ),
    "talks with nobody": slip(
        SHERMAN,
        TWO,
        "participants: person/wendy-sherman",
        {"TalksAlone": "participants: person/wendy-sherman"},
        "only person/wendy-sherman",
    ),
    "implied talks of which nothing tells who held them": slip(
        ARTICLE,
        "talks: {event: event/tsivilev-niamey-talks, during: event/tsivilev-niamey-stop}",
        "talks: {event: event/tsivilev-niamey-talks, date_text: recent}",
        {"TalksAlone": "talks: {event: event/tsivilev-niamey-talks, date_text: recent}"},
        "nobody",
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "TalksOneSide": near(
        ARTICLE,
        SIDES,
        SIDES.replace("state/mali", "state/russia, group/malian-authorities"),
        "Russia is with its delegation, and another side is there too.",
    ),
    "TalksWithin": near(
        SHERMAN,
        TWO,
        "participants: [person/wendy-sherman, person/ned-price, org/us-department-of-state]",
        "A department meets within itself, as the body among the participants says.",
    ),
    "TalksAlone": near(
        SISON, OFFICIALS, "place: place/bamako", "The visit that they are part of names guest and place."
    ),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
