"""An answer is made once per release, and no memory grows without bound."""

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from publisher.web import memory
from publisher.web.memory import Memory


def test_an_answer_is_made_once() -> None:
    made = []
    remembered: Memory[bytes] = Memory(len)
    for _ in range(3):
        assert remembered.recall("a", lambda: made.append(1) or b"answer") == b"answer"  # type: ignore[func-returns-value]
    assert made == [1]


def test_what_fails_is_not_remembered() -> None:
    remembered: Memory[bytes] = Memory(len)

    def fail() -> bytes:
        raise LookupError

    with pytest.raises(LookupError):
        remembered.recall("a", fail)
    assert remembered.recall("a", lambda: b"answer") == b"answer"


def test_the_oldest_is_forgotten_when_there_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "MOST_BYTES", 30)
    remembered: Memory[bytes] = Memory(len)
    for number in range(10):
        remembered.recall(number, lambda: b"0123456789")
    made = []
    for number in (9, 8, 7, 6):
        remembered.recall(number, lambda number=number: made.append(number) or b"0123456789")  # type: ignore[misc, func-returns-value]
    assert made == [6]


def test_a_large_answer_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "LARGEST", 5)
    remembered: Memory[bytes] = Memory(len)
    assert remembered.recall("a", lambda: b"0123456789") == b"0123456789"
    assert remembered.recall("a", lambda: b"again") == b"again"


def test_a_page_and_its_data_are_the_same_the_second_time(client: FlaskClient) -> None:
    for suffix in ("html", "ttl", "trig"):
        first, second = (client.get(f"/doc/state/mali.{suffix}") for _ in range(2))
        assert first.data == second.data
        assert first.headers["ETag"] == second.headers["ETag"]
    assert client.get("/doc/state/mali.ttl").data != client.get("/doc/state/mali.nt").data


def test_who_asks_as_another_did_gets_what_that_one_got_and_else_what_was_asked_for(client: FlaskClient) -> None:
    path = f"/sparql?query={quote('SELECT ?p { <id/state/mali> ?p ?o } ORDER BY ?p LIMIT 3')}"
    json = client.get(path, headers={"Accept": "application/sparql-results+json"})
    for _ in range(2):
        again = client.get(path, headers={"Accept": "application/sparql-results+json"})
        assert (again.data, again.headers["ETag"]) == (json.data, json.headers["ETag"])
        head = client.head(path, headers={"Accept": "application/sparql-results+json"})
        assert (head.data, head.headers["Content-Length"]) == (b"", str(len(json.data)))
        known = {"Accept": "application/sparql-results+json", "If-None-Match": json.headers["ETag"]}
        assert client.get(path, headers=known).status_code == 304
        assert client.get(path, headers={"Accept": "text/csv"}).mimetype == "text/csv"
        assert client.get(path.replace("/sparql?", "/sparql.tsv?")).mimetype == "text/tab-separated-values"
        packed = client.get(path.replace("3", "300"), headers={"Accept": "text/csv", "Accept-Encoding": "gzip"})
        assert packed.headers.get("Content-Encoding") == "gzip" or len(packed.data) < 1_000
        assert client.get(f"{path}&default-graph-uri=http%3A%2F%2Fexample.org%2Fnone").data != json.data
        assert client.post(path, headers={"Accept": "text/csv"}).status_code == 415


@pytest.mark.parametrize("first", ["suffix", "header"])
def test_a_header_that_says_what_a_suffix_says_is_none_the_less_a_header(first: str, client: FlaskClient) -> None:
    query = quote(f'SELECT ("{first}" AS ?first) {{}}')
    asked = {"suffix": (f"/sparql.csv?query={query}", {}), "header": (f"/sparql?query={query}", {"Accept": "csv"})}
    for _ in range(2):
        for way in (first, *(asked.keys() - {first})):
            path, headers = asked[way]
            answer = client.get(path, headers=headers)
            assert (answer.mimetype == "text/csv") is (way == "suffix")
            assert ("Accept" in answer.vary) is (way == "header")
