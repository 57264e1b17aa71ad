"""The graph of the example document, byte for byte: what a change of a mapping does to the data is seen in a diff.

Renew it after a change that is meant: python -m tests.test_expected
"""

from pathlib import Path

from publisher import serialise
from publisher.build import Source
from tests.conftest import ROOT

KEY = "mali-2025-07-28"
EXPECTED = Path(__file__).parent / "expected" / f"{KEY}.ttl"
RENEW = "python -m tests.test_expected"


def written(source: Source) -> bytes:
    return serialise.turtle(serialise.canonical(source.graphs[KEY]), source.names.prefixes())


def test_the_graph_of_the_example_document_is_as_it_was(source: Source) -> None:
    now, before = written(source).splitlines(), EXPECTED.read_bytes().splitlines()
    gone, new = [one for one in before if one not in set(now)], [one for one in now if one not in set(before)]
    assert now == before, f"{len(gone)} lines are gone, {len(new)} are new; if that is meant: {RENEW}"
    assert written(source) == EXPECTED.read_bytes()


if __name__ == "__main__":
    EXPECTED.parent.mkdir(exist_ok=True)
    EXPECTED.write_bytes(written(Source.read(ROOT)))
