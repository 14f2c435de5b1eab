"""Answers that several pages ask for, computed once.

Takes a knowledge base and gives matrices and the answers of a release with nothing else known; the
languages of a build share one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from caveat.applicability.answer import Answer, State
from caveat.applicability.facts import Facts
from caveat.applicability.matrix import Matrix, matrix
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version


class Answers:
    """A memory over the engine; it holds nothing that could change an answer."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._matrix = cache(lambda id_, product: matrix(kb, kb.advisories[id_], product))
        self._bare = cache(self._bare_column)

    def matrix(self, advisory: Advisory, product: str) -> Matrix:
        """The impact matrix of a record for one of its products."""
        return self._matrix(advisory.id, product)

    def bare(self, advisory: Advisory, product: str, version: Version) -> Answer:
        """The answer for a catalogued version with nothing else known."""
        return self._bare(advisory.id, product)[version.text]

    def _bare_column(self, id_: str, product: str) -> Mapping[str, Answer]:
        """The matrix's column without facts, by version: there always is one."""
        table = self._matrix(id_, product)
        bare = next(n for n, column in enumerate(table.columns) if column.facts == Facts())
        return {row.version.text: row.answers[bare] for row in table.rows}

    def may_bite(self, product: str, version: Version) -> list[tuple[Advisory, Answer]]:
        """Records that strike a catalogued version, or may: affected first, then unknown."""
        records = [r for r in self._kb.by_product[product] if r.status != "withdrawn"]
        found = [(record, self.bare(record, product, version)) for record in records]
        open_ = [(record, answer) for record, answer in found if not answer.state.is_fine]
        return sorted(open_, key=lambda pair: pair[1].state is not State.AFFECTED)
