"""The keys of every mapping in the order of the format, each with the lines and comments it has.

Takes the text of a file and its model and gives it with whole lines moved; what stands between
braces is moved within its line.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import yaml
from pydantic import BaseModel

from caveat.mending.source import Edit, Mapping, edited, mappings
from caveat.model.shape import fields

#: More mappings than a file can hold: a limit, so that a mistake here cannot run for ever.
_MOST = 2_000


def misplaced(names: list[str], model: type[BaseModel]) -> tuple[str, str] | None:
    """The first of the names that stands after one that it should precede, and that one; None where
    all are in order, or one of them is unknown."""
    known = list(fields(model))
    if any(name not in known for name in names):
        return None
    for one, next_ in pairwise(names):
        if known.index(next_) < known.index(one):
            return next_, min(
                (n for n in names[: names.index(next_)] if known.index(n) > known.index(next_)),
                key=names.index,
            )
    return None


def in_order(text: str, model: type[BaseModel]) -> str:
    """The text with its keys in order; a mapping whose lines cannot be moved safely stays."""
    stuck: set[int] = set()
    data = _data(text)
    for _ in range(_MOST):
        place = next(_out_of_order(text, model, stuck), None)
        if place is None:
            return text
        number, mapping = place
        moved = _moved(text, mapping)
        if moved != text and _data(moved) == data:
            text = moved
        else:
            stuck.add(number)
    return text


def _out_of_order(
    text: str, model: type[BaseModel], stuck: set[int]
) -> Iterator[tuple[int, Mapping]]:
    # Inner mappings come last in the walk and do not change the number of their parents.
    for number, mapping in enumerate(mappings(text, model)):
        names = [key.value for key, _ in mapping.node.value]
        if number not in stuck and misplaced(names, mapping.model):
            yield number, mapping


def _data(text: str) -> Any:
    """Plain data, every scalar as text, so that moving a line can be seen to change nothing."""
    try:
        return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - builds texts only
    except yaml.YAMLError:
        return None


def _moved(text: str, mapping: Mapping) -> str:
    known = list(fields(mapping.model))
    pairs = mapping.node.value
    order = sorted(range(len(pairs)), key=lambda n: known.index(pairs[n][0].value))
    move = _within_braces if mapping.node.flow_style else _whole_lines
    return move(text, mapping.node, order)


def _within_braces(text: str, node: yaml.MappingNode, order: list[int]) -> str:
    spans = [(key.start_mark.index, value.end_mark.index) for key, value in node.value]
    parts = [text[start:end] for start, end in spans]
    edits = [Edit(*span, parts[number].rstrip()) for span, number in zip(spans, order, strict=True)]
    return edited(text, edits)


def _whole_lines(text: str, node: yaml.MappingNode, order: list[int]) -> str:
    lines = text.split("\n")
    column = node.value[0][0].start_mark.column
    rows = [key.start_mark.line for key, _ in node.value]
    ends = [
        _end(lines, value, column, [*rows[1:], len(lines)][number])
        for number, (_, value) in enumerate(node.value)
    ]
    starts = [_start(lines, rows[0], column), *(end + 1 for end in ends[:-1])]
    # `- ` before the first key belongs to the list, whichever key comes first.
    dash = lines[rows[0]][:column]
    lines[rows[0]] = " " * column + lines[rows[0]][column:]
    chunks = [lines[start : end + 1] for start, end in zip(starts, ends, strict=True)]
    blanks = [_blanks(chunk) for chunk in chunks]
    if order[0] != 0:
        blanks[0], blanks[order[0]] = blanks[order[0]], blanks[0]
    moved: list[str] = []
    for number in order:
        body = chunks[number][_blanks(chunks[number]) :]
        if number == order[0]:
            at = rows[number] - starts[number] - _blanks(chunks[number])
            # A comment on the first key now heads the whole item.
            outer = dash[: len(dash) - len(dash.lstrip())]
            body[:at] = [outer + line.lstrip() for line in body[:at]]
            body[at] = dash + body[at][column:]
        moved += [""] * blanks[number] + body
    return "\n".join([*lines[: starts[0]], *moved, *lines[ends[-1] + 1 :]])


def _start(lines: list[str], row: int, column: int) -> int:
    """Where the first key's lines begin: its comments go with it, unless they head the file."""
    if lines[row][:column].strip():
        return row
    start = row
    while start > 0 and lines[start - 1].startswith(" " * column + "#"):
        start -= 1
    # What heads the file, the schema's line above all, stays at its head.
    return row if start == 0 else start


def _end(lines: list[str], value: yaml.Node, column: int, limit: int) -> int:
    """The last line of a value: below its last part, what is indented deeper than the key."""
    last = _last_row(value)
    row = last + 1
    while row < limit and (not lines[row].strip() or _indent(lines[row]) > column):
        if lines[row].strip():
            last = row
        row += 1
    return last


def _last_row(node: yaml.Node) -> int:
    if isinstance(node, yaml.ScalarNode) or not node.value:
        return int(node.start_mark.line)
    last = node.value[-1]
    return _last_row(last[1] if isinstance(last, tuple) else last)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _blanks(lines: list[str]) -> int:
    """How many empty lines stand before the rest."""
    return next((n for n, line in enumerate(lines) if line.strip()), len(lines))
