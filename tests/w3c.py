"""The W3C's SPARQL 1.1 tests against the endpoint that we ship: `python -m tests.w3c FOLDER`.

FOLDER is the suite's, `sparql/sparql11` of the W3C's repository rdf-tests, which is not in this tree. All data of all
tests is loaded as one file, each of the suite's files as a named graph; a test names its dataset by the protocol, so
that datasets are tested on the way. Each result is asked for in JSON, XML and TSV, and all three must be as expected.
"""

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click
import pyoxigraph as ox

from tests.asked import GRAPHS, NOT_SPARQL, RESULTS, Alone, Asked, Endpoint
from tests.sameness import canonical, csv_table, expected, read, same
from tests.serving import answer_of, files_served, free_port
from tests.suite import PARTS, SUITE, Test, all_tests, iri_of, rdf_format, requests, write_data

#: A graph that no file is.
NOTHING: Final = f"{SUITE}nothing"


@dataclass(frozen=True)
class Outcome:
    """How a test went. wrong: why it fails. alone: whether the engine fails it too, without anything of ours."""

    test: Test
    wrong: str | None
    alone: bool = False


# --- Judging


def failure(test: Test, folder: Path, asked: Asked) -> str | None:
    """Return why a test of queries fails; nothing, where it passes."""
    if test.query is None:
        return f"a test of a kind that is not known: {test.kind}"
    query = test.query.read_text("utf-8")
    if "Syntax" in test.kind:
        reply = asked.ask(query, "*/*")
        refused = reply.status == 400 and NOT_SPARQL in reply.body  # else it is SPARQL, and has a function of nobody's
        return None if refused is test.kind.startswith("Negative") else f"status {reply.status}: {reply.body!r}"
    query = f"BASE <{iri_of(folder, test.query)}> {query}"
    clause = re.search(r"\bFROM\b", query)
    default = () if clause else test.data or (NOTHING,)
    named = () if clause else test.graphs
    for accept, form in (GRAPHS if _makes_graph(query) else RESULTS).items():
        if test.result is not None and test.result.suffix == ".csv":
            reply = asked.ask(query, "text/csv", default, named)
            right = csv_table(reply.body.decode()) == csv_table(test.result.read_text("utf-8"))
            return None if right and reply.media_type == "text/csv" else f"text/csv: {reply.body!r}"
        reply = asked.ask(query, accept, default, named)
        if reply.status != 200:
            return f"{accept}: status {reply.status}: {reply.body[:200].decode(errors='replace')}"
        if reply.media_type != accept:
            return f"{accept}: it came as {reply.media_type}"
        try:
            wrong = _compare(test, folder, query, reply.body, form)
        except (SyntaxError, ValueError) as error:
            return f"{accept}: cannot be read: {error}"
        if wrong:
            return f"{accept}: {wrong}"
    return None


def _makes_graph(query: str) -> bool:
    plain = re.sub(r"<[^>]*>|#.*|\"[^\"]*\"", " ", query)
    found = re.search(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", plain, re.IGNORECASE)
    return found is not None and found[1].upper() in ("CONSTRUCT", "DESCRIBE")


def _compare(
    test: Test, folder: Path, query: str, body: bytes, form: ox.RdfFormat | ox.QueryResultsFormat
) -> str | None:
    if test.result is None:
        return "the suite names no result"
    base = iri_of(folder, test.result)
    if isinstance(form, ox.RdfFormat):
        wanted_graph = canonical(ox.parse(path=test.result, format=rdf_format(test.result), base_iri=base))
        return None if canonical(ox.parse(body, format=form)) == wanted_graph else "another graph"
    found, wanted = read(ox.parse_query_results(body, format=form)), expected(test.result, base)
    if isinstance(found, bool) or isinstance(wanted, bool):
        return None if found is wanted else f"{found if isinstance(found, bool) else 'a table'}, expected {wanted}"
    (columns, rows), (wanted_columns, wanted_rows) = found, wanted
    if columns != wanted_columns:
        return f"columns {columns}, expected {wanted_columns}"
    if "ORDER BY" in query.upper() and not any(isinstance(term, ox.BlankNode) for row in wanted_rows for term in row):
        return None if rows == wanted_rows else f"another order: {rows[:4]}, expected {wanted_rows[:4]}"
    if test.lax:
        rows, wanted_rows = list(dict.fromkeys(rows)), list(dict.fromkeys(wanted_rows))
    return None if same(wanted_rows, rows) else f"other rows: {rows[:4]}, expected {wanted_rows[:4]}"


def protocol_failure(test: Test, endpoint: Endpoint) -> str | None:
    """Send the requests of a test of the protocol, and return why an answer is not as expected."""
    asked = list(requests(test))
    for request in asked:
        if not request.statuses:
            return "the suite names no status"
        reply = endpoint.send(request.method, request.path, request.headers, request.body)
        if str(reply.status)[0] not in request.statuses:
            return f"status {reply.status}, expected {', '.join(request.statuses)}xx"
        if request.media_types and reply.media_type not in request.media_types:
            return f"{reply.media_type} came, expected {', '.join(request.media_types)}"
        if request.truth is not None:
            found = read(ox.parse_query_results(reply.body, format=RESULTS[reply.media_type]))
            if found is not request.truth:
                return f"{found} came, expected {request.truth}"
    return None if asked else "the suite names no request"


# --- Running


@contextmanager
def served(folder: Path) -> Iterator[tuple[Endpoint, Alone]]:
    """Serve the data of the suite; give the endpoint, and the engine alone with the same data."""
    with tempfile.TemporaryDirectory() as passing:
        data = Path(passing) / "suite.nq"
        write_data(folder, data)
        port = free_port()
        with files_served(Path(passing), "serve", str(data), "--default-graph", "as-is", "--port", str(port)):
            answer_of(f"http://127.0.0.1:{port}/")
            yield Endpoint(f"http://127.0.0.1:{port}/"), Alone(data)


def run(folder: Path) -> Iterator[Outcome]:
    """Yield the outcome of each test that a server of queries can be asked."""
    with served(folder) as (endpoint, alone):
        for test in all_tests(folder):
            if test.kind != "ProtocolTest":
                wrong = failure(test, folder, endpoint)
                yield Outcome(test, wrong, wrong is not None and failure(test, folder, alone) is not None)
            elif "update" not in test.name:  # a release never changes
                yield Outcome(test, protocol_failure(test, endpoint))


def told(outcomes: Sequence[Outcome]) -> str:
    """Say how many of how many tests pass, by part and of all, and which fail and why."""
    ran = Counter(one.test.part for one in outcomes)
    passed = Counter(one.test.part for one in outcomes if not one.wrong)
    return "\n".join(
        [
            *(
                f"FAIL {one.test}{' (the engine alone, too)' if one.alone else ''}: {one.wrong}"
                for one in outcomes
                if one.wrong
            ),
            *(f"{part}: {passed[part]} of {ran[part]}" for part in PARTS),
            f"{passed.total()} of {ran.total()} pass",
        ]
    )


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(folder: Path) -> None:
    """Run the suite; say what fails, and how many of each part pass."""
    outcomes = list(run(folder.absolute()))
    click.echo(told(outcomes))
    sys.exit(any(one.wrong for one in outcomes))


if __name__ == "__main__":
    main()
