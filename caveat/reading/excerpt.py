"""The line that a problem is about, and a mark below the place, for terminals and pages.

Takes the root of a checkout and problems and gives each its line, cut to what a screen holds; a
place without a line, such as a missing file, gives None.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from caveat.problems import Problem, printable
from caveat.reading.parse import CATALOGUE_LIMITS

_TAB = 4
_WIDTH = 96
_CONTEXT = 24


class Excerpt(NamedTuple):
    """A line as it is shown; `indent` are the cells before the mark, `length` those below which
    what was found stands."""

    line: int
    text: str
    indent: int
    length: int

    def __str__(self) -> str:
        """The line with its number, and the mark below it."""
        number = f"{self.line:6} | "
        return f"{number}{self.text}\n{' ' * (len(number) - 2)}| {' ' * self.indent}{self.mark}"

    @property
    def mark(self) -> str:
        """`^`, and `~` for each further cell of what was found."""
        return "^" + "~" * (self.length - 1)


class Excerpts:
    """The lines of the files below a root; each file is read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read = lru_cache(maxsize=8)(_lines)

    def of(self, problem: Problem) -> Excerpt | None:
        """The line of a problem, or None where the file or the line does not exist."""
        lines = self._read(self._root / problem.file)
        if not lines or problem.line > len(lines):
            return None
        line = lines[problem.line - 1]
        # The whole file is meant where its head is named.
        return None if line.startswith("#") else excerpt(line, problem)


def excerpt(line: str, problem: Problem) -> Excerpt:
    """What is shown of `line`, the line that the problem names. Characters of East Asian width
    take two cells (Unicode, UAX 11), combining ones none, and a tab is shown as four."""
    at = min(problem.column - 1, len(line))
    end = at + (_length(line[at:], problem.found) or 1)
    start = 0
    if _cells(_shown(line[:end])) > _WIDTH:
        start = max(0, at - _CONTEXT)
    before, inside, after = line[start:at], line[at:end], line[end:]
    head = ("…" if start else "") + _shown(before)
    shown = _shown(inside)
    room = _WIDTH - _cells(head) - _cells(shown)
    if room < 0:
        shown, after = _cut(shown, _WIDTH - _cells(head)), ""
    text = head + shown + _cut(_shown(after), room)
    return Excerpt(problem.line, text.rstrip(), _cells(head), max(1, _cells(shown)))


def _length(rest: str, found: str) -> int:
    """How many characters of `rest` are the value that the message quotes first."""
    value = found.partition("`")[2].partition("`")[0]
    quote = rest[:1] if rest[:1] in {'"', "'"} else ""
    return len(quote + value + quote) if value and rest.startswith(f"{quote}{value}{quote}") else 0


def _shown(text: str) -> str:
    return printable(text.replace("\t", "→" + " " * (_TAB - 1)))


def _cells(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def _cut(text: str, room: int) -> str:
    """As much of the text as the cells hold, with a mark where something is left out."""
    if _cells(text) <= room:
        return text
    while text and _cells(text) >= room:
        text = text[:-1]
    return f"{text}…"


def _lines(path: Path) -> list[str]:
    """The lines as the reader counts them; no more bytes are looked at than a file may have."""
    if path.is_symlink() or not path.is_file():
        return []
    try:
        with path.open("rb") as stream:
            raw = stream.read(CATALOGUE_LIMITS.size)
    except OSError:
        return []
    text = raw.decode("utf-8", errors="replace").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
