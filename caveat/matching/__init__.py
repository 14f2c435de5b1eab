"""Find records by error text: known errors exactly, others by likeness.

Takes a knowledge base and pasted text or a log of any size and gives the records that it means. No
regular expression comes from a record, and the work grows with the length of the text.
"""

from caveat.matching.decoding import decoded
from caveat.matching.index import Index
from caveat.matching.matcher import cleaned, match
from caveat.matching.result import Grade, Hit, Result, Seen, Span

__all__ = ["Grade", "Hit", "Index", "Result", "Seen", "Span", "cleaned", "decoded", "match"]
