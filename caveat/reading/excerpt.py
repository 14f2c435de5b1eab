"""The line that a problem is about, and a mark below the place, for terminals and pages.

Takes the root of a checkout and problems and gives each its line, cut to what a screen holds; a
place without a line, such as a missing file, gives None.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
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
    what was found stands, `start` and `end` the characters of it."""

    line: int
    text: str
    indent: int
    length: int
    start: int
    end: int

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
        # The whole file is meant where its head is named.
        return None if lines[problem.line - 1].startswith("#") else excerpt(lines, problem)


def excerpt(lines: Sequence[str], problem: Problem) -> Excerpt:
    """What is shown of the line that the problem names, or of the line of a block text below it
    that holds what was found. Characters of East Asian width take two cells (Unicode, UAX 11),
    combining ones none, and a tab is shown as four."""
    row, at, length = _spot(lines, problem)
    line, end, start = lines[row], at + length, 0
    if _cells(_shown(line[:end])) > _WIDTH:
        start = max(0, at - _CONTEXT)
    before, inside, after = line[start:at], line[at:end], line[end:]
    head = ("…" if start else "") + _shown(before)
    shown = _shown(inside)
    room = _WIDTH - _cells(head) - _cells(shown)
    if room < 0:
        shown, after = _cut(shown, _WIDTH - _cells(head)), ""
    text = head + shown + _cut(_shown(after), room)
    cells = _cells(head), max(1, _cells(shown))
    return Excerpt(row + 1, text.rstrip(), *cells, len(head), len(head) + len(shown))


def _spot(lines: Sequence[str], problem: Problem) -> tuple[int, int, int]:
    """Row and column (from 0) of what was found, and its length: the value that the message quotes
    first, where the problem's value holds it; else the place of the problem, one character."""
    row = problem.line - 1
    line, at = lines[row], min(problem.column - 1, len(lines[row]))
    value = problem.found.partition("`")[2].partition("`")[0]
    if not value:
        return row, at, 1
    quote = line[at : at + 1] if line[at : at + 1] in {'"', "'"} else ""
    if line.startswith(f"{quote}{value}{quote}", at):
        return row, at, len(quote + value + quote)
    if (inside := line.find(value, at)) >= 0:
        return row, inside, len(value)
    if line[at : at + 1] in {"|", ">"}:
        for number in range(row + 1, len(lines)):
            text = lines[number]
            if text.strip() and _indent(text) <= _indent(line):
                break
            if (inside := text.find(value)) >= 0:
                return number, inside, len(value)
    return row, at, 1


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


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
