"""The graph of each document, byte for byte: what a change of a mapping does to the data is seen in a diff.

Renew it after a change that is meant: python -m tests.test_expected
"""

from pathlib import Path

import pytest

from publisher.turtle import whole
from tests.conftest import ROOT
from tests.source import Source

KEYS = sorted(file.stem for file in (ROOT / "seeds").glob("*.yaml"))
EXPECTED = Path(__file__).parent / "expected"
RENEW = "python -m tests.test_expected"


def written(source: Source, key: str) -> bytes:
    return whole(source.graphs[key], source.names.prefixes())


@pytest.mark.parametrize("key", KEYS)
def test_the_graph_of_a_document_is_as_it_was(key: str, source: Source) -> None:
    file = EXPECTED / f"{key}.ttl"
    now, before = written(source, key).splitlines(), file.read_bytes().splitlines()
    gone, new = [one for one in before if one not in set(now)], [one for one in now if one not in set(before)]
    assert now == before, f"{len(gone)} lines are gone, {len(new)} are new; if that is meant: {RENEW}"
    assert written(source, key) == file.read_bytes()


if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    made = Source.read(ROOT)
    for each in KEYS:
        (EXPECTED / f"{each}.ttl").write_bytes(written(made, each))
