"""Slips about dates, and what only looks like one."""

from tests.slips.slip import ARTICLE, SHERMAN, SISON, NearMiss, Slip, near, slip

JOURNEY = 'end: 2025-07-28, date_text: "Monday, 28 July 2025"'
MEETING = """{event: event/us-sherman-hassoumi-2022-07-28, begin: 2022-07-28, end: 2022-07-28, date_text: today}
    quotes: [met with Nigerien Foreign Minister Massoudou Hassoumi today]
    modality: occurred"""
PUBLISHED = "  published: 2022-03-14\n"


def as_of(day: str) -> str:
    return f"{PUBLISHED}  as_of: {day}\n  as_of_basis: The day of the release.\n"


SLIPS: dict[str, Slip] = {
    "a journey that ends before it begins": slip(
        SISON,
        "end: 2022-03-22",
        "end: 2022-02-22",
        {"EndBeforeBegin": "end: 2022-02-22"},
        "event/us-sison-journey-2022-03 ends on 2022-02-22, before it begins on 2022-03-15",
    ),
    "a journey that ends before another entry has it begin": slip(
        SISON,
        "destination: [place/bamako, place/paris]\n",
        "destination: [place/bamako, place/paris]\n      end: 2022-03-12\n",
        {"EndBeforeBegin": "end: 2022-03-12"},
        "2022-03-12, before it begins on 2022-03-15",
    ),
    "a day that is no Monday": slip(
        ARTICLE,
        JOURNEY,
        JOURNEY.replace("2025-07-28", "2025-07-27"),
        {"Weekday": "end: 2025-07-27, date_text"},
        "2025-07-27 is a Sunday",
        "“Monday, 28 July 2025”",
    ),
    "a day that is no Monday, as the quote alone says": slip(
        ARTICLE,
        JOURNEY,
        'end: 2025-06-28, date_text: "28 July 2025"',
        {"Weekday": "end: 2025-06-28, date_text"},
        "2025-06-28 is a Saturday",
        "“touched down in Bamako on Monday, 28 July 2025”",
    ),
    "days of which none is a Monday": slip(
        ARTICLE,
        JOURNEY,
        'begin: 2025-07-22, end: 2025-07-27, date_text: "Monday, 28 July 2025"',
        {"Weekday": "begin: 2025-07-22, end"},
        "2025-07-22 to 2025-07-27 begins on a Tuesday",
    ),
    "a meeting that was held after it was reported": slip(
        SHERMAN,
        "begin: 2022-07-28, end: 2022-07-28",
        "begin: 2022-08-28, end: 2022-08-28",
        {"AfterItsDocument": "begin: 2022-08-28"},
        "begun on 2022-08-28",
        "the document is of 2022-07-28",
    ),
    "a meeting that was over after it was reported": slip(
        SHERMAN,
        "begin: 2022-07-28, end: 2022-07-28",
        "begin: 2022-07-28, end: 2022-07-29",
        {"AfterItsDocument": "end: 2022-07-29"},
        "ended on 2022-07-29",
    ),
    "a text of a later day than that of its publication": slip(
        SISON,
        PUBLISHED,
        as_of("2022-03-15"),
        {"AsOfAfterPublished": "  as_of: 2022-03-15"},
        "“2022-03-15”",
        "published on 2022-03-14",
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "EndBeforeBegin": near(SISON, "end: 2022-03-22", "end: 2022-03-15", "A journey there and back on one day."),
    "Weekday": near(
        ARTICLE, JOURNEY, f"begin: 2025-07-26, {JOURNEY}", "The Monday lies between the first day and the last."
    ),
    "AfterItsDocument": near(
        SHERMAN,
        MEETING,
        MEETING.replace(": 2022-07-28", ": 2022-07-29").replace("occurred", "planned"),
        "What is planned for the next day has not happened yet.",
    ),
    "AsOfAfterPublished": near(SISON, PUBLISHED, as_of("2022-03-14"), "It is of the day on which it was published."),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
