"""Each page is well set at a phone's and a desk's width, loads nothing from elsewhere, and keeps to its policy."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from publisher.examples import example
from tests.browser import Page, browsing
from tests.serving import Server, answer_of, files_served, free_port, serving

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = [
    "",
    "doc/document/mali-2025-07-28",
    "doc/state/mali",
    "doc/person/sergei-tsivilev",
    "doc/initiative/ru-ml-intergovernmental-commission",
    "doc/stance/mali-2025-07-28.s16-colonial",
    "doc/fact/mali-2025-07-28.s7-proposal",
    "doc/fact/inferred.head-is-member.5d9657d2a9dca709",
    "graph/mali-2025-07-28",
    "ns",
    "ns/modality",
    "ns/rule",
    "ns/shapes",
    "dumps/",
    ".well-known/void",
    "sparql",
    f"sparql?query={quote(example('evidence').sparql)}",
    f"sparql?query={quote('DESCRIBE <id/state/mali>')}",
    "sparql?query=nonsense",
    "doc/state/atlantis",
    f"describe?iri={quote('https://w3id.org/communique/ns#State')}",
    f"describe?iri={quote('http://www.w3.org/2002/07/owl#Class')}",
]
#: Of served files.
PAGES_OF_FILES = [
    "",
    "describe?iri=http://x.example/a",
    "describe?iri=http://x.example/long",
    "graph?graph=http://x.example/g",
    "graph?default",
    "sparql?query=SELECT+*+WHERE+%7B+?s+?p+?o+%7D",
    "ns",
]
WIDE = "http://x.example/" + "wide" * 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("browsed")) as server:
        yield server


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browsing() as page:
        yield page


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base of a server of a file, in which some things are very wide."""
    folder = tmp_path_factory.mktemp("files")
    (folder / f"{'wide' * 20}.trig").write_text(
        f"""@prefix : <http://x.example/> .
        :g {{ :a :p "{"wide" * 100}" , <{WIDE}> , [ :q ( 1 2 [ :r <{WIDE}> ] ) ] , 1.5 ; a <{WIDE}> . :long :p :a }}"""
    )
    port = free_port()
    with files_served(folder, "serve", str(folder / f"{'wide' * 20}.trig"), "--port", str(port)):
        base = f"http://localhost:{port}/"
        answer_of(base)
        yield base


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_width_and_keeps_to_itself(path: str, width: int, server: Server, page: Page) -> None:
    fits(page, server.base, path, width)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES_OF_FILES)
def test_a_page_of_files_does_so_too(path: str, width: int, files: str, page: Page) -> None:
    fits(page, files, path, width)


def fits(page: Page, base: str, path: str, width: int) -> None:
    page.open(base + path, width)
    assert page.evaluate("document.querySelectorAll('h1').length") == 1
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("document.title") not in ("", None)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.scripts.length") == 0
    assert all(url.startswith((base, "data:")) for url in page.requested), page.requested
    refused = [error for error in page.errors if "Failed to load resource" not in error]  # a 404 is what was asked for
    assert refused == []


def test_the_style_sheet_is_there(server: Server, page: Page) -> None:
    page.open(server.base, 1280)
    assert page.evaluate("document.styleSheets.length") == 1
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 10


def test_a_click_on_a_question_gives_its_answer(server: Server, page: Page) -> None:
    page.open(server.base, 1280)
    link = "[...document.links].find(link => link.textContent.includes('Who leads the delegation')).href"
    page.open(page.evaluate(link), 390)
    assert "Sergei Tsivilev" in page.evaluate("document.querySelector('table').innerText")


def test_a_name_leads_to_its_page(server: Server, page: Page) -> None:
    page.open(f"{server.base}id/person/sergei-tsivilev", 1280)
    assert page.evaluate("location.href") == f"{server.base}doc/person/sergei-tsivilev"
    assert "Sergei Tsivilev" in page.evaluate("document.querySelector('h1').innerText")
