"""A storm: all attacks at once, again and again, and beside them clients who want nothing but an answer."""

import itertools
import multiprocessing
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue
from typing import Any

from tests.attacks.armoury import every
from tests.attacks.clients import Records, clients, rounds
from tests.attacks.listener import listening
from tests.attacks.processes import calm, memory, tree
from tests.attacks.wire import Address, carry_out

#: What the server did with all attacks of one name: how often each ended how.
Endings = dict[str, Counter[str]]


@dataclass
class Report:
    """What a storm did. idle and storm: the clients before and meanwhile. asked: who asked the listener, by what.

    unexpected: the attacks that ended as they must not. memory: the most bytes that the server and all its processes
    had together. calm: whether nothing was left that burns CPU.
    """

    idle: Records
    storm: Records
    attacks: int = 0
    unexpected: Endings = field(default_factory=dict)
    asked: list[bytes] = field(default_factory=list)
    memory_before: int = 0
    memory: int = 0
    processes: int = 0
    calm: bool = True

    @property
    def failures(self) -> int:
        """How many answers the clients did not get, in the storm."""
        return sum(record.failures.total() for record in self.storm.values())

    def __str__(self) -> str:
        idle, meanwhile = f"{'idle: answers':>14}{'p50':>8}{'p99':>8}", f"{'storm: answers':>16}{'p50':>9}{'p99':>9}"
        lines = [f"{'':22}{idle}{meanwhile}{'max':>9}  failures"]
        for kind, before in self.idle.items():
            then = self.storm[kind]
            lines.append(
                f"{kind:22}{len(before.milliseconds):14,}{before.percentile(50):8.1f}{before.percentile(99):8.1f}"
                f"{len(then.milliseconds):16,}{then.percentile(50):9.1f}{then.percentile(99):9.1f}"
                f"{max(then.milliseconds, default=float('nan')):9.1f}  {dict(then.failures) or 0}"
            )
        lines.append(f"{self.attacks:,} attacks; {len(self.asked)} asked the listener; times in milliseconds")
        lines.append(
            f"memory {self.memory_before / 1e6:,.0f} MB before, at most {self.memory / 1e6:,.0f} MB; at most "
            f"{self.processes} processes; {'calm' if self.calm else 'still busy'} afterwards"
        )
        lines += [f"unexpected: {name}: {dict(found)}" for name, found in self.unexpected.items()]
        return "\n".join(lines)


def storm(server: Address, root: int | None, seconds: float, deadline: float, idle: float = 5, each: int = 2) -> Report:
    """Let a storm come over a server. root: its process. deadline: its own, after which it stops a query.

    idle: for so many seconds the clients are alone first. each: how many clients ask for each kind of thing.
    Attackers and clients are processes of their own, so that neither's work makes the other look slow.
    """
    report = Report(_asking(server, idle, each), {})
    report.memory_before = memory(root) if root else 0
    with listening() as listener, _watched(root, report):
        context = multiprocessing.get_context("spawn")
        found: Any = context.Queue()
        attackers = context.Process(target=_attack, args=(server, listener.address, seconds, deadline + 40, found))
        attackers.start()
        report.storm = _asking(server, seconds, each)
        report.attacks, report.unexpected = found.get()
        attackers.join()
        report.asked = list(listener.asked)
    report.calm = calm(root, deadline + 10) if root else True
    return report


def _asking(server: Address, seconds: float, each: int) -> Records:
    """Let clients ask for some time, in a process of their own; return how it went."""
    context = multiprocessing.get_context("spawn")
    found: Any = context.Queue()
    process = context.Process(target=_ask, args=(server, seconds, each, found))
    process.start()
    records: Records = found.get()
    process.join()
    return records


def _ask(server: Address, seconds: float, each: int, found: "Queue[Records]") -> None:
    with clients(server, rounds(server), each) as records:
        time.sleep(seconds)
    found.put(records)


def _attack(
    server: Address, listener: str, seconds: float, patience: float, found: "Queue[tuple[int, Endings]]"
) -> None:
    """Carry out all attacks at once, each again when it ended, for some time; report what ended as it must not.

    In a storm any of them may also be told that there is too much to do, or be hung up on.
    """
    count, lock = Counter[str](), threading.Lock()
    unexpected: Endings = {}
    until = time.monotonic() + seconds
    attacks = every(listener)
    start = threading.Barrier(len(attacks))

    def again(place: int) -> None:
        attack = attacks[place]
        allowed = attack.endings(checked=False) | {429, 503, "closed"}
        start.wait()
        for number in itertools.count():
            if time.monotonic() > until:
                break
            outcomes = carry_out(attack.varied(number), server, patience)
            with lock:
                count[attack.name] += len(outcomes)
                for outcome in outcomes:
                    if outcome.ending not in allowed:
                        unexpected.setdefault(attack.name, Counter())[str(outcome.ending)] += 1
            time.sleep(0.05)

    threads = [threading.Thread(target=again, args=(place,)) for place in range(len(attacks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.put((count.total(), unexpected))


@contextmanager
def _watched(root: int | None, report: Report) -> Iterator[None]:
    """Watch the memory and the number of a server's processes."""
    over = threading.Event()

    def watch() -> None:
        while root and not over.wait(0.5):
            report.memory = max(report.memory, memory(root))
            report.processes = max(report.processes, len(tree(root)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
