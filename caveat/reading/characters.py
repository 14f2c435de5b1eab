"""Characters that no text of a record holds: what a reader cannot see and a terminal would obey.

Takes a text and gives the first of them. Classes after Unicode 16: Cc but tab and line feed, Cf,
line and paragraph separators, fillers that show nothing, and noncharacters at the end of plane 0.
"""

from __future__ import annotations

import re
import unicodedata

#: Among them the bidirectional controls of "Trojan Source" (CVE-2021-42574), soft hyphens, joiners
#: and tags. Variation selectors stay: `⚠️` in a real line of a log holds one.
_UNSEEN = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def unseen(text: str) -> re.Match[str] | None:
    """The first such character of `text`."""
    return _UNSEEN.search(text)


def without_unseen(text: str) -> tuple[str, int]:
    """The text without them, and how many there were."""
    return _UNSEEN.subn("", text)


def visible(text: str) -> str:
    """The text with a mark in place of each such character."""
    return _UNSEEN.sub("\ufffd", text)


def named(character: str) -> str:
    """`U+202E (RIGHT-TO-LEFT OVERRIDE)`; controls have no name."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")
