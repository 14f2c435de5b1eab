"""What a text was found to say: the records it means, surely or by likeness, and where.

Takes nothing; `caveat.matching.match` gives these, best first, and every surface shows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

#: `known`: the error text itself stands there. `similar`: only words do.
Grade = Literal["known", "similar"]


class Span(NamedTuple):
    """A part of the text: lines from 1, columns from 0, the last one not included."""

    line: int
    column: int
    end_line: int
    end_column: int


class Seen(NamedTuple):
    """A version that the text shows, of a product in the catalogue."""

    product: str
    version: str
    line: int


@dataclass(frozen=True)
class Hit:
    """One record. `spans` are the matching parts; a likeness has none.

    `fits` says, where other records print the same text, whether the version that the text shows
    is one that this record strikes; None where there is nothing to tell.
    """

    id: str
    slug: str
    grade: Grade
    score: float
    lines: tuple[int, ...]
    spans: tuple[Span, ...] = ()
    fits: bool | None = None


@dataclass(frozen=True)
class Result:
    """Hits, best first, and the versions that the text shows."""

    hits: tuple[Hit, ...]
    versions: tuple[Seen, ...] = ()
