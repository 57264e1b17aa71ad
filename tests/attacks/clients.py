"""Well-behaved clients: each keeps its connection, asks for one thing after another, and writes down how that went."""

import http.client
import itertools
import json
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from tests.attacks.wire import Address

JSON: Final = "application/sparql-results+json"
#: What anybody may ask meanwhile: which events there are, and which Facts.
EVENTS: Final = "SELECT ?it { ?it a <https://w3id.org/communique/ns#Talks> } LIMIT 400"
FACTS: Final = "SELECT ?it { ?it a <https://w3id.org/communique/ns#Fact> } LIMIT 400"
#: Longer than this, and somebody who waits for a page goes away.
PATIENCE: Final = 30


@dataclass
class Record:
    """How it went for the clients who ask for one kind of thing: milliseconds of each answer, and what failed."""

    milliseconds: list[float] = field(default_factory=list)
    failures: Counter[str] = field(default_factory=Counter)

    def percentile(self, percent: int) -> float:
        """Return the time in which so many of a hundred were answered."""
        if len(self.milliseconds) < 2:
            return float("nan")
        return statistics.quantiles(self.milliseconds, n=100, method="inclusive")[percent - 1]


#: How it went, by the kind of thing that was asked for.
Records = Mapping[str, Record]


@dataclass(frozen=True)
class Round:
    """What one client asks for, again and again. wanted: the status that it must get. accept: what it takes."""

    kind: str
    paths: list[str]
    wanted: int = 200
    accept: str = "*/*"


def rounds(server: Address) -> list[Round]:
    """Return what clients ask a server for: its things one by one, by query, by name and as pages."""
    events, facts = (_things(server, query) for query in (EVENTS, FACTS))
    lookups = [f"/sparql?{urlencode({'query': f'SELECT ?p ?o {{ <{one}> ?p ?o }}'})}" for one in events]
    return [
        Round("point lookup", lookups, accept=JSON),
        Round("point lookup, again", lookups[:1], accept=JSON),
        Round("name (/id)", [quote(urlsplit(one).path) for one in events], wanted=303),
        Round("page (/doc)", [quote(urlsplit(one).path.replace("/id/", "/doc/", 1)) for one in events + facts]),
    ]


def _things(server: Address, query: str) -> list[str]:
    with closing(http.client.HTTPConnection(*server, timeout=PATIENCE)) as connection:
        status, body = ask(connection, f"/sparql?{urlencode({'query': query})}")
    if status != http.client.OK:
        raise RuntimeError(f"the server does not answer: {status} {body[:200]!r}")
    return [row["it"]["value"] for row in json.loads(body)["results"]["bindings"]]


def ask(connection: http.client.HTTPConnection, path: str, accept: str = JSON) -> tuple[int, bytes]:
    """Return the status and the body of a GET on a connection that is kept."""
    connection.request("GET", path, headers={"Accept": accept})
    response = connection.getresponse()
    return response.status, response.read()


@contextmanager
def clients(server: Address, asked: list[Round], each: int = 1, pause: float = 0.02) -> Iterator[Records]:
    """Let clients ask, so many for each round, until the end; what is given is whole only then.

    pause: how long each thinks, in seconds, before it asks again.
    """
    records, over = {one.kind: Record() for one in asked}, threading.Event()
    threads = [
        threading.Thread(target=_client, args=(server, one, records[one.kind], over, pause, seed))
        for one in asked
        for seed in range(each)
    ]
    for thread in threads:
        thread.start()
    try:
        yield records
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _client(server: Address, asked: Round, record: Record, over: threading.Event, pause: float, seed: int) -> None:
    paths = random.Random(seed).sample(asked.paths, len(asked.paths))  # noqa: S311 - an order, no secret
    connection = http.client.HTTPConnection(*server, timeout=PATIENCE)
    for path in itertools.cycle(paths):
        if over.wait(pause):
            break
        begun = time.perf_counter()
        try:
            status, _ = ask(connection, path, asked.accept)
        except (OSError, http.client.HTTPException) as error:
            record.failures[type(error).__name__] += 1
            connection.close()  # the next request opens it again
        else:
            if status == asked.wanted:
                record.milliseconds.append((time.perf_counter() - begun) * 1000)
            else:
                record.failures[str(status)] += 1
    connection.close()
