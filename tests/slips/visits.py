"""Slips about visits, and what only looks like one."""

from tests.edits import swap
from tests.slips.slip import ARTICLE, SISON, NearMiss, Slip, near, slip

HOST = "visit: {visit: event/ru-ml-2025-07-28-visit, host: state/mali}"
HOSTED = f"""{HOST}
    quotes: [was received by Malian officials]
    modality: occurred
"""
PLACE = "visit: {visit: event/ru-ml-2025-07-28-visit, place: place/bamako}"
VISITOR = "visit: {visit: event/ru-ml-2025-07-28-visit, visitor: delegation/ru-ml-2025-07-28}"
PEOPLE = "[person/alousseini-sanou, person/boubacar-diane, person/alou-boi-diarra]"
RECEIVED = f"""guests: delegation/ru-ml-2025-07-28
      hosts: {PEOPLE}
"""
ROUTE = "origin: place/moscow, via: place/niamey}"
STOP = "visitor: person/sergei-tsivilev\n      place: place/niamey"
BAMAKO = "visitor: person/michele-sison, place: place/bamako}"

SLIPS: dict[str, Slip] = {
    "guests whose own state is their host": slip(
        ARTICLE,
        HOST,
        HOST.replace("host: state/mali", "host: state/russia"),
        {"VisitOwnState": "host: state/russia}", "VisitPlaceElsewhere": PLACE},
        "state/russia",
        "delegation/ru-ml-2025-07-28",
    ),
    "a visitor who is its own host": slip(
        ARTICLE,
        VISITOR,
        VISITOR.replace("delegation/ru-ml-2025-07-28", "state/mali"),
        {"VisitOwnState": "host: state/mali}"},
        "state/mali visits state/mali",
    ),
    "a head whose delegation's state is the host": Slip(
        swap(
            (STOP, STOP.replace("place: place/niamey", "host: state/russia")),
            ("{agents: person/sergei-tsivilev,", "{agents: org/ru-ministry-energy,"),
            ("      office: office/ru-minister-of-energy\n", ""),
            ("title: Russian Energy Minister", "title: Energy Minister\n      of: org/alliance-of-sahel-states"),
        ),
        ARTICLE,
        ARTICLE,
        {"VisitOwnState": "host: state/russia"},
        ARTICLE,
        ("person/sergei-tsivilev visits state/russia",),
    ),
    "a holder of an office whose state is the host": Slip(
        swap(
            (BAMAKO, BAMAKO.replace("place: place/bamako", "host: state/united-states")),
            ("{agents: person/michele-sison,", "{agents: org/us-department-of-state,"),
        ),
        SISON,
        SISON,
        {"VisitOwnState": "host: state/united-states}"},
        SISON,
        ("person/michele-sison visits state/united-states",),
    ),
    "a place in another state than the host's": slip(
        ARTICLE,
        PLACE,
        PLACE.replace("bamako", "niamey"),
        {"VisitPlaceElsewhere": "visit: {visit: event/ru-ml-2025-07-28-visit, place: place/niamey}"},
        "place/niamey is in state/niger, and the host of the visit is state/mali",
    ),
    "a second host of one visit": slip(
        ARTICLE,
        VISITOR,
        VISITOR.replace("}", ", host: state/niger}"),
        {"VisitTwoHosts": "host: state/niger}"},
        "state/niger is the host of event/ru-ml-2025-07-28-visit, and so is state/mali",
    ),
    "visitors who receive those whom they visit": slip(
        ARTICLE,
        RECEIVED,
        f"guests: {PEOPLE}\n      hosts: delegation/ru-ml-2025-07-28\n",
        {"ReceptionReversed": "hosts: delegation/ru-ml-2025-07-28"},
        "a visitor of the visit",
    ),
    "one who receives himself": slip(
        ARTICLE,
        RECEIVED,
        RECEIVED.replace("guests: delegation/ru-ml-2025-07-28", "guests: person/boubacar-diane"),
        {"ReceptionReversed": "guests: person/boubacar-diane"},
        "person/boubacar-diane is the host",
        "a guest there too",
    ),
    "a journey from where it leads": slip(
        ARTICLE,
        ROUTE,
        "origin: place/bamako}",
        {"JourneyNowhere": "origin: place/bamako}"},
        "place/bamako is where event/ru-ml-2025-07-28-journey ends, and where it begins",
    ),
    "a journey by way of where it leads": slip(
        ARTICLE, ROUTE, ROUTE.replace("niamey", "bamako"), {"JourneyNowhere": "via: place/bamako}"}, "on its way"
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "VisitOwnState": near(
        ARTICLE,
        HOSTED,
        HOSTED.replace("host: state/mali", "host: state/russia") + "    polarity: negative\n",
        "That Russia was the host is denied.",
    ),
    "VisitPlaceElsewhere": near(
        ARTICLE, PLACE, PLACE.replace("bamako", "sahel"), "The Sahel lies in several states, and so has no country."
    ),
    "VisitTwoHosts": near(
        ARTICLE, VISITOR, VISITOR.replace("}", ", host: state/mali}"), "Another entry gives the same host."
    ),
    "ReceptionReversed": near(
        ARTICLE,
        RECEIVED,
        "guests: person/boubacar-diane\n      hosts: [person/alousseini-sanou, person/alou-boi-diarra]\n",
        "Two of one government receive a third.",
    ),
    "JourneyNowhere": near(
        ARTICLE, ROUTE, ROUTE.replace("moscow", "bamako"), "A journey there and back, to Niamey on the way."
    ),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
