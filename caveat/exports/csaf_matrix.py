"""An impact matrix as plain text, for formats that have no field for it.

Takes a matrix of the engine and words and gives lines: the cases, then each release, or run of
releases that all say the same, with its answer in each case.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from caveat.applicability import Column, Matrix
from caveat.applicability.wording import Wording


def lines(matrix: Matrix, say: Wording) -> Iterator[str]:
    """The table, newest release first."""
    t, many = say.words, len(matrix.columns) > 1
    for number, column in enumerate(matrix.columns, 1) if many else ():
        yield f"({number}) {_case(column, say)}"
    # All releases of a segment share one tuple of answers.
    shared = {id(row.answers): row.answers for row in matrix.rows}
    states_of = {key: tuple(one.state for one in answers) for key, answers in shared.items()}
    for states, run in groupby(matrix.rows, key=lambda row: states_of[id(row.answers)]):
        rows = list(run)
        which = say.span(matrix.product, rows[-1].version.text, rows[0].version.text)
        told = [t(f"state.{state}") for state in states]
        if many:
            told = [f"({number}) {word}" for number, word in enumerate(told, 1)]
        yield f"{which}{t('sentence.colon')}{t.joined(told)}"


def _case(column: Column, say: Wording) -> str:
    case = say.words(f"column.{column.case}")
    if not column.parts:
        return case
    parts = say.words.joined([say.part(part) for part in column.parts])
    return f"{case}{say.words('sentence.colon')}{parts}"
