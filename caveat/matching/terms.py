"""What a text is about: its words in the form in which a ranked search compares them.

Takes text and gives terms: words without their endings, pairs of Chinese characters, whole
version numbers, and names such as CVE-2025-1234 or #49499. What differs from host to host (ids,
ports, times, process numbers) is no term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from caveat.matching.normalise import lower, whole_words

_SLASHED = re.compile(r"(?:#|/issues/|/pull/)([1-9][0-9]{1,6})(?![0-9A-Za-z_])")
_REPOSITORY = re.compile(r"(?:^|[^0-9a-z_.-])([0-9a-z_.-]{1,40}/[0-9a-z_.-]{1,60})$")
_NAMED = re.compile(r"(?:cav-[0-9]{4}-[0-9]{4}|cve-[0-9]{4}-[0-9]{4,7}|ghsa(?:-[0-9a-z]{4}){3})")
_BARE = re.compile(r"\s*([1-9][0-9]{2,6})\s*")
_NUMBER = re.compile(r"v?([0-9]+(?:\.[0-9]+)+)")
_HEX = re.compile(r"[0-9a-f]{8,}")
_HAN = re.compile("[\u3400-\u9fff]+")
#: What begins a word that is no term: a bare number, a time, `::`.
_NO_TERM = frozenset("0123456789:")
_LONGEST = 40


@cache
def stop_words() -> frozenset[str]:
    """Words that stand in every text, of English and of logs."""
    lines = files(__package__).joinpath("stop.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("## ") for word in line.split())


def terms(text: str) -> list[str]:
    """The terms of `text` in order, repetitions included; names come first."""
    return [*names(text), *chain.from_iterable(map(_of_word, whole_words(text)))]


def names(text: str) -> list[str]:
    """Identifiers: of advisories, and of upstream threads, `owner/name#1` or `#1` alone."""
    low = lower(text)
    found = _NAMED.findall(low)
    for match in _SLASHED.finditer(low):
        before = _REPOSITORY.search(low, max(match.start() - 110, 0), match.start())
        found.append(f"{before[1] if before else ''}#{match[1]}")
    bare = _BARE.fullmatch(low) if len(low) < 20 else None
    return [*found, f"#{bare[1]}"] if bare else found


@lru_cache(maxsize=1 << 16)
def _of_word(word: str) -> tuple[str, ...]:
    """What a word of the text is searched by: its stem, its pairs of signs, or nothing."""
    if not word.isascii():
        return tuple(_other(word))
    number = _NUMBER.fullmatch(word)
    if number:
        return (number[1],)
    if not 2 <= len(word) <= _LONGEST or word in stop_words() or word[0] in _NO_TERM:
        return ()
    return () if _HEX.fullmatch(word) and not word.isalpha() else (stem(word),)


def _other(word: str) -> Iterator[str]:
    """Chinese has no blanks: every two neighbours are a term. Other scripts have words."""
    at = 0
    for match in _HAN.finditer(word):
        if match.start() > at:
            yield word[at : match.start()][:_LONGEST]
        run = match[0]
        yield from (run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else (run,)
        at = match.end()
    if at < len(word):
        yield word[at:][:_LONGEST]


def stem(word: str) -> str:
    """An English word without its ending, the same for `fails`, `failed` and `failing`."""
    size = len(word)
    if size > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if size > 4 and word.endswith(("shes", "ches", "xes", "sses")):
        word = word[:-2]
    elif size > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 5 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 4 and word.endswith("ed"):
        word = word[:-2]
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    return word
