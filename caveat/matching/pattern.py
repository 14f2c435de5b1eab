"""A signature's pattern: literal text with gaps, never a regular expression.

Takes the text of a record (`{name}` for what varies, `{{` and `}}` for braces) and gives ordered
segments as they are compared, with the kinds of gaps between them; or the short form of a pattern
that an index carries, and gives the pattern back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from caveat.matching.normalise import DIGITS, Squeezed, squeeze, tokens

#: `*` is what `{name}` leaves open; `/` is a line end, after which a log may print its prefix.
Gap = Literal["*", "/"]

_PART = re.compile(r"(\{\{|\}\}|\{[a-z][a-z0-9_-]*\}|\n)")
#: Words of a segment that all count as whole ones.
_FEW = 2
#: Marks the side of a segment on which the gap goes on inside the word: `v{version}`.
_GLUE = "="
_GAPS = re.compile(r"([*/])")


@dataclass(frozen=True)
class Segment:
    """Literal text between two gaps. A glued side may meet the rest of a longer word.

    `words` are the whole words of it with the places where they end; the short form has none.
    """

    text: str
    glued_left: bool = False
    glued_right: bool = False
    words: tuple[tuple[str, int], ...] = field(default=(), compare=False, repr=False)

    def at(self, text: Squeezed, start: int) -> bool:
        """Whether the segment, which stands at `start`, begins and ends where words do."""
        return (self.glued_left or text.opens(start)) and (
            self.glued_right or text.closes(start + len(self.text))
        )


@dataclass(frozen=True)
class Pattern:
    """Segments in their order; `gaps[n]` lies behind `segments[n]`."""

    segments: tuple[Segment, ...]
    gaps: tuple[Gap, ...]

    @cached_property
    def size(self) -> int:
        """Number of literal characters."""
        return sum(len(segment.text) for segment in self.segments)

    @cached_property
    def rarest(self) -> tuple[str, ...]:
        """Texts of the segments, longest first: the quickest way to see that one is missing."""
        return tuple(sorted({s.text for s in self.segments}, key=lambda t: (-len(t), t)))

    def short(self) -> str:
        """The pattern in one line: `vethx=*isdown/exitstatus`."""
        shown = [
            _GLUE * one.glued_left + one.text + _GLUE * one.glued_right for one in self.segments
        ]
        return "".join(part for pair in zip(shown, (*self.gaps, ""), strict=True) for part in pair)


@lru_cache(maxsize=1 << 16)
def compiled(text: str) -> Pattern:
    """The pattern that a record's text means. Punctuation alone is no segment."""
    segments: list[Segment] = []
    gaps: list[Gap] = []
    pending: Gap | None = None
    for literal, gap, first, last in _literals(text):
        segment = _segment(literal, edge_left=first, edge_right=last)
        if segment is not None:
            if segments:
                gaps.append(pending or "*")
            segments.append(segment)
            pending = None
        if gap and segments:
            pending = "/" if "/" in (pending, gap) else "*"
    return Pattern(tuple(segments), tuple(gaps))


def brace_faults(text: str) -> list[str]:
    """Braces of a record's text that neither hold a name nor are doubled, with what follows."""
    parts = _PART.split(text)
    found = (re.search("[{}].{0,20}", part) for part in parts[::2])
    return [match[0] for match in found if match is not None]


def _literals(text: str) -> Iterator[tuple[str, Gap | None, bool, bool]]:
    """Literal text, the gap behind it, and whether a word must begin and end at its edges."""
    literal, first = "", True
    for index, part in enumerate(_PART.split(text)):
        if index % 2 == 0 or part in ("{{", "}}"):
            literal += part[:1] if index % 2 else part
        else:
            line = part == "\n"
            yield literal, "/" if line else "*", first, line
            literal, first = "", line
    yield literal, None, first, True


def _segment(literal: str, *, edge_left: bool, edge_right: bool) -> Segment | None:
    found = list(tokens(literal))
    if not found:
        return None
    left, right = found[0], found[-1]
    # `1.{minor}`: the point belongs to the number that goes on in the gap. At its own ends a
    # pattern may stand inside a word, but not inside a number.
    point_left = literal[: left.start] == "." and left.word[0] in DIGITS
    point_right = literal[right.end :] == "." and right.word[-1] in DIGITS
    glued_left = left.word[0] not in DIGITS if edge_left else left.start == 0 or point_left
    glued_right = (
        right.word[-1] not in DIGITS if edge_right else right.end == len(literal) or point_right
    )
    text = squeeze(literal)
    whole = [
        (token.word, start + len(token.word))
        for token, start in zip(found, text.starts, strict=True)
    ]
    # A word at an end of the pattern may be a part of one in the text; where there is little else,
    # it most likely is not.
    few = len(whole) <= _FEW
    first = glued_left and not (few and edge_left)
    last = len(whole) - (glued_right and not (few and edge_right))
    return Segment(text.text, glued_left, glued_right, tuple(whole[first:last]))


def parsed(short: str) -> Pattern:
    """The pattern that `Pattern.short` wrote."""
    parts = _GAPS.split(short)
    segments = tuple(
        Segment(part.strip(_GLUE), part.startswith(_GLUE), part.endswith(_GLUE))
        for part in parts[::2]
    )
    gaps: tuple[Gap, ...] = tuple("/" if part == "/" else "*" for part in parts[1::2])
    return Pattern(segments, gaps)
