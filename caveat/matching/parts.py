"""The index in parts: a page that compares a short text loads only what the text's words name.

Takes the plain values of an index and gives the rest of it, and its terms and signatures cut into
parts; which of them holds one follows from the term or the anchor, here as in
docs/theme/scripts/lib/match/parts.js. The rest says which anchors there are, in 20 bits each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

#: The form of the rest; a reader refuses another one.
FORM = 2
#: Terms of a part: some hundred bytes on their way, and few parts for the words of a log's line.
TERMS = 40
#: FNV-1a, 32 bits (https://datatracker.ietf.org/doc/html/rfc9923).
_BASIS, _PRIME = 0x811C9DC5, 0x01000193
#: An anchor's place: the numbers of its words, mixed, in so many values.
_PLACES = 1 << 20
_MIX = 0x9E3779B1


def part(term: str, count: int) -> int:
    """The number, from 0, of the part of `count` that holds the term: a pair of words lies where
    its first word does."""
    number = _BASIS
    for byte in term.partition("_")[0].encode():
        number = ((number ^ byte) * _PRIME) & 0xFFFFFFFF
    return number % count


def place(anchor: str) -> int:
    """Where an anchor of one or two words lies in the table in which a text's words are looked up;
    the part that holds its signatures has the number of what is left of it."""
    first, _, second = anchor.partition(" ")
    mixed = _number(first) * _MIX ^ _number(second) if second else _number(first)
    return mixed % _PLACES


def _number(word: str) -> int:
    """A word as a number; a page counts in UTF-16, and so is counted here."""
    number = 0
    units = word.encode("utf-16-le", "surrogatepass")
    for low, high in zip(units[::2], units[1::2], strict=True):
        number = (number * 31 + (high << 8 | low)) % _PLACES
    return number


def cut(values: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What `Index.values` wrote without its terms and signatures, and these in parts. A signature
    lies where any of its anchors does; numbers that grow are written as their differences."""
    count = max(1, len(values["terms"]) // TERMS)
    parts: list[dict[str, Any]] = [{"terms": {}, "signatures": []} for _ in range(count)]
    for term, (records, impacts) in values["terms"].items():
        parts[part(term, count)]["terms"][term] = [steps(records), impacts]
    pairs: set[int] = set()
    singles: set[int] = set()
    for number, (*entry, anchors) in enumerate(values["signatures"]):
        for anchor in anchors:
            (pairs if " " in anchor else singles).add(place(anchor))
        for at in sorted({place(anchor) % count for anchor in anchors}):
            parts[at]["signatures"].append([number, *entry, anchors])
    anchors = {"pairs": steps(sorted(pairs)), "singles": steps(sorted(singles))}
    return {**values, "form": FORM, "terms": {}, "signatures": [], "anchors": anchors}, parts


def steps(numbers: Iterable[int]) -> list[int]:
    """The first of growing numbers, then how much each is above the one before."""
    return [after - before for before, after in pairwise((0, *numbers))]
