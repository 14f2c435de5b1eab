"""Known errors in a text of any length.

Takes pieces of text as they come and gives matches with their lines. It keeps a few thousand
characters back, so that memory stays the same however long the text or one of its lines is, and
the answer does not depend on where the pieces were cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from caveat.matching.locate import AHEAD, REACH, Found, cut_off, is_cut, whole
from caveat.matching.normalise import Squeezed, squeeze
from caveat.matching.result import Span
from caveat.matching.signatures import Entry, Signatures

#: Characters that are looked at together.
BLOCK = 1 << 15
#: Characters that are looked at again with the next block: a match and what decides about it.
_BACK = REACH + 2 * AHEAD
#: How far a block's end is moved back to the end of a line or word.
_SLACK = 2000
#: An error that stands in a log ten thousand times is found this often.
MOST = 100
#: A line that was cut off may be the last of a few that one message was wrapped into.
_WRAPPED = 4


@dataclass(frozen=True)
class Match:
    """One place where a pattern stands."""

    span: Span
    literal: int
    cut: bool


@dataclass
class Scan:
    """The text so far. Give it pieces, then `close` it; `matches` has what was found, by entry."""

    signatures: Signatures
    matches: dict[int, list[Match]] = field(default_factory=dict)
    _waiting: list[str] = field(default_factory=list)
    _size: int = 0
    #: What is looked at again, the place where it begins, and how far line ends are decided.
    _kept: str = ""
    _line: int = 1
    _column: int = 0
    _decided: int = -1

    def feed(self, piece: str) -> None:
        """The next piece of the text."""
        self._waiting.append(piece)
        self._size += len(piece)
        if self._size > BLOCK:
            self._waiting = [self._look_through("".join(self._waiting))]
            self._size = len(self._waiting[0])

    def close(self) -> None:
        """The text has ended."""
        self._look(self._look_through("".join(self._waiting)), final=True)

    def _look_through(self, text: str) -> str:
        """Look at whole blocks; gives back the rest."""
        at = 0
        while len(text) - at > BLOCK:
            end = _soft(text, at + BLOCK)
            self._look(text[at:end], final=False)
            at = end
        return text[at:]

    def _look(self, new: str, *, final: bool) -> None:
        block, fresh = self._kept + new, len(self._kept)
        horizon = len(block) if final else _decidable(block)
        wanted = [n for n in self.signatures.candidates(block) if not self._full(n)]
        if wanted:
            text, places = squeeze(block), _Places(block, self._line, self._column)
            for number in wanted:
                for found in whole(self.signatures.entries[number].pattern, text):
                    start, end = text.span(found.start, found.end)
                    if end > fresh:
                        self._add(number, places.span(start, end), found)
            ends = range(self._decided + 1, horizon + 1)
            for number, found in self._cut_off(wanted, text, ends, final=final):
                self._add(number, places.span(*text.span(found.start, found.end)), found)
        self._keep(block, horizon)

    def _full(self, number: int) -> bool:
        return len(self.matches.get(number, ())) >= MOST

    def _add(self, number: int, span: Span, found: Found) -> None:
        if not self._full(number):
            match = Match(span, found.literal, bool(found.rest))
            self.matches.setdefault(number, []).append(match)

    def _keep(self, block: str, horizon: int) -> None:
        """Forget all but what the next block may need."""
        start = _soft(block, max(len(block) - _BACK, 0))
        gone = block[:start]
        lines = gone.count("\n")
        self._line += lines
        self._column = len(gone) - gone.rfind("\n") - 1 + (0 if lines else self._column)
        self._decided = horizon - start
        self._kept = block[start:]

    def _cut_off(
        self, wanted: list[int], text: Squeezed, ends: range, *, final: bool
    ) -> Iterator[tuple[int, Found]]:
        """Lines that end in the middle of a pattern, where it can be no other one."""
        groups: dict[int, list[tuple[Entry, int, Found]]] = {}
        cuts: dict[int, bool] = {}
        for number in wanted:
            entry = self.signatures.entries[number]
            for end in _line_ends(entry, text):
                if end not in cuts:
                    cuts[end] = end in ends and bool(is_cut(text.source, end, final=final))
                if cuts[end]:
                    found = cut_off(entry.pattern, text, text.upto(end))
                    if found is not None and found.rest:
                        groups.setdefault(end, []).append((entry, number, found))
        for group in groups.values():
            for entry, number, found in group:
                others = ((one, other) for one, _, other in group)
                if found.literal >= entry.need and not any(
                    _disputes(found, entry, other, one) for one, other in others
                ):
                    yield number, found


def _disputes(found: Found, entry: Entry, other: Found, its: Entry) -> bool:
    """Whether the line may as well be another record's, whose text would have gone on otherwise."""
    if set(entry.owners) & set(its.owners) or 2 * other.literal < found.literal:
        return False
    return not (found.rest.startswith(other.rest) or other.rest.startswith(found.rest))


def _line_ends(entry: Entry, text: Squeezed) -> list[int]:
    """Ends of the lines in which the entry's first words stand, and of the next ones."""
    begin = entry.pattern.segments[0].text[:CUT_WORDS]
    ends: dict[int, None] = {}
    at = text.text.find(begin)
    while at >= 0:
        end = text.place(at)
        for _ in range(_WRAPPED):
            end = text.source.find("\n", end)
            end = end if end >= 0 else len(text.source)
            ends[end] = None
            end += 1
        at = text.text.find(begin, at + 1)
    return list(ends)


#: So much of a pattern's beginning must stand whole where it is looked for.
CUT_WORDS = 16


def _decidable(block: str) -> int:
    """The last line end behind which enough can be seen to know whether the line was cut off."""
    last = block.rfind("\n")
    if last >= 0 and len(block) - last <= AHEAD:
        last = block.rfind("\n", 0, last)
    return last


def _soft(text: str, at: int) -> int:
    """The nearest place at or before `at` where a line begins, or else a word."""
    low = max(at - _SLACK, 0)
    for mark in ("\n", " "):
        found = text.rfind(mark, low, at)
        if found >= 0:
            return found + 1
    return at if low else 0


class _Places:
    """Lines and columns of a block that begins in the middle of a text."""

    def __init__(self, block: str, line: int, column: int) -> None:
        self._line, self._column = line, column
        self._begins = [0]
        at = block.find("\n")
        while at >= 0:
            self._begins.append(at + 1)
            at = block.find("\n", at + 1)

    def span(self, start: int, end: int) -> Span:
        """`block[start:end]` as a part of the text."""
        return Span(*self._place(start), *self._place(end, last=1))

    def _place(self, at: int, last: int = 0) -> tuple[int, int]:
        index = bisect_right(self._begins, at - last) - 1
        before = self._column if index == 0 else 0
        return self._line + index, at - self._begins[index] + before
