"""The command line: each command reads its options, makes one call and prints.

Exit codes: 0 all is well; 1 no, or something went wrong; 2 what was written cannot be read, or the command is wrong;
3 a program is missing.
"""

import errno
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
import pyoxigraph as ox
from rdflib import Graph

from mappings import Names
from publisher import reports
from publisher.build import build
from publisher.curator import (
    check_command,
    coverage_command,
    examples_of,
    here,
    init_command,
    new_command,
    schema_command,
)
from publisher.custodian import releases_command, rollback_command, verify_command
from publisher.errors import CommuniqueError, SheetError
from publisher.examples import example, examples
from publisher.host import serve_command
from publisher.media import GRAPHS, RESULTS
from publisher.reasoner import reason
from publisher.release import Release, current
from publisher.stores import LocalStore, RemoteStore, Store
from publisher.tables import counted, table
from publisher.vocabularies import Vocabularies
from publisher.world import world

FORMATS = (
    {"table": None} | {form.suffix: form.media_type for form in (*RESULTS, *GRAPHS)} | {"json": RESULTS[0].media_type}
)


class Group(click.Group):
    """A group whose commands end with a message, never with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run a command; say what a person can mend, and exit with its code."""
        try:
            return super().invoke(ctx)
        except CommuniqueError as error:
            told = reports.text(error.problems, ()) if isinstance(error, SheetError) else [str(error)]
            click.echo("\n".join(told).rstrip(), err=True)
            ctx.exit(error.exit_code)
        except OSError as error:  # a full disk, a device that is gone; of a closed pipe click itself takes care
            if error.errno == errno.EPIPE:
                raise
            where = f" {error.filename}" if error.filename else ""
            click.echo(f"Something could not be read or written: {error.strerror or error}{where}", err=True)
            ctx.exit(1)


def _progress() -> Callable[[str], None]:
    """Say what goes on, where a person is watching."""
    return (lambda text: click.echo(f"  {text}", err=True)) if sys.stderr.isatty() else (lambda _: None)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="communique", message="communique %(version)s")
def main() -> None:
    """Diplomatic documents in, linked data out: every fact can be traced to the sentence that states it.

    Begin with `communique init DIR`; there, `communique build`, then `communique serve`. A command works on the
    publication in whose folder it is given, or on the one that COMMUNIQUE_PROJECT names.
    """


@main.command("build", epilog=examples_of("communique build", "communique build --base https://data.example.org/"))
@click.option("--base", help="The base IRI of the data; default: the one in publication.toml.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest of the release.")
def build_command(base: str | None, as_json: bool) -> None:
    """Build a release: read the seeds, check them, write store and dumps, and let `current` point to it.

    What is wrong stops the build, and the release that is served stays as it was.
    """
    release = build(here(), base, _progress())
    if as_json:
        click.echo(json.dumps({"release": release.id, **release.manifest}, ensure_ascii=False, indent=2))
        return
    documents = release.manifest["documents"]
    click.echo(
        f"release {release.id[:12]}: {counted(len(documents), 'document')}, "
        f"{counted(sum(one['facts'] for one in documents.values()), 'fact')}, {release.manifest['derived']:,} derived; "
        f"{release.manifest['triples']:,} triples; no violation, {counted(release.manifest['warnings'], 'warning')}"
    )
    for key, one in documents.items():
        click.echo(f"  {key}: {one['facts']} facts; {one['read']} of {one['sentences']} sentences read")
    click.echo(f"  {release.folder}")


def _stated(release: Release) -> Graph:
    """Return what a release states: the merge of its graphs, but for the one of what rules concluded from it."""
    left_out = (ox.DefaultGraph(), ox.NamedNode(str(Names(release.base).graph("inferred"))))
    quads = ox.parse(path=release.folder / "dumps" / "communique.nq")
    triples = {quad.triple for quad in quads if quad.graph_name not in left_out}
    return Graph(bind_namespaces="none").parse(
        data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt"
    )


@main.command("reason", epilog=examples_of("communique reason", "communique reason --json"))
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.pass_context
def reason_command(context: click.Context, as_json: bool) -> None:
    """Ask HermiT whether the ontology and the release's world are consistent, and what follows.

    Needs Java. Exit code 0: consistent; 1: not; 3: there is no Java.
    """
    settings = here()
    release = Release.open(current(settings.releases))
    ontology = Vocabularies.read(settings.project).world
    verdict = reason(ontology, world([_stated(release)], Names(release.base)), _progress())
    if as_json:
        click.echo(json.dumps(asdict(verdict), ensure_ascii=False, indent=2))
    elif not verdict.consistent:
        click.echo("inconsistent: the ontology and what the release says of the world cannot both be true")
    else:
        click.echo(f"consistent; {counted(len(verdict.unsatisfiable), 'unsatisfiable class')}")
        for unsatisfiable in verdict.unsatisfiable:
            click.echo(f"  nothing can be a {unsatisfiable}")
        prefixes = LocalStore(release).prefixes
        follows = [" ".join(_short(iri, prefixes) for iri in triple) for triple in verdict.inferred]
        ours = [line for line in follows if "cmq:" in line]
        others = len(follows) - len(ours)
        click.echo(f"{counted(len(ours), 'conclusion')}, and {others} more in others' terms (--json has all):")
        click.echo("\n".join(f"  {line}" for line in ours))
    context.exit(0 if verdict.consistent and not verdict.unsatisfiable else 1)


def _short(iri: str, prefixes: Any) -> str:  # noqa: ANN401 - a mapping of texts
    for prefix, namespace in prefixes.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


@main.command(
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
    store: Store = RemoteStore(endpoint, base) if endpoint else LocalStore(Release.open(current(here().releases)))
    wanted = FORMATS["json" if as_json else form]
    if wanted is not None:
        answer = store.query(sparql, wanted)
        click.echo(answer.read().decode(), nl=False)
        return
    answer = store.query(sparql, "application/sparql-results+json, text/turtle")
    text = answer.read().decode()
    click.echo(table(json.loads(text)) if answer.format is RESULTS[0] else text, nl=answer.format is RESULTS[0])


def _sparql(given: str) -> str:
    if given == "-":
        return sys.stdin.read()
    path = Path(given)
    if len(given) < 1024 and "\n" not in given and (path.suffix in (".rq", ".sparql") or path.is_file()):
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            raise CommuniqueError(f"{given} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise CommuniqueError(f"{given} is not UTF-8") from error
    return given


for command in (
    *(init_command, new_command, coverage_command, check_command, schema_command),
    *(verify_command, rollback_command, releases_command),
    serve_command,
):
    main.add_command(command)
