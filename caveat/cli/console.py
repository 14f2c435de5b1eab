"""What a command shows: plain text or JSON, coloured only on a terminal that wants it.

Takes texts with styles and gives lines; a control character of any text is shown as an escape, so
that no record and no log drives a terminal. Standard output is written once, when the answer is
complete.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TextIO
from unicodedata import east_asian_width

from caveat.problems import printable

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "mark": "1;33"}
_INDENT = "  "
#: What the runner of a GitHub workflow takes for a command at the head of any line that is printed.
_COMMAND = re.compile(r"\s*(?:::\s*[\w-]+(?:\s.*?)?::|##\[)")
_WIDEST = 100


class Styled(NamedTuple):
    """A text with one of the styles of `_CODES`."""

    text: str
    style: str


class Console:
    """Standard output, kept until the end, and standard error."""

    def __init__(self, out: TextIO, error: TextIO, environment: Mapping[str, str]) -> None:
        self._out, self._error = out, error
        self._lines: list[str] = []
        for stream in (out, error):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(
                    errors="backslashreplace"
                )  # an old terminal is no reason to stop
        terminal = out.isatty() and environment.get("TERM") != "dumb"
        self._colour = terminal and not environment.get("NO_COLOR")
        self._width = min(shutil.get_terminal_size().columns, _WIDEST) if out.isatty() else None

    def line(self, *parts: str | Styled, indent: int = 0) -> None:
        """One line; its parts follow each other without a gap."""
        bare = printable("".join(part if isinstance(part, str) else part.text for part in parts))
        if _COMMAND.match(bare):
            text = bare.replace(":", "\\x3a", 1).replace("##[", "\\x23#[", 1)
        else:
            text = "".join(self._shown(part) for part in parts)
        self._lines.append(_INDENT * indent + text if text else "")

    def command(self, text: str) -> None:
        """A line that the runner of a workflow obeys; all that it holds is escaped already."""
        self._lines.append(printable(text))

    def text(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Prose; its own line ends are kept, and on a terminal long lines are broken."""
        for line in text.splitlines() or [""]:
            for piece in self._broken(line, indent):
                self.line(Styled(piece, style) if style and piece else piece, indent=indent)

    def json(self, value: Any) -> None:
        """Values for tools, in ASCII: no terminal is driven and no pipe breaks letters."""
        self._lines.append(json.dumps(value, indent=2))

    def error(self, message: str) -> None:
        """A line on standard error, at once."""
        print(printable(message), file=self._error, flush=True)

    def ask(self, question: str) -> str:
        """What a person answers to a question on standard error; "" where nobody can."""
        print(printable(question), end=" ", file=self._error, flush=True)
        try:
            return input()
        except EOFError:
            return ""

    def close(self) -> None:
        """Write what was shown. A reader that went away has read enough."""
        text = "".join(f"{line}\n" for line in self._lines)
        self._lines.clear()
        try:
            self._out.write(text)
            self._out.flush()
        except BrokenPipeError:
            # Python would write the rest once more when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._out.fileno())

    def _shown(self, part: str | Styled) -> str:
        if isinstance(part, str):
            return printable(part)
        if not self._colour:
            return printable(part.text)
        return f"\x1b[{_CODES[part.style]}m{printable(part.text)}\x1b[0m"

    def _broken(self, line: str, indent: int) -> Iterator[str]:
        if self._width is None:
            yield line
            return
        room = max(self._width - len(_INDENT) * indent, 20)
        while _columns(line) > room:
            at = _break(line, room)
            yield line[:at].rstrip()
            line = line[at:].lstrip()
        yield line


def _columns(text: str) -> int:
    """How many columns of a terminal the text takes; Chinese characters take two."""
    return sum(_wide(c) for c in text)


def _wide(character: str) -> int:
    return 2 if east_asian_width(character) in "WF" else 1


def _break(line: str, room: int) -> int:
    """Where to break: at the last space that fits, or behind a wide character, or anywhere."""
    used, best, at = 0, 0, 0
    for at, character in enumerate(line):
        used += _wide(character)
        if used > room:
            break
        if character == " " or _wide(character) == 2:
            best = at + 1
    return best or max(at, 1)
