"""Bytes of a log as text, whatever they are.

Takes bytes in pieces and gives text in pieces: UTF-16 where a mark says so, else UTF-8; what is
neither becomes replacement characters, which match nothing and stop nothing.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

_LONGEST_MARK = 3
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    """The text of `chunks`, piece by piece."""
    rest = iter(chunks)
    begin = b""
    while len(begin) < _LONGEST_MARK and (chunk := next(rest, None)) is not None:
        begin += chunk
    mark, name = next(((m, n) for m, n in _MARKS if begin.startswith(m)), (b"", "utf-8"))
    decoder = codecs.getincrementaldecoder(name)("replace")
    yield decoder.decode(begin[len(mark) :])
    for chunk in rest:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
