"""Faults of fact sheets: each one edit of the real seeds, and what must be said of it."""

from tests.faults.facts import JUDGEMENTS, KINDS_AND_FIELDS, QUOTES, VALUES
from tests.faults.sheets import FILES, SENTENCES, THINGS, WRITING

FAULTS = {**KINDS_AND_FIELDS, **VALUES, **QUOTES, **JUDGEMENTS, **SENTENCES, **WRITING, **FILES, **THINGS}

__all__ = ["FAULTS"]
