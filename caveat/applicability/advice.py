"""Whether a release that one record recommends brings its readers into another record.

Takes the knowledge base and a record and gives `Caution`s, worked out once for all records that say
the same of whom they affect.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from caveat.applicability.advised import Advised, advised
from caveat.applicability.witness import Witness, Witnesses
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.reading import Document
from caveat.versions import Version

#: As many are shown for one release; whoever heeds these looks elsewhere.
MOST = 5
_WORST_FIRST = ("critical", "high", "medium", "low")
_PARTS: dict[str, Any] = {
    **dict.fromkeys(("affected", "unaffected", "fixes", "verification"), True),
    "workarounds": {"__all__": {"kind", "versions", "when", "leads_to"}},
}


@dataclass(frozen=True)
class Caution:
    """A recommended release, and another record that strikes whoever goes there."""

    advised: Advised
    other: Advisory
    witness: Witness


def cautions(kb: KnowledgeBase, record: Advisory) -> tuple[Caution, ...]:
    """What to look at before going where the record sends its readers; most severe first."""
    return _of(kb).cautions(record)


@lru_cache(maxsize=2)
def _of(kb: KnowledgeBase) -> _Advice:
    return _Advice(kb)


@dataclass
class _Memory:
    """What rests on catalogues and traits, and on files or shapes of records: under a server it
    outlives the edit of a record."""

    numbers: dict[str, int] = field(default_factory=dict)
    """Of shapes: long texts that many pairs are known by."""
    shapes: WeakKeyDictionary[Document, int] = field(default_factory=WeakKeyDictionary)
    advised: WeakKeyDictionary[Document, tuple[Advised, ...]] = field(
        default_factory=WeakKeyDictionary
    )
    strikes: dict[tuple[int, str, str], bool] = field(default_factory=dict)
    witnesses: dict[object, Witness | None] = field(default_factory=dict)


@lru_cache(maxsize=2)
def _memory(_ground: tuple[Document, ...]) -> _Memory:
    return _Memory()


class _Advice:
    """The cautions of one knowledge base. Records whose `shape` is equal share their answers: the
    number of pairs to look at grows with what is said, not with how often it is said."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._witnesses = Witnesses(kb)
        # Asked for each pair of records, and so kept here by the shorter key.
        self._shapes: dict[str, int] = {}
        self._known = _memory(kb.ground)
        self._found: dict[str, tuple[Caution, ...]] = {}

    def cautions(self, record: Advisory) -> tuple[Caution, ...]:
        if record.id not in self._found:
            found = [one for to in self._advised(record) for one in self._at(record, to)]
            self._found[record.id] = tuple(sorted(found, key=_rank))
        return self._found[record.id]

    def _at(self, record: Advisory, to: Advised) -> list[Caution]:
        """The worst that strike at one release."""
        found: list[Caution] = []
        for others in self._striking.get((to.product, to.version), {}).values():
            witness = self._witness(record, others[0], to)
            if witness is not None:
                found += [Caution(to, o, witness) for o in others[: MOST + 1] if o.id != record.id]
        return sorted(found, key=_rank)[:MOST]

    def _witness(self, record: Advisory, other: Advisory, to: Advised) -> Witness | None:
        # In one shape, a place in the file is one way there.
        key = (self._shape(record), self._shape(other), to.product, to.version.text, to.path)
        known = self._known.witnesses
        if key not in known:
            known[key] = self._witnesses.find(record, other, to)
        return known[key]

    def _advised(self, record: Advisory) -> tuple[Advised, ...]:
        known, document = self._known.advised, self._kb.document(record)
        if document not in known:
            known[document] = tuple(advised(self._kb, record))
        return known[document]

    def _shape(self, record: Advisory) -> int:
        """The number of all that the engine reads of a record, with the ways that it recommends."""
        if record.id not in self._shapes:
            known, document = self._known.shapes, self._kb.document(record)
            if document not in known:
                numbers = self._known.numbers
                shape = record.model_dump_json(include=_PARTS)
                known[document] = numbers.setdefault(shape, len(numbers))
            self._shapes[record.id] = known[document]
        return self._shapes[record.id]

    def _strikes(self, other: Advisory, shape: int, product: str, version: Version) -> bool:
        known, key = self._known.strikes, (shape, product, version.text)
        if key not in known:
            known[key] = self._witnesses.strikes_at(other, product, version)
        return known[key]

    @cached_property
    def _striking(self) -> dict[tuple[str, Version], dict[int, list[Advisory]]]:
        """By product and release that anybody recommends: the records in whose ranges it lies,
        those of one shape together, the most severe first."""
        found: dict[tuple[str, Version], dict[int, list[Advisory]]] = {}
        for product, version in self._places():
            shapes = found.setdefault((product, version), {})
            for other in sorted(self._holding(product), key=_severity):
                shape = self._shape(other)
                if self._strikes(other, shape, product, version):
                    shapes.setdefault(shape, []).append(other)
        return found

    def _places(self) -> dict[tuple[str, Version], None]:
        records = self._kb.advisories.values()
        told = (one for record in records for one in self._advised(record))
        return dict.fromkeys((one.product, one.version) for one in told)

    def _holding(self, product: str) -> Iterator[Advisory]:
        records = self._kb.by_product.get(product, ())
        return (one for one in records if one.status != "withdrawn")


def _rank(caution: Caution) -> tuple[int, str]:
    return _severity(caution.other)


def _severity(record: Advisory) -> tuple[int, str]:
    return _WORST_FIRST.index(record.severity.level), record.id
