"""The maker's commands: build a release, and ask a reasoner what follows from it."""

import json
from dataclasses import asdict
from typing import Any

import click
import pyoxigraph as ox
from rdflib import Graph

from mappings import Names
from publisher.build import build
from publisher.commands import examples_of, here, progress
from publisher.reasoner import reason
from publisher.release import Release, current
from publisher.stores import LocalStore
from publisher.tables import counted
from publisher.vocabularies import Vocabularies
from publisher.world import world


@click.command("build", epilog=examples_of("communique build", "communique build --base https://data.example.org/"))
@click.option("--base", help="The base IRI of the data; default: the one in publication.toml.")
@click.option("--json", "as_json", is_flag=True, help="Print the manifest of the release.")
def build_command(base: str | None, as_json: bool) -> None:
    """Build a release: read the seeds, check them, write store and dumps, and let `current` point to it.

    What is wrong stops the build, and the release that is served stays as it was.
    """
    release = build(here(), base, progress)
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


@click.command("reason", epilog=examples_of("communique reason", "communique reason --json"))
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.pass_context
def reason_command(context: click.Context, as_json: bool) -> None:
    """Ask HermiT whether the ontology and the release's world are consistent, and what follows.

    Needs Java. Exit code 0: consistent; 1: not; 3: there is no Java.
    """
    settings = here()
    release = Release.open(current(settings.releases))
    ontology = Vocabularies.read(settings.project).world
    verdict = reason(ontology, world([_stated(release)], Names(release.base)), progress)
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
