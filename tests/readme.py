"""The README as tests read it: its sections, and its commands with what they are said to print."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
SECONDS = 120
MEMORY = 8_000_000  # kB of address space for each command; most of what Java takes is never used

Command = tuple[str, list[str]]


def section(title: str) -> str:
    """Return what stands under a heading, with the headings below it."""
    _, level, text = re.split(rf"^(#+) {re.escape(title)}\n", README, maxsplit=1, flags=re.MULTILINE)
    return re.split(rf"^#{{1,{len(level)}}} ", text, maxsplit=1, flags=re.MULTILINE)[0]


def commands(text: str = README) -> list[Command]:
    """Return the commands of a text, each with the lines that it is said to print; `...` stands for any others."""
    found: list[Command] = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line.removeprefix("$ "), []))
            elif line != "...":
                found[-1][1].append(line)
    return found


@dataclass(frozen=True)
class Terminal:
    """A folder where the README's commands are run. ports: for those that it names, the ones to use here.

    memory: how many kB of address space each command may take.
    """

    folder: Path
    ports: dict[str, str]
    memory: int = MEMORY

    @property
    def said(self) -> str:
        """All that was printed so far."""
        log = self.folder / "said.txt"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def meant(self, written: str) -> str:
        """Return a command with the ports and the environment of the test."""
        here = re.sub(r"\d+", lambda number: self.ports.get(number[0], number[0]), written)
        return here.replace(".venv/bin/", f"{BIN}/")

    def start(self, command: str) -> "subprocess.Popen[bytes]":
        """Start a command, in a process group of its own."""
        with (self.folder / "said.txt").open("ab") as said:
            return subprocess.Popen(
                ["bash", "-c", f"ulimit -v {self.memory}; {self.meant(command)}"],
                cwd=self.folder,
                env={**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def run(self, command: Command) -> None:
        """Run a command to its end: it must be a good one, and print what the README shows."""
        written, lines = command
        before = len(self.said)
        process = self.start(written)
        try:
            code = process.wait(timeout=SECONDS)
        finally:
            end(process)
        printed = self.said[before:]
        assert code == 0, f"{written}\n{printed}"
        for line in lines:
            assert self.meant(line.strip()) in printed, f"{written}\nexpected: {line}\nprinted:\n{printed}"


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and what it started, by the id of its group."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            return
        os.killpg(process.pid, number)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            continue
