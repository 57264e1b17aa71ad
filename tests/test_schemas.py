"""An editor that reads the JSON Schema accepts what the reader accepts, and underlines what it refuses of structure."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from jsonschema import Draft202012Validator

from mappings import KINDS
from publisher import nodes
from publisher.cli import main
from publisher.errors import SheetError
from publisher.schemas import authority_schema, sheet_schema
from publisher.seeds import Seeds
from tests import small
from tests.conftest import ROOT
from tests.edits import SHEET, apply, project
from tests.faults import FAULTS
from tests.source import Source
from tests.test_sheet_fuzz import EDITS, FUZZ, edited

SEEDS = ROOT / "seeds"
#: Where each schema stands, and the command that prints it.
FILES = {SEEDS / "fact-sheet.schema.json": [], SEEDS / "authority" / "authority.schema.json": ["--authority"]}
#: Faults that no schema can see: they lie in the text, in other files, or between two places of the sheet.
UNSEEN = {
    # what stands in the text, and where
    "a capital", "a hyphen for a dash", "a quote across paragraphs", "a quote across two sentences",
    "a quote of another sentence", "a quote of another text", "a quote that stands twice",
    "a quote twice in a sentence", "a quote with a blank too many", "a sentence that is none", "a straight apostrophe",
    "a first sentence that is not first", "a line that the words are not on", "a sentence that is missing",
    "sentences out of order", "words from the middle of a word", "words set aside in other capitals",
    "words set aside that are not there", "words set aside that stand there twice", "words that are not in the text",
    "words that begin several", "words that reach too far", "a date that no quote has", "a title that no quote has",
    "a reason for a long quote that there is not", "words in other capitals", "words that no quote has",
    # the order of keys, and what differs in them
    "a first number that is too high", "numbers out of order", "two keys of one spelling",
    # what other files and other entries have
    "a misspelt group", "a misspelt reference", "a reference to nothing", "an author who is nobody",
    "contradicts a document that is none", "contradicts itself", "contradicts nothing", "contradicts one twice",
    "an entry that says what another says", "a stance that says what another says", "attributed to the author",
    "a key unlike the file's name", "a checksum that does not fit", "a text that is misspelt", "a folder for a text",
    # what a kind means
    "a label by somebody who is named", "a list that is open where there is none",
    "an act with an Initiative that goes on", "an act with an Initiative that is only planned",
    "an entry that says nothing",
    # what takes a calendar, or a parser of IRIs or language tags
    "a language of wrong parts", "a month that is none", "a source that is no IRI",
}  # fmt: skip


class Core(yaml.SafeLoader):
    """YAML 1.2 with its core schema, as editors read it: `yes` and a day are text, `60` and `true` are not."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the name that PyYAML looks for


for tag, pattern, begins in (
    ("null", "^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", "^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", "^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), begins)


def written(node: nodes.Node) -> Any:  # noqa: ANN401 - data
    """Return a file as data in which each value is the text that stands there; where nothing stands, none."""
    if node.kind == "mapping":
        return {str(key.value): written(value) for key, value in node.keyed("")}
    return node.value or None if isinstance(node.value, str) else [written(item) for item in node.items("")]


@pytest.fixture(scope="module")
def sheet(source: Source) -> Draft202012Validator:
    return Draft202012Validator(sheet_schema(source.vocabularies))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_file_is_what_the_command_prints_and_a_schema(file: Path) -> None:
    printed = CliRunner().invoke(main, ["schema", *FILES[file]], env={"COMMUNIQUE_PROJECT": str(ROOT)})
    assert printed.exit_code == 0
    command = f"communique schema {' '.join(FILES[file])} > {file.relative_to(ROOT)}"
    assert file.read_text("utf-8") == printed.output, f"renew it: {command}"
    Draft202012Validator.check_schema(json.loads(printed.output))


@pytest.mark.parametrize("file", sorted(SEEDS.glob("*.yaml")), ids=lambda file: file.name)
def test_each_sheet_is_accepted_and_names_the_schema(file: Path, sheet: Draft202012Validator) -> None:
    assert not list(sheet.iter_errors(yaml.load(file.read_text("utf-8"), Core)))  # noqa: S506 - it is a SafeLoader
    assert not list(sheet.iter_errors(written(nodes.read(file))))
    first = file.read_text("utf-8").partition("\n")[0]
    assert first == "# yaml-language-server: $schema=fact-sheet.schema.json"
    assert (file.parent / first.partition("=")[2]) in FILES


@pytest.mark.parametrize("file", sorted((SEEDS / "authority").glob("*.yaml")), ids=lambda file: file.name)
def test_each_authority_file_is_accepted(file: Path) -> None:
    assert not list(Draft202012Validator(authority_schema()).iter_errors(written(nodes.read(file))))


IN_SHEETS = [name for name, fault in FAULTS.items() if fault.file == fault.told == SHEET]


@pytest.mark.parametrize("name", IN_SHEETS)
def test_a_fault_of_structure_is_refused(name: str, tmp_path: Path, sheet: Draft202012Validator) -> None:
    seeds = project(tmp_path) / "seeds"
    apply(seeds / SHEET, FAULTS[name].change)
    try:
        given = written(nodes.read(seeds / SHEET))
    except SheetError:
        assert name not in UNSEEN
        return  # it is no YAML, or more than a sheet needs: the editor's parser says so
    assert (not list(sheet.iter_errors(given))) == (name in UNSEEN)


def test_the_faults_that_no_schema_sees_are_all_in_the_table() -> None:
    assert set(IN_SHEETS) >= UNSEEN


@pytest.mark.slow
@FUZZ
@given(edits=EDITS)
def test_what_is_read_is_accepted(edits: list[Any], source: Source, sheet: Draft202012Validator, fuzzed: Path) -> None:
    (fuzzed / SHEET).write_bytes(edited(edits))
    try:
        Seeds.read(fuzzed, source.vocabularies)
    except SheetError:
        return
    assert not list(sheet.iter_errors(written(nodes.read(fuzzed / SHEET))))


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("fuzz")) / "seeds"


def test_the_small_document_is_accepted(tmp_path: Path, sheet: Draft202012Validator) -> None:
    assert not list(sheet.iter_errors(written(nodes.read(small.write(tmp_path / "seeds") / "small.yaml"))))


def test_each_kind_each_answer_and_each_concept_is_described(source: Source) -> None:
    schema = sheet_schema(source.vocabularies)
    described = {
        **{kind: schema["$defs"][f"kind-{kind}"] for kind in KINDS},
        **schema["properties"],
        **schema["properties"]["document"]["properties"],
        **{name: one for name, one in schema["$defs"]["entry"]["properties"].items() if name not in KINDS},
    }
    for name, one in described.items():
        assert one["description"].endswith("."), name
    for scheme, names in source.vocabularies.schemes.items():
        concepts = schema["$defs"][f"scheme-{scheme}"]["oneOf"]
        assert {one["const"] for one in concepts} == names
        assert all(one["description"] not in ("", "None") for one in concepts)


def test_a_field_is_described_by_the_docstring_of_its_class(source: Source) -> None:
    journey = sheet_schema(source.vocabularies)["$defs"]["kind-journey"]
    assert journey["description"].startswith("A journey: who travelled")
    assert journey["properties"]["means"]["description"] == "How they travelled."
    assert journey["properties"]["date_text"]["description"] == "The words that date it."
    assert "description" not in journey["properties"]["origin"]
