"""The curator's commands: begin a publication, begin a sheet, have it checked, see what of its text is not read yet."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from publisher import reports
from publisher.commands import examples_of, here, progress
from publisher.coverage import (
    ASIDE,
    COVERED,
    UNCOVERED,
    Coverage,
    SentenceCoverage,
    complete,
    counts,
    coverage,
    data,
    share,
)
from publisher.drafts import write
from publisher.errors import SheetError
from publisher.review import Review, review
from publisher.schemas import authority_schema, sheet_schema, written
from publisher.seeds import Seeds
from publisher.sheets import Sheet
from publisher.starters import start
from publisher.tables import printable
from publisher.texts import Text
from publisher.vocabularies import Vocabularies

#: How a word is shown: what it is, and how to mark it.
Mark = Callable[[str, str], str]


@click.command("coverage", epilog=examples_of("communique coverage", "communique coverage mali-2025-07-28 --json"))
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option("--json", "as_json", is_flag=True, help="Print each word of each sentence with its status as JSON.")
@click.pass_context
def coverage_command(context: click.Context, documents: tuple[str, ...], as_json: bool) -> None:
    """Show which words of a document its facts quote, and which are still uncovered.

    DOCUMENT is a document's key or its sheet's path; default: all documents. Words of grammar do not count. Uncovered
    words are coloured on a terminal, and in [brackets] elsewhere. No release is needed.

    Exit code 0: each content word is covered or set aside; 1: some are not; 2: a sheet cannot be read.
    """
    found = [coverage(sheet) for sheet in _sheets(here().project, documents)]
    if as_json:
        click.echo(json.dumps({"documents": [data(one) for one in found]}, ensure_ascii=False, indent=2))
    else:
        colour = _colours()
        for one in found:
            click.echo("\n".join(_shown(one, _coloured if colour else _bracketed)), color=colour)
    context.exit(0 if all(map(complete, found)) else 1)


def _sheets(project: Path, documents: tuple[str, ...]) -> tuple[Sheet, ...]:
    """Read the sheets of these documents, or of all; raise one SheetError for all that is wrong."""
    seeds, problems = Seeds.gather(project / "seeds", Vocabularies.read(project), documents)
    if problems:
        raise SheetError(problems)
    return seeds.sheets


def _coloured(word: str, status: str) -> str:
    if status == UNCOVERED:
        return click.style(word, fg="red", underline=True)
    return click.style(word, dim=True) if status == ASIDE else word


def _bracketed(word: str, status: str) -> str:
    return f"[{word}]" if status == UNCOVERED else word


def _shown(whole: Coverage, mark: Mark) -> Iterator[str]:
    read = sum(one.sentence.read for one in whole.sentences)
    yield f"{whole.document}: {_summary(whole)}; {read} of {len(whole.sentences)} sentences read"
    for one in whole.sentences:
        key = one.sentence.key
        if not one.sentence.read:
            yield f"\n{key}  not read\n    {printable(one.text)}"
            continue
        text, last = "", one.sentence.start
        for word in one.words:
            text += printable(one.text[last - one.sentence.start : word.start - one.sentence.start])
            text += mark(printable(word.text), word.status)
            last = word.end
        yield f"\n{key}  {_summary(one)}\n    {text}{printable(one.text[last - one.sentence.start :])}"
        if one.facts:
            yield f"    entries: {', '.join(one.facts)}"
        if uncovered := [printable(word.text) for word in one.words if word.status == UNCOVERED]:
            yield f"    uncovered: {', '.join(uncovered)}"
        if one.long:
            yield f"    quotes too long to cover anything, unless long_quote says why: {', '.join(one.long)}"
        for aside in one.sentence.aside:
            yield f"    set aside: “{printable(aside.words)}” ({printable(aside.why)})"
    yield ""


def _summary(part: Coverage | SentenceCoverage) -> str:
    of = counts(part)
    aside = f", {of[ASIDE]} set aside" if of[ASIDE] else ""
    total = of[COVERED] + of[UNCOVERED]
    return f"{of[COVERED]} of {total} content words covered ({int(share(part) * 100)} %){aside}"


@click.command(
    "check",
    epilog=examples_of(
        "communique check",
        "communique check mali-2025-07-28",
        "communique check --format json | jq '.findings[].message'",
    ),
)
@click.argument("documents", nargs=-1, metavar="[DOCUMENT]...")
@click.option("--format", "form", type=click.Choice(["text", "json", "ttl"]), default="text", help="Default: text.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--processes", type=click.IntRange(0, 256), default=0, help="How many; default: one for each core.")
@click.pass_context
def check_command(context: click.Context, documents: tuple[str, ...], form: str, as_json: bool, processes: int) -> None:
    """Check documents against the shapes, without building a release.

    DOCUMENT is a document's key or its sheet's path; default: all documents. Shows the line of whatever is wrong, with
    the part that is meant underlined, and what to do. What speaks of several documents is checked among those that are
    named. Warnings stop nothing: they stand in the release's report.

    Exit code 0: no shape is violated; 1: one is; 2: something cannot be read, and the rest was checked.
    """
    settings = here()
    found = review(settings.project, documents, processes, progress)
    if form == "ttl" and not as_json:
        click.echo(reports.turtle(found.findings, found.names, settings.project, complete=not found.problems), nl=False)
        click.echo("\n".join(reports.text(found.problems, ())).rstrip(), err=True, nl=bool(found.problems))
    elif form == "json" or as_json:
        click.echo(json.dumps(reports.data(found.problems, found.findings), ensure_ascii=False, indent=2))
    else:
        colour = _colours()
        lines = reports.text(found.problems, found.findings, _painted if colour else reports.plain)
        click.echo("\n".join([*lines, *_counted(found)]), color=colour)
    violated = any(one.violates for one in found.findings)
    context.exit(2 if found.problems else 1 if violated else 0)


def _colours() -> bool:
    return bool(sys.stdout and sys.stdout.isatty()) and not os.environ.get("NO_COLOR")


def _painted(text: str, kind: str) -> str:
    return click.style(text, bold=True, fg={"warning": "yellow", "place": None}.get(kind, "red"))


def _counted(found: Review) -> Iterator[str]:
    for sheet in found.seeds.sheets:
        unread = [sentence.key for sentence in sheet.sentences if not sentence.read]
        if unread:
            yield f"{sheet.document.key}: not yet read: {', '.join(unread)}"
    yield reports.summary(len(found.seeds.sheets), found.problems, found.findings)


@click.command("init", epilog=examples_of("communique init my-publication"))
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init_command(folder: Path) -> None:
    """Begin a publication of your own in DIR: a new folder, or one that is empty.

    It has a short invented document with its fact sheet, to be overwritten, authority files, publication.toml, and a
    README that says what to do next. Nothing is ever written over.
    """
    start(folder)
    click.echo(f"{folder}: a publication with an example. Go there, then: communique build && communique serve")
    click.echo(f"What to do next: {folder / 'README.md'}")


@click.command("new", epilog=examples_of("communique new seeds/mali-2025-07-28.txt"))
@click.argument("text", type=click.Path(path_type=Path))
def new_command(text: Path) -> None:
    """Begin the fact sheet of a text: TEXT with .yaml at its end, beside it.

    It has the header, the sentences as they are proposed, none of them read, and an example of an entry. What is known
    of the document is for you to fill in. A file that is there is never written over.
    """
    file = write(Text.read(text))
    click.echo(f"{file}: fill in its header, then read one sentence after another")


@click.command("schema", epilog=examples_of("communique schema > seeds/fact-sheet.schema.json"))
@click.option("--authority", is_flag=True, help="Print the schema of an authority file instead.")
def schema_command(authority: bool) -> None:
    """Print the JSON Schema of a fact sheet, with which an editor completes and underlines while one types.

    The first line of a sheet names it. Print it anew after a change of kinds or vocabularies.
    """
    vocabularies = Vocabularies.read(here().project)
    click.echo(written(authority_schema() if authority else sheet_schema(vocabularies)), nl=False)
