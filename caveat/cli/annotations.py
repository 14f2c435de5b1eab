"""Annotations of a workflow, which its host shows beside the lines that they are about.

Takes a level, properties and a text and gives a line on the console: a workflow command
(https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
"""

from __future__ import annotations

from caveat.cli.console import Console


def annotate(console: Console, level: str, properties: dict[str, str], text: str) -> None:
    """One command; the characters that end a property or a command are escaped."""
    named = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
    console.command(f"::{level} {named}::{_escaped(text)}")


def _escaped(text: str, also: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in f"%\r\n{also}" else c for c in text)
