"""Imports point one way: from what serves and builds to what reads, from there to what facts mean, and never back."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from mappings import KINDS
from tests.conftest import ROOT

#: The modules of `publisher`, lowest first: each may import those before it, and none after it. All of web/ is one.
ORDER = (
    "errors", "version", "media", "entities", "charsets", "nodes", "settings", "release", "tokens", "words",
    "texts", "kinds", "terms", "rules", "vocabularies", "things", "entries", "documents", "facts", "sheets", "seeds",
    "commands", "datasets", "columns", "places",
    "admission", "drafts", "schemas", "starters", "coverage", "plain", "graphs", "shapes", "findings", "world",
    "inferred", "canonical", "rdfxml", "jsonld", "blocks", "results", "serialise", "turtle", "checks", "processes",
    "reasoner", "examples", "tables", "inputs", "reports", "review", "curator",
    "dumps", "counts", "void", "catalogue", "manifest", "engine", "stores", "verify", "inventory", "loading", "files",
    "published", "releases", "custodian", "asker",
    "build", "maker",
    "options", "protocol", "limits", "frames", "confinement", "worker", "workers", "experience",
    "answers", "lines", "lanes", "pool",
    "web",
    "server", "host", "cli",
)  # fmt: skip
#: What only a build needs. What serves meets it in the release folder, and nowhere else.
OFFLINE = {
    "texts", "kinds", "rules", "vocabularies", "things", "entries", "documents", "facts", "sheets", "seeds", "drafts",
    "schemas", "starters", "coverage", "plain", "graphs", "world", "inferred", "shapes", "findings", "checks",
    "reports", "review", "reasoner", "manifest", "counts", "build", "releases", "curator", "custodian", "catalogue",
    "charsets", "entities", "inputs", "inventory", "loading", "files", "commands", "asker", "maker",
}  # fmt: skip

FILES = sorted(path for package in ("publisher", "mappings") for path in (ROOT / package).rglob("*.py"))
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in FILES}


def imports(path: Path) -> set[str]:
    """Return the modules that a file imports, wherever in it: of `from a import b` the module a.b, where it is one."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            module = node.module or ""
            found |= {name if (name := f"{module}.{alias.name}") in MODULES else module for alias in node.names}
    return found


def place(module: str) -> str:
    """Return a module's name in the list: `web` for all of publisher.web."""
    return module.split(".")[1]


def inside(package: str) -> dict[str, set[str]]:
    """Return what each module of a package imports of the same package."""
    return {
        module: {other for other in imports(path) if other.startswith(f"{package}.")} - {module}
        for module, path in MODULES.items()
        if module.startswith(f"{package}.")
    }


def test_every_module_has_its_place_in_the_list() -> None:
    there = {place(module) for module in MODULES if module.startswith("publisher.")}
    assert there <= set(ORDER), "a new module: say in ORDER what it may import, and what may import it"
    assert len(set(ORDER)) == len(ORDER)


def test_a_module_imports_only_what_comes_before_it_in_the_list() -> None:
    wrong = [
        f"{module} imports {other}"
        for module, others in inside("publisher").items()
        for other in others
        if place(other) != place(module) and ORDER.index(place(other)) > ORDER.index(place(module))
    ]
    assert not wrong


@pytest.mark.parametrize("package", ["mappings", "publisher"])
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    assert list(TopologicalSorter(inside(package)).static_order())


def test_mappings_imports_nothing_of_ours_and_no_way_to_a_file_or_a_network() -> None:
    ours = [path for module, path in MODULES.items() if module.partition(".")[0] == "mappings"]
    every = {other.partition(".")[0] for path in ours for other in imports(path)}
    assert every - {"mappings"} <= {"collections", "dataclasses", "datetime", "hashlib", "rdflib", "re", "typing"}


def test_what_serves_imports_nothing_of_what_builds() -> None:
    arrows = inside("publisher")
    reached, left = set(), [module for module in arrows if place(module) in ("web", "stores")]
    while left:
        module = left.pop()
        reached.add(module)
        left.extend(arrows.get(module, set()) - reached)
    assert "publisher.release" in reached
    assert not {module for module in reached if place(module) in OFFLINE}


def test_nothing_but_a_build_imports_the_checker_and_nothing_that_serves_the_reasoner() -> None:
    using = {name: {m for m, path in MODULES.items() if name in imports(path)} for name in ("pyshacl", "owlready2")}
    assert using == {"pyshacl": {"publisher.checks"}, "owlready2": {"publisher.reasoner"}}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_and_its_first_line_says_what_it_is(path: Path) -> None:
    written = path.read_text("utf-8")
    assert written.count("\n") <= 350, "split it by noun"
    first = (ast.get_docstring(ast.parse(written)) or "").partition("\n")[0]
    assert first.endswith((".", ":")), "a sentence that a stranger could quote"
    assert path.stem not in ("utils", "util", "helpers", "common", "misc", "base")


def test_each_module_of_mappings_maps_a_kind_or_helps_those_that_do() -> None:
    modules = {module.partition(".")[2] for module in MODULES if module.startswith("mappings.")}
    mapping = {kind.triples.__module__.partition(".")[2] for kind in KINDS.values()}
    assert mapping == {kind.entry.__module__.partition(".")[2] for kind in KINDS.values()}
    assert modules == mapping | {"names", "fields", "kinds"}
