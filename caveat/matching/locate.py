"""Where a pattern stands in a text: whole, or cut short where a line was cut off.

Takes a pattern and a squeezed text and gives places in the squeezed text. A segment is looked for
as plain text; a gap is bounded, so that the work grows with the text and never with its powers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from caveat.matching.normalise import Squeezed
from caveat.matching.pattern import Gap, Pattern, Segment

#: The most that a gap holds, in squeezed characters: a container's name and its full id fit.
GAP = {"*": 200, "/": 300}
#: The most line ends inside a gap: what varies may be wrapped, and a log may print lines between.
LINES = {"*": 3, "/": 6}
#: The most characters of the source that one match spans.
REACH = 4000
#: A line that was cut off is known by this much of a pattern: characters, and part of the whole.
CUT_LEAST, CUT_PART = 40, 0.6
#: Below this many characters a beginning says nothing at all.
CUT_WEAK = 16
#: So much of the last segment stands before the end of a line that was cut off.
CUT_TAIL = 6

#: How a log, a shell or a build begins a new record; a wrapped line never begins so.
RECORD = re.compile(
    r"\[?\d{4}-\d\d-\d\d[T _]\d\d:\d\d|\d{4}/\d\d/\d\d \d\d:\d\d|\[?\d\d:\d\d:\d\d"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d"
    r"|[IWEF]\d{4} \d\d:\d\d:\d\d|(?:INFO|WARN|ERRO|FATA|DEBU|PANI|TRAC)\[\d"
    r"|\[ *\d{1,9}\.\d{6}\]|(?:time|ts|level)=|\{\"|\[pod/|#\d{1,4} |[\w.-]{1,80} +\| "
    r"|(?:[\w.-]{1,40}@)?[^\s$#]{0,80}[$#] |(?:docker|Error): ",
    re.ASCII,
)
#: So much of a line is enough to see whether it begins a record.
AHEAD = 200
#: What programs that cut lines put at the end.
_ELLIPSIS = ("…", "...", ">")


@dataclass(frozen=True)
class Found:
    """A match in the squeezed text. `rest` is what of the pattern was cut off, "" for none."""

    start: int
    end: int
    literal: int
    rest: str = ""


def whole(pattern: Pattern, text: Squeezed) -> list[Found]:
    """Every place where all of the pattern stands, shortest reading each, in their order."""
    if not all(segment in text.text for segment in pattern.rarest):
        return []
    found: dict[int, Found] = {}
    for start, end in _chains(pattern, len(pattern.segments), text):
        first, last = text.span(start, end)
        if last - first <= REACH:
            found.setdefault(start, Found(start, end, pattern.size))
    return list(found.values())


def _chains(pattern: Pattern, count: int, text: Squeezed) -> list[tuple[int, int]]:
    """Places where the first `count` segments stand in their order, gaps kept, as start and end."""
    chains = list(_places(pattern.segments[0], text))
    for segment, gap in zip(pattern.segments[1:count], pattern.gaps, strict=False):
        if not chains:
            return []
        chains = list(_continued(chains, segment, gap, text))
    return chains


def _continued(
    chains: list[tuple[int, int]], segment: Segment, gap: Gap, text: Squeezed
) -> Iterator[tuple[int, int]]:
    """Each place of `segment` within reach of a chain goes on from the nearest one."""
    index = 0
    for start, end in _places(segment, text, chains[0][1], chains[-1][1] + GAP[gap]):
        while index + 1 < len(chains) and chains[index + 1][1] <= start:
            index += 1
        before = chains[index]
        if bridged(text, before[1], start, gap):
            yield before[0], end


def _places(
    segment: Segment, text: Squeezed, low: int = 0, high: int | None = None
) -> Iterator[tuple[int, int]]:
    """Where the segment stands as whole words, beginning from `low` to `high`."""
    size = len(segment.text)
    limit = len(text.text) if high is None else min(high + size, len(text.text))
    at = text.text.find(segment.text, low, limit)
    while at >= 0:
        if segment.at(text, at):
            yield at, at + size
        at = text.text.find(segment.text, at + 1, limit)


def bridged(text: Squeezed, end: int, start: int, gap: Gap) -> bool:
    """Whether what stands between two segments can be what the gap means: something, not too much,
    and for a name nothing that another record of a log begins in."""
    if not (gap == "*") <= start - end <= GAP[gap]:
        return False
    between = text.source[text.place(end - 1) + 1 : text.place(start)]
    lines = between.split("\n")[1:]
    if len(lines) > LINES[gap]:
        return False
    return gap == "/" or not any(RECORD.match(line) for line in lines)


def is_cut(source: str, line_end: int, *, final: bool) -> bool | None:
    """Whether the line that ends at `line_end` may have been cut off there; None where more of the
    source must be seen to know. `final`: nothing follows the source."""
    begin = source.rfind("\n", 0, line_end) + 1
    if source[begin:line_end].rstrip().endswith(_ELLIPSIS):
        return True
    after = source.find("\n", line_end + 1)
    if after < 0 and not final and len(source) - line_end < AHEAD:
        return None
    following = source[line_end + 1 : after if after >= 0 else len(source)]
    return not following.strip() or RECORD.match(following) is not None


def cut_off(pattern: Pattern, text: Squeezed, at: int) -> Found | None:
    """The longest beginning of the pattern, of at least `CUT_WEAK` characters, that ends at `at`
    in the middle of a segment."""
    if at < CUT_TAIL:
        return None
    tail = text.text[at - CUT_TAIL : at]
    before = pattern.size
    for index in range(len(pattern.segments) - 1, -1, -1):
        segment = pattern.segments[index]
        before -= len(segment.text)
        size = segment.text.rfind(tail) + CUT_TAIL
        while size >= CUT_TAIL and before + size >= CUT_WEAK:
            start = at - size
            stands = start >= 0 and text.text.startswith(segment.text[:size], start)
            if stands and (segment.glued_left or text.opens(start)):
                first = _begun_at(pattern, index, text, start)
                if first is not None:
                    following = (s.text for s in pattern.segments[index + 1 :])
                    rest = "*".join((segment.text[size:], *following))
                    return Found(first, at, before + size, rest)
            size = segment.text.rfind(tail, 0, size - 1) + CUT_TAIL
    return None


def _begun_at(pattern: Pattern, index: int, text: Squeezed, start: int) -> int | None:
    """Where the pattern begins whose segment `index` stands at `start`; None where it does not."""
    if index == 0:
        return start
    for first, last in reversed(_chains(pattern, index, text)):
        if bridged(text, last, start, pattern.gaps[index - 1]):
            return first
    return None


def progress(pattern: Pattern, text: Squeezed) -> int:
    """How much of the pattern, from its beginning, stands anywhere in the text, in characters."""
    reached = 0
    for index, segment in enumerate(pattern.segments):
        ends = [end for _, end in _chains(pattern, index, text)] if index else [0]
        if not ends:
            break
        last = len(text.text) if not index else ends[-1] + GAP["*"] + len(segment.text)
        reached += _begun(segment.text, text.text[ends[0] : last])
    return reached


def _begun(wanted: str, text: str) -> int:
    """The longest beginning of `wanted` that stands in `text`; if one does, all shorter ones do."""
    low, high = 0, len(wanted)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if wanted[:middle] in text else (low, middle - 1)
    return low
