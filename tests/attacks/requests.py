"""Requests that are wrong, or slow, or too large, before any query is read."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote_plus

from tests.attacks import ANSWERED, BROKEN, CLOSED, LEFT, REFUSED, STOPPED, UNREADABLE, Attack, Ending, get, post

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
ASKED = b"/sparql?query=ASK%7B%7D"
ENDLESS: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
COUNTED: Final = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
#: What is said of an address that is nobody's here.
NOT_OURS: Final = frozenset[Ending]({400, 404, 421})
#: What is said of a body that does not come, or not in time.
NEVER_WHOLE: Final = UNREADABLE | {408}
#: How a connection may end that does too little for too long.
IDLE: Final = frozenset[Ending]({400, 408, 503, CLOSED, LEFT})


def attacks() -> list[Attack]:
    """Return all of them."""
    return [*_targets(), *_texts(), *_headers(), *_bodies(), *_slow()]


def _targets() -> Iterator[Attack]:
    """Yield addresses that are none, or lead out of where they should."""
    targets: tuple[tuple[str, bytes, frozenset[Ending]], ...] = (
        ("percent without digits", b"/sparql?query=%ZZ", REFUSED),
        ("percent cut off", b"/sparql?query=ASK%7B%7D%", REFUSED),
        ("an over-long slash", b"/sparql?query=%C0%AF", REFUSED),
        ("an over-long NUL", b"/sparql?query=ASK%7B%7D%C0%80", REFUSED),
        ("half a surrogate pair", b"/sparql?query=ASK%7B%7D%ED%A0%80", REFUSED),
        ("beyond Unicode", b"/sparql?query=%F4%90%80%80", REFUSED),
        ("a byte that is never UTF-8", b"/sparql?query=%FF", REFUSED),
        ("NUL in a query", b"/sparql?query=ASK%7B%7D%00", REFUSED),
        ("raw bytes in a target", b"/sparql?query=ASK{\xff}", UNREADABLE),
        ("a tab in a target", b"/sparql?query=ASK\t{}", UNREADABLE),
        ("a thing in bad UTF-8", b"/id/person/%FF%C0%AF", frozenset[Ending]({400, 404})),
        ("a document in bad UTF-8", b"/doc/person/%ED%A0%80.ttl", frozenset[Ending]({400, 404})),
        ("out of the dumps", b"/dumps/../../../../etc/passwd", frozenset[Ending]({400, 404})),
        ("out of the dumps, encoded", b"/dumps/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd", frozenset[Ending]({400, 404})),
        ("out of the dumps, by backslashes", b"/dumps/..%5C..%5Cetc%5Cpasswd", frozenset[Ending]({400, 404})),
        ("another host's address", b"http://evil.example/sparql?query=ASK%7B%7D", NOT_OURS | {200, CLOSED}),
        ("two slashes", b"//evil.example/id/state/x", NOT_OURS | {308, CLOSED}),
        ("an address of 100 kB", b"/sparql?query=" + b"a" * 100_000, UNREADABLE),
        ("an address of 2 MB", b"/sparql?query=" + b"a" * 2_000_000, UNREADABLE),
        ("10,000 parameters", b"/sparql?query=ASK%7B%7D" + b"&a=b" * 10_000, ANSWERED | UNREADABLE),
        ("a thousand queries", b"/sparql?" + b"&".join([b"query=ASK%7B%7D"] * 1_000), UNREADABLE),
        ("a query that writes a line of its own", b"/sparql?query=%0D%0AFORGED%0D%0Alog%20line", REFUSED),
    )  # fmt: skip
    for name, target, expected in targets:
        yield Attack(f"target: {name}", get(target), expected)


def _texts() -> Iterator[Attack]:
    """Yield bodies that are no text, or no query."""
    for name, body in {
        "over-long": b"ASK {\xc0\xaf}",
        "surrogates": b"ASK { FILTER('\xed\xa0\x80' = '') }",
        "a byte that is never UTF-8": b"ASK {} #\xff",
        "cut off": "ASK { FILTER('é".encode()[:-1],
        "UTF-16": "ASK {}".encode("utf-16"),
        "NUL": b"ASK {\x00}",
        "nothing": b"",
        "a string without end": b"ASK { ?s ?p '" + b"x" * 50_000,
        "an escape beyond Unicode": b"ASK { FILTER('\\UFFFFFFFF' = '') }",
        "an escaped surrogate": b"ASK { FILTER('\\uD800' = '') }",
        "100 kB of spaces": b" " * 99_000,
        "100 kB of comments": b"#\n" * 49_000,
        "bidirectional marks": "ASK { \u202e\u2066 }".encode(),
    }.items():
        yield Attack(f"body: {name}", post(body), REFUSED)
        form = b"query=" + b"".join(b"%%%02X" % byte for byte in body)
        yield Attack(f"form: {name}", post(form, FORM), REFUSED | {413})
    for charset in (
        "utf-7",
        "punycode",
        "idna",
        "undefined",
        "unicode_escape",
        "rot13",
        "zlib",
        "../../etc",
        "x" * 9_000,
    ):
        what = f"{FORM}; charset={charset}"
        expected = REFUSED | {415, 431}
        yield Attack(f"charset: {charset[:20]}", post(b"query=ASK%7B+%FF%7D" + b"%E9-a" * 20_000, what), expected)
        yield Attack(
            f"charset: {charset[:20]}, direct", post(b"a-" * 90_000 + b"\xff", DIRECT + what[len(FORM) :]), expected
        )
    boundary = b"--x\r\nContent-Disposition: form-data; name=query\r\n\r\nASK {}\r\n--x--"
    yield Attack("body: multipart", post(boundary, "multipart/form-data; boundary=x"), frozenset[Ending]({400, 415}))
    yield Attack("body: no type of its own", post(b"ASK {}", "x" * 5_000), frozenset[Ending]({400, 415, 431}))
    yield Attack(
        "body: another charset",
        post("ASK {}".encode("utf-16"), f"{FORM}; charset=utf-16"),
        frozenset[Ending]({400, 415}),
    )


def _headers() -> Iterator[Attack]:
    """Yield headers that are too large, too many, ambiguous, or lie."""
    host = b"GET " + ASKED + b" HTTP/1.1\r\n"
    requests: tuple[tuple[str, bytes, frozenset[Ending]], ...] = (
        ("64 kB", get(ASKED, b"X: " + b"a" * 65_536), ANSWERED | UNREADABLE),
        ("2 MB", get(ASKED, b"X: " + b"a" * 2_000_000), UNREADABLE),
        ("1,000 of them", get(ASKED, *[b"X-%d: a" % n for n in range(1_000)]), UNREADABLE),
        ("NUL", get(ASKED, b"X: a\x00b"), UNREADABLE),
        ("folded", get(ASKED, b"X: a\r\n b"), ANSWERED | UNREADABLE),
        ("a name with a space", get(ASKED, b"X y: a"), UNREADABLE),
        ("no colon", get(ASKED, b"nonsense"), UNREADABLE),
        ("bytes", get(ASKED, b"X: \xff\xfe"), ANSWERED | UNREADABLE),
        ("two Hosts", get(ASKED, b"Host: evil.example"), UNREADABLE),
        ("no Host", host + b"\r\n", ANSWERED | UNREADABLE),
        ("an evil Host", host + b"Host: evil.example\r\n\r\n", REFUSED | {421}),
        ("a Host with a user", host + b"Host: localhost@evil.example\r\n\r\n", REFUSED | {421}),
        ("a Host with a path", host + b"Host: localhost/evil\r\n\r\n", UNREADABLE | {421}),
        ("an empty Host", host + b"Host: \r\n\r\n", ANSWERED | UNREADABLE),
        ("another host's word", get(ASKED, b"X-Forwarded-Host: evil.example", b"Forwarded: host=x"), ANSWERED),
        ("Accept without end", get(ASKED, b"Accept: " + b"text/a;q=0.1," * 4_000), ANSWERED | UNREADABLE | {406}),
        ("Accept that is none", get(ASKED, b"Accept: ;;q=;,/,*/;q=NaN,\xff"), ANSWERED | UNREADABLE | {406}),
        ("Accept by quotes", get(ASKED, b'Accept: text/html;a="' + b'\\"' * 9_000), ANSWERED | UNREADABLE | {406}),
        ("a timeout that is none", get(ASKED + b"&timeout=-1e999"), ANSWERED | REFUSED),
        ("a timeout of years", get(b"/sparql?timeout=99999999999&query=" + quote_plus(ENDLESS).encode()), STOPPED),
        ("tags without end", get(ASKED, b"If-None-Match: " + b'"a",' * 9_000), ANSWERED | UNREADABLE),
        ("a Range", get(ASKED, b"Range: bytes=" + b"0-0," * 5_000), ANSWERED | UNREADABLE | {416}),
        ("an Upgrade", get(ASKED, b"Connection: Upgrade", b"Upgrade: websocket"), ANSWERED | UNREADABLE | {426}),
        ("another protocol", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ANSWERED | UNREADABLE | {505, LEFT}),
        ("no protocol", b"\x16\x03\x01\x02\x00\x01\x00" + b"\x00" * 200, UNREADABLE | {LEFT}),
        ("HTTP/0.9", b"GET /\r\n\r\n", UNREADABLE),
        ("HTTP/9.9", b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", UNREADABLE | {505}),
        ("CONNECT", b"CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: localhost\r\n\r\n", UNREADABLE | {404, 405, 501}),
        ("TRACE", b"TRACE /sparql HTTP/1.1\r\nHost: localhost\r\n\r\n", UNREADABLE | {405, 501}),
        ("DELETE", b"DELETE /sparql HTTP/1.1\r\nHost: localhost\r\n\r\n", frozenset[Ending]({405, 501})),
        ("a method of 50 kB", b"G" * 50_000 + b" / HTTP/1.1\r\nHost: localhost\r\n\r\n", UNREADABLE | {405, 501}),
    )  # fmt: skip
    for name, request, expected in requests:
        yield Attack(f"headers: {name}", request, expected)


def _bodies() -> Iterator[Attack]:
    """Yield bodies that are too large, or whose length is a lie."""
    head = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    chunked = head + b"Transfer-Encoding: chunked\r\n\r\n"
    chunk, end = b"10000\r\n" + b" " * 0x10000 + b"\r\n", b"0\r\n\r\n"
    large = b"ASK { FILTER('" + b"x" * 2_000_000 + b"' = '') }"
    too_large, none = frozenset[Ending]({413, CLOSED}), frozenset[Ending]({400, 415})
    both = b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
    packed = b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n"
    for name, request, expected in (
        ("a query of 2 MB", post(large), too_large),
        ("a query of 2 MB in a form", post(b"query=" + large, FORM), too_large),
        ("2 MB of VALUES", post(b"ASK { VALUES ?x { " + b"1 " * 1_000_000 + b"} }"), too_large),
        ("2 MB in chunks", chunked + chunk * 32 + end, too_large),
        ("50 MB in chunks", chunked + chunk * 800 + end, too_large),
        ("2 MB in chunks of a byte", chunked + b"1\r\n \r\n" * 400_000 + end, too_large | NEVER_WHOLE),
        ("a chunk that is none", chunked + b"ZZ\r\nASK{}\r\n" + end, UNREADABLE),
        ("a chunk beyond counting", chunked + b"F" * 17 + b"\r\n", UNREADABLE),
        ("a chunk with a long word", chunked + b"6;" + b"a" * 99_000 + b"\r\nASK {}\r\n" + end, ANSWERED | UNREADABLE),
        ("chunks and a length", head + both + end, UNREADABLE),
        ("two lengths", head + b"Content-Length: 6\r\nContent-Length: 0\r\n\r\nASK {}", UNREADABLE),
        ("a length below nothing", head + b"Content-Length: -1\r\n\r\nASK {}", UNREADABLE),
        ("a length beyond counting", head + b"Content-Length: 99999999999999999999\r\n\r\nASK {}", UNREADABLE),
        ("a length of terabytes", head + b"Content-Length: 9999999999999\r\n\r\nASK {}", NEVER_WHOLE | {LEFT}),
        ("a packed body", head + packed + b"\x1f\x8b\x08\x00", none),
    ):  # fmt: skip
        yield Attack(f"length: {name}", request, expected)


def _slow() -> Iterator[Attack]:
    """Yield those who hold a connection and do next to nothing with it, and those who come in a crowd."""
    asked = get(ASKED, *[b"X-%d: a" % n for n in range(500)])
    posted = post(b"ASK {}" + b" " * 5_000)
    body = len(posted) - 5_000
    streamed = post(ENDLESS.encode(), accept="text/csv")
    yield Attack("slow: headers dripped", asked, IDLE, at_once=20)
    yield Attack("slow: headers dripped by 20", asked, IDLE, at_once=20, connections=20)
    yield Attack("slow: body dripped", posted, IDLE, at_once=body)
    yield Attack("slow: body dripped by 20", posted, IDLE, at_once=body, connections=20)
    yield Attack("slow: 40 half-open connections", asked, IDLE, at_once=0, pause=3600, connections=40)
    yield Attack("slow: 40 half requests", posted, IDLE, at_once=body, pause=3600, connections=40)
    yield Attack("slow: a reader", streamed, STOPPED | {CLOSED}, slowly=True)
    yield Attack("slow: 8 readers", streamed, STOPPED | {CLOSED}, slowly=True, connections=8)
    counted = post(COUNTED.encode())
    yield Attack("crowd: 40 who count for ever", counted, STOPPED, connections=40)
    yield Attack("crowd: 100 at once", get(ASKED), ANSWERED | {429, 503}, connections=100)
    yield Attack("crowd: 1,000 requests on one connection", get(ASKED) * 1_000, ANSWERED)
    yield Attack("crowd: 50 who count on one connection", counted * 50, STOPPED)
    endless = quote_plus(ENDLESS).encode()
    head = b"HEAD /sparql?query=" + endless + b" HTTP/1.1\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n"
    yield Attack("crowd: only the head of an endless answer", head, ANSWERED | STOPPED)
    whole = post(b"SELECT * { ?s ?p ?o }", accept="text/csv")
    yield Attack("slow: 8 readers of all", whole, STOPPED | {200, BROKEN, CLOSED}, slowly=True, connections=8)
