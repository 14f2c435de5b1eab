"""YAML text to data with positions to model, or problems.

Takes a folder of knowledge and gives decoded records together with every problem found on the way;
it never raises for bad input.
"""

from caveat.reading.decode import Decoded, decode
from caveat.reading.document import Document
from caveat.reading.tree import read_tree

__all__ = ["Decoded", "Document", "decode", "read_tree"]
