"""Queries that ask for too much: too deep for a stack, too wide for a planner, too long for anybody's patience."""

from collections.abc import Iterator
from typing import Final

from tests.attacks import ANSWERED, EITHER, REFUSED, STOPPED, Attack, ask

TRIPLES: Final = "application/n-triples"
CMQ: Final = "PREFIX cmq: <https://w3id.org/communique/ns#>"
SKOS: Final = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"


def attacks() -> list[Attack]:
    """Return all of them."""
    return [*_deep(), *_wide(), *_long(), *_large()]


def _nested(begin: str, middle: str, end: str, depth: int) -> str:
    return begin * depth + middle + end * depth


def _deep() -> Iterator[Attack]:
    """Yield what overflows the engine's stack: from some 300 brackets on, by what they are brackets of."""
    for depth in (3_200, 20_000):
        for name, query in {
            "braces": f"SELECT * {{ {_nested('{', '?s ?p ?o', '}', depth)} }}",
            "parentheses": f"SELECT * {{ ?s ?p ?o FILTER{_nested('(', '?o', ')', depth)} }}",
            "negations": f"ASK {{ FILTER({'!' * depth}true) }}",
            "minus signs": f"SELECT ({'-' * depth}1 AS ?x) {{}}",
            "inverse paths": f"ASK {{ ?s {'^' * depth}<p> ?o }}",
            "path brackets": f"ASK {{ ?s {_nested('(', '<p>', ')', depth)} ?o }}",
            "unclosed braces": "SELECT * " + "{" * depth,
            "lists": f"ASK {{ {_nested('(', '', ')', depth)} <p> <o> }}",
            "blank nodes": f"ASK {{ <s> <p> {_nested('[ <p> ', '[]', ' ]', depth)} }}",
            "calls": f"SELECT ({_nested('STR(', '1', ')', depth)} AS ?x) {{}}",
            "triple terms": f"ASK {{ {_nested('<<( ', '<s>', ' <p> <o> )>>', depth)} <p> <o> }}",
        }.items():
            yield ask(f"{depth:,} {name}", query, REFUSED)
    for name, begin, end in (
        ("sub-selects", "SELECT * { {", "} }"),
        ("OPTIONALs in each other", "?s ?p ?o OPTIONAL { ", " }"),
        ("NOT EXISTS in each other", "?s ?p ?o FILTER NOT EXISTS { ", " }"),
        ("GRAPHs in each other", "GRAPH ?g { ", " }"),
        ("MINUS in each other", "?s ?p ?o MINUS { ", " }"),
    ):
        yield ask(f"2,000 {name}", f"SELECT * {{ {_nested(begin, '?s ?p ?o', end, 2_000)} }}", REFUSED)
    yield ask("200 lists in each other", f"ASK {{ ?s ?p {_nested('(', '1', ')', 200)} }}", REFUSED)


def _wide() -> Iterator[Attack]:
    """Yield what a planner, or a recursive walk of what it plans, takes too long over: many of one thing."""
    many = range(5_000)
    yield ask("a path of 800 steps", f"ASK {{ ?s {'/'.join(['<p>'] * 800)} ?o }}", REFUSED)
    yield ask("10,000 paths to choose from", f"ASK {{ ?s {'|'.join(f'<{n}>' for n in range(10_000))} ?o }}", REFUSED)
    yield ask("a star of 120", f"SELECT * {{ ?s {' ; '.join(f'<p{n}> ?o{n}' for n in range(121))} }}", EITHER)
    yield ask("a star of 500", f"SELECT * {{ {' . '.join(f'?s <p{n}> ?o{n}' for n in range(500))} }}", REFUSED)
    yield ask("a chain of 500", f"SELECT * {{ {' . '.join(f'?s{n} <p> ?s{n + 1}' for n in range(500))} }}", REFUSED)
    yield ask("a list of 1,000", f"ASK {{ ?s ?p ({' '.join(f'?x{n}' for n in range(1_000))}) }}", EITHER)
    yield ask(
        "200 OPTIONALs",
        f"SELECT * {{ ?s ?p ?o {' '.join(f'OPTIONAL {{ ?s <p{n}> ?o{n} }}' for n in range(200))} }}",
        EITHER,
    )
    yield ask("5,000 UNIONs", f"ASK {{ {' UNION '.join('{ ?s ?p ?o }' for _ in many)} }}", REFUSED)
    yield ask("5,000 MINUS", f"ASK {{ ?s ?p ?o {' '.join('MINUS { ?s <p> ?o }' for _ in many)} }}", REFUSED)
    yield ask("5,000 BINDs", f"SELECT * {{ {' '.join(f'BIND({n} AS ?x{n})' for n in many)} }}", REFUSED)
    yield ask("5,000 FILTERs", f"ASK {{ ?s ?p ?o {' '.join(f'FILTER(?o != {n})' for n in many)} }}", REFUSED)
    yield ask("20,000 additions", f"SELECT ({'+'.join(['1'] * 20_000)} AS ?x) {{}}", REFUSED)
    yield ask("10,000 alternatives", f"ASK {{ ?s ?p ?o FILTER({'||'.join(['?o = 1'] * 10_000)}) }}", REFUSED)
    yield ask("10,000 members of IN", f"ASK {{ ?s ?p ?o FILTER(?o IN ({','.join(map(str, range(10_000)))})) }}", EITHER)
    yield ask("10,000 arguments", f"SELECT (CONCAT({','.join(['STR(1)'] * 10_000)}) AS ?x) {{}}", EITHER)
    yield ask("DESCRIBE of 5,000", f"DESCRIBE {' '.join(f'<id/event/{n}>' for n in many)}", EITHER, TRIPLES)
    yield ask(
        "GROUP BY 3,000",
        f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} GROUP BY {' '.join(f'(STR({n}) AS ?k{n})' for n in range(3_000))}",
        EITHER,
    )
    yield ask(
        "HAVING 3,000",
        f"SELECT ?p {{ ?s ?p ?o }} GROUP BY ?p HAVING {' '.join(f'(COUNT(*) > {n})' for n in range(3_000))}",
        EITHER,
    )
    yield ask(
        "400 sort keys",
        f"SELECT * {{ ?s ?p ?o }} ORDER BY {' '.join(f'(STR({n}))' for n in range(400))} LIMIT 10",
        EITHER,
    )
    yield ask("3,000 columns", f"SELECT {' '.join(f'({n} AS ?x{n})' for n in range(3_000))} {{ ?s ?p ?o }}", EITHER)
    numbers = " ".join(map(str, range(9_000)))
    product = f"SELECT * {{ VALUES ?x {{ {numbers} }} VALUES ?y {{ {numbers} }} ?s ?p ?o }}"
    yield ask("VALUES of 9,000 rows, twice", product, STOPPED)


def _long() -> Iterator[Attack]:
    """Yield what never comes to an end, or only after the patience of everybody else."""
    cross = "?a ?b ?c . ?d ?e ?f"
    digits = "{ 0 1 2 3 4 5 6 7 8 9 }"
    yield ask("cartesian product, counted", f"SELECT (COUNT(*) AS ?n) {{ {cross} . ?g ?h ?i }}", STOPPED)
    yield ask("cartesian product, streamed", f"SELECT * {{ {cross} . ?g ?h ?i }}", STOPPED)
    yield ask("cartesian product, LIMIT 10", f"SELECT * {{ {cross} . ?g ?h ?i }} LIMIT 10", EITHER)
    yield ask("cartesian product, sorted", f"SELECT * {{ {cross} }} ORDER BY ?c ?f LIMIT 10", STOPPED)
    yield ask("cartesian product, distinct", f"SELECT DISTINCT ?a ?d {{ {cross} }}", STOPPED)
    yield ask("cartesian product, OFFSET", f"SELECT * {{ {cross} }} OFFSET 999999999999 LIMIT 1", STOPPED)
    yield ask("cartesian product, constructed", f"CONSTRUCT {{ ?a ?e ?f }} {{ {cross} }}", STOPPED, TRIPLES)
    yield ask(
        "VALUES product",
        f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?v{n} {digits}' for n in range(9))} }}",
        STOPPED,
    )
    yield ask("a path of any length, from all to all", "SELECT * { ?a (<p>|!<p>)* ?b }", STOPPED)
    yield ask("a path of any length, counted", f"{SKOS} SELECT (COUNT(*) AS ?n) {{ ?a (!skos:x)+ ?b }}", STOPPED)
    compared = "FILTER(STR(?f) < STR(?c) && STRLEN(STR(?d)) < STRLEN(STR(?a)) && ?c = ?d)"
    correlated = f"SELECT * {{ ?a ?b ?c FILTER NOT EXISTS {{ ?d ?e ?f {compared} }} }}"
    yield ask("correlated NOT EXISTS", correlated, STOPPED)
    yield ask(
        "a comparison of all with all", "ASK { ?a ?b ?c . ?d ?e ?f FILTER(CONCAT(STR(?a), STR(?f)) = 'x') }", STOPPED
    )
    yield ask("as many hashes as pairs", f"SELECT (MAX(SHA512(CONCAT(STR(?c), STR(?f)))) AS ?n) {{ {cross} }}", STOPPED)


def _large() -> Iterator[Attack]:
    """Yield what takes memory: little is asked and much comes of it."""
    for doublings in (14, 40):
        binds = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}, ?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(doublings))
        yield ask(
            f"CONCAT doubled, {doublings} times",
            f"SELECT (STRLEN(?x{doublings}) AS ?n) {{ BIND('0123456789' AS ?x0) {binds} }}",
            STOPPED,
        )
    replaced = " ".join(f"BIND(REPLACE(?x{n}, '.', '$0$0$0$0') AS ?x{n + 1})" for n in range(20))
    yield ask("REPLACE doubled", f"SELECT (STRLEN(?x20) AS ?n) {{ BIND('0123456789' AS ?x0) {replaced} }}", STOPPED)
    yield ask("ORDER BY over all", "SELECT * { ?s ?p ?o } ORDER BY ?o ?p ?s", EITHER)
    yield ask("ORDER BY over all, LIMIT 10", "SELECT * { ?s ?p ?o } ORDER BY ?o ?p ?s LIMIT 10", EITHER)
    yield ask("GROUP_CONCAT of all", "SELECT (GROUP_CONCAT(CONCAT(STR(?s), STR(?o))) AS ?x) { ?s ?p ?o }", EITHER)
    yield ask(
        "GROUP_CONCAT of pairs",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?c))) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
        STOPPED,
    )
    yield ask("GROUP BY each triple", "SELECT ?s ?p ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s ?p ?o", EITHER)
    yield ask("COUNT DISTINCT of all", "SELECT (COUNT(DISTINCT *) AS ?n) { ?s ?p ?o }", EITHER)
    yield ask("DESCRIBE of all", "DESCRIBE ?s { ?s ?p ?o }", EITHER, TRIPLES)
    yield ask("DESCRIBE of all, as Turtle", "DESCRIBE ?s { ?s ?p ?o }", EITHER, "text/turtle")
    yield ask("CONSTRUCT of all", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", EITHER, TRIPLES)
    yield ask("CONSTRUCT of all, as RDF/XML", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", EITHER, "application/rdf+xml")
    yield ask("CONSTRUCT of all, as JSON-LD", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", EITHER, "application/ld+json")
    yield ask("all, as XML", "SELECT * { ?s ?p ?o }", EITHER, "application/sparql-results+xml")
    yield ask("all, as a page", "SELECT * { ?s ?p ?o }", EITHER, "text/html")
    yield ask(
        "many graphs to merge",
        f"SELECT (COUNT(*) AS ?n) {' '.join(f'FROM <graph/report-{n}>' for n in range(1_000))} {{ ?s ?p ?o }}",
        EITHER,
    )
    yield ask(
        "a regular expression on all",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(REGEX(STR(?o), '(([a-z ])+.)+[A-Z]([a-z ])+$')) }",
        EITHER,
    )
    yield ask(
        "a regular expression of counts",
        "ASK { ?s ?p ?o FILTER(REGEX(STR(?o), '((((a{1,999}){1,999}){1,999}){1,999})')) }",
        EITHER,
    )
    yield ask("a number without end", f"SELECT ({'9' * 50_000} * {'9' * 40_000} AS ?x) {{}}", EITHER)
    yield ask("LIMIT without end", f"SELECT * {{ <id/state/x> ?p ?o }} LIMIT {'9' * 30}", EITHER)
    yield ask("a plain question", f"{CMQ} SELECT ?s {{ ?s a cmq:Talks }} LIMIT 1", ANSWERED)
