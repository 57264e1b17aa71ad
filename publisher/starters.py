"""A starter: the folder of a publication of one's own, with a short invented document to overwrite."""

import json
from pathlib import Path
from typing import Final

from publisher.errors import CommuniqueError
from publisher.schemas import authority_schema, sheet_schema
from publisher.settings import PACKAGE
from publisher.vocabularies import Vocabularies

STARTER: Final = PACKAGE / "starter"
#: Where an editor finds the schemas, which the first lines of sheets and authority files name.
SCHEMA: Final = Path("seeds", "fact-sheet.schema.json")
AUTHORITY: Final = Path("seeds", "authority", "authority.schema.json")


def start(folder: Path) -> None:
    """Write a starter into a folder that is not there yet, or is empty.

    Raise CommuniqueError where something is there, which is never written over, or where nothing can be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise CommuniqueError(f"{folder} is not empty, and nothing is written over: name a new folder, or empty it")
        for path, content in _files().items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            with (folder / path).open("xb") as it:
                it.write(content)
    except FileExistsError as error:
        raise CommuniqueError(f"{error.filename} is there already, and is not written over") from error
    except OSError as error:
        raise CommuniqueError(f"No publication can be begun in {folder}: {error.strerror}") from error


def _files() -> dict[Path, bytes]:
    """Return the files of a starter, each with what it holds."""
    files = {file.relative_to(STARTER): file.read_bytes() for file in sorted(STARTER.rglob("*")) if file.is_file()}
    for path, schema in ((SCHEMA, sheet_schema(Vocabularies.read(STARTER))), (AUTHORITY, authority_schema())):
        files[path] = json.dumps(schema, ensure_ascii=False, indent=2).encode() + b"\n"
    return files
