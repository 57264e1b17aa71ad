"""A publication has kinds, terms, rules and shapes of its own, beside ours and never in their place."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SH, SKOS

from mappings import KINDS, Names
from mappings.names import CMQ, concept
from publisher.build import build
from publisher.cli import main
from publisher.errors import SheetError
from publisher.review import review
from publisher.settings import Settings
from publisher.shapes import Shapes
from publisher.vocabularies import Vocabularies
from publisher.web import create_app
from tests import own
from tests.conftest import ROOT
from tests.edits import add, apply, swap
from tests.source import Source

NAMES = Names()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return own.publication(tmp_path / "own")


def run(project: Path, *words: str) -> Result:
    result = CliRunner().invoke(main, list(words), env={"COMMUNIQUE_PROJECT": str(project)})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def refused(project: Path) -> str:
    """Return why the vocabularies of a project are not read."""
    with pytest.raises(SheetError) as caught:
        Vocabularies.read(project)
    return str(caught.value)


# --- What it adds is used


def test_its_kind_is_read_mapped_covered_and_checked(project: Path) -> None:
    assert run(project, "coverage").exit_code == 0
    result = run(project, "check", "--json")
    assert result.exit_code == 0
    (warning,) = json.loads(result.output)["findings"]
    assert warning["shape"] == f"{own.OWN}Building"
    assert warning["message"].startswith("It built once only.")


@pytest.mark.slow
def test_processes_that_share_a_check_have_its_kinds_too(project: Path) -> None:
    text, sheet = (project / "seeds" / f"example.{suffix}" for suffix in ("txt", "yaml"))
    written = sheet.read_text("utf-8").replace("key: example", "key: other").replace("text: example", "text: other")
    for name in ("event/", "holding/", "delegation/", "initiative/"):
        written = written.replace(name, f"{name}other-")
    (project / "seeds" / "other.yaml").write_text(written, "utf-8")
    (project / "seeds" / "other.txt").write_bytes(text.read_bytes())
    shared = review(project, processes=2)
    assert not shared.problems
    assert f"{own.OWN}Building" in {one.shape for one in shared.findings}
    assert shared.findings == review(project, processes=1).findings


def test_its_kind_is_in_messages_and_in_the_schema(project: Path) -> None:
    schema = json.loads(run(project, "schema").output)
    kind = schema["$defs"]["kind-builds"]
    assert kind["description"] == "A state built at a place."
    assert kind["properties"]["state"]["description"] == "Who built."
    assert {"required": ["builds"]} in schema["$defs"]["entry"]["oneOf"]
    apply(project / "seeds" / "example.yaml", swap(("    builds:", "    build:")))
    result = run(project, "check")
    assert result.exit_code == 2
    assert "did you mean builds" in result.output


@pytest.mark.slow
def test_its_terms_and_what_follows_from_them_are_published(project: Path) -> None:
    build(settings := Settings(project, project / "releases"), None, lambda _: None)
    (release,) = (one for one in settings.releases.iterdir() if not one.is_symlink())
    data = Graph(bind_namespaces="none").parse(release / "dumps" / "communique.ttl")
    state, place = NAMES.iri("state/veldoria"), NAMES.iri("place/port-alder")
    assert (state, URIRef(f"{own.OWN}builtAt"), place) in data
    assert (place, URIRef(f"{own.OWN}builtBy"), state) in data
    (derived,) = data.subjects(CMQ.rule, concept("rule", "built-by"))
    assert (derived, CMQ.restsOn, NAMES.fact(own.BUILT)) in data
    assert (concept("rule", "built-by"), SKOS.inScheme, None) in data
    report = Graph(bind_namespaces="none").parse(release / "report.ttl")
    assert set(report.objects(None, SH.sourceShape)) >= {URIRef(f"{own.OWN}Building")}
    client = create_app(settings).test_client()
    page = client.get("/doc/state/veldoria", headers={"Accept": "text/html"}).text
    assert "built at" in page
    assert "It built once only." in client.get("/ns/shapes", headers={"Accept": "text/html"}).text
    assert client.get(f"/doc/fact/{own.BUILT}", headers={"Accept": "text/html"}).status_code == 200


def test_ours_are_there_as_in_a_publication_that_adds_nothing(project: Path) -> None:
    with_own, without = Vocabularies.read(project), Vocabularies.read(ROOT)
    assert with_own.kinds.keys() - without.kinds.keys() == {"builds"}
    assert with_own.kinds.items() > KINDS.items() == without.kinds.items()
    assert with_own.schemes["topic"] == without.schemes["topic"]

    shapes = set(Shapes.read(ROOT).whole.subjects(RDF.type, SH.NodeShape))
    assert set(Shapes.read(project).whole.subjects(RDF.type, SH.NodeShape)) - shapes == {URIRef(f"{own.OWN}Building")}


CROPS = """\
@prefix crops: <https://example.org/crops#> .
@prefix own: <https://example.org/terms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/crops> a skos:ConceptScheme ; skos:prefLabel "Crops"@en .
crops:maize a skos:Concept ; skos:inScheme <https://example.org/crops> ; skos:prefLabel "maize"@en .
own:grows a owl:ObjectProperty ; skos:prefLabel "grows"@en .
"""
GROWS = """
from typing import Annotated

from mappings.fields import Concept


@dataclass(frozen=True, kw_only=True)
class GrowsEntry(Entry):
    \"\"\"A state grows a crop.\"\"\"

    state: State
    crop: Annotated[str, Concept("https://example.org/crops")]


def grows(entry: GrowsEntry, names: Names) -> Iterator[Triple]:
    \"\"\"Yield the crop.\"\"\"
    yield names.iri(entry.state), OWN.grows, names.iri(entry.crop)


KINDS["grows"] = Kind(GrowsEntry, grows)
"""


@pytest.mark.slow
def test_its_kind_takes_concepts_of_its_own_scheme(project: Path) -> None:
    (project / "ontology" / "crops.ttl").write_text(CROPS, "utf-8")
    apply(project / "kinds.py", add(GROWS))
    sheet = project / "seeds" / "example.yaml"
    built = "builds: {state: state/veldoria, place: place/port-alder}"
    apply(sheet, swap((built, "grows: {state: state/veldoria, crop: maize}")))
    (fact,) = (one for one in Source.read(project).seeds.sheets[0].facts if one.key == own.BUILT)
    stated = (NAMES.iri("state/veldoria"), URIRef(f"{own.OWN}grows"), URIRef("https://example.org/crops#maize"))
    assert fact.triples() == (stated,)
    schema = json.loads(run(project, "schema").output)
    (crop,) = (schema["$defs"][name] for name in schema["$defs"] if name.endswith("crops"))
    assert crop == {"oneOf": [{"const": "maize", "description": "maize"}]}
    assert run(project, "check").exit_code == 0
    apply(sheet, swap(("crop: maize", "crop: maise")))
    result = run(project, "check")
    assert result.exit_code == 2
    assert "did you mean maize" in result.output


# --- What clashes is refused, and both files are named


def test_what_says_something_of_a_term_of_ours_is_refused_with_both_files(project: Path) -> None:
    file = project / "ontology" / "own.ttl"
    apply(file, add("cmq:Visit rdfs:subClassOf own:Building .\n"))
    told = refused(project)
    assert told.startswith(f"{file}: says something of {CMQ.Visit}, which {ROOT / 'ontology' / 'ns.ttl'} says")
    assert "a namespace of your own" in told


def test_a_new_term_in_our_namespace_is_refused(project: Path) -> None:
    apply(project / "ontology" / "own.ttl", add("cmq:Bridge a owl:Class .\n"))
    assert f"{CMQ.Bridge}, and all that begins with https://w3id.org/communique/ is ours" in refused(project)


def test_a_shape_of_ours_is_not_changed(project: Path) -> None:
    apply(project / "shapes" / "own.ttl", add("shapes:Fact sh:deactivated true .\n"))
    with pytest.raises(SheetError) as caught:
        Shapes.read(project)
    assert str(caught.value).startswith(f"{project / 'shapes' / 'own.ttl'}: ")
    assert str(ROOT / "shapes" / "facts.ttl") in str(caught.value)


def test_a_rule_with_the_name_of_one_of_ours_is_refused_with_both_files(project: Path) -> None:
    file = project / "ontology" / "rules" / "took-part.rq"
    file.write_text(own.RULE, "utf-8")
    assert refused(project) == (
        f"{file}: has the name of a rule of ours, {ROOT / 'ontology' / 'rules' / 'took-part.rq'}; give it another name"
    )


#: A kind whose class has this name and this body.
ENTRY = "@dataclass(frozen=True, kw_only=True)\nclass {0}(Entry):\n    {1}\n\n\nKINDS = {{'own': Kind({0}, builds)}}"
WRONG = {
    "a kind of ours": ("KINDS = {'visit': Kind(BuildsEntry, builds)}", "'visit' is a kind of ours already"),
    "what every entry may have": ("KINDS = {'quotes': Kind(BuildsEntry, builds)}", "'quotes' is what every entry may"),
    "no name": ("KINDS = {'Builds!': Kind(BuildsEntry, builds)}", "'Builds!' cannot name a kind"),
    "no Kind": ("KINDS = {'builds': builds}", "'builds' is no Kind"),
    "no function": ("KINDS = {'builds': Kind(BuildsEntry, None)}", "'builds' is no Kind"),
    "no dataclass": (
        "class Bare(Entry):\n    pass\n\n\nKINDS = {'builds': Kind(Bare, builds)}",
        "'builds': its class is no frozen dataclass below Entry",
    ),
    "no fields": (
        ENTRY.format("Empty", "pass"),
        "'own': its class has no field of its own",
    ),
    "a number with a point": (
        ENTRY.format("Cost", "cost: float"),
        "'own', cost: expected a Ref, a Concept, str, int, date, or a tuple of one of them",
    ),
    "a type that means nothing": (
        ENTRY.format("Cost", "cost: 'Money'"),
        "'own': the annotations of its class cannot be read: name 'Money' is not defined",
    ),
    "a scheme that is none": (
        "import typing\nfrom mappings.fields import Concept\n\n\n"
        + ENTRY.format("Grows", "crop: typing.Annotated[str, Concept('crop')]"),
        "'own', crop: there is no scheme 'crop'; the schemes are certainty,",
    ),
    "a type of things that is none": (
        "import typing\nfrom mappings.fields import Ref\n\n\n"
        + ENTRY.format("Sails", "ship: typing.Annotated[str, Ref(('ship',))]"),
        "'own', ship: there is no type of things ship; the types are document,",
    ),
    "nothing": ("", "has no kinds; expected KINDS"),
    "what is not Python": ("KINDS = {", "cannot be imported: "),
    "what fails": ("KINDS = {}['builds']", "cannot be imported: 'builds'"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_a_module_of_kinds_that_no_sheet_could_be_read_by_is_refused(name: str, project: Path) -> None:
    file = project / "kinds.py"
    written, words = WRONG[name]
    text = file.read_text("utf-8")
    head = text[: text.index("KINDS = ")]
    file.write_text(f"{head}{written}\n", "utf-8")
    told = refused(project)
    assert told.startswith(f"{file}:")
    assert words in told
    result = run(project, "check")
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_where_a_module_fails_its_line_is_named(project: Path) -> None:
    (project / "kinds.py").write_text("\n\nraise ValueError('not today')\n", "utf-8")
    assert refused(project) == f"{project / 'kinds.py'}:3: cannot be imported: not today"


def test_a_module_is_read_as_it_stands_and_leaves_nothing_behind(project: Path) -> None:
    """However quickly it was changed: bytecode would be that of a file of the same age and size."""
    before = {path: path.stat() for path in project.rglob("*")}
    assert "builds" in Vocabularies.read(project).kinds
    assert {path: path.stat() for path in project.rglob("*")}.keys() == before.keys()
    file = project / "kinds.py"
    apply(file, swap(('KINDS = {"builds"', 'KINDS = {"raises"')))
    os.utime(file, ns=(before[file].st_atime_ns, before[file].st_mtime_ns))
    assert "raises" in Vocabularies.read(project).kinds


@pytest.mark.slow
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("raise ValueError('not today')", "its function cannot map this entry: not today"),
        ("yield entry.state, OWN.builtAt, entry.place", "something else than triples of IRIs and literals"),
        ("yield from ()", "says nothing; it has state, place"),
        ("raise SystemExit('enough')", "its function cannot map this entry: enough"),
        ("yield names.iri(entry.state), OWN['built at'], names.iri(entry.place)", "which is no IRI"),
        ("yield names.iri(entry.state), OWN.builtAt, OWN['\\ud800']", "which is no IRI"),
        ("from rdflib import Literal; yield OWN.a, OWN.b, Literal('x', datatype=OWN['<'])", "which is no IRI"),
        ("from rdflib import Literal; yield OWN.a, OWN.b, Literal('\\ud800')", "which no RDF/XML can hold"),
        ("from mappings.names import CMQ; yield CMQ.State, OWN.b, OWN.c", "which is ours"),
    ],
)
def test_an_entry_that_its_function_does_not_map_is_named_with_its_line(body: str, words: str, project: Path) -> None:
    text = (project / "kinds.py").read_text("utf-8")
    (yields,) = (line for line in text.splitlines() if line.startswith("    yield"))
    (project / "kinds.py").write_text(text.replace(yields, f"    {body}\n    yield from ()"), "utf-8")
    result = run(project, "check")
    assert result.exit_code == 2
    assert words in result.output
    assert "builds: {state: state/veldoria" in result.output


@pytest.mark.parametrize(
    ("name", "words"), [("other", "there is no file other.py beside this one"), ("a.b", "'a.b' is no name of a module")]
)
def test_a_module_that_is_not_there_is_said(name: str, words: str, project: Path) -> None:
    apply(project / "publication.toml", swap(('kinds = "kinds"', f'kinds = "{name}"')))
    told = refused(project)
    assert told.startswith(f"{project / 'publication.toml'}: kinds: ")
    assert words in told
