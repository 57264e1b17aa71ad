"""Slips about labels: letters of another language, of two scripts, capitals, an alias that is none."""

from tests.slips.slip import PLACES, SHERMAN, NearMiss, Slip, near, slip

SLIPS: dict[str, Slip] = {
    "a Russian label in Latin letters": slip(
        PLACES, "ru: Ниамей", "ru: Niamey", {"LabelScript": "ru: Niamey"}, "“Niamey” stands under ru", document=SHERMAN
    ),
    "a Russian label under French": slip(
        PLACES, "fr: Moscou, ru: Москва", "fr: Москва", {"LabelScript": "fr: Москва"}, "under fr", document=SHERMAN
    ),
    "a Latin letter in a Russian word": slip(
        PLACES, "ru: Москва", "ru: Моcква", {"LabelMixed": "ru: Моcква"}, "“Моcква” mixes", document=SHERMAN
    ),
    "an alias that is the label": slip(
        PLACES, "[Moura]", "[Mourah]", {"AliasIsLabel": "label: {en: Mourah"}, "“Mourah”", document=SHERMAN
    ),
    "a label in capitals": slip(
        PLACES,
        "{en: Mopti region,",
        "{en: MOPTI REGION,",
        {"LabelPlain": "{en: MOPTI REGION,"},
        "in capitals",
        document=SHERMAN,
    ),
    "a label in quotation marks": slip(
        PLACES, "{en: Sahel,", "{en: “Sahel”,", {"LabelPlain": "{en: “Sahel”,"}, "in quotation marks", document=SHERMAN
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "LabelScript": near(
        PLACES,
        "  alias: {en: [Moura]}",
        "  alias: {en: [Moura], ru: [MOURAH]}",
        "A Russian alias may be the Latin letters that Russian texts print.",
        document=SHERMAN,
    ),
    "LabelMixed": near(
        PLACES, "ru: Москва", "ru: MSK-Москва", "A hyphen stands between the scripts.", document=SHERMAN
    ),
    "LabelTwice": near(
        PLACES, "fr: Moscou, ru: Москва", "fr: Moscou, de: Moskau, ru: Москва", "One more language.", document=SHERMAN
    ),
    "LabelLanguage": near(
        PLACES, "[Moura]", "[Moura, Moura village]", "One more alias in its language.", document=SHERMAN
    ),
    "AliasIsLabel": near(PLACES, "[Moura]", "[MOURAH]", "The alias is written in another way.", document=SHERMAN),
    "LabelPlain": near(
        PLACES, "{en: Sahel,", "{en: SAHEL,", "One word in capitals may be an acronym.", document=SHERMAN
    ),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
