"""A record's data as the YAML that people edit, with comments.

Takes mappings, lists and texts and gives text that this house's reader takes for the same data:
what YAML would not read as text is quoted, long texts are folded or stand as blocks.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from caveat.problems import printable
from caveat.reading.characters import visible
from caveat.reading.scalars import read_as

#: Width of a line, as in the records written by hand.
WIDTH = 100
Path = tuple[str | int, ...]
#: What no reader of YAML takes for anything but text: no mark begins it, none stands inside.
#: A digit at the beginning is left to quotes, as records written by hand leave versions and dates.
_PLAIN = re.compile(r"[A-Za-z(/\u4e00-\u9fff](?:[^\n:#\"'{}\[\],&*!|>%@`]|:(?=\S)|(?<=\S)#)*")
#: Blocks hold lines without blanks at their ends, and what a reader counts as one line.
_BLOCK = re.compile(r"\S[^\n]*\S|\S")


def written(data: Mapping[str, Any], comments: Mapping[Path, Sequence[str]] | None = None) -> str:
    """The data as YAML; the comments stand before the keys at their paths."""
    return "\n".join(_mapping(data, (), 0, comments or {})) + "\n"


def comment(text: str, mark: str = "") -> list[str]:
    """The text as the rows of a comment, wrapped and without what is not printed; `mark` begins
    the first row."""
    return textwrap.wrap(
        printable(text),
        WIDTH,
        initial_indent=f"# {mark}",
        subsequent_indent=f"# {' ' * len(mark)}",
        break_on_hyphens=False,
    )


def _mapping(
    data: Mapping[str, Any], path: Path, indent: int, comments: Mapping[Path, Sequence[str]]
) -> Iterator[str]:
    for key, value in data.items():
        here = (*path, key)
        for row in comments.get(here, ()):
            yield f"{' ' * indent}# {printable(row)}".rstrip()
        yield from _entry(f"{' ' * indent}{_key(key)}:", value, here, indent, comments)


def _entry(
    head: str, value: Any, path: Path, indent: int, comments: Mapping[Path, Sequence[str]]
) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        yield head
        yield from _mapping(value, path, indent + 2, comments)
    elif isinstance(value, list) and value:
        yield head
        for number, one in enumerate(value):
            yield from _item(one, (*path, number), indent + 2, comments)
    elif isinstance(value, str):
        yield from _scalar(f"{head} ", value, indent + 2)
    else:
        yield f"{head} {'{}' if isinstance(value, Mapping) else '[]'}"


def _item(
    value: Any, path: Path, indent: int, comments: Mapping[Path, Sequence[str]]
) -> Iterator[str]:
    lead = " " * indent + "- "
    if isinstance(value, str):
        yield from _scalar(lead, value, indent + 2)
    elif not value:
        yield f"{lead}{'{}' if isinstance(value, Mapping) else '[]'}"
    else:
        rows = (
            _mapping(value, path, indent + 2, comments)
            if isinstance(value, Mapping)
            else (row for one in value for row in _item(one, path, indent + 2, comments))
        )
        yield from (row if number else lead + row[indent + 2 :] for number, row in enumerate(rows))


def _key(key: str) -> str:
    # `on` is a field of ours, which the reader knows.
    return key if key == "on" or (_PLAIN.fullmatch(key) and not read_as(key)) else _quoted(key)


def _scalar(head: str, text: str, indent: int) -> Iterator[str]:
    """One line where it fits; else folded, where only blanks part the words; else a block. In place
    of a character that nobody sees, and that no record may hold, stands one that is seen."""
    text = visible(text)
    short = len(head) + len(text) + 2 <= WIDTH
    if short and "\n" not in text:
        yield head + (text if _PLAIN.fullmatch(text) and _as_text(text) else _quoted(text))
        return
    rows = text.split("\n")
    blocks = all(_BLOCK.fullmatch(row) or not row for row in rows) and rows[0] and rows[-1]
    if not blocks or not text.replace("\n", "").isprintable():
        yield head + _quoted(text)
    elif len(rows) == 1 and text == " ".join(text.split()):
        yield f"{head}>-"
        yield from _wrapped(text, indent)
    else:
        yield f"{head}|-"
        yield from (" " * indent + row if row else "" for row in rows)


def _wrapped(text: str, indent: int) -> list[str]:
    lead = " " * indent
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=lead,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _as_text(text: str) -> bool:
    fits = text == text.strip() and text.isprintable() and not text.endswith(":")
    return fits and read_as(text) is None


def _quoted(text: str) -> str:
    """In double quotes: JSON's escapes are YAML's; what is not printed is escaped."""
    made = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escape(ord(c)) for c in made)


def _escape(code: int) -> str:
    if 0xD800 <= code <= 0xDFFF:  # half a character, which no file can hold
        return "\\ufffd"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
