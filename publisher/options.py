"""How a server serves: what it grants a query, which hosts it answers for, where its log goes.

Given on the command line, and passed to the processes that serve through their environment.
"""

from collections.abc import Mapping
from dataclasses import dataclass

#: What no query needs more than, unless a server is told otherwise: seconds, and MiB of memory.
SECONDS = 30.0
MEBIBYTES = 1024


@dataclass(frozen=True)
class Options:
    """What a server is told.

    seconds: how long a query may take. mebibytes: how much memory the process may have that runs it. hosts: the names
    under which it may be asked, besides those of its base and of this machine. log: the file to which each request is
    written, `-` for standard output, none for no log. quick, long: how many quick queries that are known, as many that
    are new, and how many long ones each serving process runs at a time. waiting: how many of each may wait. checked:
    whether a query is looked at before it is run; only tests say no, to show that nothing rests on it.
    """

    seconds: float = SECONDS
    mebibytes: int = MEBIBYTES
    hosts: tuple[str, ...] = ()
    log: str = ""
    quick: int = 2
    long: int = 2
    waiting: int = 64
    checked: bool = True

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Options":
        """Return the options that another process left in the environment."""
        return cls(
            float(environ.get("COMMUNIQUE_SECONDS") or SECONDS),
            int(environ.get("COMMUNIQUE_MEBIBYTES") or MEBIBYTES),
            tuple(environ.get("COMMUNIQUE_HOSTS", "").split()),
            environ.get("COMMUNIQUE_LOG", ""),
            checked=environ.get("COMMUNIQUE_ADMIT") != "none",
        )

    def environ(self) -> dict[str, str]:
        """Return them as the environment that reads them again."""
        return {
            "COMMUNIQUE_SECONDS": str(self.seconds),
            "COMMUNIQUE_MEBIBYTES": str(self.mebibytes),
            "COMMUNIQUE_HOSTS": " ".join(self.hosts),
            "COMMUNIQUE_LOG": self.log,
        }
