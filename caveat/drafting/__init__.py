"""What somebody knows of a problem to the draft of a record, in the language that they write best.

Takes answers (from a dialogue, from flags, or filled in from an upstream document) and gives the
text of a valid draft with what is still to do; likely duplicates are found before it is written.
"""

from caveat.drafting.answers import Answers
from caveat.drafting.duplicates import Duplicate, duplicates
from caveat.drafting.record import drafted, faults

__all__ = ["Answers", "Duplicate", "drafted", "duplicates", "faults"]
