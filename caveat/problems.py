"""A problem in the knowledge: where it is, what was found, what was wanted and how to mend it.

Takes nothing; every room that finds fault gives these, and only the edges print them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

_SHOWN = 80


@dataclass(frozen=True, order=True)
class Problem:
    """One fault; sorts by place. `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    code: str
    field: str
    found: str
    want: str
    hint: str = ""
    level: Literal["error", "warning"] = "error"

    @property
    def is_error(self) -> bool:
        """Whether it stops a build; a warning does not."""
        return self.level == "error"

    def __str__(self) -> str:
        """`file:line:col: CODE field: found X, want Y (hint)`, in one line and printable."""
        mark = "" if self.is_error else "warning: "
        hint = f" ({self.hint})" if self.hint else ""
        place = f"{self.file}:{self.line}:{self.column}"
        text = (
            f"{place}: {self.code} {mark}{self.field}: found {self.found}, want {self.want}{hint}"
        )
        return printable(text)


def summary(problems: Iterable[Problem]) -> str:
    """How many there are: `1 error, 2 warnings`."""
    counts = Counter(problem.level for problem in problems)
    levels: tuple[Literal["error", "warning"], ...] = ("error", "warning")
    return ", ".join(f"{counts[level]} {level}{'s' * (counts[level] != 1)}" for level in levels)


def printable(text: str) -> str:
    """`text` in one line, with control characters as escapes: a record never drives a terminal."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text
    )


def shown(value: object) -> str:
    """A found value as a message shows it: quoted, and cut where it is long."""
    text = str(value)
    return f"`{text}`" if len(text) <= _SHOWN else f"`{text[: _SHOWN - 1]}…`"


def nearest(wanted: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Up to `count` names of `known` that resemble `wanted`, best first."""
    return get_close_matches(wanted, list(known), n=count, cutoff=0.5)


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """A hint that offers the nearest known names, or "" where none is near."""
    near = nearest(wanted, known)
    return "did you mean " + " or ".join(f"`{name}`" for name in near) + "?" if near else ""
