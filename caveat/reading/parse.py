"""YAML text to plain data, safely: limits first, every scalar as text, nothing clever allowed.

Takes the text of one file and gives data and problems; it walks parser events, so that anchors,
tags and depth are refused before anything is built from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from caveat.problems import Problem, shown
from caveat.reading.characters import named, unseen
from caveat.reading.document import MOST_PROBLEMS, Path, field_name, too_many
from caveat.reading.scalars import OUR_KEYS, read_as
from caveat.reading.syntax import syntax_problem


@dataclass(frozen=True)
class Limits:
    """How much one file may hold. Catalogues list hundreds of releases and may be larger."""

    size: int = 64 * 1024
    depth: int = 12
    nodes: int = 5_000
    scalar: int = 8 * 1024


RECORD_LIMITS = Limits()
CATALOGUE_LIMITS = Limits(size=256 * 1024, nodes=20_000)


class _StopError(Exception):
    """The rest of the file is not worth reading."""


@dataclass(slots=True)
class _Level:
    """An open list or mapping, which stands `at` a key or number of the level above; a mapping
    holds the key that waits for its value."""

    data: Any
    at: str | int = ""
    key: str | None = None
    ignore: bool = False

    @property
    def next(self) -> str | int | None:
        """Where the next value will stand."""
        return len(self.data) if isinstance(self.data, list) else self.key


@dataclass(slots=True)
class _Builder:
    file: str
    limits: Limits
    hashes: Mapping[tuple[int, int], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    nodes: int = 0
    documents: int = 0
    root: Any = None

    def complain(
        self,
        event: Any,
        code: str,
        found: str,
        want: str,
        hint: str = "",
        *,
        at: tuple[int, int] | None = None,
    ) -> None:
        """A problem where the event begins, or at another line and column, from 0."""
        line, column = at or (event.start_mark.line, event.start_mark.column)
        if len(self.problems) == MOST_PROBLEMS:
            self.problems.append(too_many(self.file, line + 1, column + 1))
            raise _StopError
        name = field_name(self.place)
        self.problems.append(
            Problem(self.file, line + 1, column + 1, code, name, found, want, hint)
        )

    @property
    def place(self) -> Path:
        above = tuple(level.at for level in self.levels[1:])
        here = self.levels[-1].next if self.levels else None
        return above if here is None else (*above, here)

    def feed(self, event: Any) -> None:
        """Take one parser event."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self.scalar(event)
        elif kind is yaml.MappingStartEvent:
            self.open(event, {})
        elif kind is yaml.SequenceStartEvent:
            self.open(event, [])
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.levels.pop()
        elif kind is yaml.AliasEvent:
            self.complain(
                event,
                "CAV106",
                shown(f"*{event.anchor}"),
                "the text itself",
                "aliases and merge keys are not read",
            )
            raise _StopError
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self.complain(event, "CAV106", "a second document", "one document a file")
                raise _StopError

    def common(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            self.complain(
                event,
                "CAV107",
                f"more than {self.limits.nodes} values",
                f"at most {self.limits.nodes}",
            )
            raise _StopError
        if event.anchor is not None:
            self.complain(
                event, "CAV106", shown(f"&{event.anchor}"), "no anchor", "write the text twice"
            )
        if event.tag is not None:
            hint = "remove the tag, or quote the text"
            self.complain(event, "CAV106", shown(event.tag), "no tag", hint)

    def open(self, event: Any, data: Any) -> None:
        self.common(event)
        if len(self.levels) >= self.limits.depth:
            self.complain(event, "CAV107", "deeper nesting", f"at most {self.limits.depth} levels")
            raise _StopError
        if self.levels and isinstance(self.levels[-1].data, dict) and self.levels[-1].key is None:
            self.complain(event, "CAV104", "a list or mapping as a key", "a plain word as a key")
            raise _StopError
        at = self.levels[-1].next if self.levels else None
        self.put(data)
        self.levels.append(_Level(data, "" if at is None else at))

    def scalar(self, event: Any) -> None:
        self.common(event)
        value: str = event.value
        level = self.levels[-1] if self.levels else None
        self.text(event, value)
        if level is not None and isinstance(level.data, dict) and level.key is None:
            self.key(event, level)
            return
        # A plain scalar (no style) is the only one whose type a reader guesses.
        meaning = None if event.style or event.tag or event.anchor else read_as(value)
        if meaning:
            found = shown(value) if value else "nothing"
            self.complain(
                event,
                "CAV109",
                f"{found}, which YAML reads as {meaning}",
                "a quoted text",
                f'write "{value}"' if value else "write a value or remove the key",
            )
        if not event.style and self.hashes:
            self.cut(event)
        self.put(value)

    def cut(self, event: Any) -> None:
        """An unquoted text ends before ` #`: `see moby #49499` says `see moby`. Who means a comment
        there leaves a space behind the sign."""
        line = event.end_mark.line
        column = self.hashes.get((line, event.end_mark.column))
        if column is not None:
            self.complain(
                event,
                "CAV109",
                "` #`, before which YAML ends an unquoted text",
                "a quoted text",
                "where it is a comment, leave a space after the #",
                at=(line, column),
            )

    def text(self, event: Any, value: str) -> None:
        """What holds for every key and value. Only double quotes know escapes, and the bytes of the
        file were looked at before: no other scalar can hold what they do not show."""
        size = len(value.encode()) if len(value) * 4 > self.limits.scalar else 0
        if size > self.limits.scalar:
            most = f"at most {self.limits.scalar:,}"
            self.complain(event, "CAV107", f"a text of {size:,} bytes", most)
        if event.style == '"' and (strange := unseen(value)):
            found = f"the character {named(strange[0])}"
            self.complain(event, "CAV103", found, "text that readers see", "remove it")

    def key(self, event: Any, level: _Level) -> None:
        name: str = event.value
        meaning = None if event.style or name in OUR_KEYS else read_as(name)
        if meaning:
            self.complain(
                event,
                "CAV109",
                f"{shown(name)}, which YAML reads as {meaning}",
                "a quoted key",
                f'write "{name}":',
            )
        if name in level.data:
            self.complain(
                event,
                "CAV108",
                f"{shown(name)} a second time",
                "each key once",
                "a reader would keep only one of them",
            )
            level.ignore = True
        level.key = name

    def put(self, value: Any) -> None:
        if not self.levels:
            self.root = value
            return
        level = self.levels[-1]
        if isinstance(level.data, list):
            level.data.append(value)
            return
        if not level.ignore:
            level.data[level.key] = value
        level.key, level.ignore = None, False


def _hashes(text: str) -> dict[tuple[int, int], int]:
    """Signs that end an unquoted text, and behind which nobody begins a comment: by line and the
    column where what stands before the sign ends, the column of the sign; all count from 0."""
    found: dict[tuple[int, int], int] = {}
    line, seen = 0, 0
    while (at := text.find(" #", seen)) >= 0:
        begin = text.rfind("\n", seen, at) + 1 or seen
        line += text.count("\n", seen, begin)
        before = text[begin:at].rstrip(" \t")
        if before and "#" not in before and text[at + 2 : at + 3].strip(" \t\n#"):
            found[line, len(before)] = at + 1 - begin
        # Of a line the first sign counts, and each part of a text is looked at once.
        seen = text.find("\n", at)
        if seen < 0:
            break
    return found


def parse(file: str, text: str, limits: Limits) -> tuple[Any, list[Problem]]:
    """Data and problems of one file's text; the data is partial where problems stopped it."""
    builder = _Builder(file, limits, _hashes(text))
    try:
        # `yaml.parse` asks twice for each event; a large knowledge base has a million of them.
        loader = yaml.CSafeLoader(text)
        while type(event := loader.get_event()) is not yaml.StreamEndEvent:
            builder.feed(event)
    except _StopError:
        pass
    except yaml.YAMLError as error:
        wrong = syntax_problem(file, text, error)
        # What the parser made of a broken line is no news.
        kept = [p for p in builder.problems if p.line != wrong.line or p.code == "CAV106"]
        builder.problems = [*kept, wrong]
    if not builder.problems and builder.root is None:
        builder.problems.append(
            Problem(
                file, 1, 1, "CAV105", "file", "an empty file", "a record", "see CONTRIBUTING.md"
            )
        )
    return builder.root, builder.problems
