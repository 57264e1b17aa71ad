"""The custodian's commands: which releases there are, whether one is what it says, and back to the one before."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from publisher.commands import examples_of, here
from publisher.errors import NoRelease
from publisher.published import Published
from publisher.release import Release, current
from publisher.releases import find, linked, listed, rollback
from publisher.tables import counted, printable
from publisher.verify import Fault, verify


@click.command(
    "verify",
    epilog=examples_of("communique verify", "communique verify 3f9a20", "communique verify https://data.example.org/"),
)
@click.argument("release", required=False, metavar="[RELEASE | URL]")
@click.option("--json", "as_json", is_flag=True, help="Print what is wrong as JSON.")
@click.pass_context
def verify_command(context: click.Context, release: str | None, as_json: bool) -> None:
    """Hash a release's files, open its store, read its dumps, and say in one line each what is wrong.

    RELEASE is a release's id, or how it begins, or its folder; default: the one that is current. With a URL, where a
    publication is served, its manifest and all its parts are fetched and hashed, and its endpoint is asked.

    Exit code 0: all is what the manifest says; 1: something is not, or cannot be read; 2: the command is wrong.
    """
    if release is not None and "://" in release:
        published = Published.find(release)
        identity, manifest, faults = published.id, published.manifest, published.verify(_watched())
    else:
        found = Release.open(_folder(here().releases, release))
        identity, manifest, faults = found.id, found.manifest, verify(found)
    if as_json:
        told = [{"path": fault.path, "message": fault.message} for fault in faults]
        click.echo(json.dumps({"release": identity, "sound": not faults, "faults": told}, indent=2))
    else:
        _say(identity, manifest, faults)
    context.exit(1 if faults else 0)


def _say(identity: str, manifest: dict[str, Any], faults: list[Fault]) -> None:
    for fault in faults:
        click.echo(printable(str(fault)))
    if faults:
        click.echo(f"release {identity[:12]}: {counted(len(faults), 'fault')}")
        return
    parts, graphs = counted(len(manifest["parts"]), "part"), counted(len(manifest["graphs"]), "graph")
    click.echo(f"release {identity[:12]} is what it says: {parts}, {graphs}, {manifest['triples']:,} triples")


def _watched() -> Callable[[str], None]:
    """Say what is fetched, where a person is watching."""
    return (lambda path: click.echo(f"  {printable(path)}", err=True)) if sys.stderr.isatty() else (lambda _: None)


def _folder(releases: Path, name: str | None) -> Path:
    """Return the folder of a release by its id, or how that begins, or its path; without either, of the current one."""
    if name is None:
        return current(releases)
    if "/" in name or Path(name).is_dir():
        return Path(name).resolve()
    return find(releases, name)


@click.command("rollback", epilog=examples_of("communique rollback", "communique rollback 3f9a20"))
@click.argument("release", required=False)
def rollback_command(release: str | None) -> None:
    """Serve the release again that was current before; a second rollback takes back the first.

    RELEASE is the id of another one, or how it begins. A running server answers the next request from it. A release
    that is damaged is refused, and all stays as it was.
    """
    chosen = rollback(here().releases, release)
    click.echo(f"current is release {chosen.id[:12]}: {chosen.manifest['triples']:,} triples")


@click.command("releases", epilog=examples_of("communique releases", "communique releases --json"))
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def releases_command(as_json: bool) -> None:
    """List the releases, the newest first, with when each was made on this machine."""
    releases = here().releases
    links = {identity: name for name, identity in reversed(linked(releases).items())}
    rows = [_row(folder) | {"link": links.get(folder.name)} for folder in listed(releases)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        told = row["damaged"] or f"{row['triples']:,} triples  {printable(str(row['title']))}"
        click.echo(f"{row['release'][:12]}  {row['made']}  {row['link'] or '':8}  {told}")


def _row(folder: Path) -> dict[str, Any]:
    made = datetime.fromtimestamp(folder.stat().st_mtime, UTC).strftime("%Y-%m-%d %H:%M UTC")
    row = {"release": folder.name, "made": made, "title": None, "triples": None, "damaged": None}
    try:
        manifest = Release.open(folder).manifest
    except NoRelease as error:
        return row | {"damaged": str(error)}
    return row | {"title": manifest.get("title"), "triples": manifest["triples"]}
