"""Files of RDF are served as they are, in whatever format, and what is wrong in any of them is said in one go."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publisher.errors import CommuniqueError, Unreadable
from publisher.files import load
from publisher.inputs import SUFFIXES, inputs
from publisher.loading import merged, plain
from publisher.release import Release, current
from publisher.verify import counts, expected, miscounts, require_files

BASE = "http://localhost:8000/"
EX = "http://x.example/"
XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:ex="http://x.example/">{}</rdf:RDF>'

#: Of each suffix a file that says what its subject's value is, the subject being named by the suffix.
FORMATS = {
    "ttl": "@prefix ex: <http://x.example/> . ex:ttl ex:p 1 .",
    "nt": f'<{EX}nt> <{EX}p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    "nq": f'<{EX}nq> <{EX}p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <{EX}g> .',
    "trig": "@prefix ex: <http://x.example/> . ex:g { ex:trig ex:p 1 }",
    "rdf": XML.format('<rdf:Description rdf:about="http://x.example/rdf"><ex:p>1</ex:p></rdf:Description>'),
    "owl": XML.format('<rdf:Description rdf:about="http://x.example/owl"><ex:p>1</ex:p></rdf:Description>'),
    "xml": XML.format('<rdf:Description rdf:about="http://x.example/xml"><ex:p>1</ex:p></rdf:Description>'),
    "jsonld": '{"@id": "http://x.example/jsonld", "http://x.example/p": 1}',
    "json": '{"@id": "http://x.example/json", "http://x.example/p": 1}',
}

#: A file that cannot be read by its name, and what must be said of it: where, and some of the words.
BROKEN = {
    "turtle.ttl": ("@prefix ex: <http://x.example/> .\nex:a ex:b ex:c .\n  ex:a junk ex:c .", ":3:8: ", "junk"),
    "lines.nt": (f"<{EX}a> <{EX}b> <{EX}c> .\n<{EX}a> <relative> <{EX}c> .", ":2:", "No scheme"),
    "quads.nq": (f"<{EX}a> <{EX}b> <{EX}c> <{EX}g> <{EX}h> .", ":1:", ""),
    "named.trig": ("<http://x.example/g> { <http://x.example/a> ", ":1:", ""),
    "tags.rdf": (XML.format("\n<rdf:Description>\n"), ":3:", "mismatched tag"),
    "meaning.rdf": (XML.format('<rdf:Description rdf:about="http://x.example/a b"/>'), ": ", ""),
    "turtle.owl": ("@prefix ex: <http://x.example/> .", ":1:", "Give Turtle the ending .ttl"),
    "comma.json": ('{"@id": "http://x.example/a",\n}', ":2:", ""),
    "remote.jsonld": ('{"@context": "http://x.example/c", "@id": "http://x.example/a"}', ": ", "none is fetched here"),
    "no-gzip.ttl.gz": ("<a> <b> <c> .", ": ", "cannot be unpacked"),
    "notes.txt": ("words", ": ", "in no format that is known here"),
}


def quiet(_: str) -> None:
    """Say nothing."""


def held(release: Release) -> set[str]:
    """Return the quads of a release's store, as lines."""
    return {str(quad) for quad in ox.Store.read_only(str(release.store))}


@pytest.fixture
def served(tmp_path: Path) -> Callable[..., Release]:
    """Load files, given by their names and what stands in them, and return the release."""

    def make(files: dict[str, str | bytes], *, merge: bool = True) -> Release:
        for name, content in files.items():
            path = tmp_path / "given" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        folder = tmp_path / "made"
        folder.mkdir()
        return load([tmp_path / "given" / name for name in files], folder, BASE, merge=merge, say=quiet)

    return make


def test_all_formats_are_read_plain_and_packed(served: Callable[..., Release]) -> None:
    files = {f"file.{suffix}": content for suffix, content in FORMATS.items()}
    packed = {
        f"packed.{suffix}.gz": gzip.compress(content.replace(f"{EX}{suffix}", f"{EX}packed-{suffix}").encode())
        for suffix, content in FORMATS.items()
        if suffix not in ("ttl", "trig")
    }
    release = served({**files, **packed, "upper.TTL": "<http://x.example/upper> <http://x.example/p> 1 ."})
    quads = ox.Store.read_only(str(release.store)).quads_for_pattern(None, None, None, ox.DefaultGraph())
    subjects = sorted(str(quad.subject)[len(EX) + 1 : -1] for quad in quads)
    packed_too = [f"packed-{suffix}" for suffix in FORMATS if suffix not in ("ttl", "trig", "rdf", "owl", "xml")]
    assert set(subjects) >= {*FORMATS, *packed_too, "upper"}
    assert {f".{suffix}" for suffix in FORMATS} == set(SUFFIXES)


def test_what_is_made_is_a_release_that_verifies(served: Callable[..., Release]) -> None:
    release = served({"a.ttl": FORMATS["ttl"], "b.trig": FORMATS["trig"]})
    assert current(release.folder.parent) == release.folder
    store = require_files(release)
    assert list(miscounts("store", counts(store), expected(release.manifest))) == []
    assert [one["name"] for one in release.manifest["files"]] == ["a.ttl", "b.trig"]
    assert not list((release.store).glob("LOG*"))


def test_the_default_graph_is_the_merge_of_all_graphs_or_as_the_files_have_it(tmp_path: Path) -> None:
    file = tmp_path / "two.trig"
    file.write_text(
        "@prefix ex: <http://x.example/> . ex:a ex:p 1 . "
        "ex:g { ex:b ex:p 2 . _:x ex:p 3 } ex:h { ex:b ex:p 2 . _:x ex:p 4 }"
    )
    asked = "SELECT (COUNT(*) AS ?n) WHERE { %s }"
    for merge, default in ((True, 4), (False, 1)):
        folder = tmp_path / str(merge)
        folder.mkdir()
        store = require_files(load([file], folder, BASE, merge=merge, say=quiet))
        for pattern, number in (
            ("?s ?p ?o", default),
            ("GRAPH ?g { ?s ?p ?o }", 4),
            ("?x <http://x.example/p> 3, 4", int(merge)),  # a blank node that two graphs share is one, there too
        ):
            assert f'"{number}"' in store.query(asked % pattern, "application/json").read().decode()


def test_a_file_in_which_there_is_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "map.jsonld").write_text('{"type": "FeatureCollection", "features": []}')
    (tmp_path / "one.nt").write_text(f"<{EX}a> <{EX}b> <{EX}c> .")
    said: list[str] = []
    load([tmp_path / "map.jsonld", tmp_path / "one.nt"], tmp_path, BASE, merge=True, say=said.append)
    assert [line for line in said if "no statement" in line] == ["  there is no statement in map.jsonld"]


@pytest.mark.parametrize("merge", [True, False])
def test_the_things_of_a_class_are_counted_once_in_however_many_graphs_they_are(merge: bool, tmp_path: Path) -> None:
    file = tmp_path / "classes.trig"
    file.write_text(
        "@prefix ex: <http://x.example/> . ex:a a ex:A, ex:B . ex:g { ex:a a ex:A . ex:b a ex:A } ex:h { ex:b a ex:A }"
    )
    manifest = load([file], tmp_path, BASE, merge=merge, say=quiet).manifest
    assert list(manifest["classes"].items()) == [(f"{EX}A", 2), (f"{EX}B", 1)]
    assert sorted(manifest["samples"][f"{EX}A"]) == [f"{EX}a", f"{EX}b"]
    assert manifest["graphs"] == {f"{EX}g": 2, f"{EX}h": 1}
    assert manifest["triples"] == (3 if merge else 2)


QUADS = st.builds(
    ox.Quad,
    st.sampled_from([ox.NamedNode(f"{EX}a"), ox.BlankNode("a"), ox.BlankNode("b")]),
    st.just(ox.NamedNode(f"{EX}p")),
    st.sampled_from([ox.Literal("1"), ox.BlankNode("a")]),
    st.sampled_from([ox.DefaultGraph(), ox.NamedNode(f"{EX}g"), ox.BlankNode("g")]),
)


@given(st.lists(QUADS), st.integers(1, 5))
def test_a_merge_is_the_same_however_many_quads_are_loaded_at_a_time(quads: list[ox.Quad], batch: int) -> None:
    copies = {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads}
    assert set(merged(quads, batch)) == set(quads) | copies


@pytest.mark.parametrize("number", [1, 5, 9, 10, 24])
def test_named_graphs_and_their_copies_are_loaded_in_batches_of_their_own(number: int) -> None:
    """Else the engine takes a third of its time again."""
    named = [ox.Quad(ox.BlankNode(), ox.NamedNode(f"{EX}p"), ox.Literal(n), ox.BlankNode("g")) for n in range(number)]
    found = list(merged(named, 5))
    batches = [found[start : start + 5] for start in range(0, len(found) // 10 * 10, 5)]
    assert all(len({quad.graph_name for quad in one}) == 1 for one in batches)
    assert len(found) == 2 * number


LINES = (
    f"<{EX}a> <{EX}p> <{EX}b> <{EX}g> .",
    f"<{EX}a> <{EX}p> <{EX}b> <{EX}h> .",
    f"<{EX}a> <{EX}p> <{EX}b> .",
    f'<{EX}a> <{EX}p> "only here"@en .',
    f'<{EX}a> <{EX}p> "twice" <{EX}g> .',
    f'<{EX}a> <{EX}p> "twice" <{EX}g> .',
)


@pytest.mark.parametrize(
    ("more", "alone"),
    [("", True), ("\n", True), (f'<{EX}a> <{EX}p> "_:" .', False), (f"<{EX}a> <{EX}p> _:b <{EX}g> .", False)],
)
def test_what_the_engine_reads_by_itself_is_merged_as_all_else(
    more: str, alone: bool, served: Callable[..., Release], tmp_path: Path
) -> None:
    release = served({"some.nq": "\n".join([*LINES, more])})
    (one,) = inputs([tmp_path / "given" / "some.nq"])
    assert plain(one) == alone
    found = [quad for quad in ox.Store.read_only(str(release.store)) if not isinstance(quad.object, ox.BlankNode)]
    expected = set(ox.parse("\n".join([*LINES, more if '"' in more else ""]), format=ox.RdfFormat.N_QUADS))
    assert set(found) == expected | {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in expected}
    blank = [quad.object for quad in ox.Store.read_only(str(release.store)) if isinstance(quad.object, ox.BlankNode)]
    assert len(blank) == (2 if "_:b" in more else 0)
    assert len(set(blank)) <= 1, "it is another in the default graph"


@pytest.mark.parametrize(
    "content",
    [b"", b"\xef\xbb\xbf" + LINES[0].encode(), gzip.compress(LINES[0].encode(), mtime=0)],
    ids=["empty", "with-a-byte-order-mark", "packed"],  # bytes as names: each worker of pytest must find the same
)
def test_a_file_that_the_engine_does_not_read_alike_is_read_here(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / f"some.nq{'.gz' if content.startswith(gzip.compress(b'')[:2]) else ''}"
    file.write_bytes(content)
    (one,) = inputs([file])
    assert not plain(one)
    assert len(quads_of(file)) == bool(content)


def test_more_than_a_batch_of_copies_is_never_held() -> None:
    read = 0

    def quads() -> Iterator[ox.Quad]:
        nonlocal read
        for read in range(1, 101):
            graph = ox.NamedNode(f"{EX}g") if read % 3 else ox.DefaultGraph()
            yield ox.Quad(ox.BlankNode(), ox.NamedNode(f"{EX}p"), ox.Literal(read), graph)

    given: list[ox.Quad] = []
    for quad in merged(quads(), 10):
        given.append(quad)
        assert read - sum(isinstance(one.graph_name, ox.DefaultGraph) for one in given) <= 10


def test_equal_labels_of_two_files_are_two_blank_nodes(served: Callable[..., Release]) -> None:
    file = "_:a <http://x.example/p> _:a ."
    release = served(
        {
            "one.ttl": file,
            "two.ttl": file,
            "three.nt": file,
            "four.jsonld": '{"@id": "_:a", "http://x.example/p": {"@id": "_:a"}}',
        }
    )
    quads = list(ox.Store.read_only(str(release.store)))
    assert len(quads) == 4
    assert all(quad.subject == quad.object for quad in quads)


def test_relative_iris_name_the_file_and_no_folder_of_the_machine(served: Callable[..., Release]) -> None:
    file = "<> <http://x.example/p> <#me> , <other> ."
    release = served({"a file.ttl": file, "within/a file.ttl": file.replace("me", "you")})
    assert held(release) == {
        f"<{BASE}a%20file.ttl> <{EX}p> <{BASE}a%20file.ttl#me>",
        f"<{BASE}a%20file.ttl> <{EX}p> <{BASE}other>",
        f"<{BASE}a%20file-2.ttl> <{EX}p> <{BASE}a%20file-2.ttl#you>",
        f"<{BASE}a%20file-2.ttl> <{EX}p> <{BASE}other>",
    }


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is said of all broken files and a good one, loaded together; those that have no name of RDF apart."""
    folder = tmp_path_factory.mktemp("broken")
    made = tmp_path_factory.mktemp("made")
    for name, (content, *_) in BROKEN.items():
        (folder / name).write_text(content)
    (folder / "good.ttl").write_text(FORMATS["ttl"])
    said = []
    for files in ([*(name for name in BROKEN if not name.endswith(".txt")), "good.ttl"], ["notes.txt", "good.ttl"]):
        with pytest.raises(Unreadable) as caught:
            load([folder / name for name in files], made, BASE, merge=True, say=quiet)
        said.append(str(caught.value))
    assert list(made.iterdir()) == [], "something was left behind"
    return "\n".join(said)


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_said_with_its_place_and_for_all_files_at_once(name: str, told: str) -> None:
    _, place, words = BROKEN[name]
    (line,) = [line for line in told.splitlines() if f"/{name}:" in line]
    assert f"/{name}{place}" in line
    assert words in line
    assert "good.ttl" not in told


@pytest.mark.parametrize(
    ("names", "words"),
    [(["nothing.ttl"], "is not there"), (["folder"], "is a folder"), (["a.ttl", "../given/a.ttl"], "is given twice")],
)
def test_a_name_that_names_no_file_is_said(names: list[str], words: str, tmp_path: Path) -> None:
    (tmp_path / "given" / "folder").mkdir(parents=True)
    (tmp_path / "given" / "a.ttl").write_text("")
    with pytest.raises(Unreadable, match=words):
        inputs([tmp_path / "given" / name for name in names])


def quads_of(path: Path) -> list[ox.Quad]:
    """Read a file as it is read when it is served, but in this process."""
    (one,) = inputs([path])
    return list(one.quads(BASE))


ENTITIES = {
    "laughs": '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">',
    "a laugh in disguise": '<!ENTITY a "ha"><!ENTITY b "&#38;a;&#38;a;">',
    "another file": '<!ENTITY a SYSTEM "file:///etc/passwd">',
    "parameters": '<!ENTITY % a "<!ENTITY b \'c\'>">%a;',
    "a very long one": f'<!ENTITY a "{"a" * 100_000}">',
}  # fmt: skip


@pytest.mark.parametrize("hostile", ENTITIES)
def test_entities_that_do_harm_are_refused_before_the_engine_reads_them(hostile: str, tmp_path: Path) -> None:
    file = tmp_path / "hostile.rdf"
    file.write_text(f"<!DOCTYPE rdf:RDF [{ENTITIES[hostile]}]>" + XML.format(""))
    with pytest.raises(Unreadable, match="entity"):
        quads_of(file)


def test_entities_that_do_no_harm_are_taken(tmp_path: Path) -> None:
    file = tmp_path / "protege.owl"
    body = '<rdf:Description rdf:about="&ex;a"><rdf:type rdf:resource="&owl;Class"/></rdf:Description>'
    file.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE rdf:RDF [\n  <!ENTITY owl "http://www.w3.org/2002/07/owl#" >\n'
        f'  <!ENTITY ex "{EX}" >\n]>\n{XML.format(body)}'
    )
    (quad,) = quads_of(file)
    assert (quad.subject, quad.object) == (ox.NamedNode(f"{EX}a"), ox.NamedNode("http://www.w3.org/2002/07/owl#Class"))


#: How a file says what it is encoded in, and how it is.
ENCODED = {
    "latin-1": ('<?xml version="1.0" encoding="ISO-8859-1"?>', "iso-8859-1", "Größe"),
    "windows": ("<?xml version='1.0'\n encoding = 'windows-1252' standalone='yes'?>", "cp1252", "Größe – 5 €"),
    "cyrillic": ('<?xml version="1.0" encoding="KOI8-R"?>', "koi8-r", "Мали"),
    "japanese": ('<?xml version="1.0" encoding="Shift_JIS"?>', "shift_jis", "日本"),
    "utf-16": ('<?xml version="1.0" encoding="UTF-16"?>', "utf-16", "日本 😀"),
    "utf-16, undeclared": ("", "utf-16", "日本"),
    "utf-16, its mark stronger": ('\ufeff<?xml version="1.0" encoding="ISO-8859-1"?>', "utf-16-be", "日本"),
    "utf-16, unmarked": ('<?xml version="1.0" encoding="UTF-16LE"?>', "utf-16-le", "日本"),
    "utf-32": ('<?xml version="1.0"?>', "utf-32", "日本 😀"),
    "utf-8": ('<?xml version="1.0" encoding="utf8"?>', "utf-8", "日本"),
    "utf-8, marked": ('<?xml version="1.0" encoding="ISO-8859-1"?>', "utf-8-sig", "日本"),
    "ASCII": ('<?xml version="1.0" encoding="US-ASCII"?>', "ascii", "Mali"),
    "utf-8, called ASCII": ('<?xml version="1.0" encoding="US-ASCII"?>', "utf-8", "日本"),
    "utf-8, called UTF-16": ('<?xml version="1.0" encoding="utf-16"?>', "utf-8", "日本"),
}


@pytest.mark.parametrize("packed", ["", ".gz"])
@pytest.mark.parametrize("name", ENCODED)
def test_xml_is_read_in_the_encoding_that_it_declares_or_shows(name: str, packed: str, tmp_path: Path) -> None:
    declaration, encoding, words = ENCODED[name]
    one = f'<rdf:Description rdf:about="{EX}{words.split()[0]}"><ex:p>{words}</ex:p></rdf:Description>\r\n'
    content = f"{declaration}{XML.format(one * 2_000)}".encode(encoding)  # of more than a block
    file = tmp_path / f"file.rdf{packed}"
    file.write_bytes(gzip.compress(content) if packed else content)
    expected = ox.Triple(ox.NamedNode(EX + words.split()[0]), ox.NamedNode(f"{EX}p"), ox.Literal(words))
    assert {quad.triple for quad in quads_of(file)} == {expected}


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old"])
@pytest.mark.parametrize("encoding", ["windows-1252", "UTF-16"])
def test_what_is_wrong_in_another_encoding_is_said_with_its_line(encoding: str, ends: str, tmp_path: Path) -> None:
    declaration = f'<?xml version="1.0"\n encoding="{encoding}"?>\n'
    lines = f"<!-- {'ö' * 98} -->\n" * 3_000
    file = tmp_path / "file.rdf"
    file.write_bytes((declaration + XML.format(lines + "<ex:a></ex:b>")).replace("\n", ends).encode(encoding))
    with pytest.raises(Unreadable, match=r"file\.rdf:3003:.*mismatched tag"):
        quads_of(file)
    wrong = {"windows-1252": b"\x81", "UTF-16": b"\xff\xdf"}[encoding]
    whole = (declaration + XML.format(lines)).replace("\n", ends).encode(encoding)
    place = len((declaration + XML.format("").partition("</")[0] + lines).replace("\n", ends).encode(encoding))
    file.write_bytes(whole[:place] + wrong + whole[place:])
    words = rf"file\.rdf:3003:1: The bytes {wrong.hex(' ')} stand for nothing in {encoding}(-le)?\.$"
    with pytest.raises(Unreadable, match=f"(?i){words}"):
        quads_of(file)


@pytest.mark.parametrize("encoding", ["x-none", "rot13", "hex", "zlib", "punycode", "unicode_escape", "utf-7", "cp037"])
def test_an_encoding_that_is_none_of_texts_is_named(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "file.rdf"
    file.write_text(f'<?xml version="1.0" encoding="{encoding}"?>\n{XML.format("")}')
    with pytest.raises(Unreadable, match=rf"file\.rdf:1:1: The encoding {encoding}, .* is not known here\. "):
        quads_of(file)


def test_entities_do_no_harm_in_another_encoding_either(tmp_path: Path) -> None:
    file = tmp_path / "hostile.rdf"
    file.write_text(f"<!DOCTYPE rdf:RDF [{ENTITIES['laughs']}]>" + XML.format(""), encoding="utf-16")
    with pytest.raises(Unreadable, match="entity"):
        quads_of(file)


def test_elements_nested_without_end_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "deep.rdf"
    file.write_text(XML.format("<rdf:Description><ex:p>" * 50_000 + "</ex:p></rdf:Description>" * 50_000))
    with pytest.raises(Unreadable, match="nested"):
        quads_of(file)


def test_a_bomb_is_not_unpacked_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "bomb.nt.gz"
    with gzip.open(file, "wb") as out:
        for _ in range(100):
            out.write(b"#" * (1 << 20) + b"\n")
    with pytest.raises(Unreadable, match="times its packed size"):
        quads_of(file)


def test_a_packed_file_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "half.nt.gz"
    lines = "".join(f'<{EX}{number}> <{EX}p> "{number}" .\n' for number in range(10_000))
    file.write_bytes(gzip.compress(lines.encode())[:-2000])
    with pytest.raises(Unreadable, match="not whole"):
        quads_of(file)


def test_the_mark_that_some_editors_write_first_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "marked.ttl"
    file.write_bytes(b"\xef\xbb\xbf" + FORMATS["ttl"].encode())
    assert len(quads_of(file)) == 1


def test_a_file_that_ends_the_process_that_loads_it_is_said_in_words(
    served: Callable[..., Release], tmp_path: Path
) -> None:
    deep = f"<{EX}a> <{EX}p> " + f"<<( <{EX}a> <{EX}p> " * 200_000 + "1" + " )>>" * 200_000 + " ."
    with pytest.raises(CommuniqueError, match=r"deep\.ttl.*nests terms in each other so deep"):
        served({"deep.ttl": deep})
    assert list((tmp_path / "made").iterdir()) == []


TOKENS = st.sampled_from(
    [*'<>"@.;,[](){}:\\#', "^^", "_:a", "&a;", "<!ENTITY a '&a;'>", "<!DOCTYPE", "<rdf:RDF>", "@prefix", "a", "<a>",
     "\\u0000", "\n", '{"@id":', '"@context"', "é", "\x00", "1e9999"]
)  # fmt: skip


@given(
    st.sampled_from(list(SUFFIXES)),
    st.one_of(st.binary(max_size=60), st.lists(TOKENS).map(lambda ones: " ".join(ones).encode())),
    st.booleans(),
)
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_stands_in_a_file_it_is_read_or_refused_in_words(
    tmp_path: Path, suffix: str, content: bytes, packed: bool
) -> None:
    file = tmp_path / f"any{suffix}{'.gz' if packed else ''}"
    file.write_bytes(gzip.compress(content) if packed else content)
    try:
        quads_of(file)
    except Unreadable as error:
        assert str(error).startswith(str(file))
        assert str(error).isprintable()
