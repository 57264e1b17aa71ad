"""The asker's command: ask a release, or any SPARQL server, a query."""

import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

import click

from publisher.commands import examples_of, here
from publisher.errors import CommuniqueError, TooMuch
from publisher.examples import example, examples
from publisher.media import GRAPHS, RESULTS
from publisher.release import Release, current
from publisher.stores import LocalStore, RemoteStore
from publisher.tables import table
from publisher.tokens import BOM

FORMATS = (
    {"table": None} | {form.suffix: form.media_type for form in (*RESULTS, *GRAPHS)} | {"json": RESULTS[0].media_type}
)


@click.command(
    "query",
    epilog=examples_of(
        "communique query --example delegation-head",
        "communique query 'SELECT ?s { ?s a <https://w3id.org/communique/ns#Initiative> }' --format csv",
        "communique query question.rq --endpoint https://example.org/sparql",
    ),
)
@click.argument("query", required=False)
@click.option("--example", "name", type=click.Choice([one.name for one in examples()]), help="Ask an example query.")
@click.option("--endpoint", help="Ask this SPARQL server instead of the release.")
@click.option("--base", help="What relative IRIs in the query are resolved against, with --endpoint.")
@click.option(
    "--format", "form", type=click.Choice(sorted(FORMATS)), default="table", help="Default: a table, or Turtle."
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
def query_command(
    query: str | None,
    name: str | None,
    endpoint: str | None,
    base: str | None,
    form: str,
    as_json: bool,
) -> None:
    """Ask the release a SPARQL query, or with --endpoint any SPARQL server.

    QUERY is the query itself, or the name of a file that holds it, or `-` for standard input.
    """
    if (query is None) == (name is None):
        raise click.UsageError("Give either a query or --example NAME.")
    sparql = example(name).sparql if name else _sparql(query or "")
    wanted = FORMATS["json" if as_json else form]
    accept = wanted or "application/sparql-results+json, text/turtle"
    if endpoint:
        answer = RemoteStore(endpoint, base).query(sparql, accept)
        suffix, text = answer.format.suffix, answer.read().decode()
    else:
        suffix, text = _apart(current(here().releases), sparql, accept)
    is_table = wanted is None and suffix == RESULTS[0].suffix
    click.echo(table(json.loads(text)) if is_table else text, nl=is_table)


def _apart(folder: Path, sparql: str, accept: str) -> tuple[str, str]:
    """Ask a release in a process of its own, which the engine may end; return the format's suffix, and the answer.

    Raise TooMuch where it does.
    """
    with ProcessPoolExecutor(1, get_context("fork"), _hush) as other:
        try:
            return other.submit(_ask, folder, sparql, accept).result()
        except BrokenProcessPool:
            raise TooMuch from None


def _hush() -> None:
    """Say nothing: where the engine ends a process, it has many lines to say of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def _ask(folder: Path, sparql: str, accept: str) -> tuple[str, str]:
    answer = LocalStore(Release.open(folder)).query(sparql, accept)
    return answer.format.suffix, answer.read().decode()


def _sparql(given: str) -> str:
    if given == "-":
        return sys.stdin.read().removeprefix(BOM)
    path = Path(given)
    if "\n" not in given and (path.suffix in (".rq", ".sparql") or _is_file(path)):
        try:
            return path.read_text(encoding="utf-8").removeprefix(BOM)
        except OSError as error:
            raise CommuniqueError(f"{given} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommuniqueError(f"{given} is not UTF-8") from error
    return given


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a query on one line is longer than a name may be
        return False
