"""A publication of one's own, with a kind, a term, a rule and a shape of its own, and a document that needs them."""

import hashlib
import re
from pathlib import Path

from publisher.starters import start
from tests.edits import add, apply, swap

OWN = "https://example.org/terms#"
#: The name of a Fact of the kind, and what it states; and what follows from it.
BUILT = "example.s6-built"
SENTENCE = "Veldoria built a station in Port Alder."
ENTRY = f"""
  s6-built:
    builds: {{state: state/veldoria, place: place/port-alder}}
    quotes: [{SENTENCE.rstrip(".")}]
    modality: occurred
"""
TERMS = f"""\
@prefix own: <{OWN}> .
@prefix cmq: <https://w3id.org/communique/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
own:builtAt a owl:ObjectProperty ; rdfs:domain cmq:State ; rdfs:range cmq:Place ; skos:prefLabel "built at"@en .
own:builtBy a owl:ObjectProperty ; owl:inverseOf own:builtAt ; skos:prefLabel "built by"@en .
"""
RULE = f"""\
#+ summary: A place where a state built is built by that state.
#+ description: The other way round.
PREFIX own: <{OWN}>
CONSTRUCT {{ ?place own:builtBy ?state }} WHERE {{ ?state own:builtAt ?place }}
"""
SHAPES = f"""\
@prefix own: <{OWN}> .
@prefix shapes: <https://w3id.org/communique/shapes#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
own:Building a sh:NodeShape ; shapes:scope shapes:document ; sh:targetSubjectsOf own:builtAt ;
    sh:name "A state builds twice"@en ; sh:severity sh:Warning ; sh:description "Look for the other place."@en ;
    sh:property [ sh:path own:builtAt ; sh:minCount 2 ; sh:severity sh:Warning ; sh:message "It built once only."@en ] .
"""


def publication(folder: Path) -> Path:
    """Begin a publication in a folder, give it all of this, and return the folder."""
    start(folder)
    (kind,) = re.findall(r"```python\n(.*?)```", (folder / "README.md").read_text("utf-8"), re.DOTALL)
    (folder / "kinds.py").write_text(kind, "utf-8")
    apply(folder / "publication.toml", swap(('# kinds = "kinds"  #', 'kinds = "kinds"  #')))
    for file, content in (
        ("ontology/own.ttl", TERMS),
        ("ontology/rules/built-by.rq", RULE),
        ("shapes/own.ttl", SHAPES),
    ):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(content, "utf-8")
    text, sheet = folder / "seeds" / "example.txt", folder / "seeds" / "example.yaml"
    before = hashlib.sha256(text.read_bytes()).hexdigest()
    apply(text, swap(("signed no agreement.", f"signed no agreement. {SENTENCE}")))
    opening = "  s5: {begins: Arland and Veldoria signed, read: yes}\n"
    apply(
        sheet,
        swap(
            (before, hashlib.sha256(text.read_bytes()).hexdigest()),
            (opening, f"{opening}  s6: {{begins: Veldoria built, read: yes}}\n"),
        ),
    )
    apply(sheet, add(ENTRY))
    return folder
