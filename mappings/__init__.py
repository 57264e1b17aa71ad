"""What facts mean: from an entry of a fact sheet to triples. This package imports rdflib and nothing else of ours."""

from mappings.fields import Entry
from mappings.kinds import KINDS, Kind
from mappings.names import Names, Triple

__all__ = ["KINDS", "Entry", "Kind", "Names", "Triple"]
