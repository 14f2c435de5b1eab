"""The drawing of a badge: a label, a shape and a message in one line of SVG.

Takes texts and a look and gives bytes. It brings its own ground and an edge, so that it reads alike
on light and dark pages, and its text for those who do not see it.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from unicodedata import east_asian_width

from markupsafe import escape

from caveat.exports.export import xml_text
from caveat.model.base import Language

_HEIGHT = 20
_SHAPE = 18
_GAP = 6
#: White on any of these is 4.5 : 1 or better.
GROUND = "#32373d"
_EDGE = "#8b949e"


class Look(Enum):
    """A ground, and the shape on it: paths in a box of twelve."""

    CRITICAL = ("#8c1d18", "M4 1h4l3 3v4l-3 3H4L1 8V4z")
    HIGH = ("#b3261e", "M6 1l5.5 10H.5z")
    MEDIUM = ("#8a5300", "M6 .5L11.5 6 6 11.5.5 6z")
    LOW = ("#35618e", "M6 1a5 5 0 1 0 0 10A5 5 0 1 0 6 1z")
    UNKNOWN = ("#5c6268", "M5 8h2v-1.2L9 5V2.5L7.5 1h-3L3 2.5V4h2V3h2v1L5 5.8zM5 9h2v2H5z")
    CLEAR = ("#1f6b3a", "M1 6.5L2.5 5 5 7.5 9.5 2 11 3.5 5 10.5z")
    WITHDRAWN = ("#5d6067", "M1 5h10v2H1z")

    @property
    def colour(self) -> str:
        """The ground of the message."""
        return self.value[0]

    @property
    def shape(self) -> str:
        """What stands before the message."""
        return self.value[1]


def draw(label: str, message: str, look: Look, language: Language) -> bytes:
    """The badge. `textLength` holds each text to the width that was reckoned for it, whatever font
    the reader has."""
    label, message = xml_text(label), xml_text(message)
    left, right = _width(label), _width(message)
    split = left + 2 * _GAP
    whole = split + _SHAPE + right + 2 * _GAP
    told = escape(f"{label}: {message}")
    start = split + _SHAPE + _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{_HEIGHT}"'
        f' viewBox="0 0 {whole} {_HEIGHT}" role="img" aria-label="{told}" xml:lang="{language}">'
        f"<title>{told}</title>"
        f'<rect width="{whole}" height="{_HEIGHT}" rx="3" fill="{GROUND}"/>'
        f'<path d="M{split} 0h{whole - split - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{split}z"'
        f' fill="{look.colour}"/>'
        f'<rect x=".5" y=".5" width="{whole - 1}" height="{_HEIGHT - 1}" rx="2.5" fill="none"'
        f' stroke="{_EDGE}"/>'
        f'<path transform="translate({split + _GAP} 4)" fill="#fff" d="{look.shape}"/>'
        '<g fill="#fff" font-size="11" font-family="Verdana,DejaVu Sans,Noto Sans CJK SC,'
        'PingFang SC,Microsoft YaHei,sans-serif" aria-hidden="true">'
        f'<text x="{_GAP}" y="14" textLength="{left}">{escape(label)}</text>'
        f'<text x="{start}" y="14" textLength="{right}">{escape(message)}</text>'
        "</g></svg>\n"
    ).encode()


@lru_cache(maxsize=10_000)
def _width(text: str) -> int:
    """About what the text takes at eleven pixels; Chinese characters fill a square."""
    return round(sum(11 if east_asian_width(c) in "WF" else _latin(c) for c in text))


def _latin(character: str) -> float:
    if character in "il.,:;'|!()- ":
        return 4.2
    return 8.0 if character.isupper() or character in "mw" else 6.8
