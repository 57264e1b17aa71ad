"""Faults of facts: their kinds, fields, values, quotes, and what the reader judged."""

from tests.edits import TEXT, drop
from tests.faults.fault import DATE, HOST, OIL, SIZE, STATE, STRATEGIC, TEAM, of, put

KINDS_AND_FIELDS = {
    "an unknown kind": put(SIZE, "arrives: {size: 60}", "arrives: {size", "'arrives' is neither a kind", "visit"),
    "a misspelt kind": put("    reception:\n", "    recepton:\n", "recepton:", "did you mean reception"),
    "an unknown field": put(SIZE, SIZE.replace("size: 60", "colour: red"), "colour", "no field 'colour'", "size, head"),
    "a misspelt field": put("      guests: ", "      guest: ", "      guest: ", "'guest'", "did you mean guests"),
    "a misspelt field of all": put(STATE, STATE.replace("modality", "modalty"), "modalty:", "did you mean modality"),
    "two kinds": put(SIZE, f"{SIZE}\n    talks: {{event: event/x}}", "s2-size:", "and talks", "exactly one kind"),
    "no kind": put(f"    {SIZE}\n", "", "s2-size:", "has no kind", "exactly one kind"),
    "a missing field": put(
        OIL,
        OIL.replace("initiative: initiative/ml-oil-supply, ", ""),
        "{kind: supply, topics: oil}",
        "the field 'initiative' is missing",
    ),
    "no field": put(SIZE, "talks: {}", "talks: {}", "the field 'event' is missing"),
    "a missing modality": put(STATE, f"{TEAM}\n", "s2-size:", "the field 'modality' is missing"),
    "missing quotes": put(f"    {TEAM}\n", "", "s2-size:", "the field 'quotes' is missing"),
    "an empty list of quotes": put(TEAM, "quotes: []", "quotes: []", "the list is empty"),
    "an unknown part": put("\nfacts:\n", "\nfact:\n", "fact:\n", "no part 'fact'", "did you mean facts"),
    "a missing part": of(lambda sheet: sheet[: sheet.index(b"\nfacts:")], "document:", "the part 'facts:' is missing"),
    "an unknown field of the header": put("  rights: full", "  right: full", "right: full", "did you mean rights"),
    "a missing field of the header": put("  rights: full\n", "", "  key: mali", "the field 'rights' is missing"),
    "as_of without its basis": of(drop("  as_of_basis:"), "  key: mali", "as_of and as_of_basis stand together"),
    "a key that no address can have": put("  s2-size:", "  s2_size:", "s2_size", "'s2_size' cannot name a fact"),
    "a key that asks for a format": put("  s2-size:", "  ttl:", "  ttl:", "'ttl' cannot name a fact"),
}

VALUES = {
    "a number in words": put("size: 60", "size: sixty", "size: sixty", "'sixty' is no whole number", "such as 60"),
    "a number with a sign": put("size: 60", "size: -60", "size: -60", "'-60' is no whole number"),
    "a number in other digits": put("size: 60", "size: ٦٠", "size: ٦٠", "is no whole number"),
    "a city as host": put(HOST, HOST.replace("state/mali", "place/bamako"), "host: place", "place/bamako", "state/..."),
    "a month that is none": put(DATE, DATE.replace("07-28,", "13-01,"), "2025-13-01", "'2025-13-01' is no day"),
    "a week for a day": put(DATE, DATE.replace("2025-07-28,", "2025-W31-1,"), "W31-1", "is no day", "2025-07-28"),
    "a day without hyphens": put(DATE, DATE.replace("2025-07-28,", "20250728,"), "20250728", "is no day"),
    "a list for one value": put(
        "origin: place/moscow", "origin: [place/moscow]", "[place/moscow]", "a list stands here"
    ),
    "a list for a modality": put(STATE, STATE.replace("state", "[state]"), "[state]", "a list stands here"),
    "a mapping for a list": put("via: place/niamey", "via: {place: niamey}", "via: {", "a list was expected"),
    "text for a mapping": put(SIZE, "delegation: 60", "delegation: 60", "a text stands here", "key: value"),
    "nothing": put("origin: place/moscow,", "origin: ,", "origin: ,", "nothing stands here"),
    "a member twice": put("via: place/niamey", "via: [place/niamey, place/niamey]", "via: [", "stands there twice"),
    "a concept of no scheme": put("means: special-flight", "means: train", "means: train", "not in the scheme means"),
    "a concept of another scheme": put(
        STATE, STATE.replace("state", "supply"), ": supply\n", "not in the scheme modality", "occurred"
    ),
    "a misspelt concept": put("means: special-flight", "means: special-fligt", "fligt}", "did you mean special-flight"),
    "a misspelt topic": put(OIL, OIL.replace("topics: oil", "topics: oli"), "oli}", "scheme topic", "did you mean oil"),
    "a reference to nothing": put(
        "origin: place/moscow", "origin: place/oslo", "place/oslo", "nothing is called", "things:", "seeds/authority/"
    ),
    "a misspelt reference": put("origin: place/moscow", "origin: place/mosow", "mosow", "did you mean place/moscow"),
    "a misspelt group": put(
        "agents: group/malian-authorities",
        "agents: group/malian-authority",
        "malian-authority,",
        "did you mean group/malian-authorities",
    ),
    "a name without its type": put("origin: place/moscow", "origin: moscow", "origin: moscow", "'moscow'", "place/..."),
    "a source that is no IRI": put(
        "  rights: full", "  source: https://a.example/%zz\n  rights: full", "%zz", "document, source", "is no IRI"
    ),
    "a source without a scheme": put("  rights: full", "  source: a.example\n  rights: full", "a.example", "https://"),
    "a language in capitals": put("  language: en", "  language: EN", "language: EN", "'EN' is no language tag"),
    "a language of wrong parts": put("  language: en", "  language: en-ab-cd", "en-ab-cd", "is no language tag"),
    "rights that are none": put("  rights: full", "  rights: free", "rights: free", "scheme rights", "full, quotes"),
    "an author who is nobody": put("  rights: full", "  author: org/un\n  rights: full", "org/un", "nothing is called"),
}

QUOTES = {
    "a quote of another text": put(TEAM, "quotes: [70-member team]", "70-member", f"is not in {TEXT}"),
    "a straight apostrophe": put("[strengthening Mali’s", "[strengthening Mali's", "Mali's", "the text has", "Mali’s"),
    "a hyphen for a dash": put("from Russia—held", "from Russia-held", "Russia-held", "the text has", "Russia—held"),
    "a capital": put(TEAM, "quotes: [60-Member team]", "60-Member", "the text has '60-member team'"),
    "a quote with a blank too many": put(TEAM, "quotes: [60-member  team]", "60-member  team", f"is not in {TEXT}"),
    "a quote that stands twice": put(TEAM, "quotes: [Niamey]", "[Niamey]", "2 times, in s2, s5", "say which"),
    "a quote twice in a sentence": put(TEAM, "quotes: [{sentence: s2, quote: Minister}]", "Minister}", "twice in s2"),
    "a quote across two sentences": put(
        TEAM,
        "quotes: [technical cooperation. Similar to]",
        "ation. Similar",
        "not inside one sentence",
        "begins in s11",
    ),
    "a quote across paragraphs": put(
        TEAM,
        'quotes: ["lands in Bamako\\n\\nA major"]',
        "lands in Bamako\\n",
        "not inside one sentence",
        "begins in s0",
    ),
    "a quote of another sentence": put(
        TEAM, "quotes: [{sentence: s3, quote: 60-member team}]", "sentence: s3", "not inside s3", "begins in s2"
    ),
    "a sentence that is none": put(
        TEAM, "quotes: [{sentence: s99, quote: 60-member team}]", "s99", "no sentence s99", "s0 to s17"
    ),
    "a quote twice in the list": put(
        TEAM, "quotes: [60-member team, 60-member team]", "team, 60", "stands there twice"
    ),
    "a quote with a remark": put(TEAM, "quotes: [{quote: 60-member team, note: x}]", "note: x", "{sentence: s2, quote"),
}

JUDGEMENTS = {
    "a stance attributed twice over": put(
        STRATEGIC,
        f"{STRATEGIC}\n    attributed_to: state/mali",
        "attributed_to: state/mali",
        "attributed to its holder",
    ),
    "attributed to a place": put(
        STATE, STATE + "    attributed_to: place/bamako\n", "attributed_to: place", "place/bamako"
    ),
    "contradicts nothing": put(
        STATE,
        STATE + "    contradicts: s2-sizes\n",
        "s2-size:",
        "no fact mali-2025-07-28.s2-sizes",
        "did you mean mali-2025-07-28.s2-size",
    ),
    "contradicts itself": put(
        STATE, STATE + "    contradicts: s2-size\n", "s2-size:", "a fact cannot contradict itself"
    ),
    "contradicts a document that is none": put(
        STATE, STATE + "    contradicts: other.s1\n", "s2-size:", "no fact other.s1"
    ),
    "a polarity that is none": put(
        STATE, STATE + "    polarity: no\n", "polarity: no", "scheme polarity", "negative, positive"
    ),
    "a nature that is none": put(STATE, STATE + "    nature: true\n", "nature: true", "scheme nature", "reported"),
    "a list that is closed": put(STATE, STATE + "    list: closed\n", "list: closed", "scheme list", "open"),
    "an act with an Initiative that is only planned": put(
        "    quotes: [a recent agreement signed with Niger]\n    modality: occurred",
        "    quotes: [a recent agreement signed with Niger]\n    modality: planned",
        "modality: planned\n  s7-agreement:",
        "an Initiative is signed by what occurred",
        "planned: describe it with the kind initiative",
    ),
    "an act with an Initiative that goes on": put(
        "on strengthening Mali’s capacity]\n    modality: occurred",
        "on strengthening Mali’s capacity]\n    modality: ongoing",
        "modality: ongoing\n  s9-capacity:",
        "an Initiative is discussed by what occurred",
    ),
    "a fact that the reader derives": put(
        STATE, f"{STATE}    nature: derived\n", "nature: derived", "only a rule derives"
    ),
    "attributed to the author": put(
        STATE, f"{STATE}    attributed_to: agent/author\n", "attributed_to: agent", "attributed to nobody"
    ),
    "attributed to one twice": put(
        STATE,
        f"{STATE}    attributed_to: [state/mali, state/mali]\n",
        "attributed_to: [state/mali, state/mali]",
        "stands there twice",
    ),
    "contradicts one twice": put(
        STATE,
        f"{STATE}    contradicts: [s2-led, mali-2025-07-28.s2-led]\n",
        "contradicts: [s2-led,",
        "stands there twice",
    ),
    "a label by somebody who is named": put(
        STRATEGIC,
        STRATEGIC.replace("{kind", "{holder: state/mali, kind"),
        "nature: evaluative\n  s0-high-level:",
        "is reported, however disputable",
    ),
    "a list that is open where there is none": put(
        STATE, f"{STATE}    list: open\n", "list: open\n  s2-led:", "no field here is a list"
    ),
    "a stance that says nothing": put(
        STRATEGIC, "stance: {kind: characterisation}", "stance: {kind: characterisation}", "toward, about, wording"
    ),
    "an office-holding without an office": put(
        "person: person/alousseini-sanou, title: Minister, of: state/mali}",
        "person: person/alousseini-sanou}",
        "person: person/alousseini-sanou}",
        "expected one of office, title",
    ),
    "an entry that says nothing": put(
        OIL,
        "initiative: {initiative: initiative/ml-oil-supply}",
        "ml-oil-supply}",
        "says nothing; it has initiative, kind",
    ),
    "an entry that says what another says": put(
        "  s2-led:\n",
        f"  s2-members:\n    {SIZE}\n    quotes: [The 60-member team]\n    modality: state\n  s2-led:\n",
        "  s2-members:",
        "states the same as s2-size, line ",
        "add its quotes there",
    ),
    "a stance that says what another says": put(
        "  s2-size:\n",
        f"  s0-ties:\n    {STRATEGIC}\n    quotes: [deepens strategic ties]\n"
        "    modality: state\n    nature: evaluative\n  s2-size:\n",
        "  s0-ties:",
        "states the same as s0-strategic, line ",
    ),
    "two keys of one spelling": put(
        "  s2-led:", "  S2-Size:", "  S2-Size:", "differs from 's2-size', line ", "capitals"
    ),
    "words that no quote has": put("wording: deepens", "wording: widens", "wording: widens", "'widens' does not stand"),
    "words in other capitals": put("wording: strategic}", "wording: sTrategic}", "sTrategic", "does not stand"),
    "a title that no quote has": put(
        "title: Chief of Staff of the Air Force", "title: Chief of Staff of the Army", "the Army", "title"
    ),
    "a date that no quote has": put(
        "parties: state/niger, date_text: recent",
        "parties: state/niger, date_text: last",
        "date_text: last",
        "date_text",
    ),
    "a reason for a long quote that there is not": put(
        STATE,
        f"{STATE}    long_quote: It is one list.\n",
        "long_quote: It is one list.\n  s2-led:",
        "no quote has more than 15 words",
    ),
    "no reason for a long quote": put(STATE, f"{STATE}    long_quote:\n", "long_quote:\n", "nothing stands here"),
}
