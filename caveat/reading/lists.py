"""A file that holds a list of small records, read as strictly as a record.

Takes the file's name and bytes and gives the decoded entries with every problem; an entry that does
not fit is left out.
"""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from caveat.model import Record
from caveat.problems import Problem
from caveat.reading.decode import decode
from caveat.reading.document import Document
from caveat.reading.parse import RECORD_LIMITS, parse
from caveat.reading.tree import decode_text

R = TypeVar("R", bound=Record)

MOST_BYTES = RECORD_LIMITS.size


class Entry(NamedTuple, Generic[R]):
    """A record of the list, and where in the file it begins."""

    record: R
    file: str
    line: int
    column: int

    def problem(self, code: str, field: str, found: str, want: str, hint: str = "") -> Problem:
        """A problem of this entry that only others can see."""
        return Problem(self.file, self.line, self.column, code, field, found, want, hint)


def read_list(file: str, raw: bytes, model: type[R]) -> tuple[list[Entry[R]], list[Problem]]:
    """The entries of the list in `raw`, in their order, and all that is wrong."""
    if len(raw) > MOST_BYTES:
        want = f"at most {MOST_BYTES:,} bytes"
        return [], [Problem(file, 1, 1, "CAV102", "file", f"more than {want[8:]}", want)]
    text, problems = decode_text(raw, file)
    if text is None:
        return [], problems
    data, wrong = parse(file, text, RECORD_LIMITS)
    problems += wrong
    if any(one.code in {"CAV104", "CAV105", "CAV106", "CAV107"} for one in problems):
        return [], problems
    if not isinstance(data, list):
        return [], [*problems, Problem(file, 1, 1, "CAV203", "file", "something else", "a list")]
    document = Document(file, text, data)
    found: list[Entry[R]] = []
    for number in range(len(data)):
        decoded, wrong = decode(document, model, (number,))
        problems += wrong
        if decoded is not None:
            found.append(Entry(decoded.record, file, *document.place((number,))))
    return found, problems
