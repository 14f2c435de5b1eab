"""What a YAML parser's complaint most likely means, in the words of somebody who writes a record.

Takes the text and the parser's error and gives one problem, at the place where the slip was made
rather than where the parser noticed it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import yaml

from caveat.problems import Problem, shown

_WIDE_COLON = re.compile(r"^ *(?:- +)*[\w.-]+(：)", re.ASCII)
_TIGHT_COLON = re.compile(r"^ *(?:- +)*[a-z][\w-]*(:)(?=[^\s:/])", re.ASCII)
_KEYED = re.compile(r"^ *(?:- +)*[\w.\"'-]+: +(?=\S)", re.ASCII)


class _Slip(NamedTuple):
    line: int
    column: int
    found: str
    want: str
    hint: str = ""


class _Complaint(NamedTuple):
    """The parser's words and places, counted from 0; `before` where it began the part it is in."""

    lines: list[str]
    reason: str
    context: str
    line: int
    column: int
    before: tuple[int, int]

    @property
    def text(self) -> str:
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def character(self) -> str:
        return self.text[self.column : self.column + 1]


def syntax_problem(file: str, text: str, error: yaml.YAMLError) -> Problem:
    """The one problem that `error` is."""
    mark, before = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    complaint = _Complaint(
        text.split("\n"),
        getattr(error, "problem", None) or "text that is not YAML",
        getattr(error, "context", None) or "",
        mark.line if mark else 0,
        mark.column if mark else 0,
        (before.line, before.column) if before else (0, 0),
    )
    slip = next(slip for guess in _GUESSES for slip in guess(complaint))
    return Problem(
        file, slip.line + 1, slip.column + 1, "CAV104", "file", slip.found, slip.want, slip.hint
    )


def _colons(c: _Complaint) -> Iterator[_Slip]:
    """A colon that is none: full-width, or without the space behind it. The parser notices one
    line later."""
    for number in range(c.line, max(-1, c.line - 3), -1):
        line = c.lines[number] if number < len(c.lines) else ""
        if match := _WIDE_COLON.search(line):
            found, want = "a full-width colon behind a key", "`:` and a space"
            yield _Slip(number, match.start(1), found, want)
        elif number < c.line and (match := _TIGHT_COLON.search(line)):
            found, want = "no space behind the colon", "`:` and a space"
            yield _Slip(number, match.start(1), found, want)


def _colon_in_text(c: _Complaint) -> Iterator[_Slip]:
    if c.reason.startswith("mapping values are not allowed"):
        match = _KEYED.match(c.text)
        if match and match.end() <= c.column:
            found, want = "a colon and a space inside a text", "the text in quotes"
            hint = 'put the whole text between " and ", or below its key after `>-`'
            yield _Slip(c.line, c.column, found, want, hint)


def _quotes(c: _Complaint) -> Iterator[_Slip]:
    """Quotes that are not closed, or closed too early."""
    if c.context.endswith("quoted scalar"):
        if "escape" in c.reason:
            found = f"{shown(c.text[c.column : c.column + 2])} between double quotes"
            yield _Slip(c.line, c.column, found, "single quotes", "or write the backslash twice")
        else:
            yield _Slip(*c.before, "a quote that is never closed", "the same quote at the end")
    elif c.reason.startswith("did not find expected") and c.context.endswith("mapping"):
        head = c.text[: c.column].rstrip()
        if head[-1:] in {"'", '"'} and _KEYED.match(c.text):
            hint = "inside single quotes write '' for ', inside double ones \\\" for \""
            yield _Slip(c.line, c.column, "more text behind a closing quote", "one text", hint)
        elif head[-1:] in {"}", "]"}:
            hint = "a text that begins with a bracket is quoted"
            yield _Slip(c.line, c.column, "more text behind a bracket", "one value", hint)


def _beginnings(c: _Complaint) -> Iterator[_Slip]:
    """Signs with which no unquoted text may begin (YAML 1.2.2, 7.3.3)."""
    if "cannot start any token" in c.reason:
        if c.character == "\t":
            yield _Slip(c.line, c.column, "a tab", "spaces")
        else:
            sign = "a backtick" if c.character == "`" else shown(c.character)
            found = f"a text that begins with {sign}"
            yield _Slip(c.line, c.column, found, "the text in quotes")
    elif c.context in {"while scanning an alias", "while scanning an anchor"} or (
        c.context == "while scanning a block scalar"
    ):
        line, column = c.before
        sign = c.lines[line][column : column + 1]
        yield _Slip(line, column, f"a text that begins with {shown(sign)}", "the text in quotes")


def _brackets(c: _Complaint) -> Iterator[_Slip]:
    if not c.context.startswith("while parsing a flow"):
        return
    line, column = c.before
    if c.line != line:
        found = f"{shown(c.lines[line][column : column + 1])} that is never closed"
        yield _Slip(line, column, found, "its counterpart")
    elif c.character and "expected ','" in c.reason:
        wanted = c.reason.removeprefix("did not find expected ").replace("'", "`")
        yield _Slip(c.line, c.column, shown(c.character), wanted)


def _indents(c: _Complaint) -> Iterator[_Slip]:
    column = len(c.text) - len(c.text.lstrip(" "))
    if "could not find expected ':'" in c.reason:
        found = "a text at the place of a key"
        hint = "indent a text deeper than its key"
        yield _Slip(c.before[0], c.before[1], found, "`key: value`", hint)
    elif c.reason.startswith(("mapping values are not", "did not find expected")) and c.text:
        found, want = "a line that fits none above it", "the indentation of its neighbours"
        yield _Slip(c.line, column, found, want)


def _anything(c: _Complaint) -> Iterator[_Slip]:
    found = f"a mistake in the YAML: {c.reason}"
    yield _Slip(c.line, c.column, found, "valid YAML", c.context)


#: The first guess that fits is told.
_GUESSES: tuple[Callable[[_Complaint], Iterator[_Slip]], ...] = (
    _colons,
    _colon_in_text,
    _quotes,
    _beginnings,
    _brackets,
    _indents,
    _anything,
)
