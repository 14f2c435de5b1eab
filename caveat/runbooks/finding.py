"""Why a line of a runbook needs attention.

Takes nothing; `caveat.runbooks.judge` makes these, and only the command prints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Code = Literal["unknown", "withdrawn", "superseded", "anchor", "fixed", "changed", "mark"]
Level = Literal["error", "warning"]

#: Every code with its level: an error leads nowhere, a warning to something that has moved on.
CODES: Mapping[Code, Level] = {
    "unknown": "error",
    "withdrawn": "warning",
    "superseded": "warning",
    "anchor": "error",
    "fixed": "warning",
    "changed": "warning",
    "mark": "error",
}


@dataclass(frozen=True)
class Finding:
    """One fault; `line` and `column` count from 1, in characters. `key` and `params` name the
    message under `cli-runbooks` in the words; a parameter that is a mapping is bilingual. `link` is
    what stands in the file, `ids` are the records that it is about."""

    line: int
    column: int
    code: Code
    key: str
    link: str
    ids: tuple[str, ...] = ()
    anchor: str = ""
    reviewed: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def level(self) -> Level:
        """How bad it is."""
        return CODES[self.code]
