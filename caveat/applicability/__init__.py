"""The one engine: a version and a set of facts against a record give an answer with a reason.

Takes the knowledge base, a product, a version and facts; gives states, matrices and plans that
page, API and command all show.
"""

from caveat.applicability.answer import Answer, Reason, State
from caveat.applicability.columns import Column, columns
from caveat.applicability.facts import Facts, default_facts
from caveat.applicability.judge import judge
from caveat.applicability.landing import Landing, clean_landing
from caveat.applicability.matrix import Matrix, Row, matrix
from caveat.applicability.outcome import Item
from caveat.applicability.plan import Plan, plan
from caveat.applicability.step import Step

__all__ = [
    "Answer",
    "Column",
    "Facts",
    "Item",
    "Landing",
    "Matrix",
    "Plan",
    "Reason",
    "Row",
    "State",
    "Step",
    "clean_landing",
    "columns",
    "default_facts",
    "judge",
    "matrix",
    "plan",
]
