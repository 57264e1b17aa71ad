"""Slips about visits, and what only looks like one."""

from tests.slips.slip import ARTICLE, NearMiss, Slip, near, slip

HOST = "visit: {visit: event/ru-ml-2025-07-28-visit, host: state/mali}"

SLIPS: dict[str, Slip] = {
    "guests whose own state is their host": slip(
        ARTICLE,
        HOST,
        HOST.replace("host: state/mali", "host: state/russia"),
        {"VisitOwnState": "host: state/russia}"},
        "state/russia",
        "delegation/ru-ml-2025-07-28",
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "VisitOwnState": near(
        ARTICLE,
        HOST,
        HOST.replace("host: state/mali", "host: state/niger"),
        "Another state than theirs is the host.",
    ),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
