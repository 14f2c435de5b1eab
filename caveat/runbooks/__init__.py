"""Links from runbooks to advisories: where they stand, what they name, and which need attention.

Takes the text of files and a knowledge base and gives `Finding`s; it opens nothing and knows no day
but the one it is told.
"""

from caveat.runbooks.addresses import Sites
from caveat.runbooks.finding import CODES, Finding
from caveat.runbooks.judge import Judge, of_marks
from caveat.runbooks.names import Names
from caveat.runbooks.reading import KINDS, Link, Runbook, read

__all__ = [
    "CODES",
    "KINDS",
    "Finding",
    "Judge",
    "Link",
    "Names",
    "Runbook",
    "Sites",
    "of_marks",
    "read",
]
