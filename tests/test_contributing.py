"""CONTRIBUTING is true: its paragraph becomes a sheet by the commands that it names, and is left as it says."""

import re
import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from publisher.cli import main
from tests.conftest import ROOT
from tests.edits import project

TOLD = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
PART = TOLD[TOLD.index("## Add a document") : TOLD.index("## Add a kind of fact")]


def run(folder: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, list(words), env={"COMMUNIQUE_PROJECT": str(folder)})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_its_paragraph_becomes_a_sheet_that_is_read_covered_and_checked(tmp_path: Path) -> None:
    seeds = project(tmp_path) / "seeds"
    shutil.rmtree(seeds)
    shutil.copytree(ROOT / "seeds" / "authority", seeds / "authority")
    header, entries, aside = re.findall(r"```yaml\n(.*?)```", PART, re.DOTALL)

    text = "\n".join(re.findall(r"(?m)^    (\S.*\.|\S[\w ]+)$", PART[: PART.index("```")]))
    (seeds / "talks.txt").write_text(text, "utf-8")
    assert run(tmp_path, "new", str(seeds / "talks.txt")).exit_code == 0
    begun = (seeds / "talks.yaml").read_text("utf-8")
    for line in header.splitlines():
        if "sha256" not in line:
            assert re.sub(r"\s+#.*", "", line) in begun

    (key,) = re.findall(r"s\d+: ", aside)
    read = re.sub(rf"(?m)^  {key}.*\n", lambda _: aside, begun[: begun.index("things:")]) + entries
    (seeds / "talks.yaml").write_text(
        read.replace("s1: {begins: The 60-member team, read: no", "s1: {begins: The 60-member team, read: yes"), "utf-8"
    )
    shown = run(tmp_path, "coverage", "talks")
    assert shown.exit_code == 1
    (left,) = re.findall(r"is left: (.*)\. It ends", PART.replace("\n", " "))
    assert f"uncovered: {', '.join(re.findall('`(.*?)`', left))}\n" in shown.output
    assert "0 violations" in run(tmp_path, "check").output


def test_every_command_of_the_curator_is_in_it() -> None:
    for command in ("new", "schema", "coverage", "check"):
        assert f"communique {command}" in TOLD
