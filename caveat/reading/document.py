"""One YAML file: its text, its data with every scalar as text, and the place of each part.

Takes a path and bytes and gives a `Document` with its problems; places are looked up only when a
problem needs one, since most files have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import yaml

from caveat.problems import Problem

Path = tuple[str | int, ...]


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
    def _places(self) -> dict[tuple[Path, bool], tuple[int, int]]:
        return dict(_walk(yaml.compose(self.text, Loader=yaml.CSafeLoader), (), None))

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column (from 1) of the value at `path`, or of its key; the nearest parent's
        where the path does not exist, since a missing field has no place of its own."""
        while path:
            found = self._places.get((path, key)) or self._places.get((path, False))
            if found:
                return found
            path, key = path[:-1], False
        return 1, 1

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


def field_name(path: Path) -> str:
    """A path as people write it: `affected[0].on[1].ranges`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".") or "file"


def _walk(
    node: yaml.Node | None, path: Path, key: yaml.Node | None
) -> Iterator[tuple[tuple[Path, bool], tuple[int, int]]]:
    if node is None:
        return
    yield (path, False), (node.start_mark.line + 1, node.start_mark.column + 1)
    if key is not None:
        yield (path, True), (key.start_mark.line + 1, key.start_mark.column + 1)
    if isinstance(node, yaml.MappingNode):
        for child_key, child in node.value:
            yield from _walk(child, (*path, str(child_key.value)), child_key)
    elif isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            yield from _walk(child, (*path, index), None)
