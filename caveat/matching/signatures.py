"""All signatures of a knowledge base, and which of them a text may hold.

Takes records and gives compiled patterns, each under one or two *anchors*: pairs of neighbouring
words that few other patterns share. A text that has no anchor of a pattern does not match it, so
that ten thousand patterns cost little more than one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise

from caveat.matching.locate import CUT_LEAST, CUT_PART, progress
from caveat.matching.normalise import joined_words, squeeze, words
from caveat.matching.pattern import Pattern, compiled
from caveat.model import Advisory

#: An anchor is one word or two with a blank between.
Anchor = str

#: A beginning that so many patterns share says nothing about a line that was cut off.
_COMMON = 200


@dataclass(frozen=True)
class Entry:
    """One pattern and whose it is; records that print the same text share it.

    `need` is the number of literal characters that a line which was cut off must still show.
    """

    pattern: Pattern
    owners: tuple[int, ...]
    need: int
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True)
class Signatures:
    """The entries, in a fixed order."""

    entries: tuple[Entry, ...]

    @cached_property
    def _pairs(self) -> Mapping[tuple[str, str], tuple[int, ...]]:
        found: dict[tuple[str, str], list[int]] = {}
        for number, anchor in self._anchors:
            first, blank, second = anchor.partition(" ")
            if blank:
                found.setdefault((first, second), []).append(number)
        return {pair: tuple(numbers) for pair, numbers in found.items()}

    @cached_property
    def _singles(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for number, anchor in self._anchors:
            if " " not in anchor:
                found.setdefault(anchor, []).append(number)
        return {word: tuple(numbers) for word, numbers in found.items()}

    @property
    def _anchors(self) -> Iterator[tuple[int, Anchor]]:
        for number, entry in enumerate(self.entries):
            for anchor in entry.anchors:
                yield number, anchor

    def candidates(self, text: str) -> list[int]:
        """Numbers of the entries that the text may hold: it has one of their anchors."""
        found: set[int] = set()
        for reading in (words(text), joined_words(text)):
            for pair in self._pairs.keys() & pairwise(reading):
                found.update(self._pairs[pair])
            for word in self._singles.keys() & reading if self._singles else ():
                found.update(self._singles[word])
        return sorted(found)


def signatures(records: Iterable[Advisory]) -> Signatures:
    """Every pattern of `records`; an owner is the record's place among them."""
    owners: dict[Pattern, dict[int, None]] = {}
    needs: dict[Pattern, int] = {}
    for number, record in enumerate(records):
        misses = [squeeze(miss) for one in record.signatures for miss in one.near_misses]
        for one in record.signatures:
            pattern = compiled(one.pattern)
            if not pattern.segments:
                continue
            owners.setdefault(pattern, {})[number] = None
            seen = max((progress(pattern, miss) for miss in misses), default=0)
            needs[pattern] = max(needs.get(pattern, 0), seen + 1)
    possible = {pattern: _possible(pattern) for pattern in owners}
    shared = Counter(anchor for anchors in possible.values() for anchor in anchors)
    shared.update(_noise())
    entries = []
    for pattern, owning in owners.items():
        need = max(needs[pattern], CUT_LEAST, int(pattern.size * CUT_PART) + 1)
        anchors = _chosen(possible[pattern], need, shared)
        entries.append(Entry(pattern, tuple(owning), need, anchors))
    return Signatures(tuple(entries))


def _possible(pattern: Pattern) -> dict[Anchor, int]:
    """Anchors of a pattern with the number of literal characters up to their end: pairs of
    neighbours inside a segment, single words where there is no pair."""
    found: dict[Anchor, int] = {}
    single: dict[Anchor, int] = {}
    before = 0
    for segment in pattern.segments:
        for word, end in segment.words:
            single.setdefault(word, before + end)
        for (first, _), (second, end) in pairwise(segment.words):
            found.setdefault(f"{first} {second}", before + end)
        before += len(segment.text)
    return found or single


def _chosen(
    possible: Mapping[Anchor, int], need: int, shared: Mapping[Anchor, int]
) -> tuple[Anchor, ...]:
    """The rarest anchor, and the rarest among those that a line cut off still shows."""

    def rarity(anchor: Anchor) -> tuple[int, int, str]:
        return shared[anchor], -len(anchor), anchor

    early = [anchor for anchor, end in possible.items() if end <= need]
    chosen = [min(possible, key=rarity)] if possible else []
    if early and chosen[0] not in early:
        first = min(early, key=rarity)
        chosen += [first] if shared[first] <= _COMMON else []
    return tuple(chosen)


@cache
def noise() -> tuple[str, ...]:
    """Ordinary lines of logs and terminals: a signature that one of them matches says nothing."""
    text = files(__package__).joinpath("noise.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("## "))


@cache
def _noise() -> Mapping[Anchor, int]:
    """What ordinary logs are full of makes a poor anchor."""
    found: dict[Anchor, int] = {}
    for line in noise():
        reading = words(line)
        for anchor in (*reading, *map(" ".join, pairwise(reading))):
            found[anchor] = 1000
    return found
