"""Slips about lists that the text leaves open."""

from tests.slips.slip import ARTICLE, SHERMAN, NearMiss, Slip, near, slip

HOSTS = 'Boubacar Diané, and General Alou Boï Diarra"]\n    modality: occurred\n'
MET = "      - Deputy Secretary of State Wendy Sherman met with Nigerien Foreign Minister Massoudou Hassoumi\n"

SLIPS: dict[str, Slip] = {
    "an open list given as whole": slip(
        ARTICLE,
        f"{HOSTS}    list: open\n",
        HOSTS,
        {"ListIncomplete": 'quotes: ["received by Malian officials'},
        "“including”",
    ),
    "a whole list called open": slip(
        SHERMAN,
        f"{MET}    modality: occurred\n",
        f"{MET}    modality: occurred\n    list: open\n",
        {"ListComplete": "    list: open"},
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "ListIncomplete": near(
        ARTICLE,
        'quotes: ["a desire for fair, mutually beneficial deals"]',
        'quotes: ["a desire for fair, mutually beneficial deals", "such as at Bamako’s airport base"]',
        "The word leaves a list open, but the entry gives none.",
    ),
    "ListComplete": near(
        ARTICLE,
        "quotes: [infrastructure development such as at Bamako’s airport base]\n    modality: ongoing\n    list: open",
        "quotes: [{sentence: s10, quote: Bamako’s airport base}]\n    modality: ongoing\n    list: open",
        "The word that leaves the list open stands just before the quote.",
    ),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
