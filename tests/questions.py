"""The questions that a release must answer, and their answers, whoever is asked: a store, a server, another store."""

from typing import Any

#: For each example query its rows, as texts, in order; True or False for a yes or no; unordered where noted below.
ANSWERS: dict[str, list[tuple[str, ...]] | bool] = {
    "delegation-head": [
        (
            "Sergei Tsivilev",
            "Minister of Energy of Russia",
            "Russian Energy Minister",
            "led by Russian Energy Minister Sergei Tsivilev",
        )
    ],
    "delegation-size": [("60", "60-member team")],
    "reception": [
        ("Alou Boï Diarra", "open list"),
        ("Alousseini Sanou", "open list"),
        ("Boubacar Diané", "open list"),
    ],
    "route": [
        ("destination", "Bamako"),
        ("end", "2025-07-28"),
        ("means", "special flight"),
        ("origin", "Moscow"),
        ("via", "Niamey"),
    ],
    "defence-talks": [
        (person, rank, state, "Strengthening of Mali’s capacity to combat terrorist and separatist threats")
        for person, rank, state in (
            ("Alou Boï Diarra", "general", "Mali"),
            ("Andrei Averyanov", "lieutenant general", "Russia"),
            ("Yunus-Bek Yevkurov", "general", "Russia"),
        )
    ],
    "only-proposed": [
        (what, "Russian delegation to Mali, July 2025", "Mali")
        for what in (
            "Civil nuclear development in Mali",
            "Supplies of fertilizers to Mali",
            "Supplies of oil to Mali",
        )
    ],
    "signed-russia-mali": False,
    "signed-agreements": [("Agreement with Niger for the peaceful use of atomic energy", "Niger", "recent")],
    "bodies-not-yet": [
        (
            "Joint Russian-Malian intergovernmental commission on economic and technical cooperation",
            "discussed",
        )
    ],
    "threats": [
        (
            "Azawad Liberation Front",
            "Mali",
            "The unnamed author of “Russia deepens strategic ties with Mali as high-level delegation lands in Bamako”",
            "terrorist and separatist threats",
        )
    ],
    "attributed": [
        (
            "id/fact/mali-2025-07-28.s16-colonial",
            "Malian authorities",
            "what Malian authorities describe as “colonial” economic models",
        ),
        (
            "id/fact/mali-2025-07-28.s16-desire",
            "Officials from Russia and Mali",
            "Officials from both countries highlighted a desire for fair, mutually beneficial deals",
        ),
        (
            "id/fact/mali-2025-07-28.s7-parallels",
            "Russian delegation to Mali, July 2025",
            "Drawing parallels with a recent agreement signed with Niger for the peaceful use of atomic energy, "
            "the Russian delegation proposed",
        ),
    ],
    "quoted-words": [
        ("colonial", "Malian authorities", "Economic models to which Russian cooperation is said to be an alternative")
    ],
    "characterisations": [
        ("high-level", "https://w3id.org/communique/nature#evaluative"),
        ("major", "https://w3id.org/communique/nature#evaluative"),
    ],
    "evidence": [
        (
            "id/fact/mali-2025-07-28.s2-led",
            "led by Russian Energy Minister Sergei Tsivilev",
            "259",
            "305",
            "2",
            "The 60-member team, led by Russian Energy Minister Sergei Tsivilev, arrived via a special flight from "
            "Moscow through Niamey and was received by Malian officials including Ministers Alousseini Sanou, "
            "Boubacar Diané, and General Alou Boï Diarra, Chief of Staff of the Air Force.",
        )
    ],
    "none-signed-with-mali": [],
    "none-joint-bodies": [],
    "none-plain-unallowed": [],
}


def rows(results: dict[str, Any], base: str) -> list[tuple[str, ...]] | bool:
    """Return SPARQL JSON results as `ANSWERS` writes them, the base left out of IRIs."""
    if "boolean" in results:
        return bool(results["boolean"])
    names = results["head"]["vars"]
    return [
        tuple(str(row[name]["value"]).removeprefix(base) if name in row else "" for name in names)
        for row in results["results"]["bindings"]
    ]
