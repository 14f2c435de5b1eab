"""Lines as every tool reads them: no mark at the head, no carriage returns, tabs or stray spaces.

Takes the text of a file and gives it with other lines; what a text in the file says stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

import yaml

from caveat.mending.source import tree

_SCHEMA_LINE = re.compile(r"#\s*yaml-language-server:\s*\$schema=(\S*)\s*")
_TABS = re.compile(r"^\t+", re.MULTILINE)


def unmarked(text: str) -> str:
    """Without a byte order mark, and with LF line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def spaced(text: str) -> str:
    """With two spaces for each tab that indents."""
    return _TABS.sub(lambda match: "  " * len(match[0]), text)


def stripped(text: str) -> str:
    """Without spaces at the ends of lines, and with one line end at the end. The lines of a block
    text (`|`, `>`) keep theirs, which are part of the text."""
    kept = set(_block_lines(tree(text)))
    lines = [
        line if number in kept and line.strip() else line.rstrip(" \t")
        for number, line in enumerate(text.split("\n"))
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _block_lines(node: yaml.Node | None) -> Iterator[int]:
    """Numbers (from 0) of the lines that hold the content of block texts."""
    if isinstance(node, yaml.ScalarNode):
        if node.style in {"|", ">"}:
            yield from range(node.start_mark.line + 1, node.end_mark.line + 1)
        return
    for child in node.value if node is not None else ():
        for one in child if isinstance(child, tuple) else (child,):
            yield from _block_lines(one)


def schema_line(file: str, schema: str) -> str:
    """The first line of `file` (from the root), by which editors find its schema's file."""
    up = "../" * (len(PurePosixPath(file).parts) - 2)
    return f"# yaml-language-server: $schema={up}schema/{schema}"


def headed(text: str, line: str) -> str:
    """With the schema's line at the head; one that leads to the same schema by another way stays,
    one that leads elsewhere is replaced."""
    first, end, rest = text.partition("\n")
    if not (match := _SCHEMA_LINE.fullmatch(first)):
        return f"{line}\n{text}"
    return text if match[1].endswith(line.rpartition("/")[2]) or not end else f"{line}\n{rest}"
