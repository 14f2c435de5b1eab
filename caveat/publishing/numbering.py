"""Numbers for new records: a placeholder id becomes the next free number of its year.

Takes the root of a checkout and gives what was renamed; every file of the knowledge that names a
placeholder is rewritten with it: ties between new records hold, and what was recorded of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

_ID = re.compile(r"CAV-([0-9]{4})-([0-9]{4})")
_PLACEHOLDER = re.compile(r"CAV-([0-9]{4})-new-[a-z0-9]+(?:-[a-z0-9]+)*")


class Numbered(NamedTuple):
    """A placeholder and the id that took its place."""

    placeholder: str
    id: str


def number(root: Path, taken: Iterable[str] = ()) -> list[Numbered]:
    """Give every placeholder below `root/advisories` its number, in the order of their names.

    Ids in `taken` are as used as those of records: a number is never given twice, even when its
    record is gone.
    """
    base = root / "advisories"
    records = sorted((base / "records").glob("*/*.yml"), key=lambda path: path.stem)
    numbered = list(_numbers([path.stem for path in records], taken))
    for path in sorted([*base.rglob("*.yml"), *base.glob("*.lock")]) if numbered else ():
        _rewrite(path, dict(numbered))
    for path in records:
        if (id_ := dict(numbered).get(path.stem)) is not None:
            path.rename(path.with_stem(id_))
    return numbered


def _numbers(stems: list[str], taken: Iterable[str]) -> Iterator[Numbered]:
    last: dict[str, int] = {}
    for id_ in (*stems, *taken):
        if match := _ID.fullmatch(id_):
            last[match[1]] = max(last.get(match[1], 0), int(match[2]))
    for stem in stems:
        if match := _PLACEHOLDER.fullmatch(stem):
            last[match[1]] = last.get(match[1], 0) + 1
            yield Numbered(stem, f"CAV-{match[1]}-{last[match[1]]:04}")


def _rewrite(path: Path, ids: dict[str, str]) -> None:
    """Put the ids where the placeholders stand, as whole names only: one may begin another."""
    old = path.read_bytes()
    new = re.sub(
        _PLACEHOLDER.pattern.encode(),
        lambda match: ids.get(match[0].decode(), match[0].decode()).encode(),
        old,
    )
    if new != old:
        path.write_bytes(new)
