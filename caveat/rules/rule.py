"""What a rule is: a permanent code, a name, one sentence and a function.

Takes a knowledge base and gives problems under the rule's own code and level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from caveat.knowledge import KnowledgeBase
from caveat.problems import Problem
from caveat.reading.document import Document, Path
from caveat.reading.lock import Lock


class Finding(NamedTuple):
    """What a rule saw and where; the rule adds its code and level."""

    document: Document | Lock
    path: Path
    found: str
    want: str
    hint: str = ""
    on_key: bool = False
    at: tuple[int, int] | None = None
    """Line and column (from 1) where the path says less than these do."""


@dataclass(frozen=True)
class Rule:
    """One rule. Rules without a function are raised by the reader itself."""

    code: str
    name: str
    says: str
    find: Callable[[KnowledgeBase], Iterable[Finding]] | None = None
    level: Literal["error", "warning"] = "error"

    def run(self, kb: KnowledgeBase) -> Iterator[Problem]:
        """The problems that this rule finds."""
        for one in self.find(kb) if self.find else ():
            yield one.document.problem(
                self.code,
                one.path,
                one.found,
                one.want,
                one.hint,
                key=one.on_key,
                level=self.level,
                at=one.at,
            )
