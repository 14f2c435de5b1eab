"""Takes the rule cases; gives what the pages of the rules show of them, bad and good.

An example is the part of a file that a case changes, with its line numbers, the lines above that it
belongs to, and what `validate.py` prints. `scripts/regenerate.py` writes them for the site.
"""

import difflib
import tempfile
from pathlib import Path
from typing import Any

from caveat.problems import printable
from tests.support.knowledge import ADVISORY, write_base
from tests.support.rule_cases import cases, changes, codes, found, make

AROUND, SHOWN, GONE, WIDTH = 2, 24, 5, 120
"""Lines shown beside a change, of a file, of what was taken out; characters shown of a line."""

Line = tuple[int | None, str, str]
"""Its number or None, its mark (`+` changed, `-` taken out, `…` left out, or none), its text."""


def examples() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """By code, the examples of each sort."""
    return {
        code: {
            sort: [_example(case) for case in cases(sort) if case.parent.name == code]
            for sort in ("bad", "good")
        }
        for code in codes()
    }


def _example(case: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        root = write_base(Path(folder))
        said, before = changes(case), {}
        for one in said:
            file = one.get("file", ADVISORY)
            before.setdefault(file, _lines(root / file))
        for one in said:
            make(root, one)
        problems = found(case, root)
        files, named = [], {}
        for name, old in before.items():
            own = [one for one in said if one.get("file", ADVISORY) == name]
            named[name] = {problem.line - 1 for problem in problems if problem.file == name}
            files.append(_file(root / name, name, old, own, named[name]))
    if not any(mark in ("+", "-") for file in files for _, mark, _ in file["lines"]):
        files = [file | {"lines": _marked(file["lines"], named[file["name"]])} for file in files]
    return {"files": files, "says": [str(problem) for problem in problems]}


def _marked(lines: list[Line], named: set[int]) -> list[Line]:
    """Files of their own differ from nothing: in these the lines are marked that problems name."""
    return [
        (number, "+" if number is not None and number - 1 in named else mark, text)
        for number, mark, text in lines
    ]


def _file(
    path: Path, name: str, before: list[str], said: list[dict[str, Any]], named: set[int]
) -> dict[str, Any]:
    """How one file of the case looks; what has no lines is named instead. `named` are the lines
    that problems are about, from 0."""
    form = next((key for key in ("folder", "link", "hex", "remove") for o in said if key in o), "")
    if form:
        return {"name": name, "form": form, "text": str(said[0][form]), "lines": []}
    after = _lines(path)
    shown = _changed(before, after, named) if before else _whole(after)
    return {"name": name, "form": "", "text": "", "lines": shown}


def _lines(path: Path) -> list[str]:
    """A file's lines; none where there is no such file. Windows' line ends stay visible."""
    return path.read_bytes().decode("utf-8", "replace").split("\n") if path.is_file() else []


def _whole(lines: list[str]) -> list[Line]:
    last = len(lines) - 1 if lines and not lines[-1] else len(lines)
    shown: list[Line] = []
    for number, text in enumerate(lines[:last], 1):
        if number < 3 or text != lines[number - 3]:
            shown.append((number, "", _text(text)))
        elif shown[-1] is not _GAP:
            shown.append(_GAP)
    return _cut(shown, SHOWN)


_GAP: Line = (None, "…", "")


def _changed(before: list[str], after: list[str], named: set[int]) -> list[Line]:
    """The changed lines of `after` with what is around and above them, and those in `named`."""
    shown: dict[int, Line] = {
        index: (index + 1, "", _text(after[index])) for index in named if 0 < index < len(after)
    }
    gone: dict[int, list[Line]] = {}
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        for index in _around(after, start, end):
            shown.setdefault(index, (index + 1, "", _text(after[index])))
        for index in range(start, end):
            shown[index] = (index + 1, "+", _text(after[index]))
        if start == end:
            gone[start] = [(None, "-", _text(text)) for text in before[first:last]]
    found: list[Line] = []
    previous = -1
    for index in sorted({*shown, *gone}):
        if index > previous + 1 and found:
            found.append(_GAP)
        found += _cut(gone.get(index, []), GONE)
        found += [shown[index]] if index in shown else []
        previous = index
    return _cut(found, SHOWN)


def _around(lines: list[str], start: int, end: int) -> list[int]:
    """Lines beside those from `start` to `end`, and those above that they belong to."""
    near = [*range(max(0, start - AROUND), start), *range(end, min(len(lines), end + AROUND))]
    found = [index for index in near if lines[index].strip()]
    inside = [index for index in (*found, start) if index < len(lines)]
    depth = min((_depth(lines[index]) for index in inside), default=0)
    for index in range(min((*found, start)) - 1, -1, -1):
        line = lines[index]
        if line.strip() and not line.startswith("#") and _depth(line) < depth:
            found.append(index)
            depth = _depth(line)
    return found


def _depth(line: str) -> int:
    """The column of a line's key or text."""
    return len(line) - len(line.lstrip(" -"))


def _cut(lines: list[Line], most: int) -> list[Line]:
    return lines if len(lines) <= most else [*lines[: most - 1], _GAP]


def _text(line: str) -> str:
    """A line in which nothing is invisible; one that is too long is cut."""
    text = printable(line)
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
