"""The command line: each command reads its options, makes one call and prints.

Exit codes: 0 all is well; 1 no, or something went wrong; 2 what was written cannot be read, or the command is wrong;
3 a program is missing.
"""

import errno
from importlib import import_module
from typing import Any

import click

from publisher.errors import CommuniqueError, SheetError


class Command(click.Command):
    """A command as the list of all shows it. The module that has it is imported when it is asked for, and no other.

    module: in `publisher`; it has the command as `{name}_command`. summary: how its help begins.
    """

    def __init__(self, name: str, module: str, summary: str) -> None:
        super().__init__(name, help=summary)
        self._module = module

    def whole(self) -> click.Command:
        """Import it."""
        found: click.Command = getattr(import_module(f"publisher.{self._module}"), f"{self.name}_command")
        return found


COMMANDS = (
    Command("build", "maker", "Build a release: read the seeds, check them, write store and dumps."),
    Command("check", "curator", "Check documents against the shapes, without building a release."),
    Command("coverage", "curator", "Show which words of a document its facts quote, and which are still uncovered."),
    Command("init", "curator", "Begin a publication of your own in DIR: a new folder, or one that is empty."),
    Command("new", "curator", "Begin the fact sheet of a text: TEXT with .yaml at its end, beside it."),
    Command("query", "asker", "Ask the release a SPARQL query, or with --endpoint any SPARQL server."),
    Command("reason", "maker", "Ask HermiT whether the ontology and the release's world are consistent."),
    Command("releases", "custodian", "List the releases, the newest first, with when each was made on this machine."),
    Command("rollback", "custodian", "Serve the release again that was current before; a second takes it back."),
    Command("schema", "curator", "Print the JSON Schema of a fact sheet, with which an editor completes."),
    Command("serve", "host", "Serve the release: pages, data and SPARQL; on this machine only, by default."),
    Command("verify", "custodian", "Hash a release's files, open its store, read its dumps, and say what is wrong."),
)


class Group(click.Group):
    """A group whose commands are imported when they are run, and end with a message, never with a traceback."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is run, whole, with its name and its words."""
        name, command, words = super().resolve_command(ctx, args)
        return name, command.whole() if isinstance(command, Command) else command, words

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Run a command; say what a person can mend, and exit with its code."""
        try:
            return super().invoke(ctx)
        except CommuniqueError as error:
            click.echo(_told(error), err=True)
            ctx.exit(error.exit_code)
        except OSError as error:  # a full disk, a device that is gone; of a closed pipe click itself takes care
            if error.errno == errno.EPIPE:
                raise
            where = f" {error.filename}" if error.filename else ""
            click.echo(f"Something could not be read or written: {error.strerror or error}{where}", err=True)
            ctx.exit(1)


def _told(error: CommuniqueError) -> str:
    if not isinstance(error, SheetError):
        return str(error)
    from publisher import reports  # no command that serves needs what it needs

    return "\n".join(reports.text(error.problems, ())).rstrip()


@click.group(cls=Group, commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="communique", message="communique %(version)s")
def main() -> None:
    """Diplomatic documents in, linked data out: every fact can be traced to the sentence that states it.

    Begin with `communique init DIR`; there, `communique build`, then `communique serve`. A command works on the
    publication in whose folder it is given, or on the one that COMMUNIQUE_PROJECT names.
    """
