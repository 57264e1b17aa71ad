"""What a host does: serve a release, or files of RDF, at an address, within limits."""

from pathlib import Path

import click

from mappings.names import DEFAULT_BASE
from publisher.commands import examples_of, here
from publisher.files import opened
from publisher.options import MEBIBYTES, SECONDS, Options
from publisher.server import HOST, port_of, require_free, serve
from publisher.settings import require_base


@click.command(
    "serve",
    epilog=examples_of(
        "communique serve",
        "communique serve --port 9000",
        "communique serve data.ttl more.nq.gz --port 9000",
        "communique serve --host 0.0.0.0 --allow-host data.example.org --timeout 10 --access-log access.jsonl",
    ),
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(1, 65535), help="Default: the port of the release's base, or 8000.")
@click.option("--host", default=HOST, show_default=True, help="The address to listen on; 0.0.0.0: all of this machine.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    help="A name under which the server may be asked, besides the base's and this machine's. May be repeated.",
)
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(0.1, 3600),
    default=SECONDS,
    show_default=True,
    help="How long a query may run, in seconds.",
)
@click.option(
    "--memory",
    "mebibytes",
    type=click.IntRange(256, 1 << 20),
    default=MEBIBYTES,
    show_default=True,
    help="How much memory the process may have that runs a query, in MiB.",
)
@click.option("--access-log", "log", default="", help="Write each request to this file as a line of JSON; -: to here.")
@click.option("--base", help="With FILE: the base IRI, against which relative IRIs are resolved; default: this server.")
@click.option(
    "--default-graph",
    type=click.Choice(["merge", "as-is"]),
    help="With FILE: what the default graph is; default: the merge of all graphs.",
)
def serve_command(
    files: tuple[Path, ...],
    port: int | None,
    host: str,
    hosts: tuple[str, ...],
    seconds: float,
    mebibytes: int,
    log: str,
    base: str | None,
    default_graph: str | None,
) -> None:
    """Serve the release: pages, data and SPARQL; on this machine only, unless --host says otherwise.

    A new release is served from the next request on; no restart is needed. Queries run in processes of their own, which
    have no network and end at their deadline.

    With FILE, serve files of RDF instead, as they are; no publication is needed. They are in Turtle, N-Triples,
    N-Quads, TriG, RDF/XML or JSON-LD, by the ends of their names, and may be packed by gzip (.gz).
    """
    options = Options(seconds, mebibytes, tuple(name.lower() for name in hosts), log)
    if files:
        base = base or (f"http://localhost:{port}/" if port else DEFAULT_BASE)
        require_base("--base", base)
        require_free(host, port or port_of(base))  # before it takes long to read the files
        with opened(files, base, merge=default_graph != "as-is", say=click.echo) as settings:
            serve(settings, port, click.echo, host, options)
    elif base or default_graph:
        raise click.UsageError("--base and --default-graph are for files. Of a release: communique build --base URL")
    else:
        serve(here(), port, click.echo, host, options)
