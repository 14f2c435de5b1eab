"""Acknowledgements: records that somebody has looked at and accepted, for a reason and a while.

Takes a YAML file, a list of `id`, `reason`, `until` and optional `traits`, and gives entries that
silence records; a fault ends the command with its place, and an expired entry is told loudly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field

from caveat.applicability import Facts
from caveat.cli.failure import Failure
from caveat.cli.source import Named
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Record
from caveat.model.base import DateText, Line
from caveat.model.scope import When
from caveat.problems import Problem, did_you_mean, shown
from caveat.reading.lists import MOST_BYTES, Entry, read_list

CODE = "ACK"


class Acknowledgement(Record):
    """One entry of the file."""

    id: Line = Field(description="The record's id or slug.", examples=["CAV-2025-0001"])
    reason: Line = Field(
        description="Why it may be passed over.", examples=["No container publishes a port."]
    )
    until: DateText = Field(
        description="The last day on which that counts.", examples=["2027-01-31"]
    )
    traits: When = Field(
        default={},
        description="It counts only on hosts that are known to have these values.",
        examples=[{"docker-engine.mode": ["rootless"]}],
    )


def read_acks(path: Path, names: Sequence[Named]) -> list[Entry[Acknowledgement]]:
    """The entries of the file, each about a record that exists."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from None
    entries, problems = read_list(str(path), raw, Acknowledgement)
    known = {name for one in names for name in (one.id, one.slug)}
    for entry in entries:
        id_ = entry.record.id
        if id_ not in known:
            want, hint = "a record of this knowledge base", did_you_mean(id_, known)
            problems.append(entry.problem(CODE, "id", shown(id_), want, hint))
    if problems:
        raise Failure(*(str(problem) for problem in sorted(problems)))
    return entries


def expired(entries: Sequence[Entry[Acknowledgement]], today: str) -> list[Entry[Acknowledgement]]:
    """Entries whose last day (ISO) is over."""
    return [entry for entry in entries if entry.record.until < today]


class Acks:
    """The entries that count today, for one product of a knowledge base."""

    def __init__(
        self,
        entries: Sequence[Entry[Acknowledgement]],
        kb: KnowledgeBase,
        product: str,
        today: str,
    ) -> None:
        self._kb, self._product = kb, product
        self._entries = [entry for entry in entries if entry.record.until >= today]
        problems = [problem for entry in self._entries for problem in self._strange(entry)]
        if problems:
            raise Failure(*(str(problem) for problem in sorted(problems)))

    def of(self, record: Advisory, facts: Facts) -> Acknowledgement | None:
        """The entry that silences the record on a host with these facts."""
        return next(
            (
                entry.record
                for entry in self._entries
                if entry.record.id in (record.id, record.slug)
                and self._holds(record, entry.record, facts)
            ),
            None,
        )

    def _holds(self, record: Advisory, entry: Acknowledgement, facts: Facts) -> bool:
        """Whether all that the host is known to have is what the entry speaks of."""
        for path, wanted in entry.traits.items():
            values = facts.traits.get(self._key(record, path) or "", frozenset())
            if not values or not values <= set(wanted):
                return False
        return True

    def _key(self, record: Advisory, path: str) -> str | None:
        products = dict.fromkeys((self._product, *record.products))
        keys = (self._kb.trait_key(product, path) for product in products)
        return next((key for key in keys if key is not None), None)

    def _strange(self, entry: Entry[Acknowledgement]) -> Iterator[Problem]:
        """Traits and values that nobody knows, of entries about records that are asked about."""
        id_ = entry.record.id
        about = [one for one in self._kb.by_product[self._product] if id_ in (one.id, one.slug)]
        for record in about:
            for path, values in entry.record.traits.items():
                key, field = self._key(record, path), f"traits.{path}"
                if key is None:
                    hint = did_you_mean(path, self._kb.traits)
                    yield entry.problem(CODE, field, shown(path), "a known trait", hint)
                    continue
                known = [value.id for value in self._kb.traits[key].values]
                for value in values:
                    if value not in known:
                        want = "one of " + ", ".join(known)
                        yield entry.problem(CODE, field, shown(value), want)
