"""The command line says what it did, exits with a code that means something, and shows no traceback."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.cli import Command, main
from publisher.release import Release
from publisher.settings import Settings
from tests.conftest import ROOT
from tests.prerequisites import need


def run(*words: str, project: Path = ROOT, releases: Path | None = None, text: str | None = None) -> Result:
    """Run `communique` with these words."""
    environ = {"COMMUNIQUE_PROJECT": str(project), "COMMUNIQUE_RELEASES": str(releases or project / "releases")}
    result = CliRunner().invoke(main, list(words), env=environ, input=text)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, to be broken."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copy(ROOT / "publication.toml", tmp_path)
    return tmp_path


#: A shape and a term of a publication's own, each of which the article contradicts.
WISHES = """\
@prefix house: <https://house.example/shapes#> .
@prefix shapes: <https://w3id.org/communique/shapes#> .
@prefix cmq: <https://w3id.org/communique/ns#> .
@prefix modality: <https://w3id.org/communique/modality#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
house:Wish a sh:NodeShape ; shapes:scope shapes:document ; sh:targetClass cmq:Fact ; sh:severity sh:Violation ;
    sh:name "Nobody wishes"@en ; sh:description "Leave the entry out."@en ;
    sh:not [ sh:path cmq:modality ; sh:hasValue modality:desired ] ; sh:message "Nobody wishes here."@en .
"""
NOWHERE = """\
@prefix house: <https://house.example/terms#> .
@prefix cmq: <https://w3id.org/communique/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
house:Nowhere a owl:Class ; owl:equivalentClass cmq:State ; owl:disjointWith cmq:State .
"""


def edit(file: Path, old: str, new: str) -> None:
    """Replace what stands in a file once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_help_shows_examples_for_every_command() -> None:
    for command in main.commands:
        result = run(command, "--help")
        assert result.exit_code == 0
        assert f"Examples:\n    communique {command}" in result.output


@pytest.mark.parametrize("name", main.commands)
def test_the_list_of_commands_says_of_each_what_its_own_help_says(name: str) -> None:
    listed = main.commands[name]
    assert isinstance(listed, Command)
    for limit in (45, 55, 64):  # 64 at most, in 80 columns
        assert listed.get_short_help_str(limit) == listed.whole().get_short_help_str(limit)


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["serve", "--help"]])
def test_no_command_waits_for_what_only_others_need(words: list[str]) -> None:
    """What checks and reasons takes a second to import."""
    asked = (
        "import sys; from publisher.cli import main; main(sys.argv[1:], standalone_mode=False);"
        "print([name for name in ('pyshacl', 'owlready2', 'rdflib.plugins.sparql') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", asked, *words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.endswith("[]\n")


@pytest.mark.slow
def test_build_says_what_was_built_and_where(project: Path) -> None:
    result = run("build", project=project)
    assert result.exit_code == 0
    assert "121 facts" in result.output
    assert "18 of 18 sentences read" in result.output
    assert str((project / "releases").resolve()) in result.output


@pytest.mark.slow
def test_build_prints_the_manifest_as_json(project: Path) -> None:
    printed = json.loads(run("build", "--json", project=project).output)
    assert Release.open(project / "releases" / printed["release"]).manifest["parts"] == printed["parts"]


@pytest.mark.slow
def test_a_build_that_fails_leaves_the_release_as_it_was(project: Path) -> None:
    assert run("build", project=project).exit_code == 0
    before = (project / "releases" / "current").readlink()
    edit(project / "seeds" / "mali-2025-07-28.yaml", "quotes: [60-member team]", "quotes: [61-member team]")
    result = run("build", project=project)
    assert result.exit_code == 2
    assert "the quote '61-member team' is not in mali-2025-07-28.txt" in result.output
    assert (project / "releases" / "current").readlink() == before
    assert [one.name for one in (project / "releases").iterdir() if one.name.startswith(".")] == []


def test_check_says_nothing_is_wrong_and_what_is_not_yet_read(project: Path) -> None:
    sheet = project / "seeds" / "mali-2025-07-28.yaml"
    edit(sheet, "s3: {begins: This visit marks, read: yes}", "s3: {begins: This visit marks, read: no}")
    edit(sheet, "s4: {begins: The delegation includes, read: yes}", "s4: {begins: The delegation includes, read: no}")
    result = run("check", project=project)
    assert result.exit_code == 0
    assert "0 violations, 0 warnings" in result.output
    assert "not yet read: s3, s4" in result.output


@pytest.mark.slow
def test_check_says_file_line_fact_quote_and_what_to_do(project: Path) -> None:
    """The publication has a shape of its own, which one Fact violates."""
    (project / "shapes").mkdir()
    (project / "shapes" / "house.ttl").write_text(WISHES, "utf-8")
    result = run("check", project=project)
    assert result.exit_code == 1
    sheet = project / "seeds" / "mali-2025-07-28.yaml"
    lines = sheet.read_text(encoding="utf-8").splitlines()
    line = lines.index("  s16-deals:") + 1
    assert f"{sheet}:{line}\n" in result.output
    assert "  violation: Nobody wishes here." in result.output
    assert "fact:  mali-2025-07-28.s16-deals" in result.output
    assert "quote: “a desire for fair, mutually beneficial deals”" in result.output
    assert "to do: Leave the entry out." in result.output


def test_check_as_json_lists_what_cannot_be_read(project: Path) -> None:
    edit(project / "seeds" / "mali-2025-07-28.yaml", "size: 60", "size: sixty")
    result = run("check", "--json", project=project)
    assert result.exit_code == 2
    printed = json.loads(result.output)
    assert printed["conforms"] is False
    assert "'sixty' is no whole number" in printed["unreadable"][0]["message"]
    assert printed["unreadable"][0]["line"] > 0


def test_query_prints_a_table_a_yes_or_no_or_turtle(settings: Settings, release: Release) -> None:
    assert "Sergei Tsivilev" in run("query", "--example", "delegation-head", releases=settings.releases).output
    assert run("query", "--example", "signed-russia-mali", releases=settings.releases).output == "no\n"
    assert "cmq:State" in run("query", "DESCRIBE <id/state/mali>", releases=settings.releases).output


def test_query_reads_a_file_or_standard_input(settings: Settings, release: Release, tmp_path: Path) -> None:
    (tmp_path / "ask.rq").write_text("ASK { <id/state/mali> ?p ?o }", encoding="utf-8")
    assert run("query", str(tmp_path / "ask.rq"), releases=settings.releases).output == "yes\n"
    assert run("query", "-", text="ASK { <id/state/atlantis> ?p ?o }", releases=settings.releases).output == "no\n"


def test_a_query_is_read_however_long_its_one_line_is_and_whatever_an_editor_wrote_before_it(
    settings: Settings, release: Release, tmp_path: Path
) -> None:
    long = f"ASK {{ FILTER ('{'é' * 200}' != '') }}"
    assert run("query", long, releases=settings.releases).output == "yes\n"
    (tmp_path / "marked.rq").write_text("ASK {}", encoding="utf-8-sig")
    assert run("query", str(tmp_path / "marked.rq"), releases=settings.releases).output == "yes\n"


def test_a_query_that_ends_the_engine_ends_in_a_line(settings: Settings, release: Release) -> None:
    mixed = " ".join(f'{n * 7 % 30} "{n * 11 % 30}a"' for n in range(30))
    result = run("query", f"SELECT ?x {{ VALUES ?x {{ {mixed} }} }} ORDER BY ?x", releases=settings.releases)
    assert result.exit_code == 1
    assert "cannot sort" in result.output
    assert "panicked" not in result.output


def test_query_gives_every_format_of_results(settings: Settings, release: Release) -> None:
    ask = ("query", "SELECT ?o { <id/place/bamako> <https://w3id.org/communique/ns#country> ?o }", "--format")
    mali = f"{release.base}id/state/mali"
    assert (
        json.loads(run(*ask, "json", releases=settings.releases).output)["results"]["bindings"][0]["o"]["value"] == mali
    )
    assert run(*ask, "csv", releases=settings.releases).output.split() == ["o", mali]
    assert run(*ask, "tsv", releases=settings.releases).output.split() == ["?o", f"<{mali}>"]
    assert f"<uri>{mali}</uri>" in run(*ask, "srx", releases=settings.releases).output


def test_a_query_that_is_not_sparql_says_where_it_breaks_off(settings: Settings, release: Release) -> None:
    result = run("query", "SELECT ?s { ?s ?p }", releases=settings.releases)
    assert result.exit_code == 1
    assert 'line 1, column 19: "}" cannot stand here' in result.output


def test_without_a_release_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    for words in (["query", "ASK {}"], ["serve"], ["reason"]):
        result = run(*words, releases=tmp_path / "none")
        assert result.exit_code == 1
        assert "communique build" in result.output


def test_an_endpoint_that_is_not_there_is_said_in_a_sentence() -> None:
    result = run("query", "ASK {}", "--endpoint", "http://127.0.0.1:9/sparql")
    assert result.exit_code == 1
    assert "http://127.0.0.1:9/sparql cannot be asked" in result.output


def test_a_busy_port_is_said_with_another_to_take(settings: Settings, release: Release) -> None:
    import socket

    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        result = run("serve", "--port", str(port), releases=settings.releases)
    assert result.exit_code == 1
    assert f"Port {port} of 127.0.0.1 cannot be had" in result.output
    assert "make serve PORT=" in result.output


def test_reason_without_java_says_so(settings: Settings, release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    result = run("reason", releases=settings.releases)
    assert result.exit_code == 3
    assert "Java" in result.output


@pytest.mark.java
def test_reason_finds_ontology_and_release_consistent_and_says_what_follows(
    settings: Settings, release: Release
) -> None:
    need("java")
    result = run("reason", releases=settings.releases)
    assert result.exit_code == 0
    assert result.output.startswith("consistent; 0 unsatisfiable classes")
    assert "person:sergei-tsivilev cmq:memberOf delegation:ru-ml-2025-07-28" in result.output
    verdict = json.loads(run("reason", "--json", releases=settings.releases).output)
    assert verdict["consistent"] is True
    base, cmq = release.base, "https://w3id.org/communique/ns#"
    member = [f"{base}id/person/sergei-tsivilev", f"{cmq}memberOf", f"{base}id/delegation/ru-ml-2025-07-28"]
    assert member in verdict["inferred"]


@pytest.mark.java
def test_reason_says_no_where_a_release_contradicts_the_ontology(project: Path) -> None:
    """A term of the publication's own says of states that there can be none."""
    need("java")
    (project / "ontology").mkdir()
    (project / "ontology" / "own.ttl").write_text(NOWHERE, "utf-8")
    assert run("build", project=project).exit_code == 0
    result = run("reason", project=project)
    assert result.exit_code == 1
    assert "inconsistent" in result.output
