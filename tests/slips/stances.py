"""Slips about stances, and what only looks like one."""

from tests.slips.slip import ARTICLE, MASSACRE, SISON, NearMiss, Slip, near, slip

KEY = "stance: {kind: characterisation, toward: group/stakeholders, wording: key}"
CONCERN = "stance: {kind: concern, toward: group/wagner-forces"
NUMBERS = "holder: group/accounts\n      kind: characterisation"

SLIPS: dict[str, Slip] = {
    "a stance that is toward nothing": slip(
        SISON,
        KEY,
        KEY.replace(" toward: group/stakeholders,", ""),
        {"StanceObject": "s3-key:"},
        "s3-key",
    ),
    "words that the text does not put in quotation marks": slip(
        SISON,
        KEY,
        KEY.replace("wording: key", "wording: key, quoted: key"),
        {"StanceQuoted": "wording: key, quoted: key"},
        "“quoted” has “key”",
    ),
    "words that the text puts after the quotation marks": slip(
        ARTICLE,
        "quoted: colonial",
        "quoted: economic models",
        {"StanceQuoted": "quoted: economic models"},
        "“economic models”",
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "StanceHolder": near(MASSACRE, NUMBERS, "kind: characterisation", "Nobody is named, so it is the author’s."),
    "StanceVoice": near(
        MASSACRE,
        NUMBERS,
        NUMBERS.replace("group/accounts", "[group/accounts, group/those-who-report-a-massacre]"),
        "Two hold it, and each vouches for it.",
    ),
    "StanceKind": near(
        MASSACRE,
        CONCERN,
        CONCERN.replace("concern", "emphasis"),
        "Another kind than it had, and the only one.",
    ),
    "StanceObject": near(SISON, KEY, KEY.replace("toward", "about"), "It is toward nothing, and about somebody."),
    "StanceQuoted": near(ARTICLE, "quoted: colonial", "quoted: “colonial”", "The quotation marks are written along."),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
