"""Which release is served is a link, which only ever comes to point to a release that is sound."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from publisher.cli import main
from publisher.errors import CommuniqueError, NoRelease
from publisher.release import Release, current
from publisher.releases import draft, find, linked, publish, rollback
from tests import small


def silent(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A folder of two releases, made once; and their ids, the older one first."""
    settings, first, second = small.two_releases(tmp_path_factory.mktemp("project"))
    return settings.releases, first, second


@pytest.fixture
def releases(built: tuple[Path, str, str], tmp_path: Path) -> Path:
    """A copy of that folder."""
    shutil.copytree(built[0], tmp_path / "releases", symlinks=True)
    return tmp_path / "releases"


@pytest.fixture
def first(built: tuple[Path, str, str]) -> str:
    return built[1]


@pytest.fixture
def second(built: tuple[Path, str, str]) -> str:
    return built[2]


def run(releases: Path, *words: str) -> Result:
    return CliRunner().invoke(main, words, env={"COMMUNIQUE_RELEASES": str(releases)})


def damage(releases: Path, identity: str) -> None:
    path = releases / identity / "dumps" / "communique.ttl"
    path.write_bytes(path.read_bytes()[:-1])


def again(releases: Path, identity: str) -> Release:
    """Publish a copy of a release, as a second build of the same seeds would."""
    with draft(releases) as folder:
        shutil.copytree(releases / identity, folder, dirs_exist_ok=True)
        (folder / "store" / "SHA256SUMS").unlink()
        return publish(releases, folder, (folder / "manifest.json").read_bytes())


# --- Back, and forth


def test_a_rollback_leads_back_and_a_second_one_forth(releases: Path, first: str, second: str) -> None:
    assert linked(releases) == {"current": second, "previous": first}
    result = run(releases, "rollback")
    assert (result.exit_code, result.output.startswith(f"current is release {first[:12]}")) == (0, True)
    assert linked(releases) == {"current": first, "previous": second}
    assert rollback(releases).id == second
    assert linked(releases) == {"current": second, "previous": first}


def test_a_rollback_leads_to_the_release_that_is_named(releases: Path, first: str, second: str) -> None:
    assert run(releases, "rollback", first[:9]).exit_code == 0
    assert current(releases).name == first
    assert run(releases, "rollback", first).exit_code == 0  # it is current already, and stays so
    assert linked(releases) == {"current": first, "previous": second}


@pytest.mark.parametrize("name", ["no", "0" * 64, "../", "current"])
def test_a_name_of_no_release_is_said(name: str, releases: Path, second: str) -> None:
    result = run(releases, "rollback", name)
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "begins with" in result.output
    assert current(releases).name == second


def test_a_beginning_of_several_ids_is_said(releases: Path, first: str) -> None:
    (releases / (first[:5] + "0" * 59)).mkdir()
    with pytest.raises(NoRelease, match="more than one"):
        find(releases, first[:5])


def test_where_there_was_no_release_before_this_is_said(releases: Path, first: str) -> None:
    (releases / "previous").unlink()
    with pytest.raises(NoRelease, match="No other release was current before"):
        rollback(releases)
    (releases / "previous").symlink_to((releases / "current").readlink())
    with pytest.raises(NoRelease, match="No other release was current before"):
        rollback(releases)
    assert rollback(releases, first).id == first


# --- What is not sound is refused


@pytest.mark.parametrize("name", ["named", None])
def test_a_rollback_to_a_damaged_release_is_refused(name: str | None, releases: Path, first: str, second: str) -> None:
    damage(releases, first)
    result = run(releases, "rollback", *([first] if name else []))
    assert result.exit_code == 1
    assert re.fullmatch(rf"Release {first[:12]} is damaged: dumps/communique\.ttl: .*\n", result.output)
    assert linked(releases) == {"current": second, "previous": first}


def test_a_rollback_to_a_release_that_is_gone_is_refused(releases: Path, first: str, second: str) -> None:
    shutil.rmtree(releases / first)
    with pytest.raises(NoRelease, match="There is no release in"):
        rollback(releases)
    assert current(releases).name == second


@pytest.mark.parametrize("what", ["part", "store", "count", "manifest"])
def test_a_draft_that_is_not_sound_is_not_published(what: str, releases: Path, first: str, second: str) -> None:
    before = sorted(releases.iterdir())
    with pytest.raises(NoRelease), draft(releases) as folder:
        shutil.copytree(releases / first, folder, dirs_exist_ok=True)
        manifest = (folder / "manifest.json").read_bytes()
        if what == "part":
            (folder / "void.ttl").write_bytes(b"")
        elif what == "store":
            (folder / "store" / "CURRENT").write_text("MANIFEST-999999\n")
        elif what == "count":
            manifest = json.dumps({**json.loads(manifest), "triples": 1}).encode()
        else:
            manifest = b"{}"
        publish(releases, folder, manifest)
    assert sorted(releases.iterdir()) == before
    assert current(releases).name == second


# --- Publishing


def test_a_release_that_is_there_is_kept_and_one_that_is_damaged_makes_way(releases: Path, first: str) -> None:
    inode = (releases / first).stat().st_ino
    assert again(releases, first).id == first
    assert (releases / first).stat().st_ino == inode
    assert current(releases).name == first
    whole = releases.parent / "whole"
    shutil.copytree(releases / first, whole)
    for path in ("dumps/communique.nq", "store/CURRENT", "manifest.json"):
        (releases / first / path).unlink()
        with draft(releases) as folder:
            shutil.copytree(whole, folder, dirs_exist_ok=True)
            publish(releases, folder, (whole / "manifest.json").read_bytes())
        assert run(releases, "verify").exit_code == 0
    assert not [path for path in releases.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_called_current_and_is_no_link_is_kept_and_said(kind: str, releases: Path, first: str) -> None:
    link = releases / "current"
    link.unlink()
    if kind == "folder":
        link.mkdir()
        (link / "mine").write_text("mine")
    else:
        link.write_text("mine")
    before = sorted(releases.rglob("*"))
    with pytest.raises(CommuniqueError, match=r"current is no link.*Move it away"), draft(releases):
        pytest.fail("nothing must be built that cannot be published")
    assert run(releases, "rollback", first).output.count("\n") == 1
    assert sorted(releases.rglob("*")) == before


def test_where_nothing_can_be_written_this_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CommuniqueError, match="cannot be written"), draft(tmp_path / "file"):
        pytest.fail("there is nowhere to build")
    with pytest.raises(CommuniqueError, match="cannot be written"), draft(tmp_path / "file" / "releases"):
        pytest.fail("there is nowhere to build")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ours_is_said(releases: Path, first: str) -> None:
    releases.chmod(0o555)
    try:
        with pytest.raises(CommuniqueError, match="cannot be written"), draft(releases):
            pytest.fail("there is nowhere to build")
        with pytest.raises(CommuniqueError, match="cannot be written"):
            rollback(releases, first)
    finally:
        releases.chmod(0o755)


def test_what_dead_builds_left_is_taken_away_and_what_a_live_one_makes_is_not(releases: Path) -> None:
    before = sorted(releases.iterdir())
    for name in (".building-dead", ".damaged-dead", ".current-dead", ".previous-dead"):
        (releases / name / "store").mkdir(parents=True)
    (releases / ".current-new").symlink_to("nowhere")
    (releases / ".mine").mkdir()
    with draft(releases) as one, draft(releases) as other:
        assert one != other
        assert sorted(releases.iterdir()) == sorted([*before, releases / ".mine", one, other])
    assert sorted(releases.iterdir()) == sorted([*before, releases / ".mine"])


# --- The list


def test_the_list_says_of_each_release_what_it_is(releases: Path, first: str, second: str) -> None:
    (releases / first / "manifest.json").write_text("{")
    lines = run(releases, "releases").output.splitlines()
    assert [line.split()[0] for line in lines] == [second[:12], first[:12]]
    assert re.search(r"UTC  current   +[\d,]+ triples  \w", lines[0])
    assert re.search(r"UTC  previous  .*manifest.json was changed", lines[1])
    told = json.loads(run(releases, "releases", "--json").output)
    assert [(one["release"], one["link"]) for one in told] == [(second, "current"), (first, "previous")]
