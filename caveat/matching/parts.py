"""The index in parts: a page that compares a short text loads the words of that text only.

Takes the plain values of an index and gives the rest of it, and its terms cut into parts; which of
them holds a term follows from the term, here as in docs/theme/scripts/lib/match/parts.js.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Terms of a part: some hundred bytes on their way, and few parts for the words of a log's line.
TERMS = 40
#: FNV-1a, 32 bits (https://datatracker.ietf.org/doc/html/rfc9923).
_BASIS, _PRIME = 0x811C9DC5, 0x01000193


def part(term: str, count: int) -> int:
    """The number, from 0, of the part of `count` that holds the term: a pair of words lies where
    its first word does."""
    number = _BASIS
    for byte in term.partition("_")[0].encode():
        number = ((number ^ byte) * _PRIME) & 0xFFFFFFFF
    return number % count


def cut(values: Mapping[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """What `Index.values` wrote, without its terms, and the terms in parts."""
    count = max(1, len(values["terms"]) // TERMS)
    parts: list[dict[str, Any]] = [{} for _ in range(count)]
    for term, posting in values["terms"].items():
        parts[part(term, count)][term] = posting
    return {**values, "terms": {}}, parts
