"""Slips about contradictions, and what only looks like one."""

from tests.slips.slip import ARTICLE, MASSACRE, SHERMAN, NearMiss, Slip, near, slip

PLACE = "talks: {event: event/us-sherman-hassoumi-2022-07-28, place: place/washington}"
VISITOR = "visit: {visit: event/ru-ml-2025-07-28-visit, visitor: delegation/ru-ml-2025-07-28}"
PRICE = "holding: holding/ned-price-spokesperson\n      person: person/ned-price"
SPEAKER = "person: person/wendy-sherman\n      office: office/us-department-of-state-spokesperson"
TODAY = "quotes: [met with Nigerien Foreign Minister Massoudou Hassoumi today]\n    modality: occurred"
NEXT = "  # s4\n"
DENIED = """\
  s3-not:
    talks: {event: event/us-sherman-hassoumi-2022-07-28, place: place/washington}
    quotes: [Wendy Sherman met with Nigerien Foreign Minister Massoudou Hassoumi]
    modality: occurred
    polarity: negative
"""

SLIPS: dict[str, Slip] = {
    "two days on which talks begin": slip(
        SHERMAN,
        PLACE,
        PLACE.replace("}", ", begin: 2022-07-27}"),
        {"UnmarkedDifference": "begin: 2022-07-27"},
        "“2022-07-27” is the first day of event/us-sherman-hassoumi-2022-07-28 here",
        "us-sherman-hassoumi-2022-07-28.s3-date has “2022-07-28”",
    ),
    "an office-holding of another person than in another document": slip(
        SHERMAN,
        PRICE,
        PRICE.replace("person/ned-price", "person/wendy-sherman"),
        {"UnmarkedDifference": SPEAKER},
        "person/wendy-sherman is the holder of holding/ned-price-spokesperson here",
        "us-reported-massacre-mali-2022-04-03.s1-price has person/ned-price",
        others=(MASSACRE,),
    ),
    "a denial of what another entry affirms": slip(
        SHERMAN,
        NEXT,
        DENIED + NEXT,
        {"UnmarkedDenial": "polarity: negative"},
        "us-sherman-hassoumi-2022-07-28.s3-place",
    ),
    "a document that contradicts itself": slip(
        SHERMAN,
        TODAY,
        f"{TODAY}\n    contradicts: s3-place",
        {"OwnContradiction": "contradicts: s3-place"},
        "“s3-place”",
        "the document’s own word",
    ),
    "two contradictory reports given as one group’s": slip(
        MASSACRE,
        "    attributed_to: group/other-reports",
        "    attributed_to: group/many-reports",
        {"OwnContradiction": "contradicts: s4-perpetrators"},
        "the word of the same",
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "UnmarkedDifference": near(
        ARTICLE, VISITOR, VISITOR.replace("}", ", place: place/bamako-airport-base}"), "Two places of one country."
    ),
    "UnmarkedDenial": near(
        SHERMAN, NEXT, DENIED.replace("place/washington", "place/paris") + NEXT, "They met, but not in Paris."
    ),
    "OwnContradiction": near(
        MASSACRE, "    contradicts: s5-targeted", "    contradicts: s3-civilians", "One is the word of others."
    ),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
