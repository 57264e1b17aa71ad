"""`communique check` says what is wrong on which line, underlines it, and says what to do; in text, JSON and RDF."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rdflib import RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SH, XSD

import publisher.settings
from mappings.names import PTR
from publisher.build import build
from publisher.cli import main
from publisher.errors import SheetError
from publisher.review import review
from publisher.settings import Settings
from publisher.shapes import Shapes
from tests import copies, edits
from tests.conftest import ROOT
from tests.edits import apply, line, swap
from tests.slips.slip import ARTICLE, SHERMAN, SISON
from tests.source import Source

HOST = "visit: {visit: event/ru-ml-2025-07-28-visit, host: state/mali}"
OWN_STATE = swap((HOST, HOST.replace("state/mali", "state/russia")))
#: A shape of a publisher's own, which only warns.
HOUSE = """\
@prefix : <https://house.example/shapes#> .
@prefix shapes: <https://w3id.org/communique/shapes#> .
@prefix cmq: <https://w3id.org/communique/ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
:Dated a sh:NodeShape ; shapes:scope shapes:document ; sh:targetClass cmq:Document ; sh:severity sh:Warning ;
    sh:name "A document is dated"@en ; sh:description "Find out when it was published."@en ;
    sh:property [ sh:path dcterms:issued ; sh:minCount 1 ; sh:severity sh:Warning ;
        sh:message "The document has no day of publication."@en ] .
"""
DATED = "https://house.example/shapes#Dated"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return edits.project(tmp_path)


def sheet(project: Path, document: str = ARTICLE) -> Path:
    return project / "seeds" / f"{document}.yaml"


def check(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments], env={"COMMUNIQUE_PROJECT": str(project)})


def found(project: Path, *documents: str) -> list[dict[str, Any]]:
    result = check(project, "--format", "json", *documents)
    return list(json.loads(result.output)["findings"])


def house(project: Path) -> None:
    """Give a project shapes of its own, with one that warns of the article."""
    (project / "shapes").mkdir()
    (project / "shapes" / "house.ttl").write_text(HOUSE)


# --- Text


@pytest.mark.slow
def test_the_line_is_shown_with_the_wrong_part_underlined(project: Path) -> None:
    apply(sheet(project), OWN_STATE)
    number = line(sheet(project), "host: state/russia}")
    result = check(project, ARTICLE)
    assert result.exit_code == 1
    told = result.output.split("\n")
    at = told.index(f"{sheet(project)}:{number}")
    written, marks, message = told[at + 1 : at + 4]
    assert written == f"{number:>5} |     {HOST.replace('state/mali', 'state/russia')}"
    assert written[marks.index("^") : marks.rindex("^") + 1] == "state/russia"
    assert (
        message
        == "  violation: delegation/ru-ml-2025-07-28 visits state/russia, and is of state/russia. [VisitOwnState]"
    )
    assert "    to do: Give as host the state that was visited" in result.output
    assert "    quote: “" in result.output
    assert told[-2] == "2 violations, 0 warnings; 1 document checked"


def test_what_cannot_be_read_is_underlined_and_what_was_meant_is_guessed(project: Path) -> None:
    apply(sheet(project), swap((HOST, HOST.replace("state/mali", "state/mail"))))
    result = check(project, ARTICLE)
    assert result.exit_code == 2
    written, marks = result.output.split("\n")[1:3]
    assert written[marks.index("^") : marks.rindex("^") + 1] == "state/mail"
    assert "did you mean state/mali" in result.output
    assert "1 error, 0 violations" in result.output


def test_of_a_long_line_the_part_around_the_fault_is_shown(project: Path) -> None:
    label = "Representatives " + "and others " * 30
    apply(
        sheet(project, SHERMAN), swap(("things:\n", f"things:\n  matter/x: {{label: {{en: {label}}}, typ: Matter}}\n"))
    )
    written, marks = check(project, SHERMAN).output.split("\n")[1:3]
    assert len(written) < 130
    assert written.startswith(f"{line(sheet(project, SHERMAN), 'typ:'):>5} | …")
    assert written[marks.index("^") : marks.rindex("^") + 1] == "typ"


@pytest.mark.slow
def test_what_stands_on_one_line_is_told_together(project: Path) -> None:
    """Two shapes of a house find the same line; it is shown once."""
    house(project)
    file = project / "shapes" / "house.ttl"
    file.write_text(HOUSE + HOUSE.replace(":Dated", ":Issued").replace("no day of", "no date of"))
    result = check(project, ARTICLE)
    number = line(sheet(project), "document:\n")
    assert result.output.count(f"{sheet(project)}:{number}\n") == 1
    assert result.output.count(f"{number:>5} | document:\n") == 1
    assert result.output.index("no date of publication") < result.output.index("no day of publication")


@pytest.mark.slow
def test_a_path_is_shown_as_short_as_it_is_from_here(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apply(sheet(project), OWN_STATE)
    monkeypatch.chdir(project)
    assert check(project, ARTICLE).output.startswith(f"seeds/{ARTICLE}.yaml:")


def test_the_report_in_the_readme_is_what_is_printed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apply(sheet(project), OWN_STATE)
    monkeypatch.chdir(project)
    assert f"```text\n{check(project, ARTICLE).output}```\n" in (ROOT / "README.md").read_text("utf-8")


# --- Which documents


@pytest.mark.slow
def test_only_the_documents_that_are_named_are_read(project: Path) -> None:
    apply(sheet(project), OWN_STATE)
    sheet(project, SISON).write_text("document: [")
    assert check(project, SHERMAN).exit_code == 0
    assert check(project, str(sheet(project, SHERMAN))).exit_code == 0
    assert check(project, SHERMAN, ARTICLE).exit_code == 1
    assert check(project, SHERMAN, SISON).exit_code == 2


@pytest.mark.slow
def test_what_can_be_read_is_checked_whatever_else_cannot(project: Path) -> None:
    apply(sheet(project), OWN_STATE)
    sheet(project, SISON).write_text("document: [")
    result = check(project)
    assert result.exit_code == 2
    assert "is not YAML" in result.output
    assert "[VisitOwnState]" in result.output
    assert "; 3 documents checked" in result.output


def test_a_document_that_is_named_twice_is_read_once(project: Path) -> None:
    result = check(project, SHERMAN, SHERMAN, str(sheet(project, SHERMAN)))
    assert (result.exit_code, result.output) == (0, "0 violations, 0 warnings; 1 document checked\n")


@pytest.mark.slow
def test_a_report_that_cannot_be_written_is_said_in_a_line(project: Path) -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [sys.executable, "-c", "from publisher.cli import main; main()", "check", SHERMAN],
            env={**os.environ, "COMMUNIQUE_PROJECT": str(project)},
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert run.returncode == 1
    assert run.stderr.startswith("Something could not be read or written: No space left")
    assert run.stderr.count("\n") == 1


def test_a_document_that_is_not_there_is_said_with_those_that_are(project: Path) -> None:
    result = check(project, "mali-2025-07-82")
    assert result.exit_code == 2
    assert "neither a document nor a sheet (did you mean mali-2025-07-28?)" in result.output


@pytest.mark.slow
@pytest.mark.parametrize(("key", "code"), [(f"{ARTICLE}.s2-led", 0), (f"{ARTICLE}.s2-lead", 2), ("nowhere.s2-led", 2)])
def test_a_document_alone_may_contradict_a_fact_of_another(key: str, code: int, project: Path) -> None:
    price = "modality: state\n\n  s2-price-united-states:"
    apply(sheet(project, SHERMAN), swap((price, price.replace("state\n", f"state\n    contradicts: {key}\n", 1))))
    result = check(project, SHERMAN)
    assert result.exit_code == code
    assert ("there is no fact" in result.output) == (code == 2)


@pytest.mark.slow
def test_many_documents_on_several_cores_give_what_each_gives_alone(source: Source, tmp_path: Path) -> None:
    """Ten documents, three with a slip: the same findings in the same order, whoever shares the work."""
    sherman = next(one for one in source.seeds.sheets if one.document.key == SHERMAN)
    settings = copies.project(replace(source.seeds, sheets=(sherman,)), 10, tmp_path)
    house(settings.project)
    for number in (2, 5, 9):
        file = sheet(settings.project, f"{SHERMAN}-copy-{number}")
        file.write_text(file.read_text("utf-8").replace("published: ", "#published: "), "utf-8")
    alone = review(settings.project, processes=1)
    shared = review(settings.project, processes=2)
    assert (shared.findings, shared.problems) == (alone.findings, alone.problems)
    assert len({one.place.file for one in alone.findings if one.shape == DATED}) == 3
    keys = [one.document.key for one in alone.seeds.sheets]
    assert len(keys) == 10
    each = {finding for key in keys for finding in review(settings.project, [key]).findings}
    assert {one for one in alone.findings if one.shape == DATED} == {one for one in each if one.shape == DATED}


@pytest.mark.slow
def test_a_helping_process_that_is_killed_is_said_and_nothing_hangs(source: Source, tmp_path: Path) -> None:
    sherman = next(one for one in source.seeds.sheets if one.document.key == SHERMAN)
    settings = copies.project(replace(source.seeds, sheets=(sherman,)), 20, tmp_path)
    run = subprocess.Popen(
        [sys.executable, "-c", "from publisher.cli import main; main()", "check", "--processes", "2"],
        env={**os.environ, "COMMUNIQUE_PROJECT": str(settings.project)},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    helping: list[int] = []
    while run.poll() is None and not helping:
        time.sleep(0.05)
        helping = [pid for pid in children(run.pid) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    os.kill(helping[0], signal.SIGKILL)
    told, _ = run.communicate(timeout=60)
    assert run.returncode == 1
    assert told == "A process that shared the work was ended from outside; is there memory enough? Try --processes 1\n"


def children(pid: int) -> list[int]:
    """Return the processes that a process has started, by whichever of its threads."""
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for file in listed for child in file.read_text().split()]


# --- JSON and RDF


def test_json_has_the_place_of_each_finding_and_what_to_do(project: Path) -> None:
    apply(sheet(project), OWN_STATE)
    (one,) = (finding for finding in found(project, ARTICLE) if finding["shape"] == "VisitOwnState")
    written = sheet(project).read_text("utf-8").split("\n")[one["line"] - 1]
    assert written[one["column"] - 1 :][: one["length"]] == "state/russia"
    assert (one["shape"], one["document"]) == ("VisitOwnState", ARTICLE)
    assert one["fact"].startswith(f"{ARTICLE}.")
    assert one["remedy"]


@pytest.mark.slow
def test_the_report_as_rdf_is_a_validation_report_that_leads_to_fact_document_file_and_line(project: Path) -> None:
    house(project)
    apply(sheet(project), OWN_STATE)
    result = check(project, "--format", "ttl", ARTICLE)
    assert result.exit_code == 1
    graph = Graph().parse(data=result.output, format="turtle")
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]
    (it,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(it, SH.conforms) == Literal(False)
    results = list(graph.objects(it, SH.result))
    assert set(results) == set(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(results) == len(found(project, ARTICLE))
    for one in results:  # SHACL, 3.6.2: exactly one each
        for part in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape, SH.resultMessage):
            assert len(list(graph.objects(one, part))) == 1
    shape = URIRef("https://w3id.org/communique/shapes#VisitOwnState")
    (one,) = graph.subjects(SH.sourceShape, shape)
    assert str(graph.value(one, DCTERMS.source)).endswith(f"/id/document/{ARTICLE}")
    assert f"/id/fact/{ARTICLE}." in str(graph.value(one, RDFS.seeAlso))
    place = graph.value(one, PTR.pointer)
    assert graph.value(place, PTR.lineNumber) == Literal(
        line(sheet(project), "host: state/russia}"), datatype=XSD.positiveInteger
    )
    assert graph.value(graph.value(place, PTR.reference), RDFS.label) == Literal(f"seeds/{ARTICLE}.yaml")
    assert str(project) not in result.output, "a machine's paths are nobody else's business"
    (issued,) = graph.subjects(SH.sourceConstraintComponent, SH.MinCountConstraintComponent)
    assert graph.value(issued, SH.resultPath) == DCTERMS.issued


# --- Warnings, and shapes of one's own


@pytest.mark.slow
def test_a_warning_stops_nothing_and_stands_in_the_release(project: Path) -> None:
    house(project)
    result = check(project, ARTICLE)
    assert result.exit_code == 0
    assert "  warning: The document has no day of publication. [https://house.example/shapes#Dated]" in result.output
    release = build(Settings(project, project / "releases"), None, lambda _: None)
    report = Graph().parse(release.folder / "report.ttl")
    (warning,) = report.subjects(SH.sourceShape, URIRef(DATED))
    assert report.value(warning, SH.resultSeverity) == SH.Warning


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "shapes:scope shapes:document ;",
            "",
            "says no scope; expected :scope with one of document, context, publication",
        ),
        ("shapes:document ;", "shapes:all ;", "says no scope"),
        ("sh:minCount 1", "sh:minCount", "is not Turtle"),
    ],
)
def test_a_shape_that_would_not_be_run_is_refused(old: str, new: str, words: str, project: Path) -> None:
    house(project)
    file = project / "shapes" / "house.ttl"
    file.write_text(HOUSE.replace(old, new))
    result = check(project)
    assert result.exit_code == 2
    assert str(file) in result.output
    assert words in result.output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("SELECT $this WHERE { $this a cmq:Document }", "SELECT $this WHERE { FILTER( }"),
        ("$this a cmq:Document", "$this a nope:Document"),
        ("sh:prefixes shapes:prefixes ;", ""),
    ],
)
def test_a_shape_whose_query_is_none_is_named(old: str, new: str, project: Path) -> None:
    house(project)
    query = (
        ":Asked a sh:NodeShape ; shapes:scope shapes:document ; sh:targetClass cmq:Document ;\n"
        "    sh:sparql [ sh:prefixes shapes:prefixes ;\n"
        '    sh:message "Asked."@en ; sh:select "SELECT $this WHERE { $this a cmq:Document }" ] .\n'
    )
    assert old in query
    (project / "shapes" / "house.ttl").write_text(HOUSE + query.replace(old, new))
    result = check(project, SHERMAN)
    assert result.exit_code == 2
    assert "the shape https://house.example/shapes#Asked cannot be run: " in result.output
    assert "Traceback" not in result.output


def test_a_document_that_cannot_be_read_does_not_conform(project: Path) -> None:
    sheet(project, SHERMAN).write_text("document: [")
    result = check(project, "--format", "ttl", SHERMAN)
    assert result.exit_code == 2
    assert "sh:conforms false" in result.stdout


def test_without_shapes_nothing_is_said_to_be_right(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As after an installation that went wrong."""
    (project / "shapes").mkdir()
    monkeypatch.setattr(publisher.settings, "CHECKOUT", project)
    with pytest.raises(SheetError, match="holds no shapes"):
        Shapes.read(project)
