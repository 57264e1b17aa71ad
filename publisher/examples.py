"""The example queries: what a user sees first at the endpoint, each a `.rq` file with its summary in its comments."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

#: The question that a server answers when it is up.
FIRST = "delegation-head"
FORM = re.compile(r"^(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """An example query. name: the file's, without its ending."""

    name: str
    summary: str
    description: str
    sparql: str

    @property
    def form(self) -> str:
        """Its form (SPARQL 1.1 Query, section 16): SELECT, ASK, CONSTRUCT or DESCRIBE, which begins a line."""
        found = FORM.search(self.sparql)
        if found is None:
            raise ValueError(f"{self.name}.rq is no query")
        return found[0]

    def at(self, base: str) -> str:
        """Return the query as any SPARQL server can be asked it: its relative IRIs are those of a publication's."""
        return f"# {self.summary}\n# {self.description}\nBASE <{base}>\n{self.sparql}"


def examples(manifest: Mapping[str, Any] | None = None) -> tuple[Example, ...]:
    """Return all example queries in the order of their names; those that must come back empty stand last.

    manifest: of the release that they are for. Where it is of files, they are queries that fit any data.
    """
    return _read("queries/any") if manifest and "files" in manifest else _read("queries")


@cache
def _read(folder: str) -> tuple[Example, ...]:
    found = [
        _example(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8"))
        for file in files("publisher").joinpath(*folder.split("/")).iterdir()
        if file.name.endswith(".rq")
    ]
    return tuple(sorted(found, key=lambda one: (one.name.startswith("none-"), one.name != FIRST, one.name)))


def example(name: str) -> Example:
    """Return one of them."""
    return next(one for one in examples() if one.name == name)


def _example(name: str, text: str) -> Example:
    said = dict(re.findall(r"^#\+ (\w+): (.*)$", text, re.MULTILINE))
    return Example(name, said["summary"], said["description"], re.sub(r"^#\+.*\n", "", text, flags=re.MULTILINE))
