"""Text as error signatures are compared: words without what terminals, logs and chats do to them.

Takes text and gives its words run together, with the way back to where each stood, so that quotes
of any kind, escapes, colours, blanks and line ends never decide whether two texts are the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

#: A word is ASCII letters and digits, or letters of other scripts (below U+10000; signs, private
#: use and surrogates are none), or `::`, the one address that has neither. The same ranges stand in
#: docs/theme/scripts/lib/match/text.js.
_OTHER = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2c00-\u2dff\u2e80-\u2fff\u3040-\ud7ff"
    "\uf900-\ufdff\ufe70-\ufefe\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uffef"
)
_LETTERS = f"[0-9A-Za-z_]+|::|[{_OTHER}]+"
#: Letters that are none: colours (printed, escaped, or with the escape character lost), line ends
#: and other characters written as `\n`, `\\u003c` or `&quot;`. Each alternative begins with one
#: literal character, which is what makes the search for them fast; what repeats is bounded where
#: a text of nothing else would make it slow.
_NOISE = (
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)?)"
    r"|\[(?:[0-9]{1,2}(?:;[0-9]{1,3})*m)"
    r"|\^(?:\[\[[0-9;]*[A-Za-z])"
    r"|#(?:033\[[0-9;]*[A-Za-z])"
    r"|\\(?:\\{0,9}(?:(?:u001[bB]|x1[bB]|033)\[[0-9;]*[A-Za-z]"
    r"|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[nrt]))"
    r"|&(?:(?:quot|amp|lt|gt|apos|nbsp|#[0-9]{1,5}|#x[0-9A-Fa-f]{1,5});)"
)
_NOISE_ONLY = re.compile(_NOISE)
_TOKEN = re.compile(f"{_NOISE}|({_LETTERS})")
_WORD = re.compile(_LETTERS)
_WHOLE = re.compile(rf"v?[0-9]+(?:\.[0-9]+)+|{_LETTERS}")
DIGITS = frozenset("0123456789")


def lower(text: str) -> str:
    """ASCII letters in lower case, the others as they are: the length never changes."""
    if text.isascii():
        return text.lower()
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def words(text: str) -> list[str]:
    """The words of `text` in order, in lower case and without underscores."""
    return _WORD.findall(_NOISE_ONLY.sub(" ", lower(text)).replace("_", ""))


def joined_words(text: str) -> list[str]:
    """The same as if lines went on in the next one: a terminal wraps in the middle of words."""
    return words(text.replace("\n", ""))


class Token(NamedTuple):
    """A word, without underscores, and where it stands in the text, underscores included."""

    word: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` with their places."""
    for found in _TOKEN.finditer(lower(text)):
        word = found[1]
        if word and (word := word.replace("_", "")):
            yield Token(word, found.start(), found.end())


def whole_words(text: str) -> list[str]:
    """The words of `text`, numbers with points in one: `1.44`, `v1.8.4`."""
    return _WHOLE.findall(_NOISE_ONLY.sub(" ", lower(text)).replace("_", ""))


@dataclass(frozen=True)
class Squeezed:
    """A text's words run together. Between two digits a point or a blank says what parted them.

    `starts` are the places of the words in `text`, `places` those in the source; `inner` are the
    starts inside a number such as 1.44, which is one word.
    """

    text: str
    source: str = field(repr=False)
    starts: list[int] = field(repr=False)
    places: list[int] = field(repr=False)
    inner: frozenset[int] = field(repr=False)

    def opens(self, at: int) -> bool:
        """Whether a word begins at `at`."""
        index = bisect_left(self.starts, at)
        return index < len(self.starts) and self.starts[index] == at and at not in self.inner

    def closes(self, at: int) -> bool:
        """Whether a word ends before `at`."""
        return at == len(self.text) or self.text[at] == " " or self.opens(at)

    def place(self, at: int) -> int:
        """Where the character at `at` stands in the source."""
        index = bisect_right(self.starts, at) - 1
        place, left = self.places[index], at - self.starts[index]
        while left or self.source[place] == "_":
            left -= self.source[place] != "_"
            place += 1
        return place

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the source that `text[start:end]` came from."""
        return self.place(start), self.place(end - 1) + 1

    def upto(self, place: int) -> int:
        """How much of `text` stands before `place` of the source."""
        index = bisect_left(self.places, place)
        if index == len(self.places):
            return len(self.text)
        return self.starts[index] - (self.starts[index] > 0 and self._parted(index))

    def _parted(self, index: int) -> bool:
        return self.text[self.starts[index] - 1] in " ."


def squeeze(source: str) -> Squeezed:
    """`source` as it is compared. Wrapped lines join, in the middle of a word as well."""
    parts: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    inner: set[int] = set()
    at = end = 0
    last = ""
    # `tokens`, written out: this loop is most of the work on a log that is full of errors.
    for found in _TOKEN.finditer(lower(source)):
        word = found[1]
        if not word or ("_" in word and not (word := word.replace("_", ""))):
            continue
        start = found.start()
        if last in DIGITS and word[0] in DIGITS:
            between = source[end:start].replace("\n", "")
            if between:
                parts.append("." if between == "." else " ")
                at += 1
            if between == ".":
                inner.add(at)
        parts.append(word)
        starts.append(at)
        places.append(start)
        at += len(word)
        end, last = found.end(), word[-1]
    return Squeezed("".join(parts), source, starts, places, frozenset(inner))
