"""`communique init` begins a publication that works as it is, and writes over nothing."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher import starters
from publisher.cli import main
from publisher.settings import PACKAGE, Settings
from tests.conftest import ROOT


def run(*words: str, project: Path | None = None) -> Result:
    result = CliRunner().invoke(main, list(words), env={"COMMUNIQUE_PROJECT": str(project) if project else None})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun") / "of" / "my-own"
    result = run("init", str(folder))
    assert result.exit_code == 0
    assert f"What to do next: {folder / 'README.md'}" in result.output
    return folder


def test_nothing_is_found_in_its_document_and_nothing_is_left_over(begun: Path) -> None:
    assert run("check", project=begun).output == "0 violations, 0 warnings; 1 document checked\n"
    assert run("coverage", project=begun).exit_code == 0


def test_it_says_itself_that_it_is_an_example(begun: Path) -> None:
    assert "An invented example" in (begun / "seeds" / "example.txt").read_text("utf-8")
    assert "is invented" in (begun / "README.md").read_text("utf-8").replace("\n", " ")


def test_its_schemas_are_those_that_the_command_prints(begun: Path) -> None:
    schemas = {"fact-sheet.schema.json": ["schema"], "authority/authority.schema.json": ["schema", "--authority"]}
    for file, words in schemas.items():
        written = (begun / "seeds" / file).read_text("utf-8")
        assert written == run(*words, project=begun).output
        json.loads(written)


def test_each_sheet_and_authority_file_names_a_schema_that_is_there(begun: Path) -> None:
    files = list((begun / "seeds").rglob("*.yaml"))
    assert len(files) == 5
    for file in files:
        (schema,) = re.findall(r"^# yaml-language-server: \$schema=(\S+)$", file.read_text("utf-8"), re.MULTILINE)
        assert (file.parent / schema).is_file()


def test_its_readme_names_only_commands_and_files_that_there_are(begun: Path) -> None:
    told = (begun / "README.md").read_text("utf-8")
    assert set(re.findall(r"`communique (\w+)", told)) <= main.commands.keys()
    for path in re.findall(r"^    ((?:seeds/|publication)[\w./-]*\w) ", told, re.MULTILINE):
        assert (begun / path).exists(), path


def test_each_file_of_the_starter_is_in_it_byte_for_byte(begun: Path) -> None:
    for file in (one for one in starters.STARTER.rglob("*") if one.is_file()):
        assert (begun / file.relative_to(starters.STARTER)).read_bytes() == file.read_bytes()
    made = {str(path.relative_to(begun)) for path in begun.rglob("*") if path.is_file()}
    assert {".gitattributes", ".gitignore", "README.md", "publication.toml"} < made


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    assert run("init", str(tmp_path)).exit_code == 0
    assert (tmp_path / "publication.toml").is_file()


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    result = run("init", str(tmp_path))
    assert result.exit_code == 1
    assert result.output == f"{tmp_path} is not empty, and nothing is written over: name a new folder, or empty it\n"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_second_time_nothing_changes(tmp_path: Path) -> None:
    def digests() -> dict[Path, str]:
        files = (path for path in tmp_path.rglob("*") if path.is_file())
        return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    assert run("init", str(tmp_path)).exit_code == 0
    (tmp_path / "publication.toml").write_text("mine", "utf-8")
    before = digests()
    assert run("init", str(tmp_path)).exit_code == 1
    assert digests() == before


def test_a_file_in_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    for path in ("file", "file/below"):
        result = run("init", str(tmp_path / path))
        assert result.exit_code == 1
        assert str(tmp_path / "file") in result.output
    assert (tmp_path / "file").read_text("utf-8") == "mine"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    result = run("init", str(tmp_path / "new"))
    assert result.exit_code == 1
    assert result.output == f"No publication can be begun in {tmp_path / 'new'}: Permission denied\n"


# --- Which publication a command works on


def test_the_environment_names_the_publication(begun: Path, tmp_path: Path) -> None:
    settings = Settings.from_environ({"COMMUNIQUE_PROJECT": str(tmp_path)}, begun)
    assert settings == Settings(tmp_path, tmp_path / "releases")


def test_or_it_is_the_folder_or_the_nearest_above_it_that_is_one(begun: Path) -> None:
    for folder in (begun, begun / "seeds", begun / "seeds" / "authority"):
        assert Settings.from_environ({}, folder) == Settings(begun, begun / "releases")


def test_or_else_the_checkout(tmp_path: Path) -> None:
    assert PACKAGE.parent == ROOT
    assert Settings.from_environ({}, tmp_path) == Settings(ROOT, ROOT / "releases")
    own = {"COMMUNIQUE_RELEASES": str(tmp_path)}
    assert Settings.from_environ(own, tmp_path) == Settings(ROOT, tmp_path)


def test_what_workers_are_told_are_the_same_settings(begun: Path, tmp_path: Path) -> None:
    settings = Settings.from_environ({"COMMUNIQUE_RELEASES": "here"}, begun)
    assert settings.releases == Path.cwd() / "here"
    assert Settings.from_environ(settings.environ(), tmp_path) == settings


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in no publication, for a program that was installed."""
    monkeypatch.setattr("publisher.settings.CHECKOUT", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", ["build", "check", "coverage", "schema", "reason", "serve"])
def test_or_else_it_is_said_how_to_begin_one(command: str, nowhere: Path) -> None:
    result = run(command)
    assert result.exit_code == 1
    assert f"There is no publication here: neither {nowhere} nor a folder above it has one" in result.output
    assert "communique init DIR" in result.output


@pytest.mark.usefixtures("nowhere")
def test_what_needs_no_publication_asks_for_none() -> None:
    assert run("build", "--help").exit_code == 0
    Path("talks.txt").write_text("They met in Port Alder.", "utf-8")
    assert run("new", "talks.txt").exit_code == 0
