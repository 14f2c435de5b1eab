"""The answer to a text: known errors first, then what looks similar.

Takes an index and the text in pieces and gives a `Result`. The whole text is searched for known
errors; likeness and versions are read from its two ends, where the trouble stands.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from caveat.matching.index import Index
from caveat.matching.ranking import Likeness
from caveat.matching.result import Hit, Result, Seen, Span
from caveat.matching.stream import MOST, Match, Scan

#: Characters at each end of the text that are read for likeness and versions.
END = 1 << 17
#: Records that may look similar, and the score from which they do: below one half, since a reader
#: with nothing in hand loses more by a miss than by a look at one page too many.
SIMILAR, LEAST = 5, 0.4
#: A known error scores above this, more the longer its text; one that was cut off less.
KNOWN, KNOWN_CUT, HALF = 0.9, 0.85, 100


def match(index: Index, pieces: Iterable[str]) -> Result:
    """The records that the text means. The pieces are the text as it stands, line ends included,
    cut anywhere: the lines of a file, or blocks of it. Memory stays the same however many come."""
    scan, ends = Scan(index.signatures), _Ends()
    for piece in cleaned(pieces):
        scan.feed(piece)
        ends.feed(piece)
    scan.close()
    texts = ends.texts()
    versions = _versions(index, texts)
    likeness = _likeness(index, texts)
    known = _known(index, scan, versions, likeness)
    return Result((*known, *_similar(index, likeness, {hit.id for hit in known})), versions)


def cleaned(pieces: Iterable[str]) -> Iterable[str]:
    """The text without NUL (UTF-16 that was read as something else) and with plain line ends."""
    held = ""
    for piece in pieces:
        text = held + piece.replace("\0", "")
        held = "\r" if text.endswith("\r") else ""
        yield text[: len(text) - len(held)].replace("\r\n", "\n")
    yield held


@dataclass
class _Ends:
    """The beginning and the end of a text."""

    head: list[str] = field(default_factory=list)
    head_size: int = 0
    tail: deque[str] = field(default_factory=deque)
    tail_size: int = 0
    lines: int = 0

    def feed(self, piece: str) -> None:
        self.lines += piece.count("\n")
        if self.head_size < END:
            self.head.append(piece[: END - self.head_size])
            piece = piece[END - self.head_size :]
            self.head_size += len(self.head[-1])
        if piece:
            self.tail.append(piece[-END:])
            self.tail_size += len(self.tail[-1])
            while self.tail_size - len(self.tail[0]) >= END:
                self.tail_size -= len(self.tail.popleft())

    def texts(self) -> list[tuple[int, str]]:
        """The ends with the numbers of their first lines; one where they meet."""
        head, tail = "".join(self.head), "".join(self.tail)[-END:]
        if head.count("\n") + tail.count("\n") == self.lines:
            return [(1, head + tail)]
        begin = tail.find("\n") + 1
        return [(1, head), (self.lines - tail.count("\n", begin) + 1, tail[begin:])]


def _versions(index: Index, texts: list[tuple[int, str]]) -> tuple[Seen, ...]:
    """What both ends show, the last mention of a version counting."""
    found: dict[tuple[str, str], Seen] = {}
    for line, text in texts:
        for fact in index.releases.seen(text, line):
            found.pop(fact[:2], None)
            found[fact[:2]] = fact
    return tuple(found.values())


def _likeness(index: Index, texts: list[tuple[int, str]]) -> dict[int, Likeness]:
    best: dict[int, Likeness] = {}
    for line, text in texts:
        for one in index.ranking.like(text, line):
            if one.record not in best or one.score > best[one.record].score:
                best[one.record] = one
    return best


def _known(
    index: Index, scan: Scan, versions: tuple[Seen, ...], likeness: dict[int, Likeness]
) -> list[Hit]:
    """Of records with the same text those come first that strike a version which the text shows,
    then those whose other words it uses."""
    found: dict[int, list[Match]] = {}
    for number, matches in scan.matches.items():
        for owner in index.signatures.entries[number].owners:
            found.setdefault(owner, []).extend(matches)
    hits = []
    for owner, matches in found.items():
        score = round(max(_known_score(match) for match in matches), 3)
        spans = tuple(_apart(sorted({match.span for match in matches}))[:MOST])
        lines = tuple(dict.fromkeys(span.line for span in spans))
        fits = _fits(index.strikes.get(owner, {}), versions)
        like = likeness[owner].score if owner in likeness else 0.0
        hit = Hit(*index.records[owner], "known", score, lines, spans, fits)
        hits.append(((-score, {True: 0, None: 1, False: 2}[fits], -round(like, 3), owner), hit))
    return [hit for _, hit in sorted(hits, key=lambda one: one[0])]


def _fits(strikes: Mapping[str, frozenset[str]], versions: tuple[Seen, ...]) -> bool | None:
    """Whether the record strikes the last versions of its products that the text shows."""
    last = {fact.product: fact.version for fact in versions if fact.product in strikes}
    if not last:
        return None
    return all(version in strikes[product] for product, version in last.items())


def _known_score(match: Match) -> float:
    low, high = (KNOWN_CUT, KNOWN) if match.cut else (KNOWN, 1.0)
    return low + (high - low) * match.literal / (match.literal + HALF)


def _apart(spans: list[Span]) -> list[Span]:
    """Without those that lie inside another one."""
    kept: list[Span] = []
    for span in spans:
        if not kept or (span.end_line, span.end_column) > (kept[-1].end_line, kept[-1].end_column):
            kept.append(span)
    return kept


def _similar(index: Index, likeness: dict[int, Likeness], known: set[str]) -> list[Hit]:
    ordered = sorted(likeness.values(), key=lambda one: (-round(one.score, 3), one.record))
    hits = [
        Hit(*index.records[record], "similar", round(score * KNOWN_CUT, 3), (line,))
        for record, score, line in ordered
        if score >= LEAST and index.records[record][0] not in known
    ]
    return hits[:SIMILAR]
