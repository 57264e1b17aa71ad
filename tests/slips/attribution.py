"""Slips about who says so, and what only looks like one."""

from tests.slips.slip import MASSACRE, NearMiss, Slip, near, slip

FORCES = "the perpetrators were unaccountable forces from the Kremlin-backed Wagner Group"

SLIPS: dict[str, Slip] = {
    "what reports claim, as the document's own word": slip(
        MASSACRE,
        "    attributed_to: group/other-reports\n",
        "",
        {"Credited": "extremist groups]\n    long_quote: Those who report stand at one end, those who were targeted"},
        "“reports claim”",
    ),
    "what reports suggest, as the document's own word, by the words before the quote": slip(
        MASSACRE,
        f"[many reports suggest that {FORCES}]\n    modality: occurred\n    attributed_to: group/many-reports\n",
        f"[{FORCES}]\n    modality: occurred\n",
        {"Credited": "quotes: [the perpetrators were unaccountable forces"},
        "“suggest that”",
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "Credited": near(
        MASSACRE,
        "quotes: [the families of all civilians who died]",
        "quotes: [We offer our condolences to the families of all civilians who died]",
        "The document speaks of itself.",
    ),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
