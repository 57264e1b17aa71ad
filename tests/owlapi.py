"""Runs a Java program of this folder, with the OWLAPI and the HermiT that owlready2 brings."""

import subprocess
from pathlib import Path

import owlready2

from tests.prerequisites import need

HERE = Path(__file__).parent
JAR = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"  # OWLAPI is inside


def run(program: str, *arguments: Path, given: str = "") -> list[str]:
    """Return the lines that a program prints. It must end well, and complain of nothing."""
    java, _ = need("java"), need("javac")  # Java compiles a source file itself, where the compiler is installed
    done = subprocess.run(
        [java, "-Xmx512M", "-Dfile.encoding=UTF-8", "-cp", JAR, HERE / f"{program}.java", *arguments],
        input=given, capture_output=True, encoding="utf-8", check=False, timeout=300,
    )  # fmt: skip
    complaints = [line for line in done.stderr.splitlines() if not line.startswith("Picked up ")]  # JAVA_TOOL_OPTIONS
    assert (done.returncode, complaints) == (0, [])
    return done.stdout.splitlines()
