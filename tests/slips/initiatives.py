"""Slips about initiatives, and what only looks like one."""

from tests.slips.slip import ARTICLE, SISON, NearMiss, Slip, near, slip

SIGNED = "quotes: [a recent agreement signed with Niger]\n    modality: occurred"
RUSSIA = "initiative: {initiative: initiative/niger-peaceful-atomic-energy, parties: state/russia}"
AIRLINE = "initiative: {initiative: initiative/regional-airline, kind: development"
TRAM = "initiative: {initiative: initiative/ml-tram, kind: project"
GROUP = "  group/minusma-officials: {type: Group"
DECLARED = "  initiative/un-coordination: {type: Initiative, label: {en: Coordination at the United Nations}}"

SLIPS: dict[str, Slip] = {
    "a signing that is another’s word": slip(
        ARTICLE,
        SIGNED,
        f"{SIGNED}\n    attributed_to: state/niger",
        {"SignedByWord": "attributed_to: state/niger"},
        "the word of state/niger that initiative/niger-peaceful-atomic-energy is signed",
    ),
    "a signing that is concluded": slip(
        ARTICLE,
        SIGNED,
        f"{SIGNED}\n    nature: implied  # by its reader",
        {"SignedByWord": "nature: implied  # by its reader"},
        "“nature: implied” makes it a conclusion",
    ),
    "an agreement whose second party is the first again": slip(
        ARTICLE,
        RUSSIA,
        RUSSIA.replace("state/russia", "state/niger"),
        {"SignedAlone": "signs: {initiative: initiative/niger-peaceful-atomic-energy, parties: state/niger"},
        "state/niger is the only party",
    ),
    "a kind on another Initiative than was meant": slip(
        ARTICLE,
        TRAM,
        TRAM.replace("initiative/ml-tram", "initiative/regional-airline"),
        {"InitiativeKinds": TRAM.replace("initiative/ml-tram", "initiative/regional-airline")},
        "of the kind “project” here, and of the kind “development”",
        "“s13-airline”",
    ),
    "an Initiative of which no entry speaks": slip(
        SISON,
        GROUP,
        f"{DECLARED}\n{GROUP}",
        {"InitiativeUnsaid": DECLARED},
        "initiative/un-coordination",
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "SignedByWord": near(
        ARTICLE, SIGNED, f"{SIGNED}\n    polarity: negative", "The document itself says that it was not signed."
    ),
    "SignedAlone": near(
        ARTICLE,
        RUSSIA,
        RUSSIA.replace("state/russia", "org/rosatom"),
        "A company is a party too, and so is whoever is implied.",
    ),
    "InitiativeKinds": near(
        ARTICLE, AIRLINE, AIRLINE.replace("development", "project"), "Another kind than it had, and the only one."
    ),
    "InitiativeUnsaid": near(
        SISON,
        "initiative: {initiative: initiative/ml-peace-agreement, kind: agreement, topics: [peace, reconciliation]}",
        "initiative: {initiative: initiative/minusma-support-agreement, topics: [peace, reconciliation]}",
        "Nothing describes the agreement any more; but it is still what another Initiative aims at.",
    ),
    "SignedPlainly": near(
        ARTICLE,
        SIGNED,
        SIGNED.replace("occurred", "state"),
        "A standing: it is signed at the document’s date.",
    ),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
