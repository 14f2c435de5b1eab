"""One YAML file: its text, its data with every scalar as text, and the place of each part.

Takes a path and bytes and gives a `Document` with its problems; places are looked up only when a
problem needs one, since most files have none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any, Literal

import yaml

from caveat.problems import Problem

Path = tuple[str | int, ...]

#: Problems that one step of reading tells of a file: nobody reads more at once, and a file that is
#: wrong in each of thousands of lines costs no more than one that is wrong in a hundred.
MOST_PROBLEMS = 100


@dataclass(frozen=True)
class Document:
    """A file that was read. `file` is relative to the root, with forward slashes."""

    file: str
    text: str = field(repr=False)
    data: Any = field(repr=False, compare=False)

    @property
    def stem(self) -> str:
        """File name without its ending: the id it must hold."""
        return self.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @cached_property
    def _top(self) -> _Place:
        return _Place(yaml.compose(self.text, Loader=yaml.CSafeLoader), None)

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column (from 1) of the value at `path`, or of its key; the nearest parent's
        where the path does not exist, since a missing field has no place of its own, and the head
        of the file where there is no parent."""
        here, reached = self._top, 0
        for part in path:
            if (below := here.below.get(part)) is None:
                break
            here, reached = below, reached + 1
        if not reached:
            return 1, 1
        return here.name if key and reached == len(path) else here.value

    def get(self, path: Path) -> Any:
        """The raw data at `path`, or None where there is nothing."""
        data = self.data
        for part in path:
            try:
                data = data[part]
            except (KeyError, IndexError, TypeError):
                return None
        return data

    def problem(
        self,
        code: str,
        path: Path,
        found: str,
        want: str,
        hint: str = "",
        *,
        key: bool = False,
        level: Literal["error", "warning"] = "error",
        at: tuple[int, int] | None = None,
    ) -> Problem:
        """A problem at `path`; `key` points at the key rather than at its value, `at` elsewhere."""
        line, column = at or self.place(path, key=key)
        return Problem(self.file, line, column, code, field_name(path), found, want, hint, level)


def bounded(problems: Iterable[Problem]) -> list[Problem]:
    """The first `MOST_PROBLEMS`, and where there are more, one that says so."""
    found = list(islice(problems, MOST_PROBLEMS + 1))
    if len(found) > MOST_PROBLEMS:
        last = found[MOST_PROBLEMS]
        found[MOST_PROBLEMS] = too_many(last.file, last.line, last.column)
    return found


def too_many(file: str, line: int, column: int) -> Problem:
    """What stands in place of the problem that is one too many."""
    found, want = f"more than {MOST_PROBLEMS} problems", "fewer"
    return Problem(file, line, column, "CAV107", "file", found, want, "mend the others first")


def field_name(path: Path) -> str:
    """A path as people write it: `affected[0].on[1].ranges`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".") or "file"


class _Place:
    """A value of the file and the key before it. What lies below is found when it is asked for:
    a problem needs one way down, not a list of everything."""

    def __init__(self, node: yaml.Node | None, key: yaml.Node | None) -> None:
        self._node, self._key = node, key

    @property
    def value(self) -> tuple[int, int]:
        """Where the value stands."""
        return _start(self._node)

    @property
    def name(self) -> tuple[int, int]:
        """Where its key stands, or the value where it has none."""
        return _start(self._key or self._node)

    @cached_property
    def below(self) -> dict[str | int, _Place]:
        """The values of a list by number, of a mapping by key."""
        if isinstance(self._node, yaml.MappingNode):
            return {str(key.value): _Place(value, key) for key, value in self._node.value}
        if isinstance(self._node, yaml.SequenceNode):
            return {at: _Place(value, None) for at, value in enumerate(self._node.value)}
        return {}


def _start(node: yaml.Node | None) -> tuple[int, int]:
    mark = node.start_mark if node is not None else None
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
