"""advisories/published.lock: what was published and must stay, one line a record.

Takes its text and gives a `Lock` or problems, and a `Lock` as text. A line holds an id, a slug, the
two dates and the names that lead to the record or into its page; `page` lines name all other pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from caveat.problems import Problem, shown
from caveat.reading.document import Path as Place

FILE = "advisories/published.lock"
CODE = "CAV901"
_HEAD = (
    "# What was published, and so must stay. scripts/publish_lock.py writes this file on the main\n"
    "# branch at publication; a contributor's change leaves it alone.\n"
)
_NAMES = r"((?:[^\s,=]+(?:,[^\s,=]+)*)?)"
_RECORD = re.compile(
    r"(CAV-\d{4}-\d{4}) ([a-z0-9-]+) (\d{4}-\d\d-\d\d) (\d{4}-\d\d-\d\d)"
    rf" sections={_NAMES} workarounds={_NAMES} aliases={_NAMES}"
)
_PAGE = re.compile(r"page (\S+/)")
_FORM = (
    "`ID SLUG PUBLISHED MODIFIED sections=… workarounds=… aliases=…`, `page PATH/`, or a comment"
)
_CURE = "git checkout the file: scripts/publish_lock.py writes it, nobody else does"


@dataclass(frozen=True)
class Entry:
    """A record as it was published last. `sections`, `workarounds` and `aliases` are the anchors of
    its page and the upstream names that lead to it."""

    id: str
    slug: str
    published: str
    modified: str
    sections: tuple[str, ...] = ()
    workarounds: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The line that says this."""
        parts = {
            "sections": self.sections,
            "workarounds": self.workarounds,
            "aliases": self.aliases,
        }
        named = " ".join(f"{name}={','.join(values)}" for name, values in parts.items())
        return f"{self.id} {self.slug} {self.published} {self.modified} {named}"


@dataclass(frozen=True)
class Lock:
    """What was published: records by id, and the paths of all other pages, below the root of each
    language. `lines` says where each stands in the file."""

    records: Mapping[str, Entry] = field(default_factory=dict)
    pages: tuple[str, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    def text(self) -> str:
        """The whole file, in the order of ids and paths."""
        records = [one.line for _, one in sorted(self.records.items())]
        return _HEAD + "".join(
            f"{line}\n" for line in (*records, *(f"page {path}" for path in sorted(self.pages)))
        )

    def problem(
        self,
        code: str,
        path: Place,
        found: str,
        want: str,
        hint: str = "",
        *,
        key: bool = False,  # noqa: ARG002 - a Document takes it
        level: Literal["error", "warning"] = "error",
        at: tuple[int, int] | None = None,
    ) -> Problem:
        """A problem at the line of the record or page that `path` begins with, or at `at`."""
        name = str(path[0]) if path else "file"
        line, column = at or (self.lines.get(name, 1), 1)
        return Problem(FILE, line, column, code, name, found, want, hint, level)


def read_lock(root: Path) -> tuple[Lock, list[Problem]]:
    """The lock below `root`, empty where nothing was published yet, with its problems."""
    path = root / FILE
    if not path.exists() and not path.is_symlink():
        return Lock(), []
    if path.is_symlink() or not path.is_file():
        found = "a symbolic link" if path.is_symlink() else "a folder"
        return Lock(), [Problem(FILE, 1, 1, CODE, "file", found, "a file", _CURE)]
    return parse_lock(path.read_text(encoding="utf-8", errors="replace"))


def parse_lock(text: str) -> tuple[Lock, list[Problem]]:
    """The lock that `text` holds, without the lines that are none, and a problem for each."""
    records: dict[str, Entry] = {}
    pages: list[str] = []
    lines: dict[str, int] = {}
    problems = []
    for number, line in _lines(text):
        if match := _RECORD.fullmatch(line):
            name, entry = match[1], _entry(match)
            again = records.setdefault(name, entry) is not entry
        elif match := _PAGE.fullmatch(line):
            name, again = match[1], match[1] in lines
            pages.append(name)
        else:
            problems.append(Problem(FILE, number, 1, CODE, "line", shown(line), _FORM, _CURE))
            continue
        if again:
            found = f"{shown(name)} a second time"
            problems.append(Problem(FILE, number, 1, CODE, name, found, "one line each", _CURE))
        lines.setdefault(name, number)
    return Lock(records, tuple(pages), lines), problems


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines that say something."""
    for number, line in enumerate(text.split("\n"), 1):
        if line and not line.startswith("#"):
            yield number, line


def _entry(match: re.Match[str]) -> Entry:
    sections, workarounds, aliases = (
        tuple(group.split(",")) if group else () for group in match.groups()[4:]
    )
    return Entry(match[1], match[2], match[3], match[4], sections, workarounds, aliases)
