"""Records by likeness: which of them use the words of a text.

Takes an index of terms and a text and gives records with a score from 0 to 1: how sure one may be
that the text is about the record. A long text is judged by the parts that say most.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from caveat.matching.terms import terms

#: Impacts are whole numbers up to this.
SCALE = 31
#: Characters of a part; two neighbours are judged together, and a short text as a whole too.
PART, WHOLE = 300, 4000
#: Parts of a long text that are judged: those with the most words that say something.
MOST_PARTS = 16
#: Learned from examples by `scripts/search_quality.py --learn`: the odds that a text is about the
#: record grow with what a `Weight` says. A score of one half is as likely as not.
BASE, BY_MASS, BY_SHARE, BY_COVER = -5.9, 0.2, 6.1, 6.1
#: What a word that no record has counts in the text's sum, as a part of the rarest word.
#: Every second pair of Chinese characters begins in one word and ends in the next.
UNKNOWN, UNKNOWN_PAIR = 0.4, 0.1


class Posting(NamedTuple):
    """Records that have a term, and how much each is about it (1 to `SCALE`)."""

    records: tuple[int, ...]
    impacts: tuple[int, ...]


class Likeness(NamedTuple):
    """A record, its score and the line where the part begins that is like it."""

    record: int
    score: float
    line: int


class Weight(NamedTuple):
    """How much of a record's rare words a text has, how much of the text they are, and how much of
    the text's words the record has at all, in whatever place."""

    mass: float
    share: float
    cover: float

    @property
    def score(self) -> float:
        """How sure one may be that the text is about the record."""
        odds = BASE + BY_MASS * math.log(1 + self.mass)
        odds += BY_SHARE * self.share + BY_COVER * self.cover
        return 1 / (1 + math.exp(-odds))


class Part(NamedTuple):
    """A part of a text: the line where it begins, and its terms, pairs of neighbours included."""

    line: int
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """Terms with their records; `size` is the number of records."""

    size: int
    postings: Mapping[str, Posting]

    @cached_property
    def _rarities(self) -> Mapping[str, float]:
        """How much each term says: nothing where every record has it, 1 where only one has."""
        most = math.log(1 + (self.size - 0.5) / 1.5)
        return {
            term: math.log(1 + (self.size - n + 0.5) / (n + 0.5)) / most if most > 0 else 1.0
            for term, n in ((t, len(p.records)) for t, p in self.postings.items())
        }

    def like(self, text: str, line: int = 1) -> list[Likeness]:
        """Records like the text, whose first line is number `line`, best first."""
        best: dict[int, Likeness] = {}
        for at, record, weight in self.weighed(text, line):
            score = weight.score
            if record not in best or score > best[record].score:
                best[record] = Likeness(record, score, at)
        return sorted(best.values(), key=lambda one: (-one.score, one.record))

    def weighed(self, text: str, line: int = 1) -> Iterator[tuple[int, int, Weight]]:
        """For each judged part of the text its line, and each record with any of its words."""
        for part in self._judged(text, line):
            for record, weight in self._weights(part.terms).items():
                yield part.line, record, weight

    def _judged(self, text: str, line: int) -> list[Part]:
        parts = [Part(at, _with_pairs(terms(one))) for at, one in _split(text, line)]
        both = [Part(a.line, _merged(a, b)) for a, b in pairwise(parts)] or parts
        if len(parts) > 2 and len(text) <= WHOLE:
            both.append(Part(line, tuple(dict.fromkeys(t for p in parts for t in p.terms))))
        if len(both) > MOST_PARTS:
            both.sort(key=lambda part: (-self._says(part.terms), part.line))
        return both[:MOST_PARTS]

    def _says(self, listed: tuple[str, ...]) -> float:
        return sum(self._rarities.get(term, 0.0) for term in listed)

    def _weights(self, listed: tuple[str, ...]) -> dict[int, Weight]:
        """Each record that has any of the terms."""
        whole = 0.0
        masses: dict[int, float] = {}
        had: dict[int, float] = {}
        for term in listed:
            rarity = self._rarities.get(term)
            if rarity is None:
                whole += 0.0 if "_" in term else UNKNOWN if term.isascii() else UNKNOWN_PAIR
                continue
            whole += rarity
            posting = self.postings[term]
            for record, impact in zip(posting.records, posting.impacts, strict=True):
                masses[record] = masses.get(record, 0.0) + rarity * impact / SCALE
                had[record] = had.get(record, 0.0) + rarity
        return {
            record: Weight(mass, min(mass / whole, 1.0), min(had[record] / whole, 1.0))
            for record, mass in masses.items()
        }


def _with_pairs(listed: list[str]) -> tuple[str, ...]:
    """Terms once each, and pairs of neighbours, which say that words stand in the same order."""
    return tuple(dict.fromkeys([*listed, *(f"{a}_{b}" for a, b in pairwise(listed))]))


def _merged(first: Part, second: Part) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first.terms, *second.terms)))


def _split(text: str, line: int) -> Iterator[tuple[int, str]]:
    """Parts of at most `PART` characters that end with a line, or a word, with their lines."""
    at = 0
    while at < len(text):
        end = len(text)
        if end - at > PART:
            end = max(text.rfind("\n", at, at + PART), 0) or max(text.rfind(" ", at, at + PART), 0)
            end = at + PART if end <= at else end + 1
        part = text[at:end]
        if part.strip():
            yield line, part
        line += part.count("\n")
        at = end
