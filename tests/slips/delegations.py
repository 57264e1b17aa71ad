"""Slips about delegations, and what only looks like one."""

from tests.slips.slip import ARTICLE, NearMiss, Slip, near, slip

TEAM = """size: 60}
    quotes: [60-member team]
    modality: state
"""
DELEGATION = "delegation/ru-ml-2025-07-28"
MEMBERS = """  s2-members:
    members: {group: delegation/ru-ml-2025-07-28, members: [person/yunus-bek-yevkurov, person/andrei-averyanov]}
    quotes: [General Yunus-Bek Yevkurov and Lieutenant General Andrei Averyanov from Russia]
    modality: state
"""
OFFICERS = "  s9-high-ranking:\n"
SENIOR = "  s4-senior:\n"
LEAD = "  s2-tsivilev-minister:\n"
START = "\n\nfacts:\n  # s0, the headline\n"


def led(by: str, quote: str) -> str:
    return f"""  led-too:
    delegation: {{delegation: {DELEGATION}, head: person/{by}}}
    quotes: [{quote}]
    modality: state
"""


def other(begin: str) -> str:
    """Another delegation of the same head, on a visit that ends on the day on which the first one lands in Bamako."""
    return f"""
  delegation/ru-ne-2025-07: {{label: {{en: Russian delegation to Niger}}}}
  event/ru-ne-2025-07-visit: {{label: {{en: Visit of a Russian delegation to Niger}}}}

facts:
  other-led:
    delegation: {{delegation: delegation/ru-ne-2025-07, head: person/sergei-tsivilev}}
    quotes: [during Tsivilev’s recent stop in Niamey]
    modality: state
  other-visit:
    visit:
      visit: event/ru-ne-2025-07-visit
      visitor: delegation/ru-ne-2025-07
      begin: {begin}
      end: 2025-07-28
    quotes: [during Tsivilev’s recent stop in Niamey]
    modality: occurred
"""


def size(number: int) -> str:
    return f"""  size-too:
    delegation: {{delegation: {DELEGATION}, size: {number}}}
    quotes: [The delegation includes senior representatives]
    modality: state
"""


SLIPS: dict[str, Slip] = {
    "a delegation that another leads too": slip(
        ARTICLE,
        OFFICERS,
        led("yunus-bek-yevkurov", "including General Yunus-Bek Yevkurov") + OFFICERS,
        {"TwoHeads": "head: person/yunus-bek-yevkurov"},
        "person/yunus-bek-yevkurov heads delegation/ru-ml-2025-07-28, and so does person/sergei-tsivilev",
    ),
    "one who leads two delegations on one day": slip(
        ARTICLE,
        START,
        other("2025-07-28"),
        {"HeadOfTwo": "delegation/ru-ne-2025-07, head: person/sergei-tsivilev"},
        "both on 2025-07-28",
    ),
    "a team of two and its head": slip(
        ARTICLE,
        TEAM,
        TEAM.replace("60}", "2}") + MEMBERS,
        {"SmallerThanItsMembers": "size: 2}", "SizeInQuote": "size: 2}"},
        "has 2 members, and 3 are named",
        "person/sergei-tsivilev",
    ),
    "a size with a digit too many": slip(
        ARTICLE, TEAM, TEAM.replace("60}", "600}"), {"SizeInQuote": "size: 600}"}, "“60-member team” has another number"
    ),
    "another size of one team": slip(
        ARTICLE, SENIOR, size(16) + SENIOR, {"TwoSizes": "size: 16}"}, "has 16 members, and 60 in an entry before"
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "TwoHeads": near(
        ARTICLE,
        LEAD,
        led("andrei-averyanov", "led by Russian Energy Minister Sergei Tsivilev") + LEAD,
        "The same words name both, as “led by the ministers A and B” would.",
    ),
    "HeadOfTwo": near(
        ARTICLE, START, other("2025-07-26"), "A tour: one visit ends on the day on which the next begins."
    ),
    "SmallerThanItsMembers": near(
        ARTICLE,
        TEAM,
        TEAM.replace("60}", "3}").replace("60-", "") + MEMBERS,
        "Three are named, the head and two others.",
    ),
    "SizeInQuote": near(ARTICLE, TEAM, TEAM.replace("60-", ""), "No number stands in the quote."),
    "TwoSizes": near(
        ARTICLE,
        SENIOR,
        size(16).replace(f"delegation: {{delegation: {DELEGATION}", "members: {group: group/ministry-representatives")
        + SENIOR,
        "The size of a part of it, which has a name of its own.",
    ),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
