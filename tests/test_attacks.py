"""No query and no request brings the server down: each attack ends as it must, and others are answered meanwhile.

Each query is asked twice: with the cheap checks, which give the good messages, and without them, since the isolation is
the guarantee. The server and all its processes have a limit on their memory.

The storm that lasts a minute over a million triples, with its figures: `python -m tests.attacks`.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.attacks import Attack
from tests.attacks.armoury import QUERIES, REQUESTS, every
from tests.attacks.clients import Round, ask, clients, rounds
from tests.attacks.listener import Listener, listening
from tests.attacks.processes import calm, memory
from tests.attacks.storm import storm
from tests.attacks.wire import Address, carry_out
from tests.generated import Generated, generate
from tests.serving import Server, started

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
]

TRIPLES = 100_000
#: How long a storm lasts, in seconds.
STORM = 15
#: The server's own, in seconds; and how much later than that an attack has ended for sure.
DEADLINE = 2
MARGIN = 13
GIGABYTE = 1 << 30
#: The address space of each process, as prlimit caps it, and the memory of all of them together.
ADDRESSES = 8 * GIGABYTE
MEMORY = 3 * GIGABYTE


@dataclass(frozen=True)
class Attacked:
    """A server of generated data that is attacked. listener: the server that it must never ask."""

    server: Server
    address: Address
    checked: bool
    listener: Listener
    asked: list[Round]

    @property
    def attacks(self) -> dict[str, Attack]:
        return {attack.name: attack for attack in every(self.listener.address)}

    def status(self, asked: Round) -> int:
        """Return the status that a client gets who comes now."""
        connection = HTTPConnection(*self.address, timeout=DEADLINE + MARGIN)
        with closing(connection):
            return ask(connection, asked.paths[0], asked.accept)[0]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Generated:
    return generate(tmp_path_factory.mktemp("generated") / "data", TRIPLES)


@pytest.fixture(scope="module")
def attacked(request: pytest.FixtureRequest, generated: Generated) -> Iterator[Attacked]:
    checked = request.param == "checked"
    environment = {} if checked else {"COMMUNIQUE_ADMIT": "none"}
    options = ("--timeout", str(DEADLINE))
    with (
        listening() as listener,
        started(generated.releases, options=options, environment=environment, memory=ADDRESSES) as server,
    ):
        address = ("localhost", urlsplit(server.base).port or 80)
        yield Attacked(server, address, checked, listener, rounds(address))


def ends_as_it_must(name: str, attacked: Attacked) -> None:
    """Carry out an attack; all that must hold then holds."""
    attack, root = attacked.attacks[name], attacked.server.process.pid
    before = len(attacked.listener.asked)
    with clients(attacked.address, attacked.asked) as meanwhile:
        outcomes = carry_out(attack, attacked.address, DEADLINE + MARGIN)
    ended = {outcome.ending for outcome in outcomes}
    assert ended <= attack.endings(checked=attacked.checked), outcomes[0]
    assert not attacked.listener.asked[before:], "the server asked another one"
    assert not {kind: record.failures for kind, record in meanwhile.items() if record.failures}
    assert {one.kind: attacked.status(one) for one in attacked.asked} == {
        one.kind: one.wanted for one in attacked.asked
    }
    assert calm(root, DEADLINE + MARGIN), "something is left that burns CPU"
    assert memory(root) < MEMORY
    assert attacked.server.process.poll() is None
    assert not [line for line in attacked.server.said if "FORGED" in line.partition(" ")[0]]


@pytest.mark.parametrize("attacked", ["checked", "unchecked"], indirect=True)
@pytest.mark.parametrize("name", QUERIES)
def test_a_query_ends_as_it_must_and_others_are_answered(name: str, attacked: Attacked) -> None:
    ends_as_it_must(name, attacked)


@pytest.mark.parametrize("attacked", ["checked"], indirect=True)
@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_ends_as_it_must_and_others_are_answered(name: str, attacked: Attacked) -> None:
    ends_as_it_must(name, attacked)


@pytest.mark.parametrize("attacked", ["checked", "unchecked"], indirect=True)
def test_while_all_attacks_run_at_once_everybody_else_is_answered(attacked: Attacked) -> None:
    report = storm(attacked.address, attacked.server.process.pid, STORM, DEADLINE)
    print(report)  # noqa: T201 - what `pytest -rP` shows
    assert not report.failures, report
    assert not report.unexpected, report
    assert not report.asked, report
    assert report.memory < MEMORY, report
    assert report.calm, report
