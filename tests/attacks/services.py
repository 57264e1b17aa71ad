"""Ways to have the server ask another one: SERVICE and LOAD in every disguise. The other one listens, and counts."""

from collections.abc import Iterator
from urllib.parse import quote_plus

from tests.attacks import ANSWERED, CLOSED, REFUSED, STOPPED, Attack, Ending, ask, get, post

FORM = "application/x-www-form-urlencoded"
INSIDE = "{ ?x ?y ?z }"


def attacks(listener: str) -> list[Attack]:
    """Return all of them. listener: the address that must never be asked, http://127.0.0.1:PORT/."""
    return [*_services(listener), *_addresses(listener), *_updates(listener), *_datasets(listener)]


def _services(there: str) -> Iterator[Attack]:
    """Yield SERVICE, spelled and placed so that a simple look does not find it."""
    to = f"<{there}>"
    escaped = there.replace(":", "\\u003A", 1)
    port = there.rstrip("/").rpartition(":")[2]
    for name, query in {
        "plain": f"SELECT * {{ SERVICE {to} {INSIDE} }}",
        "silent": f"SELECT * {{ SERVICE SILENT {to} {INSIDE} }}",
        "in an ASK": f"ASK {{ SERVICE {to} {INSIDE} }}",
        "in a CONSTRUCT": f"CONSTRUCT {{ ?x ?y ?z }} {{ SERVICE {to} {INSIDE} }}",
        "in a DESCRIBE": f"DESCRIBE ?x {{ SERVICE {to} {INSIDE} }}",
        "by a variable and BIND": f"SELECT * {{ BIND({to} AS ?there) SERVICE ?there {INSIDE} }}",
        "by a variable and VALUES": f"SELECT * {{ VALUES ?there {{ {to} }} SERVICE SILENT ?there {INSIDE} }}",
        "by a variable and data": f"SELECT * {{ ?s ?p ?there SERVICE SILENT ?there {INSIDE} }} LIMIT 1",
        "by a variable with a dollar": f"SELECT * {{ VALUES $there {{ {to} }} SERVICE$there{INSIDE} }}",
        "in a sub-select": f"SELECT * {{ {{ SELECT * {{ SERVICE {to} {INSIDE} }} }} }}",
        "in a UNION": f"SELECT * {{ {{ ?s ?p ?o }} UNION {{ SERVICE {to} {INSIDE} }} }} LIMIT 9",
        "in an OPTIONAL": f"SELECT * {{ ?s ?p ?o OPTIONAL {{ SERVICE {to} {INSIDE} }} }} LIMIT 9",
        "in an EXISTS": f"ASK {{ ?s ?p ?o FILTER EXISTS {{ SERVICE {to} {INSIDE} }} }}",
        "in a NOT EXISTS": f"ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ SERVICE {to} {INSIDE} }} }}",
        "in a MINUS": f"ASK {{ ?s ?p ?o MINUS {{ SERVICE {to} {INSIDE} }} }}",
        "in a GRAPH": f"ASK {{ GRAPH ?g {{ SERVICE {to} {INSIDE} }} }}",
        "in a BIND's EXISTS": f"SELECT * {{ BIND(EXISTS {{ SERVICE {to} {INSIDE} }} AS ?b) }}",
        "in a HAVING": f"SELECT ?s {{ ?s ?p ?o }} GROUP BY ?s HAVING (EXISTS {{ SERVICE {to} {INSIDE} }})",
        "in another": f"ASK {{ SERVICE SILENT <http://127.0.0.1:1/> {{ SERVICE {to} {INSIDE} }} }}",
        "in lower case": f"select * {{ service silent {to} {INSIDE} }}",
        "in mixed case": f"SELECT * {{ sErViCe {to} {INSIDE} }}",
        "split by comments": f"SELECT * {{ SERVICE# {{\n#}}\r SILENT#\n\t{to}#\n{INSIDE} }}",
        "without spaces": f"SELECT*{{SERVICE{to}{{?x ?y ?z}}}}",
        "behind a string": f"SELECT * {{ ?s ?p '}} # ' . SERVICE {to} {INSIDE} }}",
        "behind a long string": f"SELECT * {{ ?s ?p '''\\''' # ''' . SERVICE {to} {INSIDE} }}",
        "behind what may be an IRI": f"SELECT * {{ FILTER(1<#>2) \n SERVICE {to} {INSIDE} }}",
        "behind a comment in an IRI": f"SELECT * {{ <a#b> ?p ?o . SERVICE {to} {INSIDE} }}",
        "escaped in its name": f"SELECT * {{ S\\u0045RVICE {to} {INSIDE} }}",
        "escaped in full": "SELECT * { " + "".join(f"\\u{ord(sign):04X}" for sign in "SERVICE") + f" {to} {INSIDE} }}",
        "escaped in its brackets": f"SELECT * {{ SERVICE \\u003C{there}\\u003E \\u007B ?x ?y ?z }} }}",
        "escaped in its IRI": f"SELECT * {{ SERVICE <{escaped}> {INSIDE} }}",
        "by a prefix": f"PREFIX s: {to} SELECT * {{ SERVICE s: {INSIDE} }}",
        "by a prefix and a name": f"PREFIX s: {to} SELECT * {{ SERVICE s:sparql {INSIDE} }}",
        "by an empty prefix": f"PREFIX : {to} SELECT * {{ SERVICE :{INSIDE} }}",
        "by a prefix of half a host": f"PREFIX s: <http://127.0.0.1:> SELECT * {{ SERVICE s:{port} {INSIDE} }}",
        "by a name with escapes": f"PREFIX s: {to} SELECT * {{ SERVICE s:\\%41\\/b {INSIDE} }}",
        "by a base": f"BASE {to} SELECT * {{ SERVICE <sparql> {INSIDE} }}",
        "by an IRI without a scheme": f"SELECT * {{ SERVICE <{there.removeprefix('http:')}> {INSIDE} }}",
        "a thousand times": "SELECT * { " + f"SERVICE SILENT {to} {INSIDE} " * 1_000 + "}",
    }.items():  # fmt: skip
        yield ask(f"SERVICE {name}", query, REFUSED, "*/*")
    yield Attack(
        "SERVICE by GET", get(f"/sparql?query={quote_plus(f'ASK {{ SERVICE {to} {INSIDE} }}')}".encode()), REFUSED
    )
    for name, query in {
        "in a string": f"SELECT ('SERVICE' AS ?x) {{ BIND('{there}' AS ?y) }}",
        "as a variable": "SELECT ?service { ?service ?p ?o } LIMIT 1",
    }.items():
        yield ask(f"no SERVICE, but the word {name}", query, ANSWERED)


def _addresses(there: str) -> Iterator[Attack]:
    """Yield other names of the same machine, and other ways of asking."""
    port = there.rstrip("/").rpartition(":")[2]
    for host in (
        "localhost",
        "[::1]",
        "2130706433",
        "0x7f.1",
        "127.1",
        "0",
        "[::ffff:127.0.0.1]",
        "user:word@127.0.0.1",
    ):
        yield ask(f"SERVICE of {host}", f"ASK {{ SERVICE <http://{host}:{port}/> {INSIDE} }}", REFUSED)
    for scheme in (
        f"https://127.0.0.1:{port}/",
        f"ftp://127.0.0.1:{port}/",
        "file:///etc/passwd",
        f"gopher://127.0.0.1:{port}/_x",
    ):
        yield ask(f"SERVICE by {scheme.partition(':')[0]}", f"ASK {{ SERVICE <{scheme}> {INSIDE} }}", REFUSED)


def _updates(there: str) -> Iterator[Attack]:
    """Yield updates, which may load from elsewhere, sent as if they were queries, and as what they are."""
    updates = {
        "LOAD": f"LOAD <{there}>",
        "LOAD SILENT": f"LOAD SILENT <{there}> INTO GRAPH <g>",
        "INSERT from elsewhere": f"INSERT {{ ?x ?y ?z }} WHERE {{ SERVICE <{there}> {INSIDE} }}",
        "CLEAR": "CLEAR ALL",
        "DROP": "DROP SILENT ALL",
        "a query, then LOAD": f"ASK {{}} ; LOAD <{there}>",
    }
    for name, update in updates.items():
        yield ask(f"{name} as a query", update, REFUSED)
        yield Attack(f"{name} as a query in a form", post(f"query={quote_plus(update)}".encode(), FORM), REFUSED)
        yield Attack(
            f"{name} as an update",
            post(f"update={quote_plus(update)}".encode(), FORM),
            frozenset[Ending]({400, 403, 405, 501}),
        )
    body = updates["LOAD"].encode()
    yield Attack(
        "LOAD as an update, direct", post(body, "application/sparql-update"), frozenset[Ending]({400, 403, 415, 501})
    )
    yield Attack(
        "LOAD to /update", post(body, "application/sparql-update", path="/update"), frozenset[Ending]({404, 405})
    )


def _datasets(there: str) -> Iterator[Attack]:
    """Yield datasets that would have to be fetched. A graph that is not here is an empty one."""
    what = quote_plus(f"{there}data.ttl")
    rows = "SELECT * { ?s ?p ?o } LIMIT 1"
    yield ask("FROM elsewhere", f"SELECT * FROM <{there}data.ttl> {{ ?s ?p ?o }}", ANSWERED)
    yield ask("FROM NAMED elsewhere", f"SELECT * FROM NAMED <{there}d> {{ GRAPH ?g {{ ?s ?p ?o }} }}", ANSWERED)
    yield ask("GRAPH elsewhere", f"SELECT * {{ GRAPH <{there}d> {{ ?s ?p ?o }} }}", ANSWERED)
    yield ask("FROM a file", "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", ANSWERED)
    yield ask("DESCRIBE elsewhere", f"DESCRIBE <{there}>", ANSWERED, "application/n-triples")
    yield ask("a function from elsewhere", f"SELECT (<{there}>(1) AS ?x) {{}}", REFUSED | ANSWERED)
    for name in ("default-graph-uri", "named-graph-uri", "using-graph-uri"):
        yield Attack(f"{name} elsewhere", get(f"/sparql?query={quote_plus(rows)}&{name}={what}".encode()), ANSWERED)
    many = "&".join(f"default-graph-uri={quote_plus(f'{there}{n}')}" for n in range(2_000))
    request = post(f"query={quote_plus(rows)}&{many}".encode(), FORM)
    yield Attack("2,000 graphs elsewhere", request, ANSWERED | STOPPED | {CLOSED})
