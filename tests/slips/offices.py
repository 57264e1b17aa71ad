"""Slips about offices and who holds them, and what only looks like one."""

from tests.slips.slip import ARTICLE, BODIES, SHERMAN, NearMiss, Slip, near, slip

SANOU = """title: Minister, of: state/mali}
    quotes: [Malian officials including Ministers Alousseini Sanou]
    modality: state
"""
CHIEF = "office: office/ml-chief-of-staff-air-force"
HASSOUMI = """office: office/ne-minister-of-foreign-affairs
      title: Nigerien Foreign Minister
    quotes: [Nigerien Foreign Minister Massoudou Hassoumi]
    modality: state"""
DEPUTY = HASSOUMI.replace("ne-minister-of-foreign-affairs", "us-deputy-secretary-of-state")
MINISTRY_OF_NIGER = "étrangères du Niger}\n  of: state/niger\n"
OFFICE_OF_NIGER = "  of: org/ne-ministry-foreign-affairs\n"
PRICE = "office: office/us-department-of-state-spokesperson"

SLIPS: dict[str, Slip] = {
    "a minister of no state": slip(
        ARTICLE,
        SANOU,
        SANOU.replace(", of: state/mali", ""),
        {"HoldingOfNobody": "person: person/alousseini-sanou, title: Minister}"},
        "person/alousseini-sanou holds an office",
    ),
    "an office of nobody": slip(
        BODIES,
        OFFICE_OF_NIGER,
        "",
        {"OfficeWithoutState": "office/ne-minister-of-foreign-affairs:"},
        "office/ne-minister-of-foreign-affairs is an office of no body and no state",
        document=SHERMAN,
    ),
    "a ministry of no state": slip(
        BODIES,
        MINISTRY_OF_NIGER,
        MINISTRY_OF_NIGER.replace("  of: state/niger\n", ""),
        {"OfficeWithoutState": "org/ne-ministry-foreign-affairs:"},
        "org/ne-ministry-foreign-affairs is a government body of no state",
        document=SHERMAN,
    ),
    "a minister in an office of the other state": slip(
        SHERMAN,
        HASSOUMI,
        DEPUTY,
        {"OfficeOfAnotherState": "office: office/us-deputy-secretary-of-state\n      title: Nigerien"},
        "is of state/united-states, and person/massoudou-hassoumi is of state/niger",
    ),
    "two in one office": slip(
        ARTICLE,
        CHIEF,
        "office: office/ru-minister-of-energy #",
        {
            "TwoHolders": "office: office/ru-minister-of-energy #",
            "OfficeOfAnotherState": "office: office/ru-minister-of-energy #",
        },
        "office/ru-minister-of-energy is held by person/alou-boi-diarra here",
        "and by person/sergei-tsivilev in an entry before",
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "HoldingOfNobody": near(
        ARTICLE,
        SANOU,
        SANOU.replace(", of: state/mali", "")
        + """  s2-sanou-of-mali:
    holds:
      holding: holding/alousseini-sanou-minister
      person: person/alousseini-sanou
      title: Minister
      of: state/mali
    quotes: [Malian officials including Ministers Alousseini Sanou]
    modality: state
    nature: implied
""",
        "Another entry gives the state.",
    ),
    "OfficeWithoutState": near(
        BODIES,
        OFFICE_OF_NIGER,
        "  of: org/united-nations\n",
        "An office of an international organization is of no state.",
        document=SHERMAN,
    ),
    "OfficeOfAnotherState": near(
        SHERMAN,
        HASSOUMI,
        DEPUTY.replace("modality: state", "modality: occurred"),
        "He held it once; whose he is now is another matter.",
    ),
    "TwoHolders": near(
        SHERMAN,
        PRICE,
        "office: office/us-deputy-secretary-of-state",
        "There can be more than one deputy at a time.",
    ),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
