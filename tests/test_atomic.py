"""A build publishes a whole release or nothing, whatever befalls it, and what is served meanwhile is always whole."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from publisher.release import Release, current
from publisher.releases import draft, linked, publish
from publisher.settings import Settings
from publisher.verify import require_sound, verify
from tests import small
from tests.conftest import ROOT
from tests.edits import project
from tests.serving import serving

pytestmark = pytest.mark.slow

KILLS = 20
#: A build as `communique build` makes it, but for the shapes, which take most of the time and write nothing.
BUILD = """if True:
    from publisher.checks import Checker
    from publisher.cli import main
    Checker._run = lambda *_: iter(())
    main()"""
#: A release that was made elsewhere is published; just before a step of that, the process is killed. A step is what
#: changes the folder of releases, or locks it. At the end the number of steps is printed.
STEPS = """if True:
    import os, shutil, signal, sys
    from pathlib import Path
    from publisher.releases import draft, publish
    whole, releases, last = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    changes = {"os.rename", "os.symlink", "shutil.rmtree", "os.mkdir", "os.chmod", "fcntl.flock"}
    steps, counting = 0, True
    def step(event, given):
        global steps
        if counting and (event in changes or (event == "open" and "w" in str(given[1]))):
            if steps == last:
                os.kill(os.getpid(), signal.SIGKILL)
            steps += 1
    sys.addaudithook(step)
    with draft(releases) as folder:
        counting = False
        shutil.copytree(whole, folder, dirs_exist_ok=True)
        counting = True
        publish(releases, folder, (folder / "manifest.json").read_bytes())
    print(steps)"""


@pytest.fixture
def little(tmp_path: Path) -> Settings:
    folder = project(tmp_path / "project")
    shutil.rmtree(folder / "seeds")
    small.write(folder / "seeds")
    return Settings(folder, tmp_path / "releases")


def say(settings: Settings, label: str) -> None:
    """Let the seeds say something else, so that what is built next is another release."""
    sheet = small.SHEET.replace("label: {{en: The visit}}", f"label: {{{{en: {label}}}}}")
    shutil.rmtree(settings.project / "seeds")
    small.write(settings.project / "seeds", sheet)


def start(settings: Settings, *words: str, before: str = "") -> "subprocess.Popen[str]":
    """Begin a build. before: code that runs first in its process."""
    return subprocess.Popen(
        [sys.executable, "-c", before + BUILD, "build", *words],
        env={**os.environ, **settings.environ()},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def end(process: "subprocess.Popen[str]") -> tuple[int, str]:
    printed, _ = process.communicate(timeout=120)
    return process.returncode, printed


def served(settings: Settings) -> Release:
    """Return the release that is current; it must be sound."""
    release = Release.open(current(settings.releases))
    require_sound(release)
    return release


def nothing_left(settings: Settings) -> bool:
    return not [path for path in settings.releases.iterdir() if path.name.startswith(".")]


@contextmanager
def asking(url: str) -> Iterator[list[str]]:
    """Ask a server without a pause for as long as this lasts; collect all that it answers."""
    answers: list[str] = []
    enough = Event()

    def ask() -> None:
        while not enough.is_set():
            try:
                with urllib.request.urlopen(url, timeout=30) as response:
                    answers.append(response.read().decode())
            except OSError as error:
                answers.append(f"{type(error).__name__}: {error}")
            time.sleep(0.02)  # leave the cores to the builds

    thread = Thread(target=ask)
    thread.start()
    try:
        yield answers
    finally:
        enough.set()
        thread.join()


# --- Killed


@pytest.mark.server
def test_a_build_killed_at_twenty_random_moments_changes_nothing_that_is_served(little: Settings) -> None:
    chance = random.Random()  # noqa: S311 - other moments in each run; what went wrong says which
    with serving(little.releases, little.project) as server, asking(f"{server.base}doc/event/visit.nt") as answers:
        began = time.monotonic()
        say(little, "Visit of old")
        assert end(start(little, "--base", server.base))[0] == 0
        took = time.monotonic() - began
        allowed = served(little).id
        moments = []
        for number in range(KILLS):
            say(little, f"Visit number {number}")
            process = start(little, "--base", server.base)
            moments.append(chance.uniform(took / 4, took))
            time.sleep(moments[-1])
            process.send_signal(signal.SIGKILL)
            end(process)
            assert served(little).id == allowed or process.returncode == 0 or number_of(little) == number, moments
            allowed = served(little).id
        say(little, "Visit at last")
        code, printed = end(start(little, "--base", server.base))
        assert code == 0, printed
        assert nothing_left(little)
        assert served(little).id != allowed
        assert verify(served(little)) == []
        with urllib.request.urlopen(f"{server.base}doc/event/visit.nt", timeout=30) as response:
            assert "Visit at last" in response.read().decode()
    assert len(answers) > KILLS
    wrong = [answer for answer in answers if "isit" not in answer]
    assert not wrong


def number_of(settings: Settings) -> int:
    """Return the number of the seeds that the current release was built from."""
    text = (current(settings.releases) / "dumps" / "communique.nt").read_text("utf-8")
    return int(text.partition("Visit number ")[2].partition('"')[0])


@pytest.mark.parametrize("damaged", [False, True], ids=["new", "damaged"])
def test_a_build_killed_before_any_of_its_steps_changes_nothing_that_is_served(damaged: bool, little: Settings) -> None:
    """Each step of publishing once: of a release that is new, and of one that takes the place of a damaged one."""
    assert end(start(little))[0] == 0
    first = served(little).id
    say(little, "Another visit")
    assert end(start(little))[0] == 0
    second = served(little).id
    whole = little.project / "whole"
    shutil.copytree(little.releases / second, whole)
    kept = little.project / "kept"
    shutil.copytree(little.releases / first, kept)
    shutil.rmtree(little.releases)

    def killed(last: int) -> "subprocess.CompletedProcess[str]":
        shutil.rmtree(little.releases, ignore_errors=True)
        shutil.copytree(kept, little.releases / first)
        (little.releases / "current").symlink_to(first)
        if damaged:
            shutil.copytree(whole, little.releases / second)
            (little.releases / second / "dumps" / "communique.nt").unlink()
        words = [sys.executable, "-c", STEPS, str(whole), str(little.releases), str(last)]
        return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)

    done = killed(-1)
    assert done.returncode == 0, done.stderr
    assert linked(little.releases) == {"current": second, "previous": first}
    assert int(done.stdout) > 10
    ends = []
    for last in range(int(done.stdout)):
        assert killed(last).returncode == -signal.SIGKILL
        ends.append(served(little).id)
        with draft(little.releases) as folder:
            shutil.copytree(whole, folder, dirs_exist_ok=True)
            publish(little.releases, folder, (whole / "manifest.json").read_bytes())
        assert served(little).id == second
        assert linked(little.releases) == {"current": second, "previous": first}
        assert nothing_left(little)
    assert ends[:10] == [first] * 10
    assert ends == sorted(ends, key=[first, second].index)  # it is switched once


# --- A full disk


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Path]:
    """Give a small file system of its own; skip the test where this user cannot make one."""
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run([mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False)
    if not made or made.returncode:
        pytest.skip("This test needs a small file system, which only root can mount.")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)  # a store that this process opened may still be open


def test_a_build_on_a_full_disk_changes_nothing_and_says_so_in_one_line(little: Settings, tmp_path: Path) -> None:
    with disk(tmp_path / "disk", "40m") as folder:
        settings = Settings(little.project, folder / "releases")
        assert end(start(settings))[0] == 0
        before = served(settings).id
        say(settings, "Another visit")
        need = sum(path.stat().st_size for path in (settings.releases / before).rglob("*"))
        filler = folder / "filler"
        for share in (0.01, 0.2, 0.4, 0.6, 0.75, 0.9):
            free = shutil.disk_usage(folder).free
            filler.write_bytes(bytes(int(free - need * share)))
            code, printed = end(start(settings))
            filler.unlink()
            assert code == 1, (share, printed)
            assert printed.count("\n") == 1, (share, printed)
            assert printed.startswith("Nothing was published")
            assert "No space left" in printed
            assert served(settings).id == before
        assert end(start(settings))[0] == 0
        assert served(settings).id != before
        assert nothing_left(settings)


@pytest.mark.parametrize("size", [1_000, 30_000, 90_000, 130_000, 300_000])
def test_a_build_that_may_not_write_all_changes_nothing_and_says_so_in_one_line(size: int, little: Settings) -> None:
    assert end(start(little))[0] == 0
    before = served(little).id
    say(little, "Another visit")
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
    code, printed = end(start(little, before=limit))
    assert (code, printed.count("\n")) == (1, 1), printed
    assert printed.startswith("Nothing was published")
    assert served(little).id == before
    assert end(start(little))[0] == 0
    assert served(little).id != before
    assert nothing_left(little)


# --- Two at once


@pytest.mark.parametrize("same", [True, False], ids=["same", "different"])
def test_two_builds_at_once_do_not_meet(same: bool, little: Settings, tmp_path: Path) -> None:
    other = Settings(project(tmp_path / "other"), little.releases)
    shutil.rmtree(other.project / "seeds")
    small.write(other.project / "seeds")
    if not same:
        say(other, "Another visit")
    for _ in range(3):
        shutil.rmtree(little.releases, ignore_errors=True)
        both = [start(settings) for settings in (little, other)]
        for process in both:
            code, printed = end(process)
            assert code == 0, printed
        assert nothing_left(little)
        made = [path for path in little.releases.iterdir() if not path.is_symlink()]
        assert len(made) == (1 if same else 2)
        assert [verify(Release.open(folder)) for folder in made] == [[]] * len(made)
        assert {*linked(little.releases).values()} == {folder.name for folder in made}
