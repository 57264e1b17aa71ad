"""The seeds: all documents with their fact sheets, and the authority files that they share."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from publisher.errors import Problem, SheetError, read_all
from publisher.sheets import Sheet, read_sheet
from publisher.things import Thing, did_you_mean, read_authority


@dataclass(frozen=True)
class Seeds:
    """What a publication is made from."""

    authority: Mapping[str, Thing]
    sheets: tuple[Sheet, ...]

    @classmethod
    def read(cls, folder: Path, schemes: Mapping[str, frozenset[str]]) -> "Seeds":
        """Read `{folder}/authority/*.yaml` and `{folder}/*.yaml`. Raise one SheetError for all that is wrong."""
        authority = read_authority(folder / "authority", schemes)
        others = _other(folder)

        def sheet(file: Path) -> Sheet:
            if file in others:
                raise SheetError([Problem(file, 0, "is not read: a name that ends in .yaml was expected")])
            return read_sheet(file, authority, schemes)

        sheets = read_all(sheet, [*others, *sorted(folder.glob("*.yaml"))])
        if not sheets:
            raise SheetError(
                [Problem(folder, 0, "holds no fact sheet; expected {document}.yaml beside {document}.txt")]
            )
        named = {sheet.text.file.name for sheet in sheets}
        if unnamed := [file for file in sorted(folder.glob("*.txt")) if file.name not in named]:
            what = "is a text that no fact sheet names; begin one (communique new {}), or take it away"
            raise SheetError([Problem(file, 0, what.format(file)) for file in unnamed])
        seeds = cls(authority, tuple(sheets))
        seeds.check_references()
        return seeds

    def check_references(self) -> None:
        """Refuse what no sheet sees alone: `contradicts` without another fact, a thing that two documents introduce."""
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
            if key not in facts or key == fact.key
        ]
        first: dict[str, Thing] = {}
        for sheet in self.sheets:
            for reference, thing in sheet.things.items():
                if reference in first:
                    where = f"{first[reference].node.file.name}, line {first[reference].node.line}"
                    message = f"{reference} is introduced in {where} already; move it to seeds/authority/ for both"
                    problems.append(Problem(sheet.file, thing.node.line, message))
                first.setdefault(reference, thing)
        if problems:
            raise SheetError(problems)


def _other(folder: Path) -> list[Path]:
    """Return the files that look like sheets or authority files, and would be passed over in silence."""
    return sorted(
        file
        for within in (folder, folder / "authority")
        for file in within.glob("*.[yY]*[mM][lL]")
        if file.suffix.lower() in (".yaml", ".yml") and file.suffix != ".yaml"
    )
