"""The release answers the questions that it was built for, and proposes nothing as agreed."""

import json
import re
from pathlib import Path

import pytest

from publisher.examples import example, examples
from publisher.release import Release
from publisher.stores import LocalStore
from tests.questions import ANSWERS, rows

SEED = Path(__file__).resolve().parent.parent / "seeds" / "mali-2025-07-28.txt"


@pytest.mark.parametrize("name", ANSWERS)
def test_the_release_answers_the_question(name: str, store: LocalStore, release: Release) -> None:
    answer = store.query(example(name).sparql, "application/sparql-results+json").read()
    assert rows(json.loads(answer), release.base) == ANSWERS[name]


def test_every_example_query_has_an_answer_here() -> None:
    assert {one.name for one in examples()} == set(ANSWERS)


@pytest.mark.parametrize("name", [name for name, answer in ANSWERS.items() if isinstance(answer, list)])
def test_an_answer_comes_in_one_order(name: str, store: LocalStore) -> None:
    """No two rows tie: an engine may order a tie by how it hashes names, so another base would give another order."""
    results = json.loads(store.query(example(name).sparql, "application/sparql-results+json").read())
    _, _, order = example(name).sparql.partition("\nORDER BY ")
    keys = [results["head"]["vars"].index(key) for key in re.findall(r"\?(\w+)", order)]
    answer = rows(results, "")
    assert isinstance(answer, list)
    found = {row: tuple(row[key] for key in keys) for row in answer}
    assert len(set(found.values())) == len(found)


def test_an_example_that_must_be_empty_would_not_be_if_there_were_something(release: Release, tmp_path: Path) -> None:
    """Each of the three finds what it looks for, once it is there."""
    import pyoxigraph as ox

    dump = (release.folder / "dumps" / "communique.nq").read_text(encoding="utf-8")
    cmq, base = "https://w3id.org/communique/ns#", release.base
    commission = f"<{base}id/initiative/ru-ml-intergovernmental-commission>"
    document = f"<{base}graph/mali-2025-07-28>"
    signed = f"{commission} <{cmq}lifecycle> <https://w3id.org/communique/lifecycle#signed> "
    body = f"{commission} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{cmq}JointBody> "
    leaked = [line + graph for line in (signed, body) for graph in (" .\n", document + " .\n")]
    store = ox.Store()
    store.load((dump + "".join(leaked)).encode(), format=ox.RdfFormat.N_QUADS)
    found = {}
    for name in ("none-signed-with-mali", "none-joint-bodies", "none-plain-unallowed"):
        solutions = store.query(example(name).sparql, base_iri=base)
        assert isinstance(solutions, ox.QuerySolutions)
        found[name] = len(list(solutions))
    assert found == {"none-signed-with-mali": 1, "none-joint-bodies": 1, "none-plain-unallowed": 2}


def test_the_code_points_of_an_answer_cut_its_quote_out_of_the_text(store: LocalStore, release: Release) -> None:
    sparql = """
        PREFIX cmq: <https://w3id.org/communique/ns#>
        PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?quote ?start ?end {
          ?fact cmq:inDocument <id/document/mali-2025-07-28> ; cmq:evidence ?evidence .
          ?evidence oa:hasSelector ?words , ?place .
          ?words oa:exact ?quote .
          ?place oa:start ?start ; oa:end ?end .
        }"""
    found = json.loads(store.query(sparql, "application/sparql-results+json").read())
    text = SEED.read_text(encoding="utf-8")
    spans = rows(found, release.base)
    assert isinstance(spans, list)
    cut = [(text[int(start) : int(end)], quote) for quote, start, end in spans]
    assert len(cut) > 50
    assert all(piece == quote for piece, quote in cut)
