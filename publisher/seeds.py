"""The seeds: all documents with their fact sheets, and the authority files that they share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from publisher import nodes
from publisher.errors import Problem, SheetError, gather
from publisher.sheets import Sheet, read_sheet
from publisher.things import Thing, did_you_mean, read_authority
from publisher.vocabularies import Vocabularies


@dataclass(frozen=True)
class Seeds:
    """What a publication is made from."""

    authority: Mapping[str, Thing]
    sheets: tuple[Sheet, ...]

    @classmethod
    def read(cls, folder: Path, vocabularies: Vocabularies) -> "Seeds":
        """Read `{folder}/authority/*.yaml` and `{folder}/*.yaml`. Raise one SheetError for all that is wrong."""
        seeds, problems = cls.gather(folder, vocabularies)
        if problems:
            raise SheetError(problems)
        return seeds

    @classmethod
    def gather(
        cls, folder: Path, vocabularies: Vocabularies, documents: Sequence[str] = ()
    ) -> "tuple[Seeds, list[Problem]]":
        """Read what can be read of these documents, or of all; return it with all that is wrong in the rest.

        documents: keys, or paths of sheets. Raise SheetError where there is no such document, and for the authority
        files, without which no sheet can be read.
        """
        authority = read_authority(folder / "authority", vocabularies)
        strays = _strays(folder)
        named = {file.resolve(): file for file in (_sheet_file(folder, one) for one in documents)}
        files = list(named.values()) or [*strays, *sorted(folder.glob("*.yaml"))]

        def sheet(file: Path) -> Sheet:
            if file in strays:
                raise SheetError([Problem(file, 0, "is not read: a name that ends in .yaml was expected")])
            return read_sheet(file, authority, vocabularies)

        sheets, problems = gather(sheet, files)
        if not files:
            problems.append(Problem(folder, 0, "holds no fact sheet; expected {document}.yaml beside {document}.txt"))
        seeds = cls(authority, tuple(sheets))
        if not problems:  # what an unreadable sheet names is not known
            problems = [*(_unnamed(folder, sheets) if not documents else ()), *seeds.wrong_references()]
        return seeds, problems

    def wrong_references(self) -> list[Problem]:
        """Return what no sheet sees alone: `contradicts` without another fact, a thing that two documents introduce."""
        facts = {fact.key for sheet in self.sheets for fact in sheet.facts}
        problems = [
            Problem(
                sheet.file,
                fact.line,
                "contradicts: a fact cannot contradict itself"
                if key == fact.key
                else f"contradicts: there is no fact {key}{did_you_mean(key, facts)}",
            )
            for sheet in self.sheets
            for fact in sheet.facts
            for key in fact.contradicts
            if (key not in facts and not self._elsewhere(sheet, key)) or key == fact.key
        ]
        first: dict[str, Thing] = {}
        for sheet in self.sheets:
            for reference, thing in sheet.things.items():
                if reference in first:
                    where = f"{first[reference].node.file.name}, line {first[reference].node.line}"
                    message = f"{reference} is introduced in {where} already; move it to seeds/authority/ for both"
                    problems.append(Problem(sheet.file, thing.node.line, message))
                first.setdefault(reference, thing)
        return problems

    def _elsewhere(self, sheet: Sheet, key: str) -> bool:
        """Whether a document that was not read with these has this fact."""
        document, _, entry = key.partition(".")
        file = sheet.file.parent / f"{document}.yaml"
        if document in {one.document.key for one in self.sheets} or not file.is_file():
            return False
        facts = nodes.read(file).pairs("a fact sheet").get("facts")
        return facts is not None and facts.kind == "mapping" and entry in facts.pairs("facts")


def _sheet_file(folder: Path, document: str) -> Path:
    """Return the sheet of a document, which is named by its key or by the sheet's path."""
    there = {file.stem: file for file in sorted(folder.glob("*.yaml"))}
    if document not in there and not Path(document).is_file():
        what = f"is neither a document nor a sheet{did_you_mean(document, there)}"
        raise SheetError([Problem(Path(document), 0, what)])
    return there.get(document, Path(document))


def _unnamed(folder: Path, sheets: Iterable[Sheet]) -> list[Problem]:
    """Return a problem for each text that no sheet names."""
    named = {sheet.text.file.name for sheet in sheets}
    what = "is a text that no fact sheet names; begin one (communique new {}), or take it away"
    return [Problem(file, 0, what.format(file)) for file in sorted(folder.glob("*.txt")) if file.name not in named]


def _strays(folder: Path) -> list[Path]:
    """Return the files that look like sheets or authority files, and would be passed over in silence."""
    return sorted(
        file
        for within in (folder, folder / "authority")
        for file in within.glob("*.[yY]*[mM][lL]")
        if file.suffix.lower() in (".yaml", ".yml") and file.suffix != ".yaml"
    )
