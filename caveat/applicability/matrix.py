"""The impact matrix: every catalogued release against every case of a record.

Takes a record and one of its products and gives rows of answers, newest release first, with the
long runs far from any border marked for folding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from caveat.applicability.answer import Answer
from caveat.applicability.columns import Column, columns
from caveat.applicability.facts import Facts
from caveat.applicability.judge import judge
from caveat.applicability.segments import segments
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version

#: Releases shown on each side of a border; the rest of a run is folded if that spares enough rows.
BESIDE_BORDER = 2
WORTH_FOLDING = 4


@dataclass(frozen=True)
class Row:
    """One release with its answer in each column."""

    version: Version
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Group:
    """Neighbouring rows that are shown, or folded into one line because all say the same."""

    folded: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Matrix:
    """The answers for one product of a record."""

    product: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @cached_property
    def bare(self) -> Mapping[str, Answer]:
        """By release, the answer where nothing else is known: there always is such a column."""
        number = next(n for n, column in enumerate(self.columns) if column.facts == Facts())
        return {row.version.text: row.answers[number] for row in self.rows}

    @cached_property
    def next_free(self) -> Mapping[str, Version | None]:
        """By release, the first later one, no pre-release, that is left alone for certain."""
        found: dict[str, Version | None] = {}
        free: Version | None = None
        for version in (row.version for row in self.rows):
            found[version.text] = free
            if not version.is_prerelease and self.bare[version.text].state.is_fine:
                free = version
        return found

    @property
    def groups(self) -> tuple[Group, ...]:
        """All rows in order, the far ones folded."""
        groups: list[Group] = []
        runs = [tuple(run) for _, run in groupby(self.rows, key=attrgetter("answers"))]
        for number, run in enumerate(runs):
            head = BESIDE_BORDER if number > 0 else 0
            tail = BESIDE_BORDER if number < len(runs) - 1 else 0
            head = max(head, 1) if number == 0 else head  # the newest release is always seen
            middle = run[head : len(run) - tail]
            if len(middle) < WORTH_FOLDING:
                groups.append(Group(False, run))
                continue
            groups.append(Group(False, run[:head]))
            groups.append(Group(True, middle))
            if tail:
                groups.append(Group(False, run[len(run) - tail :]))
        return tuple(groups)


def matrix(kb: KnowledgeBase, advisory: Advisory, product: str) -> Matrix:
    """The matrix of `advisory` for `product`; raises KeyError for a product it does not name.

    Answers of catalogued releases change only where a range begins or ends, so one release of each
    segment is judged for all of it.
    """
    cases = columns(kb, advisory, product)
    told: dict[object, tuple[Answer, ...]] = {}
    rows = []
    versions = kb.catalogues[product].versions
    for version, segment in zip(versions, segments(kb, advisory, product), strict=True):
        if segment not in told:
            told[segment] = tuple(
                judge(kb, advisory, product, version, case.facts) for case in cases
            )
        rows.append(Row(version, told[segment]))
    return Matrix(product, cases, tuple(reversed(rows)))
