"""A page without the blanks that the theme's templates indent with.

Takes a whole page and gives it with each line of the theme at the margin; content stays as it is,
since blanks mean something inside it.
"""

from __future__ import annotations

import re

_INDENT = re.compile(r"\n\s+")
_CONTENT = ("<article", "</article>")


def slim(html: str) -> str:
    """The page; one without content is slimmed whole."""
    start, end = html.find(_CONTENT[0]), html.rfind(_CONTENT[1])
    if start < 0 or end < start:
        return _INDENT.sub("\n", html)
    return _INDENT.sub("\n", html[:start]) + html[start:end] + _INDENT.sub("\n", html[end:])
