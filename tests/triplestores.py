"""The triple stores of others, loaded and started as the README says, on ports of their own, ended with the test."""

import json
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from publisher.datasets import DatasetClause
from publisher.stores import ANY, RemoteStore
from tests.prerequisites import need
from tests.readme import BIN, SECONDS, Terminal, commands, end, section
from tests.serving import free_port

#: For each section of the README the programs that it needs, and the ports that it names.
STORES = {
    "Oxigraph": (("oxigraph",), ("7878",)),
    "Fuseki": (("java", "mvn"), ("3030",)),
    "Virtuoso": (("virtuoso-t", "isql-vt"), ("1111", "8890")),
}
#: An empty Virtuoso that listens on this machine only, may read its own folder, and answers whole.
VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
TransactionFile = virtuoso.trx
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:1111
DirsAllowed = .
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
[HTTPServer]
ServerPort = 127.0.0.1:8890
ServerRoot = .
"""
WARNED = re.compile(r"\b(warn(ing)?s?|errors?|fail(ed|ure)?|exception)\b", re.IGNORECASE)

Term = tuple[str, str]
Answer = list[tuple[Term, ...]] | bool


@dataclass(frozen=True)
class Triplestore:
    """A store that is up, with a dump in it. dataset: the graphs to ask for, where its own default graph is a union."""

    store: RemoteStore
    dataset: DatasetClause
    terminal: Terminal

    def ask(self, sparql: str) -> Answer:
        """Ask it a query."""
        return ask(self.store, sparql, self.dataset)

    @property
    def warnings(self) -> list[str]:
        """The lines in which it, or its loader, warned of something. Fuseki's log repeats the queries: ours."""
        return [line for line in self.terminal.said.splitlines() if WARNED.search(line) and " Query = " not in line]


def ask(store: RemoteStore, sparql: str, dataset: DatasetClause = ANY) -> Answer:
    """Ask a server a query: yes or no, or rows of terms, each its text and its datatype, language or kind."""
    found = json.loads(store.query(sparql, "application/sparql-results+json", dataset).read())
    if "boolean" in found:
        return bool(found["boolean"])
    names = found["head"]["vars"]
    return [tuple(_term(row.get(name)) for name in names) for row in found["results"]["bindings"]]


def _term(given: dict[str, str] | None) -> Term:
    if given is None:
        return "", "unbound"
    plain = "http://www.w3.org/2001/XMLSchema#string"
    return given["value"], given.get("xml:lang") or given.get("datatype", plain if "literal" in given["type"] else "")


@contextmanager
def loaded(name: str, dump: str, base: str, graphs: tuple[str, ...], folder: Path) -> Iterator[Triplestore]:
    """Load a dump of the publication that is served at base, by the commands of the README, and start the store.

    graphs: the names of the named graphs, which a store whose default graph is a union must be told.
    """
    programs, ports = STORES[name]
    for program in ("curl", *programs):
        need(program, BIN)
    here = re.findall(r":(\d+)/", base)[0]
    terminal = Terminal(folder, {"8000": here, **{port: str(free_port()) for port in ports}})
    servers = []
    try:
        terminal.run(commands(section("Load the data elsewhere"))[0])
        if name == "Virtuoso":
            (folder / "virtuoso.ini").write_text(terminal.meant(VIRTUOSO), encoding="utf-8")
            servers.append(terminal.start("exec virtuoso-t +foreground +configfile virtuoso.ini"))
            _wait(terminal, servers[-1], ports)
        *loading, question = commands(section(name))
        for command, lines in loading:
            chosen = command.replace("communique.nq", dump)
            if chosen.endswith("&"):
                servers.append(terminal.start(f"exec {chosen.removesuffix('&')}"))
                _wait(terminal, servers[-1], ports)
            else:
                terminal.run((chosen, lines))
        terminal.run(question)
        endpoint, merged = _asked(terminal.meant(question[0]))
        dataset = DatasetClause(merged, graphs if merged and dump.endswith(".nq") else ())
        yield Triplestore(RemoteStore(endpoint, base), dataset, terminal)
    finally:
        for server in servers:
            end(server)


def _asked(question: str) -> tuple[str, tuple[str, ...]]:
    """Return the server that a command asks, and the graph in it that holds our default graph, if it must be named."""
    endpoint = re.findall(r"--endpoint '?([^ ']+)", question)[0]
    address, _, graph = endpoint.partition("?default-graph-uri=")
    return address, (unquote(graph),) if graph else ()


def _wait(terminal: Terminal, server: "subprocess.Popen[bytes]", ports: tuple[str, ...]) -> None:
    """Wait until a server listens on its ports."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            for port in ports:
                socket.create_connection(("localhost", int(terminal.ports[port])), timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the server did not come up:\n{terminal.said}")
