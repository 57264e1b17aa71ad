"""Documents: what is known of one, as the header of its fact sheet says, and the text that the header names."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from mappings.names import GRAPHS, SLUG
from publisher.entries import day
from publisher.nodes import Node
from publisher.texts import Text, check_sha256
from publisher.things import Index, did_you_mean, language_tag, web

REQUIRED: Final = ("key", "title", "language", "text", "sha256", "rights")
HEADER: Final = {
    "key": "The file's name without its suffix: part of every IRI, for good.",
    "title": "The document's title, in its own words.",
    "language": "The language of the text, a tag in lower case: en, fr, ru ...",
    "text": "The name of the file beside the sheet that holds the text.",
    "sha256": "The sha256 of the text, as sha256sum prints it. A changed text is a new document.",
    "rights": "Whether the text itself may be published, or quotes from it alone.",
    "author": "Who speaks in the document: a reference to an organisation, a person or a state.",
    "published": "The day on which it was published.",
    "source": "Where it was published: an address on the Web.",
    "as_of": "The latest day on which the text reports something as having happened, where it has no date of its own.",
    "as_of_basis": "Why the text is taken to be of that day.",
}


@dataclass(frozen=True)
class Document:
    """What is known of a document; None where it is not known.

    line: where its header begins in the sheet. author: a reference.
    published, as_of: days. as_of_basis: why the text is taken to be of that day.
    """

    key: str
    line: int
    title: str
    language: str
    rights: str
    author: str
    author_known: bool
    published: date | None
    source: str | None
    as_of: date | None
    as_of_basis: str | None


def read_document(node: Node, line: int, file: Path, names: Index) -> tuple[Document, Text]:
    """Read the header of a sheet and its text. Raise SheetError for the first thing that is wrong."""
    given = node.pairs("document")
    for name in given:
        if name not in HEADER:
            raise node.key(name).error(f"document: there is no field '{name}'{did_you_mean(name, HEADER)}")
    for name in REQUIRED:
        if name not in given:
            raise node.error(f"document: the field '{name}' is missing")
    text = {name: value.text(f"document, {name}") for name, value in given.items()}
    key = text["key"]
    if not SLUG.fullmatch(key) or key in GRAPHS:
        raise given["key"].error(
            f"document, key: '{key}' cannot name a document: expected a-z, 0-9 and single hyphens, "
            f"and none of {', '.join(GRAPHS)}"
        )
    if key != file.stem:
        raise given["key"].error(f"document, key: '{key}' is not the file's name; expected {file.stem}")
    if ("as_of" in given) != ("as_of_basis" in given):
        raise node.error("document: as_of and as_of_basis stand together: the day, and why it is taken to be that day")
    if Path(text["text"]).name != text["text"]:
        raise given["text"].error("document, text: expected the name of a file beside the sheet, without a folder")
    if text["text"] not in (beside := [other.name for other in file.parent.iterdir()]):
        raise given["text"].error(
            f"document, text: there is no file '{text['text']}' beside the sheet{did_you_mean(text['text'], beside)}"
        )
    author = names.thing(given["author"], "document, author", ("org", "person", "state")) if "author" in given else None
    document = Document(
        key=key,
        line=line,
        title=text["title"],
        language=language_tag(given["language"], "document, language"),
        rights=names.concept(given["rights"], "document, rights", "rights"),
        author=author or f"agent/{key}.author",
        author_known=author is not None,
        published=day(given["published"], "document, published") if "published" in given else None,
        source=web(given["source"], "document, source") if "source" in given else None,
        as_of=day(given["as_of"], "document, as_of") if "as_of" in given else None,
        as_of_basis=text.get("as_of_basis"),
    )
    stored = Text.read(file.parent / text["text"])
    check_sha256(stored, given["sha256"])
    return document, stored
