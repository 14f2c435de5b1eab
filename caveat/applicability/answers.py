"""Answers that several pages ask for, computed once.

Takes a knowledge base and gives matrices and the answers of a release against all its records; the
languages of a build share one.
"""

from __future__ import annotations

from functools import cache

from caveat.applicability.answer import Answer
from caveat.applicability.facts import Facts
from caveat.applicability.judge import judge
from caveat.applicability.matrix import Matrix, matrix
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version


class Answers:
    """A memory over the engine; it holds nothing that could change an answer."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._matrix = cache(lambda id_, product: matrix(kb, kb.advisories[id_], product))
        self._bare = cache(self._judge_bare)

    def matrix(self, advisory: Advisory, product: str) -> Matrix:
        """The impact matrix of a record for one of its products."""
        return self._matrix(advisory.id, product)

    def bare(self, advisory: Advisory, product: str, version: Version) -> Answer:
        """The answer with nothing known but the version."""
        return self._bare(advisory.id, product, version.text)

    def _judge_bare(self, id_: str, product: str, text: str) -> Answer:
        version = self._kb.catalogues[product].parse(text)
        return judge(self._kb, self._kb.advisories[id_], product, version, Facts())
