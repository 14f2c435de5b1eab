"""The one engine: a version and a set of facts against a record give an answer with a reason.

Takes the knowledge base, a product, a version and facts; gives states, matrices and plans that
page, API and command all show.
"""

from caveat.applicability.answer import Answer, Reason, State
from caveat.applicability.columns import Column, columns
from caveat.applicability.facts import Facts, default_facts
from caveat.applicability.judge import judge
from caveat.applicability.matrix import Matrix, Row, matrix

__all__ = [
    "Answer",
    "Column",
    "Facts",
    "Matrix",
    "Reason",
    "Row",
    "State",
    "columns",
    "default_facts",
    "judge",
    "matrix",
]
