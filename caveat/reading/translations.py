"""advisories/translations.lock: which English and which Chinese text were held to say the same.

Takes its text and gives `Translations` or problems, and `Translations` as text. A line names a
record and a pair of texts by their digests; nothing depends on the order of lines, so that two
branches merge by keeping the lines of both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from caveat.problems import Problem, shown

FILE = "advisories/translations.lock"
CODE = "CAV407"
_HEAD = (
    "# Pairs of texts that say the same: kind and id of the record, digest of the English text,\n"
    "# digest of the Chinese one. scripts/translate.py writes this file, and tells from it what\n"
    "# is out of date.\n"
)
_LINE = re.compile(r"(advisory|product|trait|practice) (\S+) ([0-9a-f]{10}) ([0-9a-f]{10})")
_FORM = "`KIND ID ENGLISH CHINESE` with two digests, or a comment"
_CURE = "remove the line: scripts/translate.py tells what it then misses"

Key = tuple[str, str]
"""Kind and id of a record."""


class Pair(NamedTuple):
    """The digests of an English text and of the Chinese one that says the same."""

    en: str
    zh: str


def digest(text: str) -> str:
    """What stands for a text: where lines break does not count, every other character does."""
    return blake2b(" ".join(text.split()).encode(), digest_size=5).hexdigest()


@dataclass(frozen=True)
class Translations:
    """By record, the pairs that were held to say the same."""

    pairs: Mapping[Key, frozenset[Pair]] = field(default_factory=dict)

    def of(self, key: Key) -> frozenset[Pair]:
        """The pairs of a record; none where nobody recorded any."""
        return self.pairs.get(key, frozenset())

    def text(self) -> str:
        """The whole file, sorted."""
        lines = sorted(
            f"{kind} {id_} {pair.en} {pair.zh}\n"
            for (kind, id_), pairs in self.pairs.items()
            for pair in pairs
        )
        return _HEAD + "".join(lines)


def read_translations(root: Path) -> tuple[Translations, list[Problem]]:
    """What was recorded below `root`, nothing where there is no file, with its problems."""
    path = root / FILE
    if path.is_symlink() or path.is_dir():
        found = "a symbolic link" if path.is_symlink() else "a folder"
        return Translations(), [Problem(FILE, 1, 1, CODE, "file", found, "a file")]
    if not path.exists():
        return Translations(), []
    known, problems = parse_translations(path.read_text(encoding="utf-8", errors="replace"))
    return known, list(problems)


@lru_cache(maxsize=2)
def parse_translations(text: str) -> tuple[Translations, tuple[Problem, ...]]:
    """The pairs that `text` holds, and a problem for each line that is none. Remembered by the
    text itself: a server reads it with every change of a record."""
    found: dict[Key, set[Pair]] = {}
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        if match := _LINE.fullmatch(line):
            kind, id_, en, zh = match.groups()
            found.setdefault((kind, id_), set()).add(Pair(en, zh))
        elif line and not line.startswith("#"):
            problems.append(Problem(FILE, number, 1, CODE, "line", shown(line), _FORM, _CURE))
    return Translations(_frozen(found.items())), tuple(problems)


def _frozen(found: Iterable[tuple[Key, set[Pair]]]) -> dict[Key, frozenset[Pair]]:
    return {key: frozenset(pairs) for key, pairs in found}
