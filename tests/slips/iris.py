"""Slips about letters that nobody sees, and names that only look odd."""

from tests.slips.slip import PLACES, SHERMAN, NearMiss, Slip, near, slip

SLIPS: dict[str, Slip] = {
    "a zero-width space in a label": slip(
        PLACES,
        "fr: Moscou",
        "fr: Mos\u200bcou",
        {"HiddenCharacter": "fr: Mos\u200bcou"},
        "after “Mos”",
        document=SHERMAN,
    ),
    "a soft hyphen in a label of a sheet": slip(
        SHERMAN,
        "Cooperation between the United States and Niger in the Sahel",
        "Coop\u00aderation between the United States and Niger in the Sahel",
        {"HiddenCharacter": "matter/us-niger-cooperation: {type: Matter,"},
        "after “Coop”",
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "HiddenCharacter": near(
        PLACES,
        "fr: Moscou,",
        "fr: Moscou, fa: می\u200cخواهم,",
        "Persian words are written with such a joiner.",
        document=SHERMAN,
    ),
    "HiddenInQuote": near(
        SHERMAN,
        "quotes: [Spokesperson Ned Price]\n    modality: state\n    nature",
        "quotes: [attributable to Spokesperson Ned Price]\n    modality: state\n    nature",
        "Nothing is hidden in the words.",
    ),
    "NameFormed": near(SHERMAN, "  s3-place:", "  S3-Place-2:", "A key may have capitals, digits and hyphens."),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
