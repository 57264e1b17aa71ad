"""A base is what all IRIs of a release may begin with; whatever would make IRIs that no client can follow is none."""

import pytest

from publisher.settings import is_base


@pytest.mark.parametrize(
    "base",
    [
        "http://localhost:8000/",
        "https://data.example.org/",
        "https://data.example.org:65535/visits/",
        "https://xn--bcher-kva.example/a.b/~c/",
        f"http://{'a' * 63}.example/..a/.../",
    ],
)
def test_what_is_a_base(base: str) -> None:
    assert is_base(base)


@pytest.mark.parametrize(
    "base",
    [
        "http://localhost:65536/",
        "http://localhost:99999/",
        "http://example.org/../",
        "http://example.org/a/./b/",
        "http://example.org/a//",
        "http://example.org",
        "http://example..org/",
        "http://-example.org/",
        "http://user@example.org/",
        "http://bücher.example/",
        "ftp://example.org/",
        "http://example.org/?a/",
        f"http://{'a' * 64}.example/",
        f"http://{'.'.join(['a' * 60] * 5)}/",
        "http://example.org/\n",
        "",
    ],
)
def test_what_is_none(base: str) -> None:
    assert not is_base(base)
