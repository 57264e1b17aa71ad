"""`communique serve FILE...` needs nothing but the files, leaves nothing behind, and says in words what is wrong."""

import signal
import time
from pathlib import Path

import pytest

from tests.attacks.processes import processes, tree
from tests.serving import SECONDS, answer_of, files_served, free_port

pytestmark = [pytest.mark.server, pytest.mark.xdist_group("serve-files")]


def large(file: Path) -> None:
    """Write a file that takes a while to be loaded."""
    with file.open("w") as out:
        out.writelines(f'<http://x.example/{n}> <http://x.example/p> "{n}" .\n' for n in range(400_000))


@pytest.mark.parametrize("ending", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
def test_a_file_is_served_where_there_is_no_publication_and_nothing_is_left(ending: int, tmp_path: Path) -> None:
    (tmp_path / "talks.ttl").write_text('<#talk> <http://x.example/title> "Talks" .')
    port = free_port()
    with files_served(tmp_path, "serve", str(tmp_path / "talks.ttl"), "--port", str(port)) as process:
        base = f"http://localhost:{port}/"
        query = f"{base}sparql?query=SELECT+?s+WHERE+%7B+?s+?p+%22Talks%22+%7D"
        assert f"{base}talks.ttl#talk".encode() in answer_of(query)
        assert b"<h1>talks.ttl</h1>" in answer_of(base)
        (folder,) = (tmp_path / "passing").glob("communique-*")
        assert folder.stat().st_mode & 0o077 == 0, "others on the machine can look in"
        process.send_signal(ending)
        process.wait(SECONDS)
        assert list((tmp_path / "passing").iterdir()) == []
    assert list((tmp_path / "here").iterdir()) == []


@pytest.mark.parametrize("ending", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
def test_an_end_while_files_are_loaded_leaves_nothing_either(ending: int, tmp_path: Path) -> None:
    large(tmp_path / "large.nt")
    with files_served(tmp_path, "serve", str(tmp_path / "large.nt"), "--port", str(free_port())) as process:
        assert process.stdout is not None
        assert "reading" in process.stdout.readline()
        process.send_signal(ending)
        process.wait(SECONDS)
        said = process.stdout.read()
        assert "Traceback" not in said
        assert process.returncode not in (0, None)
    assert list((tmp_path / "passing").iterdir()) == []


def test_the_process_that_loads_ends_even_with_a_server_that_could_not_end_it(tmp_path: Path) -> None:
    large(tmp_path / "large.nt")
    with files_served(tmp_path, "serve", str(tmp_path / "large.nt"), "--port", str(free_port())) as process:
        assert process.stdout is not None
        assert "reading" in process.stdout.readline()
        loading = set(tree(process.pid)) - {process.pid}
        assert loading
        process.kill()
        process.wait()
        until = time.monotonic() + SECONDS
        while loading & {one.pid for one in processes().values() if not one.dead}:
            assert time.monotonic() < until, "it still runs"
            time.sleep(0.1)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["broken.ttl"], 2, "broken.ttl:1:5: no Turtle"),
        (["none.ttl"], 2, "none.ttl: is not there"),
        (["good.ttl", "--base", "nonsense"], 1, "--base: 'nonsense'"),
        (["good.ttl", "--base", "http://localhost:99999/"], 1, "--base: 'http://localhost:99999/'"),
        (["--base", "http://localhost/"], 2, "are for files"),
        (["good.ttl", "--default-graph", "nonsense"], 2, "merge"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_served(words: list[str], code: int, said: str, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "broken.ttl").write_text("<a> nonsense .")
    (tmp_path / "here" / "good.ttl").write_text("<a> <b> <c> .")
    with files_served(tmp_path, "serve", *words, "--port", str(free_port())) as process:
        told, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == code
    assert said in told
    assert "Traceback" not in told
    assert list((tmp_path / "passing").iterdir()) == []
