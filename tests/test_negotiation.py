"""What a client asks for is what it gets: Accept is read as RFC 9110 says, however odd, and as real clients send it."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from publisher import media
from publisher.errors import NotAcceptable
from publisher.media import (
    CSV,
    GRAPHS,
    HTML,
    JSON,
    JSON_LD,
    N_QUADS,
    N_TRIPLES,
    PAGES,
    RDF_XML,
    RESULTS,
    TRIG,
    TSV,
    TURTLE,
    XML,
    Format,
)

WRAPPER_JSON = "application/sparql-results+json,application/json,text/javascript,application/javascript"
RDFLIB = (
    "application/rdf+xml,text/n3,text/turtle,application/n-triples,application/ld+json,application/n-quads,"
    "application/trix,application/trig"
)
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,application/json;q=0.45,text/n3;q=0.35,text/html;q=0.2"
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("client", "accept", "offers", "wanted"),
    [
        ("curl, wget", "*/*", RESULTS, JSON),
        ("curl, wget", "*/*", GRAPHS, TURTLE),
        ("SPARQLWrapper", "application/sparql-results+xml", RESULTS, XML),
        ("SPARQLWrapper, JSON", WRAPPER_JSON, RESULTS, JSON),
        ("SPARQLWrapper, CSV", "text/csv", RESULTS, CSV),
        ("SPARQLWrapper, TSV", "text/tab-separated-values", RESULTS, TSV),
        ("SPARQLWrapper, TURTLE", "application/turtle,text/turtle", GRAPHS, TURTLE),
        ("SPARQLWrapper, old TURTLE", "application/turtle", GRAPHS, TURTLE),
        ("rdflib SPARQLStore", "application/sparql-results+xml, application/rdf+xml", RESULTS, XML),
        ("rdflib SPARQLStore", "application/sparql-results+xml, application/rdf+xml", GRAPHS, RDF_XML),
        ("rdflib Graph.parse", RDFLIB, PAGES, TURTLE),
        ("Comunica", COMUNICA, PAGES, N_QUADS),
        ("Comunica", "application/sparql-results+json;q=1.0,application/sparql-results+xml;q=0.7", RESULTS, JSON),
        ("Comunica, CONSTRUCT", "text/turtle", GRAPHS, TURTLE),
        ("sparql-http-client", "application/n-triples, text/turtle", GRAPHS, TURTLE),
        ("pyoxigraph SERVICE", "application/sparql-results+json, application/sparql-results+xml", RESULTS, JSON),
        ("rapper", "application/rdf+xml, text/rdf;q=.6, */*;q=.1", PAGES, RDF_XML),
        ("rapper -g", "application/x-turtle, application/rdf+xml;q=.9, */*;q=.1", PAGES, TURTLE),
        ("a browser", BROWSER, PAGES, HTML),
        ("a browser", BROWSER, (*RESULTS, *GRAPHS, HTML), HTML),
        ("axios", "application/json, text/plain, */*", PAGES, JSON_LD),
        ("jQuery", "application/json, text/javascript, */*; q=0.01", RESULTS, JSON),
        ("old Java", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", GRAPHS, TURTLE),
        ("Jena", "text/csv;q=0.4, application/sparql-results+thrift, */*;q=0.1", RESULTS, CSV),
    ],
)
def test_real_clients_get_what_they_read(client: str, accept: str, offers: Sequence[Format], wanted: Format) -> None:
    assert media.negotiate(accept, offers) is wanted, client


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        # The most specific range counts, wherever it stands.
        ("*/*, text/turtle;q=0.1", HTML),
        ("text/*;q=0.1, */*;q=0.5", N_TRIPLES),
        ("text/turtle;q=0.2, text/*;q=0.9", HTML),
        # Refused is refused, by whatever name.
        ("text/turtle;q=0, text/*", HTML),
        ("application/ld+json;q=0, application/json, text/html;q=0.1", HTML),
        ("application/*;q=0, application/json", JSON_LD),
        ("application/*;q=0.0, */*;q=0.5", TURTLE),
        # Parameters are wishes; ours is our charset.
        ("text/turtle;version=1.2", TURTLE),
        ("text/turtle;version=1.2;q=0.3, text/html;q=0.2", TURTLE),
        ("text/turtle;version=1.2;q=0.9, text/turtle;q=0.1, text/html;q=0.5", HTML),
        ("text/turtle;version=1.2;q=0, text/turtle;q=0.1", TURTLE),
        ("text/turtle;q=0.9;charset=utf-8, text/turtle;q=0.1;x=y, text/html;q=0.5", TURTLE),
        ("text/turtle;charset=UTF-8;q=0.1, text/turtle, text/html;q=0.5", HTML),
        ('text/turtle;charset="utf-8";q=0.1, text/turtle, text/html;q=0.5', HTML),
        ("text/turtle;charset=iso-8859-1", TURTLE),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', JSON_LD),
        ('application/ld+json;profile="a,text/html,\\"b;q=0.1,";q=0.9, text/html;q=0.5', JSON_LD),
        # Names and their parts in any case, with any blanks.
        ("TEXT/HTML", HTML),
        ("text/html ; Q=0.5 ,\ttext/turtle ; q=0.4", HTML),
        # Of equal ones, what is named; then what we would rather send.
        ("*/*, application/trig", TRIG),
        ("text/html, text/turtle", TURTLE),
        ("text/html, text/turtle;q=1.000", TURTLE),
        ("application/xml", RDF_XML),
        ("application/xhtml+xml", HTML),
        # What is broken says nothing, and the rest counts.
        ("text/html;q=, text/turtle;q=0.9", HTML),
        ("text/html;q=x, text/turtle;q=0.9", HTML),
        ("text/html;q=2, text/turtle;q=0.9", HTML),
        ("text/html;q=nan, text/turtle;q=0.9", HTML),
        (",,text/html,;,;q=1,", HTML),
        ("text/, /html, html, text/html", HTML),
        ("text/html;;q=0.1;, text/turtle;q=0.05", HTML),
        ('text/html;a="b', HTML),
        ("*", TURTLE),
        ("text", TURTLE),
        (";q=0", TURTLE),
        ("", TURTLE),
        (None, TURTLE),
    ],
)
def test_a_header_is_read_as_the_standard_says(accept: str | None, wanted: Format) -> None:
    assert media.negotiate(accept, PAGES) is wanted


@pytest.mark.parametrize("accept", ["image/png", "*/*;q=0", "text/turtle;q=0", "text/html;q=0.000, image/*"])
def test_who_takes_nothing_of_ours_is_told_what_there_is(accept: str) -> None:
    with pytest.raises(NotAcceptable, match=r"text/turtle \(Turtle\).*application/n-quads \(N-Quads\)"):
        media.negotiate(accept, PAGES)


OWN = st.sampled_from([*(one.media_type for one in PAGES), *(name for one in PAGES for name in one.also)])
NAMES = st.one_of(OWN, st.sampled_from(["*/*", "text/*", "application/*", "image/png", "image/*"]))
PARAMETERS = st.sampled_from(["", "", "", ";charset=utf-8", ";version=1.2", ";profile=p;charset=utf-8"])
QUALITIES = st.sampled_from([None, 0, 0, 0.1, 0.5, 0.9, 1])
ASKED = st.lists(st.tuples(NAMES, PARAMETERS, QUALITIES), min_size=1, max_size=6)


def plainly(asked: list[tuple[str, str, float | None]], offer: Format) -> float:
    """Return the quality of a format, in the words of the RFC: each range that fits, the most specific one counts."""

    def quality(media_type: str, wildcards: bool) -> float | None:
        fits = []
        for name, parameters, weight in asked:
            specific = 2 if name == media_type else 1 if name == media_type.partition("/")[0] + "/*" else 0
            if not (name in (media_type, "*/*") or specific == 1) or (specific < 2 and not wildcards):
                continue
            worth = 1 if weight is None else weight
            if parameters in ("", ";charset=utf-8"):
                fits.append((specific, 1 + len(parameters), worth))
            elif worth:
                fits.append((specific, 0, worth))
        return max(fits)[2] if fits else None

    own = quality(offer.media_type, wildcards=False)
    if own == 0:
        return 0
    names = [own, *(quality(name, wildcards=False) for name in offer.also)]
    named = [one for one in names if one is not None]
    return max(named) if named else quality(offer.media_type, wildcards=True) or 0


@given(ASKED)
@example([("text/turtle", ";version=1.2", 0), ("*/*", "", None)])
def test_what_is_chosen_is_what_a_plain_reading_likes_best(asked: list[tuple[str, str, float | None]]) -> None:
    accept = ", ".join(f"{name}{rest}{'' if q is None else f';q={q}'}" for name, rest, q in asked)
    liked = [plainly(asked, offer) for offer in PAGES]
    if not any(liked):
        with pytest.raises(NotAcceptable):
            media.negotiate(accept, PAGES)
    else:
        assert plainly(asked, media.negotiate(accept, PAGES)) == max(liked)


@given(st.text(st.sampled_from('text/urlhm*,;q=01.5"\\ \té\x00'), max_size=60))
@example('"' * 50)
@example("text/turtle;a=" + '"\\' * 30)
def test_whatever_is_sent_a_listed_type_that_is_not_refused_is_possible(noise: str) -> None:
    assert isinstance(negotiated(noise), Format | None)
    if '"' not in noise and not re.search(r"turtle\s*;", noise):
        assert negotiated(f"{noise},text/turtle;version=1.2") is not None


def negotiated(accept: str) -> Format | None:
    try:
        return media.negotiate(accept, PAGES)
    except NotAcceptable:
        return None
