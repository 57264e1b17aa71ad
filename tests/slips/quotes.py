"""Slips about quotes: where they begin and end, and how much of a text they are."""

from tests.slips.slip import ARTICLE, MASSACRE, SHERMAN, SISON, NearMiss, Slip, near, slip

CIVILIANS = "quotes: [protect civilians]"
MEETING = "      - Deputy Secretary of State Wendy Sherman met with Nigerien Foreign Minister Massoudou Hassoumi\n"

TASKS = (
    "MINUSMA remains a vitally important peacekeeping mission, mandated by the United Nations Security Council "
    "to support the implementation of the Agreement on Peace and Reconciliation in Mali and the political transition "
    "and to protect civilians, reduce intercommunal violence, and reestablish State presence and authority"
)

SLIPS: dict[str, Slip] = {
    "a quote that begins inside a word": slip(
        SISON,
        CIVILIANS,
        "quotes: [rotect civilians]",
        {"QuoteCutsWord": "quotes: [rotect civilians]"},
        "“rotect civilians” begins inside the word “protect”",
    ),
    "a quote that ends inside a word": slip(
        SISON,
        "quotes: [reduce intercommunal violence]",
        "quotes: [reduce intercommunal violenc]",
        {"QuoteCutsWord": "quotes: [reduce intercommunal violenc]"},
        "ends inside the word “violence”",
    ),
    "a quote that is part of another of its entry": slip(
        SISON,
        CIVILIANS,
        "quotes: [to protect civilians, protect civilians]",
        {"QuoteInQuote": "quotes: [to protect civilians, protect civilians]"},
        "“to protect civilians”",
    ),
    "a long quote where only quotes may be published": slip(
        MASSACRE,
        "  rights: full",
        "  rights: quotes",
        {"QuoteLong": 'and create conditions for more violence"]'},
        "has 306 characters",
        "300 at most",
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "QuoteCutsWord": near(
        ARTICLE, "quotes: [60-member team]", "quotes: [member team]", "A word ends at the hyphen before the quote."
    ),
    "QuoteInQuote": near(
        SHERMAN,
        MEETING,
        MEETING + "      - met with Nigerien Foreign Minister Massoudou Hassoumi today\n",
        "The quotes share words, and each has some of its own.",
    ),
    "QuoteAmbiguous": near(
        SHERMAN,
        MEETING,
        MEETING + "      - {sentence: s5, quote: Deputy Secretary Sherman and Foreign Minister Hassoumi}\n",
        "The words stand in two sentences, but other words follow in each.",
    ),
    "QuoteLong": near(
        SISON,
        CIVILIANS,
        f'quotes: ["{TASKS}"]',
        "It has more than 300 characters, but the whole text may be published.",
    ),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
