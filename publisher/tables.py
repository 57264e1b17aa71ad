"""SPARQL results as a table for a terminal."""

from typing import Any

import prettytable

WIDEST = 60


def table(results: dict[str, Any]) -> str:
    """Return results (SPARQL 1.1 Query Results JSON) as text: a table, or yes or no."""
    if "boolean" in results:
        return "yes" if results["boolean"] else "no"
    names = results["head"]["vars"]
    rows = results["results"]["bindings"]
    drawn = prettytable.PrettyTable(names, align="l", max_width=WIDEST)
    drawn.set_style(prettytable.TableStyle.SINGLE_BORDER)
    for row in rows:
        drawn.add_row([printable(row[name]["value"]) if name in row else "" for name in names])
    return f"{drawn}\n{counted(len(rows), 'row')}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is not one: `1 fact`, `2,130 facts`, `0 classes`."""
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def printable(text: str) -> str:
    """Return a text without the characters that move a terminal's cursor or turn its direction."""
    return "".join(character if character.isprintable() else " " for character in text)
