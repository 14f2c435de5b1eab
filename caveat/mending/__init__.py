"""What of a record's file can be mended without thinking: line ends, quotes, dates, links, order.

Takes a file's bytes and the model of its kind and gives the mended bytes with what was done; what a
record says stays the same, comments stay where they belong, and mending twice changes nothing more.
"""

from caveat.mending.mend import Act, Mended, mend

__all__ = ["Act", "Mended", "mend"]
