"""Reports of what is wrong: as text for a person, as JSON for a program, as RDF for a release."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS, SH, XSD
from rdflib.term import Node
from rdflib.util import from_n3

from mappings import Names
from mappings.names import PTR
from publisher.errors import Problem
from publisher.findings import Finding
from publisher.shapes import named
from publisher.tables import counted, printable
from publisher.turtle import whole

#: From a text and what it is (`violation`, `warning`, `error`, `place`) to the text as it is shown.
Paint = Callable[[str, str], str]
#: How many characters of a long line are shown.
WIDTH: Final = 110


def plain(text: str, _: str) -> str:
    """Return a text as it is, where nothing shows colours."""
    return text


def text(problems: Iterable[Problem], findings: Iterable[Finding], paint: Paint = plain) -> Iterator[str]:
    """Yield the lines of a report: by file and line, each line shown with its wrong part underlined, what to do, where.

    problems: what could not be read. findings: what shapes found in the rest.
    """
    told = [(one.file, one.line, one.column, one.length, _problem(one, paint)) for one in problems]
    for one in findings:
        place = one.place
        told.append((place.file, place.line, place.column, place.length, _finding(one, paint)))
    told.sort(key=lambda one: (str(one[0]), *one[1:4], one[4][0]))
    sources: dict[Path, list[str]] = {}
    for (file, line), same in groupby(told, key=lambda one: one[:2]):
        if not line:
            yield from (f"{paint(_near(file), 'place')}: {words}" for *_, lines in same for words in lines)
            continue
        yield paint(f"{_near(file)}:{line}", "place")
        if file not in sources:
            sources[file] = file.read_text("utf-8", errors="replace").split("\n") if file.is_file() else []
        for (column, length), here in groupby(same, key=lambda one: one[2:4]):
            yield from _shown(sources[file], line, column, length)
            for *_, lines in here:
                yield from (f"  {one}" for one in lines)
        yield ""


def _near(file: Path) -> str:
    """Return a file's path as short as can be from where one is."""
    near = os.path.relpath(file) if file.is_absolute() and file.is_relative_to(Path.cwd()) else str(file)
    return printable(near)


def _problem(one: Problem, paint: Paint) -> list[str]:
    return [f"{paint('error', 'error')}: {printable(one.message)}" if one.line else printable(one.message)]


def _finding(one: Finding, paint: Paint) -> list[str]:
    severity = one.severity.lower()
    lines = [f"{paint(severity, severity)}: {printable(one.message)} [{one.shape}]"]
    if one.place.fact:
        lines.append(f"  fact:  {one.place.fact}")
    if one.place.quote:
        lines.append(f"  quote: “{printable(one.place.quote)}”")
    if one.remedy:
        lines.append(f"  to do: {one.remedy}")
    return lines


def _shown(lines: Sequence[str], line: int, column: int, length: int) -> Iterator[str]:
    """Yield a line of a file, and under it a line that marks a part of it; of a long line the part around that."""
    if not 0 < line <= len(lines) or not lines[line - 1].strip():
        return
    written = re.sub(r"\s", " ", lines[line - 1])
    first = max(0, min(column - 1 - WIDTH // 4, len(written) - WIDTH))
    before, after = ("…" if first else ""), ("…" if len(written) > first + WIDTH else "")
    shown = written[first : first + WIDTH]
    yield f"{line:>5} | {before}{printable(shown)}{after}"
    if length:
        start = column - 1 - first
        marked = max(1, min(length, len(shown) - start))
        yield f"      | {' ' * (start + len(before))}{'^' * marked}"


def summary(documents: int, problems: Sequence[Problem], findings: Sequence[Finding]) -> str:
    """Return the line that ends a report: how many of what."""
    violations = sum(one.violates for one in findings)
    counts = [(violations, "violation"), (len(findings) - violations, "warning"), (documents, "document")]
    if problems:
        counts.insert(0, (len(problems), "error"))
    *first, last = (counted(number, noun) for number, noun in counts)
    return f"{', '.join(first)}; {last} checked"


def data(problems: Iterable[Problem], findings: Sequence[Finding]) -> dict[str, Any]:
    """Return a report as JSON has it. conforms: nothing was found and all could be read (SHACL, 3.6.1)."""
    unread = [
        {"file": str(one.file), "line": one.line, "column": one.column, "length": one.length, "message": one.message}
        for one in problems
    ]
    violations = sum(one.violates for one in findings)
    return {
        "conforms": not findings and not unread,
        "violations": violations,
        "warnings": len(findings) - violations,
        "unreadable": unread,
        "findings": [
            {
                "severity": one.severity,
                "shape": one.shape,
                "message": one.message,
                "remedy": one.remedy,
                "file": str(one.place.file),
                "line": one.place.line,
                "column": one.place.column,
                "length": one.place.length,
                "document": one.place.document,
                "fact": one.place.fact,
                "quote": one.place.quote,
                "focus": one.focus,
            }
            for one in findings
        ],
    }


def graph(findings: Sequence[Finding], names: Names, project: Path, *, complete: bool = True) -> Graph:
    """Return a validation report (SHACL, 3.6) without blank nodes. complete: all could be read, so nothing is unknown.

    Each result has besides what SHACL asks for its document (dcterms:source), its Fact (rdfs:seeAlso) and its place
    (W3C Pointers in RDF: the file, within the project, the line and the character).
    """
    made = Graph(bind_namespaces="none")
    it = names.dump("report.ttl", "#report")
    made.add((it, RDF.type, SH.ValidationReport))
    made.add((it, SH.conforms, Literal(complete and not findings)))
    for number, one in enumerate(findings, 1):
        result, place = (names.dump("report.ttl", f"#{part}-{number}") for part in ("result", "place"))
        made.add((it, SH.result, result))
        made.add((result, RDF.type, SH.ValidationResult))
        made.add((result, SH.focusNode, URIRef(one.focus)))
        made.add((result, SH.resultSeverity, SH[one.severity]))
        made.add((result, SH.sourceConstraintComponent, URIRef(one.component)))
        made.add((result, SH.sourceShape, named(one.shape)))
        made.add((result, SH.resultMessage, Literal(one.message, lang="en")))
        if one.path:
            made.add((result, SH.resultPath, URIRef(one.path)))
        if isinstance(value := from_n3(one.value), Node):
            made.add((result, SH.value, value))
        if one.place.document:
            made.add((result, DCTERMS.source, names.document(one.place.document)))
        if one.place.fact:
            made.add((result, RDFS.seeAlso, names.fact(one.place.fact)))
        made.add((result, PTR.pointer, place))
        made.add((place, RDF.type, PTR.LineCharPointer))
        made.add((place, PTR.lineNumber, Literal(max(1, one.place.line), datatype=XSD.positiveInteger)))
        made.add((place, PTR.charNumber, Literal(one.place.column, datatype=XSD.positiveInteger)))
        file = _within(one.place.file, project)
        made.add((place, PTR.reference, names.dump("report.ttl", f"#{file}")))
        made.add((names.dump("report.ttl", f"#{file}"), RDFS.label, Literal(file)))
    return made


def turtle(findings: Sequence[Finding], names: Names, project: Path, *, complete: bool = True) -> bytes:
    """Return a validation report as Turtle."""
    return whole(graph(findings, names, project, complete=complete), {**names.prefixes(), "ptr": str(PTR)})


def _within(file: Path, project: Path) -> str:
    """Return a file's path within the project; elsewhere its name, for a machine's paths are nobody else's business."""
    return file.relative_to(project).as_posix() if file.is_relative_to(project) else file.name
