"""Slips about identity: labels and identifiers that two things share, identifiers of a wrong form."""

from tests.slips.slip import BODIES, PERSONS, PLACES, SHERMAN, SISON, STATES, NearMiss, Slip, near, slip

MOSCOW = 'same_as: ["http://www.wikidata.org/entity/Q649"]'
FRANCE = 'same_as: ["http://www.wikidata.org/entity/Q142"]'

SLIPS: dict[str, Slip] = {
    "two bodies of one label": slip(
        BODIES,
        "label: {en: Roscosmos,",
        "label: {en: rosatom,",
        {"SameLabel": "label: {en: rosatom,"},
        "org/rosatom",
        document=SHERMAN,
    ),
    "two Initiatives of one label": slip(
        SISON,
        "label: {en: Reduction of intercommunal violence by MINUSMA}",
        "label: {en: Protection of civilians by MINUSMA}",
        {"SameLabel": "initiative/minusma-reduce-violence: {"},
        "initiative/minusma-protect-civilians",
    ),
    "a meeting that another document introduces too": slip(
        SHERMAN,
        "Meeting of Wendy Sherman and Massoudou Hassoumi, July 2022",
        "Meetings of Michele J. Sison with French counterparts and other diplomats, March 2022",
        {"SameName": "event/us-sison-paris-meeting-2022-03:"},
        "event/us-sherman-hassoumi-2022-07-28",
        told=SISON,
        others=(SISON,),
    ),
    "an alias that is another's label": slip(
        BODIES,
        "alias: {en: [Sber]}",
        "alias: {en: [Kamaz]}",
        {"SameName": "alias: {en: [Kamaz]}"},
        "org/kamaz",
        document=SHERMAN,
    ),
    "two persons of one name": slip(
        PERSONS,
        "label: {en: Wendy Sherman, fr",
        "label: {en: Ned Price, fr",
        {"SameName": "label: {en: Ned Price, fr: Wendy"},
        "person/ned-price",
        document=SHERMAN,
    ),
    "a city's identifier given to another": slip(
        PLACES,
        MOSCOW,
        MOSCOW.replace("Q649", "Q3703"),
        {"SameIdentifier": 'Q3703"]\nplace/niamey:'},
        "place/bamako",
        document=SHERMAN,
    ),
    "a page about a state": slip(
        STATES,
        FRANCE,
        FRANCE.replace("http:", "https:").replace("entity", "wiki"),
        {"IdentifierForm": "https://www.wikidata.org/wiki/Q142"},
        "www.wikidata.org",
        document=SHERMAN,
    ),
    "an identifier of GeoNames without its last slash": slip(
        STATES,
        "https://sws.geonames.org/2440476/",
        "https://sws.geonames.org/2440476",
        {"IdentifierForm": "https://sws.geonames.org/2440476"},
        document=SHERMAN,
    ),
}

#: By shape.
NEAR_MISSES: dict[str, NearMiss] = {
    "SameLabel": near(
        BODIES,
        "label: {en: Roscosmos,",
        "label: {en: Ned Price,",
        "A body and a person share a label.",
        document=SHERMAN,
    ),
    "SameName": near(
        BODIES, "alias: {en: [Sber]}", "alias: {fr: [Kamaz]}", "The alias is in another language.", document=SHERMAN
    ),
    "SameIdentifier": near(
        STATES, FRANCE, FRANCE.replace("Q142", "Q1420"), "Another identifier than any other's.", document=SHERMAN
    ),
    "IdentifierForm": near(
        STATES,
        FRANCE,
        'same_as: ["https://example.org/wiki/Q142"]',
        "A dataset of which we know no form.",
        document=SHERMAN,
    ),
    "NoSameAs": near(
        SHERMAN,
        "  # s4\n",
        "  s3-same:\n    possibly_same: {these: [matter/us-niger-cooperation, matter/democratic-transitions]}\n"
        "    quotes: [met with Nigerien Foreign Minister Massoudou Hassoumi]\n"
        "    modality: state\n    nature: implied\n"
        "  # s4\n",
        "It is said to be possible, not to be so.",
    ),
}

#: The warnings that the seeds give, each as shape and fact (or thing), with the reason why it stands.
KNOWN: dict[tuple[str, str], str] = {}
