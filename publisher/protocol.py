"""The SPARQL 1.1 Protocol: what an HTTP request asks, by GET, by POST of a form or of a query itself, or by QUERY.

HTTP QUERY (draft-ietf-httpbis-safe-method-w-body) is read as POST is: it is safe, and so may be repeated and cached.
"""

import binascii
import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message
from typing import Final

import pyoxigraph as ox

from publisher.datasets import DatasetClause
from publisher.errors import BadQuery, BadRequest
from publisher.media import NO_CHARSETS
from publisher.tokens import BOM

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
METHODS: Final = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
#: Of these the query is in the body.
WITH_BODY: Final = ("POST", "QUERY")
#: The longest query, and the longest form that holds it with its graphs, in bytes: percent-encoding triples most signs.
LONGEST_QUERY: Final = 100_000
LONGEST_BODY: Final = 3 * LONGEST_QUERY
MOST_PARAMETERS: Final = 1_000
_BROKEN: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_SECONDS: Final = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(ms|s)?")


@dataclass(frozen=True)
class Asked:
    """A query as the protocol carries it, with the dataset that it names, and in how many seconds it is wanted."""

    query: str
    dataset: DatasetClause
    seconds: float | None = None


def read(method: str, parameters: bytes, content_type: str, body: bytes) -> Asked | None:
    """Return what a request asks; nothing, for a GET without a query (SPARQL 1.1 Protocol, section 2.1).

    parameters: the query string of its address. Raise BadRequest, or BadQuery, for what is no request of the protocol.
    """
    sent = _pairs(parameters, "utf-8")
    queries = [value for name, value in sent if name == "query"]
    if method in WITH_BODY:
        media_type, charset = _media_type(content_type)
        if media_type == FORM:
            form = _pairs(body, charset)
            sent += form
            queries += [value for name, value in form if name == "query"]
        elif media_type == DIRECT:
            if codecs.lookup(charset).name not in ("utf-8", "ascii"):
                raise BadRequest(f"A query in {charset.upper()} cannot be read: {DIRECT} is always UTF-8.", status=415)
            queries.append(_text(body, "utf-8"))
        else:
            is_no = "is an update, which is no query" if media_type == UPDATE else "is no type of a query"
            raise BadRequest(
                f"The body's type ({media_type or 'none given'}) {is_no}. Send {DIRECT} or {FORM}.", status=415
            )
    if any(name == "update" for name, _ in sent):
        raise BadRequest(
            "This data cannot be changed here: it is published to be read. Another release is another build."
        )
    if not queries and method not in WITH_BODY:
        return None
    if len(queries) != 1:
        raise BadRequest(f"Send exactly one query; there {'is none' if not queries else f'are {len(queries)}'} here.")
    query = queries[0].removeprefix(BOM)
    if len(query.encode()) > LONGEST_QUERY:
        raise BadRequest(f"The query is longer than {LONGEST_QUERY:,} bytes.", 413 if method in WITH_BODY else 414)
    dataset = DatasetClause(_graphs(sent, "default-graph-uri"), _graphs(sent, "named-graph-uri"))
    return Asked(query, dataset, _seconds(sent))


def _pairs(written: bytes, charset: str) -> list[tuple[str, str]]:
    """Return the names and values of a form, each decoded once (URL Standard, section 5.1)."""
    broken = _BROKEN.search(written)
    if broken:
        sign = written[broken.start() : broken.start() + 3].decode("ascii", "replace")
        raise BadRequest(f"'{sign}' is no percent-encoding: expected % and two hexadecimal digits (RFC 3986, 2.1).")
    pairs = [pair.partition(b"=") for pair in written.split(b"&") if pair]
    if len(pairs) > MOST_PARAMETERS:
        raise BadRequest(f"There are more than {MOST_PARAMETERS:,} parameters.")
    return [(_text(_decoded(name), charset), _text(_decoded(value), charset)) for name, _, value in pairs]


def _decoded(written: bytes) -> bytes:
    """Undo percent-encoding. Quoted-printable is the same with another sign, and decoded in a tenth of the time."""
    return binascii.a2b_qp(written.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"="))


def _text(written: bytes, charset: str) -> str:
    try:
        return written.decode(charset)
    except UnicodeDecodeError as error:
        raise BadRequest(f"The request is not {charset.upper()}: byte {error.start} ends no character.") from error
    except ValueError as error:  # a codec that has its own way to say so
        raise BadRequest(f"The request is not {charset.upper()}: {error}") from error


def _media_type(content_type: str) -> tuple[str, str]:
    """Return a media type without its parameters, and the charset that they name; UTF-8, where they name none."""
    if not content_type:
        return "", "utf-8"
    parsed = Message()
    parsed["Content-Type"] = content_type
    charset = parsed.get_content_charset() or "utf-8"
    try:
        known = codecs.lookup(charset).name
        b"    ".decode(charset, "ignore")  # some codecs are not of texts
        if known in NO_CHARSETS:
            raise LookupError(charset)  # noqa: TRY301 - to Python it is one
    except (LookupError, ValueError) as error:
        raise BadRequest(f"The charset {charset} is not known here. Send UTF-8.", status=415) from error
    return content_type.partition(";")[0].strip().lower(), charset


def _graphs(sent: Iterable[tuple[str, str]], parameter: str) -> tuple[str, ...]:
    graphs = dict.fromkeys(value for name, value in sent if name == parameter and value)  # forms send empty ones
    for graph in graphs:
        try:
            ox.NamedNode(graph)
        except ValueError as error:
            raise BadQuery(f"'{graph}' is no IRI of a graph: {error}") from error
    return tuple(graphs)


def _seconds(sent: Iterable[tuple[str, str]]) -> float | None:
    """Return in how many seconds the client wants its answer: `timeout=5`, `5s` or `500ms`; 0 is no wish."""
    given = next((value for name, value in sent if name == "timeout"), None)
    if not given:
        return None
    found = _SECONDS.fullmatch(given)
    if found is None:
        raise BadRequest(f"timeout: '{given[:40]}' is no number of seconds; expected 5, say, or 5s, or 500ms.")
    return float(found[1]) / (1_000 if found[2] == "ms" else 1) or None
