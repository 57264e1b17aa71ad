"""What a graph holds, counted: each class, each property, and each property of a class with what it leads to."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rdflib import RDF, XSD

TYPE: Final = f"<{RDF.type}>".encode()
STRING: Final = f"<{XSD.string}>".encode()
WORDS: Final = f"<{RDF.langString}>".encode()

#: All classes of a node, as N-Triples has them; a literal has none.
Classes = tuple[bytes, ...]


@dataclass
class Counts:
    """How many of each there are; classes, properties and datatypes are named as N-Triples has them.

    entities: subjects whose IRIs begin as those of our things do (VoID: those that its void:uriSpace names).
    class_triples: by a class, the triples whose subject is of it; class_properties: by class and property.
    class_objects: by class, property and class of the object; class_datatypes: by class, property and datatype.
    """

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    entities: int = 0
    classes: Counter[bytes] = field(default_factory=Counter)
    properties: Counter[bytes] = field(default_factory=Counter)
    property_subjects: Counter[bytes] = field(default_factory=Counter)
    property_objects: Counter[bytes] = field(default_factory=Counter)
    class_triples: Counter[bytes] = field(default_factory=Counter)
    class_properties: Counter[tuple[bytes, bytes]] = field(default_factory=Counter)
    class_objects: Counter[tuple[bytes, bytes, bytes]] = field(default_factory=Counter)
    class_datatypes: Counter[tuple[bytes, bytes, bytes]] = field(default_factory=Counter)

    @classmethod
    def of(cls, lines: Sequence[bytes], space: str) -> "Counts":
        """Count a graph. lines: of N-Triples, sorted. space: what the IRIs of our things begin with."""
        counts, entity, types = cls(), f"<{space}".encode(), _types(lines)
        last_subject = last_property = b""
        of: Classes = ()
        objects: dict[bytes, set[bytes]] = {}
        ways: Counter[tuple[Classes, bytes, Classes, bytes]] = Counter()
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            if subject != last_subject:
                last_subject, last_property = subject, b""
                of = types.get(subject, ())
                counts.subjects += 1
                counts.entities += subject.startswith(entity)
                counts.classes.update(of)
            if predicate != last_property:
                last_property = predicate
                counts.property_subjects[predicate] += 1
            counts.properties[predicate] += 1
            objects.setdefault(predicate, set()).add(rest)
            if of:
                value = rest[:-3]
                literal = value.startswith(b'"')
                # Things have few sets of classes, so each way is counted once here, however many classes it joins.
                ways[of, predicate, () if literal else types.get(value, ()), _datatype(value) if literal else b""] += 1
        counts.triples = counts.properties.total()
        counts.objects = len(set().union(*objects.values()))
        counts.property_objects.update({predicate: len(values) for predicate, values in objects.items()})
        counts._spread(ways)
        return counts

    def _spread(self, ways: Mapping[tuple[Classes, bytes, Classes, bytes], int]) -> None:
        """Count triples for each class of their subjects, and for each class or the datatype of their objects."""
        for (subject, predicate, of, datatype), number in ways.items():
            for one in subject:
                self.class_triples[one] += number
                self.class_properties[one, predicate] += number
                for other in of:
                    self.class_objects[one, predicate, other] += number
                if datatype:
                    self.class_datatypes[one, predicate, datatype] += number


def _types(lines: Iterable[bytes]) -> dict[bytes, Classes]:
    """Return the classes of each node that has one; equal sets of them are one object, and so take little."""
    types: dict[bytes, Classes] = {}
    known: dict[Classes, Classes] = {}
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        if predicate == TYPE and rest.startswith(b"<"):
            classes = (*types.get(subject, ()), rest[:-3])
            types[subject] = known.setdefault(classes, classes)
    return types


def _datatype(literal: bytes) -> bytes:
    """Return the datatype of a literal, as N-Triples has both."""
    after = literal[literal.rindex(b'"') + 1 :]
    if not after:
        return STRING
    return after[2:] if after.startswith(b"^^") else WORDS
