"""A form is decoded as the URL Standard has it (section 5.1), whatever stands in it."""

from urllib.parse import parse_qsl, quote, quote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import BadRequest
from publisher.protocol import MOST_PARAMETERS, read

LINE = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(LINE, st.sampled_from([quote, quote_plus, lambda text: "".join(f"%{byte:02x}" for byte in text.encode())]))
def test_a_query_comes_as_it_was_written(query: str, write: object) -> None:
    assert callable(write)
    asked = read("GET", f"query={write(query)}".encode(), "", b"")
    assert asked is not None
    assert asked.query == query


@given(st.lists(st.tuples(st.sampled_from(["default-graph-uri", "a=b", "&", "%"]), LINE)), LINE)
def test_names_and_values_are_told_apart(others: list[tuple[str, str]], query: str) -> None:
    pairs = [(name, "http://x.example/" if name == "default-graph-uri" else value) for name, value in others]
    asked = read(
        "POST", urlencode(pairs).encode(), "application/x-www-form-urlencoded", urlencode({"query": query}).encode()
    )
    assert asked is not None
    assert asked.query == query
    assert asked.dataset.default == tuple(dict.fromkeys(value for name, value in pairs if name == "default-graph-uri"))


@given(
    st.lists(
        st.sampled_from(["query", "=", "&", "+", "%3D", "%26", "%0a", "%0D", "\n", "=\r\n", "_", "x", "%e2%82%ac"])
    )
)
def test_odd_forms_are_read_as_python_reads_them(parts: list[str]) -> None:
    written = f"query=a&{''.join(parts)}".encode()
    queries = [value for name, value in parse_qsl(written.decode(), keep_blank_values=True) if name == "query"]
    if len(queries) == 1:
        asked = read("GET", written, "", b"")
        assert asked is not None
        assert asked.query == queries[0]
    else:
        with pytest.raises(BadRequest, match=f"there are {len(queries)} here"):
            read("GET", written, "", b"")


def test_a_form_of_too_many_parameters_is_refused() -> None:
    most = b"&".join([b"query=ASK%7B%7D", *[b"a=1"] * (MOST_PARAMETERS - 1)])
    assert read("GET", most, "", b"")
    with pytest.raises(BadRequest, match="more than 1,000 parameters"):
        read("GET", most + b"&a", "", b"")
