"""Queries that are alike are known again, whatever constants are in them; and none is condemned for good."""

import pytest

from publisher.experience import MOST_TEMPLATES, Experience, template


@pytest.mark.parametrize(
    "other",
    [
        "SELECT ?p ?o { <http://example.org/b> ?p ?o }",
        "select ?x ?y{<http://example.org/a> ?x ?y}",
        "SELECT $p ?o # a number: 17\n{ <http://example.org/a>\t?p ?o\r\n }",
    ],
)
def test_constants_names_of_variables_comments_and_spaces_make_no_difference(other: str) -> None:
    assert template("SELECT ?p ?o { <http://example.org/a> ?p ?o }") == template(other)
    assert template("ASK { ?s ?p 'a' FILTER(?s > 17) }") == template('ASK { ?s ?p "b"  FILTER(?s > 18.5) }')


@pytest.mark.parametrize(
    "other",
    [
        "SELECT ?p ?o { ?s ?p ?o }",
        "SELECT ?p ?o { <http://example.org/a> ?o ?p }",
        "SELECT ?p ?o { <http://example.org/a> ?p ?o } LIMIT 1",
        "ASK { <http://example.org/a> ?p ?o }",
    ],
)
def test_what_is_asked_makes_one(other: str) -> None:
    assert template("SELECT ?p ?o { <http://example.org/a> ?p ?o }") != template(other)


def test_two_long_ones_in_a_row_make_the_next_one_long_and_one_quick_one_ends_that() -> None:
    experience = Experience()
    assert not experience.is_long(1)
    assert not experience.is_quick(1)
    experience.was(1, long=True)
    assert not experience.is_long(1)
    experience.was(1, long=True)
    assert experience.is_long(1)
    experience.was(1, long=False)
    assert experience.is_quick(1)
    assert not experience.is_long(1)


def test_of_many_the_oldest_are_forgotten() -> None:
    experience = Experience()
    for number in range(MOST_TEMPLATES + 1):
        experience.was(number, long=False)
    assert not experience.is_quick(0)
    assert experience.is_quick(1)
