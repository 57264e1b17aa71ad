"""The storm, and its report.

    .venv/bin/python -m tests.attacks --seconds 60 --triples 1000000     against a server of its own, of generated data
    .venv/bin/python -m tests.attacks http://localhost:8000/             against one that runs already, on this machine

Where the times stand, read them as ratios: idle against storm, in one run.
"""

import argparse
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from tests.attacks.storm import storm
from tests.generated import MILLION, generate
from tests.serving import started

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def main() -> None:
    """Attack, and print what came of it."""
    parser = argparse.ArgumentParser(description="Attack a server, and say how its other clients fare.")
    parser.add_argument("url", nargs="?", help="a server on this machine; without it, one of generated data is started")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--deadline", type=float, default=10, help="the server's own, in seconds")
    parser.add_argument("--triples", type=int, default=MILLION)
    parser.add_argument("--data", type=Path, help="where generated data is, or is to be kept")
    given = parser.parse_args()
    if given.url:
        parts = urlsplit(given.url)
        if parts.hostname not in LOOPBACK:
            parser.error("only a server on this machine is attacked")
        print(storm((parts.hostname, parts.port or 80), None, given.seconds, given.deadline))  # noqa: T201
        return
    with tempfile.TemporaryDirectory() as folder:
        made = generate(given.data or Path(folder) / "generated", given.triples)
        with started(made.releases, options=("--timeout", str(given.deadline))) as server:
            port = urlsplit(server.base).port or 80
            print(storm(("localhost", port), server.process.pid, given.seconds, given.deadline))  # noqa: T201


if __name__ == "__main__":
    main()
