"""Faults of a sheet as a whole: how it is written, its text, its sentences, its things, the authority files."""

import re

from tests.edits import SHEET, TEXT, add, drop, swap
from tests.faults.fault import BODIES, PERSONS, PLACES, SIZE, STATE, STATES, TEAM, of, put

SENTENCES = {
    "sentences out of order": of(
        swap(
            ("begins: This visit marks", "begins: X"),
            ("begins: The delegation includes", "begins: This visit marks"),
            ("begins: X", "begins: The delegation includes"),
        ),
        "s4: {begins",
        "s4 begins before the sentence above",
    ),
    "numbers out of order": put("  s4: {begins", "  s18: {begins: x, read: no}\n  s4: {begins", "s18:", "expected s4"),
    "a first number that is too high": put(
        "  s0: {begins", "  s18: {begins", "  s18: {begins: Russia", "s0 (a headline) or s1"
    ),
    "words that are not in the text": put(
        "begins: This visit", "begins: That visit", "That visit", "begin no sentence"
    ),
    "words from the middle of a word": put(
        "begins: This visit", "begins: his visit", ": his visit", "begin no sentence"
    ),
    "a first sentence that is not first": put(
        "begins: Russia deepens", "begins: deepens", "s0: {begins: deepens", "s0 begins at character 7"
    ),
    "a sentence that is missing": of(
        drop("  s17:"),
        "  s16: {begins",
        "s16 reaches over the end of a paragraph",
        "begins with 'The visit underscores",
    ),
    "words that begin several": put("begins: Key strategic objectives", "begins: R", "begins: R,", "times in the rest"),
    "words that reach too far": put(
        "begins: Natural resource exploration",
        'begins: "Natural resource exploration formed another pillar of the dialogue. With"',
        "s14: {begins",
        "s14",
        "reach into the next sentence",
    ),
    "a reading that is neither": of(
        lambda sheet: re.sub(rb"(s3: .*)read: \w+", rb"\1read: maybe", sheet), "maybe", "'maybe' is neither yes nor no"
    ),
    "a sentence without a reading": of(
        lambda sheet: re.sub(rb"(s3: .*), read: \w+", rb"\1", sheet), "  s3: ", "read: yes or no"
    ),
    "an unknown field of a sentence": put(
        "{begins: This visit marks", "{note: x, begins: This visit marks", "note: x", "s3: there is no field 'note'"
    ),
    "a line that the words are not on": put(
        "{begins: This visit marks", "{line: 4, begins: This visit marks", "line: 4", "begin no sentence of line 4"
    ),
    "a line that is no number": put(
        "{begins: This visit marks", "{line: five, begins: This visit marks", "line: five", "is no whole number"
    ),
    "a line before the first": put(
        "{begins: This visit marks", "{line: 0, begins: This visit marks", "line: 0", "lines count from 1"
    ),
    "words set aside that are not there": put(
        "{begins: This visit marks",
        '{aside: [{words: "This visit’s", why: x}], begins: This visit marks',
        'words: "This visit’s", why: x}]',
        "'This visit’s' does not stand in s3",
    ),
    "words set aside in other capitals": put(
        "{begins: This visit marks",
        "{aside: [{words: this visit, why: x}], begins: This visit marks",
        "words: this visit, why: x}]",
        "does not stand in s3; the text has 'This visit'",
    ),
    "words set aside that stand there twice": put(
        "{begins: This visit marks",
        "{aside: [{words: the, why: x}], begins: This visit marks",
        "words: the, why: x}]",
        "'the' stands 3 times in s3; give more",
    ),
    "words set aside without a reason": put(
        "{begins: This visit marks",
        "{aside: [{words: This visit}], begins: This visit marks",
        "words: This visit}]",
        "expected {words: what states nothing, why: the reason}",
    ),
    "words set aside for an empty reason": put(
        "{begins: This visit marks",
        "{aside: [{words: This visit, why: ''}], begins: This visit marks",
        "words: This visit, why: ''}]",
        "s3, aside, why: nothing stands here",
    ),
    "no sentences": of(
        lambda sheet: re.sub(rb"sentences:\n(  s.*\n)+", b"sentences: {}\n", sheet), "sentences: {}", "there is none"
    ),
}

WRITING = {
    "a part twice": of(add("\nthings: {}\n"), "things: {}", "the key 'things' stands here again", "line "),
    "a field twice": put(
        STATE, STATE + "    modality: ongoing\n", "modality: ongoing\n  s2-led:", "the key 'modality' stands here again"
    ),
    "a field twice in braces": put("size: 60", "size: 60, size: 61", "size: 61", "the key 'size' stands here again"),
    "a thing twice": put(
        "  matter/economic-models: {",
        "  group/officials: {}\n  matter/economic-models: {",
        "group/officials: {}",
        "'group/officials' stands here again",
    ),
    "a fact twice": put(
        "  s2-led:\n", "  s2-size:\n", f"s2-size:\n    {SIZE[:-9]}head", "the key 's2-size' stands here again"
    ),
    "a byte order mark": of(lambda sheet: b"\xef\xbb\xbf" + sheet, "# yaml-language-server", "byte order mark"),
    "CRLF": of(lambda sheet: sheet.replace(b"\n", b"\r\n"), "# yaml-language-server", "CR or CRLF", "LF alone"),
    "one CR": put("  language: en\n", "  language: en\r", "  language: en", "CR or CRLF"),
    "a line separator": put("size: 60", "size: 60\u2028", "size: 60", "U+2028", "LF alone"),
    "bytes that are not UTF-8": of(
        lambda sheet: sheet.replace(b"  s2-diarra-rank:", b"  s2-diarra-rank: # \xef"),
        "  s2-diarra-rank:",
        "byte 0xef is not UTF-8",
    ),
    "a control character": put("size: 60", "size: 6\x000", "size: 6", "U+0000"),
    "an escape for NUL": put("wording: deepens", 'wording: "deep\\x00ens"', "deep\\x00ens", "U+0000"),
    "an escape for a noncharacter": put("wording: deepens", 'wording: "\\uFFFE"', "\\uFFFE", "U+FFFE"),
    "an anchor": put("size: 60", "size: &n 60", "size: &n", "an anchor or alias"),
    "an alias": put("size: 60", "size: *n", "size: *n", "an anchor or alias"),
    "a tag": put("size: 60", "size: !!int 60", "!!int", "a tag (tag:yaml.org,2002:int)"),
    "a tag of Python's": put("size: 60", "size: !!python/object/apply:os.getcwd []", "!!python", "a tag"),
    "a merge key": put("size: 60", "<<: *n", "<<: *n", "an anchor or alias"),
    "deep nesting": put("size: 60", f"size: {'[' * 30}60{']' * 30}", "size: [[", "nested more than 20 deep"),
    "bottomless nesting": put("size: 60", f"size: {'[' * 100_000}", "size: [[", "is not YAML"),
    "a list as a key": put("size: 60", "? [size] : 60", "? [size]", "key: a list stands here"),
    "a second document": of(add("---\nfacts: {}\n"), "---", "a second YAML document begins"),
    "a colon that needs quotation marks": put(
        "wording: deepens", "wording: a: b", "wording: a: b", "is not YAML", "quotation marks"
    ),
    "a bracket that is not closed": put(
        TEAM, "quotes: [60-member team", "modality: state\n  s2-led:", "is not YAML", "that begins on line"
    ),
    "an empty file": of(lambda _: b"", None, "is empty"),
    "comments alone": of(lambda _: b"# to be written\n", None, "is empty"),
    "a list for a sheet": of(lambda _: b"- facts\n", "- facts", "a mapping (key: value) was expected"),
}

FILES = {
    "a text that was changed": put(
        "60-member team",
        "61-member team",
        "  sha256:",
        "is not the text that this sheet",
        "is a new document",
        file=TEXT,
        told=SHEET,
    ),
    "a checksum that does not fit": put("sha256: e3ed", "sha256: 03ed", "sha256: 03ed", "its sha256 is e3ed"),
    "a text that is missing": of(lambda _: None, "  text: ", "no file 'mali-2025-07-28.txt'", file=TEXT, told=SHEET),
    "a text that is misspelt": put(
        "  text: mali-2025-07-28.txt", "  text: mali-2025-07-29.txt", "07-29.txt", "did you mean mali-2025-07-28.txt"
    ),
    "a text in another folder": put("  text: mali", "  text: ../mali", "../mali", "without a folder"),
    "a folder for a text": put("  text: mali-2025-07-28.txt", "  text: ..", "  text: ..", "no file '..'"),
    "a text in CRLF": of(lambda text: text.replace(b"\n", b"\r\n"), "Russia deepens", "CR or CRLF", file=TEXT),
    "a text with a byte order mark": of(lambda text: b"\xef\xbb\xbf" + text, "Russia deepens", "byte order", file=TEXT),
    "a text that is not UTF-8": of(
        lambda text: text.replace("ï Diarra, Chief".encode(), b"\xef Diarra, Chief"),
        "The 60-member team",
        "byte 0xef is not UTF-8",
        file=TEXT,
    ),
    "a key unlike the file's name": put(
        "  key: mali-2025-07-28", "  key: mali", "  key: mali\n", "not the file's name"
    ),
    "a key that is a graph's": put("  key: mali-2025-07-28", "  key: ontology", "  key: ontology", "cannot name"),
}

THINGS = {
    "a state in a sheet": put(
        "\nthings:\n",
        "\nthings:\n  state/benin: {type: State, label: {en: Benin}}\n",
        "state/benin",
        "belongs to an authority file",
    ),
    "an event with a type": put(
        "event/ru-ml-2025-07-28-visit: {",
        "event/ru-ml-2025-07-28-visit: {type: Visit, ",
        "type: Visit",
        "has a type",
        "leave a label only",
    ),
    "an initiative without a type": put(
        "initiative/ru-ml-deals: {type: Initiative, ",
        "initiative/ru-ml-deals: {",
        "initiative/ru-ml-deals: {label",
        "has no type",
        "type: Initiative",
    ),
    "a class that does not fit": put(
        "group/officials: {type: Group", "group/officials: {type: State", "type: State", "expected type: Group"
    ),
    "a label that is not English": put(
        "group/officials: {type: Group, label: {en: ",
        "group/officials: {type: Group, label: {fr: ",
        "label: {fr: Off",
        "no English label",
    ),
    "no label": put(
        "matter/economic-models: {type: Matter, label:",
        "matter/economic-models: {type: Matter, alias:",
        "matter/economic-models: {",
        "has no label",
    ),
    "a name in capitals": put(
        "  matter/economic-models: {", "  matter/Economic-models: {", "matter/Economic", "a-z, 0-9"
    ),
    "a type of thing that is none": put(
        "  matter/economic-models: {",
        "  thing/economic-models: {",
        "thing/economic-models: {",
        "is no reference",
        "matter",
    ),
    "a stance under things": put(
        "\nthings:\n", "\nthings:\n  stance/x: {type: Stance, label: {en: x}}\n", "stance/x", "is not introduced here"
    ),
    "a group in an authority file": of(
        add("group/x: {type: Group, label: {en: x}}\n"), "group/x", "belongs to one document", file=STATES
    ),
    "a thing in two authority files": of(
        add("state/mali: {type: State, label: {en: Mali}}\n"),
        "state/mali:\n",
        "is there already, in bodies.yaml",
        file=BODIES,
        told=STATES,
    ),
    "a thing in an authority file and a sheet": of(
        add("initiative/ru-ml-deals: {type: Initiative, label: {en: Deals}}\n"),
        "  initiative/ru-ml-deals: {type",
        "is in bodies.yaml, line",
        "already",
        file=BODIES,
        told=SHEET,
    ),
    "an unknown field of a thing": put(
        "  country: state/niger", "  capital: state/niger", "capital: state/niger", "no field 'capital'", file=PLACES
    ),
    "a country that is none": put(
        "  country: state/niger",
        "  country: state/nigr",
        "country: state/nigr",
        "nothing is called",
        "did you mean state/niger",
        file=PLACES,
    ),
    "a place for a country": put(
        "  country: state/niger", "  country: place/niamey", "country: place/niamey", "state/...", file=PLACES
    ),
    "two labels in one language": put(
        "label: {en: Mali, ",
        "label: {en: [Mali, Republic], ",
        "[Mali, Republic]",
        "the second is an alias",
        file=STATES,
    ),
    "a label that ends with a blank": put("{en: Mali, ", '{en: "Mali ", ', '"Mali "', "blanks at an end", file=STATES),
    "a label that is not NFC": put(
        "{en: Boubacar Diané, ", "{en: Boubacar Diane\u0301, ", "Diane\u0301", "NFC", file=PERSONS
    ),
    "a language that is none": put(
        "label: {en: Mali, fr:", "label: {en: Mali, french:", "french:", "'french' is no language tag", file=STATES
    ),
    "an identifier that is no IRI": put(
        "http://www.wikidata.org/entity/Q912", "Q912", '"Q912"', "'Q912' is no IRI", file=STATES
    ),
    "an identifier with a bracket": put(
        "http://www.wikidata.org/entity/Q912", "http://a.example/[", "a.example/[", "is no IRI", file=STATES
    ),
}
