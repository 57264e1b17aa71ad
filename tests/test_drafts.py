"""What `communique new` writes is read without an error, proposes sentences that people know, and destroys nothing."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from publisher import nodes
from publisher.cli import main
from publisher.drafts import draft, propose
from publisher.errors import SheetError
from publisher.graphs import graphs
from publisher.schemas import sheet_schema
from publisher.seeds import Seeds
from publisher.shapes import Shapes
from publisher.sheets import Sheet, read_sheet
from publisher.texts import Text
from tests.conftest import ROOT
from tests.source import Source, check
from tests.test_schemas import written
from tests.test_sheet_fuzz import FUZZ

TEXTS = sorted((ROOT / "seeds").glob("*.txt"))


def new(file: Path) -> Result:
    result = CliRunner().invoke(main, ["new", str(file)], env={"COMMUNIQUE_PROJECT": str(ROOT)})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def begun(folder: Path, text: str, source: Source) -> Sheet:
    """Return the sheet that is begun for a text, read."""
    (folder / "doc.txt").write_bytes(text.encode())
    file, sheet = draft(Text.read(folder / "doc.txt"))
    file.write_text(sheet, "utf-8")
    return read_sheet(file, {}, source.vocabularies)


def told(folder: Path, text: str, source: Source) -> list[str]:
    """Return the sentences that are proposed for a text."""
    sheet = begun(folder, text, source)
    return [sheet.text.characters[one.start : one.end] for one in sheet.sentences]


@pytest.mark.slow
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_a_sheet_is_begun_for_each_document(text: Path, tmp_path: Path, source: Source) -> None:
    seeds = tmp_path / "seeds"
    shutil.copytree(ROOT / "seeds" / "authority", seeds / "authority")
    shutil.copy(text, seeds)
    result = new(seeds / text.name)
    assert result.exit_code == 0
    assert str(seeds / f"{text.stem}.yaml") in result.output
    read = Seeds.read(seeds, source.vocabularies)
    (sheet,) = read.sheets
    assert sheet.document.title == text.read_text("utf-8").partition("\n")[0]
    assert sheet.document.rights == "rights#quotes"
    assert not sheet.facts
    assert not any(sentence.read for sentence in sheet.sentences)
    assert not check(read, graphs(read, source.vocabularies, source.names), Shapes.read(ROOT), source.names)
    schema = Draft202012Validator(sheet_schema(source.vocabularies))
    assert not list(schema.iter_errors(written(nodes.read(seeds / f"{text.stem}.yaml"))))


def test_the_sentences_of_the_article_are_those_that_a_person_found(source: Source) -> None:
    sheet = next(one for one in source.seeds.sheets if one.document.key == "mali-2025-07-28")
    assert [one.start for one in propose(sheet.text)] == [one.start for one in sheet.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met. They spoke! Did they sign? No.", ["They met.", "They spoke!", "Did they sign?", "No."]),
        ("He met Gen. Diarra in D.C. on Monday. It rained.", ["He met Gen. Diarra in D.C. on Monday.", "It rained."]),
        ("The U.S. Embassy and J. Sison met Mr. Price.", ["The U.S. Embassy and J. Sison met Mr. Price."]),
        ("See No. 5. They said no. Then they left.", ["See No. 5.", "They said no.", "Then they left."]),
        ("“We agree.” He left. (So they say.) It ended.", ["“We agree.”", "He left.", "(So they say.)", "It ended."]),
        ("1. The parties agree. 2. They sign.", ["1. The parties agree.", "2. They sign."]),
        ("it grew by 3.5 percent. and so on", ["it grew by 3.5 percent. and so on"]),
        ("A title\n\n  A sentence\nAnother\n", ["A title", "A sentence", "Another"]),
        ("Le président a reçu M. Diarra. Élu en 2020.", ["Le président a reçu M. Diarra.", "Élu en 2020."]),
        ("Встреча прошла в г. Москве. Стороны договорились.", ["Встреча прошла в г. Москве.", "Стороны договорились."]),
        ("Thank you.\nYes.\nThank you.", ["Thank you.", "Yes.", "Thank you."]),
        ("No. No. No. Yes.", ["No. No. No.", "Yes."]),
        ("Yes. No. Yes. No.", ["Yes. No. Yes. No."]),
    ],
)  # fmt: skip
def test_a_text_falls_into_these_sentences(text: str, expected: list[str], tmp_path: Path, source: Source) -> None:
    assert told(tmp_path, text, source) == expected


PIECES = (
    "A", "visit", "No.", "Mali", "D.C.", "Gen.", "J.", "“Yes.”", "null", "yes", "#", "- ", ": ", "{", "}", "[", "]",
    ",", "'", '"', "\\", "%", "@", "`", "!", "&", "*", "|", ">", "?", "…", "\n", "\n\n", " ", "\t", "\u00a0",
    "\u3000", "\ufeff", "\u202e", "é", "e\u0301", "😀", "\U000e0001", "12", "007", "~", "---", "...", "=", "<<",
)  # fmt: skip


@FUZZ
@given(text=st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join) | st.text(max_size=80))
@example(text="a\na\na")
@example(text="A B. A B. A B.")
@example(text="---\n...")
def test_what_is_begun_for_any_text_is_read(
    text: str, source: Source, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    try:
        sheet = begun(folder, text, source)
    except SheetError as error:  # not a text: nothing in it, or what no text may have
        assert all(problem.file == folder / "doc.txt" for problem in error.problems), error
        return
    assert sheet.sentences[0].key in ("s0", "s1")
    assert "".join("".join(text[one.start : one.end].split()) for one in sheet.sentences) == "".join(text.split())
    assert sheet.document.title in text


def test_a_headline_is_s0_and_a_sentence_is_s1(tmp_path: Path, source: Source) -> None:
    assert begun(tmp_path, "A visit to Bamako\n\nThey met.", source).sentences[0].key == "s0"
    assert begun(tmp_path, "They met. They left.", source).sentences[0].key == "s1"


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_text("A visit", "utf-8")
    (tmp_path / "doc.yaml").write_text("precious", "utf-8")
    result = new(tmp_path / "doc.txt")
    assert result.exit_code == 2
    assert "doc.yaml: is there already" in result.output
    assert (tmp_path / "doc.yaml").read_text("utf-8") == "precious"


@pytest.mark.parametrize(
    ("name", "better"),
    [("Visit à Bamako.txt", "visit-a-bamako.txt"), ("ontology.txt", "a-ontology.txt"), ("визит.txt", "document.txt")],
)
def test_a_name_that_can_be_no_key_is_refused_with_one_that_can(name: str, better: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("A visit", "utf-8")
    result = new(tmp_path / name)
    assert result.exit_code == 2
    assert f"call it {better}" in result.output
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("text", "words"), [(b" \n", "holds no words"), (b"A\r\nB", "CR or CRLF"), (b"\xff", "not UTF-8")]
)
def test_what_is_no_text_is_refused(text: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / "doc.txt").write_bytes(text)
    result = new(tmp_path / "doc.txt")
    assert result.exit_code == 2
    assert words in result.output
    assert not (tmp_path / "doc.yaml").exists()


def test_a_text_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = new(tmp_path / "doc.txt")
    assert result.exit_code == 2
    assert "doc.txt: cannot be read" in result.output
