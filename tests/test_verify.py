"""Whatever byte of a release is changed, verification finds it and names the file."""

import gzip
import hashlib
import json
import os
import re
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from publisher.build import build
from publisher.checks import Checker
from publisher.cli import main
from publisher.errors import NoRelease
from publisher.release import Release, inside, read_manifest
from publisher.settings import Settings
from publisher.verify import Fault, damage, verify, write_sums
from tests import small
from tests.edits import project


def silent(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A small release, made once."""
    folder = project(tmp_path_factory.mktemp("project"))
    shutil.rmtree(folder / "seeds")
    small.write(folder / "seeds")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Checker, "_run", lambda *_: iter(()))  # not what is promised here
        return build(Settings(folder, folder / "releases"), None, silent)


@pytest.fixture
def made(whole: Release, tmp_path: Path) -> Release:
    """A copy of it, to be damaged."""
    shutil.copytree(whole.folder.parent, tmp_path / "releases", symlinks=True)
    return Release.open(tmp_path / "releases" / whole.id)


def files(release: Release) -> list[Path]:
    return [path for path in sorted(release.folder.rglob("*")) if path.is_file()]


def run(release: Release, *words: str) -> Result:
    return CliRunner().invoke(main, words, env={"COMMUNIQUE_RELEASES": str(release.folder.parent)})


def told(release: Release) -> list[str]:
    """Return the lines that `communique verify` prints of a release that is damaged."""
    result = run(release, "verify", str(release.folder))
    assert result.exit_code == 1, result.output
    return result.output.splitlines()


def renamed(release: Release, manifest: dict[str, object]) -> Release:
    """Give a release another manifest, and the name that goes with it: what only its maker could do wrong."""
    written = json.dumps(manifest).encode()
    (release.folder / "manifest.json").write_bytes(written)
    folder = release.folder.parent / hashlib.sha256(written).hexdigest()
    release.folder.rename(folder)
    return Release.open(folder)


def with_part(release: Release, path: str, content: bytes) -> Release:
    """Put a part into a release, well listed and packed, so that only what it says can be wrong."""
    parts = dict(release.manifest["parts"])
    packed = {f"{path}.gz": gzip.compress(content)} if f"{path}.gz" in parts else {}
    for name, written in {path: content, **packed}.items():
        (release.folder / name).write_bytes(written)
        parts[name] = {"sha256": hashlib.sha256(written).hexdigest(), "bytes": len(written)}
    return renamed(release, {**release.manifest, "parts": parts, "rdfc10": {}})


def test_a_release_as_it_was_made_is_what_it_says(made: Release) -> None:
    assert verify(made) == []
    result = run(made, "verify")
    assert result.exit_code == 0
    assert result.output.startswith(f"release {made.id[:12]} is what it says: ")
    for name in (made.id, made.id[:8], str(made.folder)):
        assert run(made, "verify", name).output == result.output
    assert json.loads(run(made, "verify", "--json").output) == {"release": made.id, "sound": True, "faults": []}


# --- The files


def named(path: Path, release: Release) -> bool:
    """Say whether it is found that something is wrong with this file, and with no other."""
    name = path.relative_to(release.folder).as_posix()
    try:
        found = list(damage(Release.open(release.folder)))
    except NoRelease as error:
        return name == "manifest.json" and name in str(error)
    if name == "store/SHA256SUMS":  # a sum or a name in it may be wrong, and then that file is said to be
        return bool(found) and all(fault.path.startswith("store/") for fault in found)
    return [fault.path for fault in found] == [name]


@pytest.mark.slow
def test_a_byte_flipped_in_any_file_is_found_and_the_file_is_named(made: Release) -> None:
    for path in files(made):
        content = path.read_bytes()
        for place in {0, len(content) // 2, len(content) - 1} if content else ():
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            assert named(path, made), path
        path.write_bytes(content)
    assert verify(made) == []


@pytest.mark.slow
def test_a_file_that_is_longer_or_shorter_is_found_and_named(made: Release) -> None:
    for path in files(made):
        content = path.read_bytes()
        for other in {content + b"\n", content[:-1]} - {content}:
            path.write_bytes(other)
            assert named(path, made), path
        path.write_bytes(content)


def test_a_file_that_is_gone_is_found_and_named(made: Release) -> None:
    for path in files(made):
        content = path.read_bytes()
        path.unlink()
        assert named(path, made) or path.name == "manifest.json", path
        path.write_bytes(content)


@pytest.mark.parametrize("name", ["dumps/communique.nq", "dumps/communique.nq.gz", "ontology/ns.ttl", "store/CURRENT"])
def test_the_command_says_in_one_line_what_is_wrong(name: str, made: Release) -> None:
    """One, though the store could not be opened, nor the dump be parsed or be what its packed one holds."""
    path = made.folder / name
    path.write_bytes(b"?" + path.read_bytes()[1:])
    first, last = told(made)
    assert first.startswith(f"{name}: was changed: its sha256 is ")
    assert last == f"release {made.id[:12]}: 1 fault"


@pytest.mark.parametrize("path", ["more.ttl", "dumps/more.nq", "store/more.sst", "deep/er/more", ".hidden"])
def test_a_file_too_many_is_found_and_named(path: str, made: Release) -> None:
    (made.folder / path).parent.mkdir(parents=True, exist_ok=True)
    (made.folder / path).write_bytes(b"")
    assert verify(made) == [Fault(path, "is not listed, and no part of the release")]


def test_a_link_or_a_device_in_place_of_a_part_is_not_read(made: Release, tmp_path: Path) -> None:
    part = made.folder / "void.ttl"
    part.rename(tmp_path / "void.ttl")
    part.symlink_to(tmp_path / "void.ttl")
    assert verify(made) == [Fault("void.ttl", "is no plain file")]
    part.unlink()
    os.mkfifo(part)
    assert verify(made) == [Fault("void.ttl", "is no plain file")]


@pytest.mark.parametrize("line", ["nonsense\n", f"{'0' * 64}  ../void.ttl\n", f"{'0' * 64} CURRENT\n"])
def test_sums_that_are_none_are_said_with_their_line(line: str, made: Release) -> None:
    sums = made.store / "SHA256SUMS"
    number = sums.read_text().count("\n") + 1
    sums.write_text(sums.read_text() + line)
    assert [fault.path for fault in verify(made)] == ["store/SHA256SUMS"]
    assert f"line {number} is no sum of a file" in told(made)[0]


# --- What they say: each of these releases has the right sums


def test_a_store_that_holds_something_else_is_found_by_its_counts(made: Release) -> None:
    store = ox.Store(str(made.store))
    graph = ox.NamedNode(f"{made.base}graph/authority")
    one = next(store.quads_for_pattern(None, None, None, graph))
    store.remove(one)
    store.add(ox.Quad(one.subject, one.predicate, one.object, ox.NamedNode("http://other.example/")))
    store.flush()
    del store
    write_sums(made.store)
    count = made.manifest["graphs"]["authority"]
    assert [str(fault) for fault in verify(made)] == [
        "store: graph http://localhost:8000/graph/authority "
        f"has {count - 1:,} triples, and must have {count:,}",
        "store: graph http://other.example/ has 1 triples, and must have 0",
    ]  # fmt: skip


def test_a_store_that_cannot_be_opened_is_said(made: Release) -> None:
    (made.store / "CURRENT").write_text("MANIFEST-999999\n")
    write_sums(made.store)
    (fault,) = verify(made)
    assert fault.path == "store"
    assert "cannot be opened" in fault.message


@pytest.mark.parametrize(
    ("path", "content", "words"),
    [
        ("dumps/communique.ttl", b"<a> <b> .", "is not Turtle"),
        ("dumps/communique.nq", b"<http://a> <http://b> <http://c> .\n", "the default graph has 1 triples"),
        ("dumps/communique.trig", b"{ <a> <b> <c> }", "the default graph has 1 triples"),
        ("dumps/communique.nt", b"", "the default graph has 0 triples"),
        ("dumps/communique.rdf", b"<rdf", "is not RDF/XML"),
        ("dumps/communique.jsonld", b"[", "is not JSON-LD"),
        ("dumps/graph/small.ttl", b"<a> <b> <c> .", "the default graph has 1 triples"),
        ("dumps/graph/authority.ttl", b"", "the default graph has 0 triples"),
        ("more.json", b"{", "is not JSON"),
        ("more.ttl", b"<", "is not Turtle"),
        ("void.ttl.gz", b"\x1f\x8b\x08", "cannot be unpacked"),
        ("void.ttl.gz", gzip.compress(b"other", mtime=0), "is not void.ttl when it is unpacked"),
        ("void.ttl.gz", gzip.compress(bytes(5_000_000), mtime=0), "is not void.ttl when it is unpacked"),
        ("none.ttl.gz", gzip.compress(b"", mtime=0), "the part itself is not listed"),
    ],
)
def test_a_part_that_says_something_else_is_found_and_named(
    path: str, content: bytes, words: str, made: Release
) -> None:
    faults = verify(with_part(made, path, content))
    assert faults
    assert {fault.path for fault in faults} == {path}
    assert words in faults[0].message


def test_a_packed_part_that_is_the_part_is_right(made: Release) -> None:
    packed = gzip.compress((made.folder / "void.ttl").read_bytes(), mtime=0)
    assert verify(with_part(made, "void.ttl.gz", packed)) == []


def test_the_hash_of_rdfc_1_0_is_the_sum_of_its_dump(made: Release) -> None:
    right = made.manifest["parts"]["dumps/communique.nq"]["sha256"]
    default = made.manifest["rdfc10"]["default"]
    for given, faults in ((right, []), ("0" * 64, ["dumps/communique.nq"])):
        made = renamed(made, {**made.manifest, "rdfc10": {"dataset": given, "default": default}})
        assert [fault.path for fault in verify(made)] == faults


# --- Hostile manifests, and wrong commands


@pytest.mark.parametrize(
    "path",
    ["../x", "/etc/passwd", "a/../b", "a//b", "", ".", "a/", "./a", "a\\b", "a\nb", "\x1b[2J",
     "manifest.json", "store/CURRENT", "store"],
)  # fmt: skip
def test_a_path_that_leads_elsewhere_is_no_part(path: str, made: Release) -> None:
    assert not inside(path)
    part = {"sha256": "0" * 64, "bytes": 1}
    with pytest.raises(NoRelease, match="no place for a part"):
        renamed(made, {**made.manifest, "parts": {path: part}})


@pytest.mark.parametrize(
    "written",
    [b"", b"[]", b"{}", b'{"base": 1}', b'{"base": "b", "graphs": []}', b'{"base": "b", "graphs": {"a": -1}}',
     b'{"base": "b", "graphs": {}, "triples": true}', b'{"base": "b", "graphs": {}, "triples": 1, "parts": []}',
     b'{"base": "b", "graphs": {}, "triples": 1, "parts": {"a": {"bytes": 1, "sha256": "0"}}}',
     b"\xff", b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_manifest_is_said(written: bytes) -> None:
    with pytest.raises(NoRelease, match=re.escape("manifest.json ")):
        read_manifest(written)


@pytest.mark.parametrize("words", [("0000000",), ("/nowhere/at/all",), ("file:///etc/passwd",), ("ftp://a.example/",)])
def test_what_is_no_release_is_said_in_one_line(words: tuple[str, ...], made: Release) -> None:
    result = run(made, "verify", *words)
    assert result.exit_code == 1
    assert result.output.count("\n") == 1


def test_where_there_is_no_release_at_all_this_is_said(tmp_path: Path) -> None:
    for command in ("verify", "rollback", "releases"):
        result = CliRunner().invoke(main, [command], env={"COMMUNIQUE_RELEASES": str(tmp_path / "none")})
        assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
