"""A reasoner says what follows from the ontology and the world of a release, and whether both can be true together.

HermiT does the work, through owlready2, by the direct semantics of OWL 2: https://www.w3.org/TR/owl2-direct-semantics/.
It reads the ontology of the world and the world, and never the Facts: their `rdf:Statement` nodes are outside OWL 2 DL.
"""

import contextlib
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import owlready2
import owlready2.reasoning
from rdflib import BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS
from rdflib.term import Node

from mappings.names import CMQ, Triple
from publisher.errors import CommuniqueError, MissingTool

JAVA_MEGABYTES = 1024


@dataclass(frozen=True)
class Verdict:
    """What HermiT found.

    consistent: whether ontology and world can be true together. If not, all would follow, and both lists are empty.
    unsatisfiable: the classes that nothing can belong to.
    inferred: what follows and was not stated, as sorted IRIs of subject, predicate and object: memberships in named
    classes other than owl:Thing, others' classes included, and values of object properties. What HermiT lists through
    owlready2 has gaps (no super-properties, no symmetric values); they are filled by closing it under subclass,
    sub-property, inverse and symmetry. Not listed: that two names mean one thing (owl:sameAs), values of datatype
    properties, and memberships in classes without a name.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    inferred: tuple[tuple[str, str, str], ...]


def java() -> str | None:
    """Return the path of a Java that runs, JAVA_HOME's before the one on the path; None where there is none."""
    home = os.environ.get("JAVA_HOME")
    for found in (shutil.which("java", path=str(Path(home) / "bin")) if home else None, shutil.which("java")):
        if found and _runs(found):
            return found
    return None


def premises(ontology: Graph, world: Graph) -> Graph:
    """Return all that HermiT is told: ontology and world, what the individuals are, and that no two states are one."""
    told = ontology + world
    for individual in _individuals(world):
        told.add((individual, RDF.type, OWL.NamedIndividual))
    states = sorted(world.subjects(RDF.type, CMQ.State), key=str)
    if len(states) > 1:
        different, members = BNode(), BNode()
        told.add((different, RDF.type, OWL.AllDifferent))
        told.add((different, OWL.members, members))
        Collection(told, members, states)
    return told


def reason(ontology: Graph, world: Graph, progress: Callable[[str], None] = lambda message: None) -> Verdict:
    """Ask HermiT about the world under the ontology. The states of the world are taken to be different from each other.

    progress: is told, in a few words, what is being done.
    Raise MissingTool where there is no Java, CommuniqueError where HermiT stops without an answer.
    """
    executable = java()
    if executable is None:
        raise MissingTool("the reasoner needs Java, and there is none that runs: install a JRE of version 11 or later")
    progress(f"HermiT reads {len(ontology)} triples of the ontology and {len(world)} of the world")
    try:
        unsatisfiable, listed = _hermit(executable, premises(ontology, world))
    except owlready2.OwlReadyInconsistentOntologyError:
        progress("HermiT finds a contradiction")
        return Verdict(consistent=False, unsatisfiable=(), inferred=())
    inferred = _inferred(ontology, world, listed)
    progress(f"HermiT finds no contradiction, and {len(inferred)} triples that follow")
    return Verdict(consistent=True, unsatisfiable=unsatisfiable, inferred=inferred)


def _runs(executable: str) -> bool:
    # Where no Java is installed, macOS has a program of that name that only says so.
    try:
        return subprocess.run([executable, "-version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _individuals(world: Graph) -> set[Node]:
    objects = {o for p, o in world.predicate_objects() if p != RDF.type and isinstance(o, URIRef)}
    return objects | set(world.subjects())


def _hermit(executable: str, graph: Graph) -> tuple[tuple[str, ...], Graph]:
    """Run HermiT; return the unsatisfiable classes, and what owlready2 lists as inferred."""
    owlready2.JAVA_EXE = executable
    owlready2.reasoning.JAVA_MEMORY = JAVA_MEGABYTES
    quad_store = owlready2.World()  # a fresh one each time: what one call loads must not reach the next
    try:
        with _quiet(), _own_temporary_folder():
            # owlready2 reads no Turtle.
            triples = io.BytesIO(graph.serialize(format="nt", encoding="utf-8"))
            quad_store.get_ontology(str(CMQ)).load(fileobj=triples)
            listed = quad_store.get_ontology("urn:inferred#")
            with listed:
                owlready2.sync_reasoner_hermit(
                    quad_store, infer_property_values=True, debug=0, ignore_unsupported_datatypes=True
                )
            unsatisfiable = {c.iri for c in quad_store.inconsistent_classes()} - {str(OWL.Nothing)}
            written = io.BytesIO()
            listed.save(written, format="ntriples")
    except owlready2.OwlReadyJavaError as error:
        raise CommuniqueError(f"HermiT stopped without an answer: {error}") from error
    finally:
        quad_store.close()
    inferred = Graph(bind_namespaces="none").parse(data=written.getvalue(), format="nt")
    return tuple(sorted(unsatisfiable)), inferred


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


@contextlib.contextmanager
def _own_temporary_folder() -> Iterator[None]:
    # owlready2 leaves its input file behind when HermiT finds a contradiction.
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before


def _inferred(ontology: Graph, world: Graph, listed: Graph) -> tuple[tuple[str, str, str], ...]:
    """Close what is stated and listed, and return what of it was not stated."""
    individuals = _individuals(world)
    properties = set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    entailed = _closure(ontology, (t for graph in (world, listed) for t in graph if t[0] in individuals))
    fresh = (
        (str(s), str(p), str(o))
        for s, p, o in entailed
        if (s, p, o) not in world
        and isinstance(o, URIRef)
        and (p in properties or (p == RDF.type and o not in (OWL.Thing, OWL.NamedIndividual)))
    )
    return tuple(sorted(fresh))


def _closure(ontology: Graph, triples: Iterable[Triple]) -> set[Triple]:
    entailed: set[Triple] = set()
    waiting = list(triples)
    while waiting:
        triple = waiting.pop()
        if triple not in entailed:
            entailed.add(triple)
            waiting += _one_step(ontology, triple)
    return entailed


def _one_step(ontology: Graph, triple: Triple) -> Iterator[Triple]:
    s, p, o = triple
    if p == RDF.type:
        for parent in ontology.objects(o, RDFS.subClassOf):
            if isinstance(parent, URIRef):
                yield s, RDF.type, parent
        return
    for parent in ontology.objects(p, RDFS.subPropertyOf):
        yield s, parent, o
    for inverse in {*ontology.objects(p, OWL.inverseOf), *ontology.subjects(OWL.inverseOf, p)}:
        yield o, inverse, s
    if (p, RDF.type, OWL.SymmetricProperty) in ontology:
        yield o, p, s
