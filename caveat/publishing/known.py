"""All that a build shows: the knowledge, and what the engine works out from it.

Takes the root of a checkout and gives both with every problem; a site of each language is made of
them.
"""

from __future__ import annotations

import gc
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase, uncollected
from caveat.model.base import Language
from caveat.problems import Problem
from caveat.publishing.beside import later
from caveat.rules import load_and_check
from caveat.site import Site


@dataclass(frozen=True)
class Known:
    """What was read and what the engine worked out from it; both languages share it."""

    kb: KnowledgeBase
    answers: Answers

    def prepare(self) -> None:
        """Work out what all languages and exports ask for, before they part ways. What was read and
        worked out stays to the end: no collection looks at it again, in no process."""
        records = self.kb.published
        half = len(records) // 2
        others = later(self.answers.packed, records[half:])
        with uncollected():
            self.answers.prepare(records[:half])
            if others:
                with suppress(EOFError):
                    self.answers.take(others())
            self.answers.prepare(records[half:])  # what did not come from there
        gc.freeze()

    def site(self, language: Language, home: str) -> Site:
        """Every page of one language; `home` is the address of the home page, where known."""
        return Site(self.kb, language, self.answers, home)


def everything(root: Path) -> tuple[Known, list[Problem]]:
    """The knowledge below `root` with all problems of reading and rules."""
    kb, problems = load_and_check(root)
    return Known(kb, Answers(kb)), problems


@cache
def settle() -> None:
    """Under a server most of what the first build made stays to the end: from then on no collection
    looks at it, which took as long as an edit. Only the first call does anything."""
    gc.collect()
    gc.freeze()
