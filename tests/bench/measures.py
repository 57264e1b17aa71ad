"""Measurements: a few numbers of one kind, their median, and how they are printed."""

import time
from collections.abc import Callable, Sequence


def milliseconds(call: Callable[[], object]) -> float:
    """Return how long a call takes."""
    begun = time.perf_counter()
    call()
    return (time.perf_counter() - begun) * 1000


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table: the first column is a name, the others are numbers or words."""
    written = [[str(cell) if not isinstance(cell, float) else _number(cell) for cell in row] for row in [heads, *rows]]
    widths = [max(len(row[place]) for row in written) for place in range(len(heads))]
    print(f"\n{title}")  # noqa: T201
    for row in written:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        print("  " + "  ".join(cells).rstrip(), flush=True)  # noqa: T201


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}" if abs(value) < 1 else f"{value:.2f}"
