"""Versions of catalogued products that a text shows.

Takes names, labels and releases from product records and text; gives products with versions and
lines. A number counts only as a release of the product whose name stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from caveat.matching.normalise import whole_words, words
from caveat.matching.result import Seen
from caveat.model import Product

_VERSION = re.compile(
    r"[0-9]{1,5}(?:\.[0-9]{1,5}){1,3}(?:[-~](?:alpha|beta|rc|pre)[.-]?[0-9]{0,3})?"
)
#: What a line that gives only a number calls it; the product's name then stands somewhere before.
_LABELS = frozenset({"version", "release", "v", "版本"})
#: The most words between a product's name and its version, without such a label and with one.
_NEAR, _FAR = 3, 12
#: Lines above a bare `Version: 28.0.0` that may name the product.
_ABOVE = 2
#: The most characters before a number that are read, and the most facts that one text gives.
_READ, _MOST = 200, 50
_LONGEST_NAME = 4
_DIGITS = frozenset("0123456789")
_WORDLIKE = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.")


@dataclass(frozen=True)
class Releases:
    """By product: the names before a version, and the releases. A series holds all its numbers."""

    names: Mapping[str, tuple[str, ...]]
    releases: Mapping[str, tuple[str, ...]]
    series: frozenset[str]

    @classmethod
    def of(cls, products: Iterable[Product]) -> Releases:
        """What the records of products say."""
        listed = list(products)
        return cls(
            {p.id: _names(p) for p in listed},
            {p.id: tuple(release.version for release in p.releases) for p in listed},
            frozenset(p.id for p in listed if p.granularity == "series"),
        )

    @cached_property
    def _by_words(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        found: dict[tuple[str, ...], list[str]] = {}
        for product, names in self.names.items():
            for name in names:
                found.setdefault(tuple(name.split()), []).append(product)
        return {name: tuple(dict.fromkeys(products)) for name, products in found.items()}

    @cached_property
    def _known(self) -> Mapping[str, frozenset[str]]:
        return {product: frozenset(versions) for product, versions in self.releases.items()}

    def seen(self, text: str, line: int = 1) -> list[Seen]:
        """Versions in `text`, whose first line is number `line`, in the order of their last line:
        the last one of a product is the newest thing the text says about it."""
        found: dict[tuple[str, str], int] = {}
        counted, at = line, 0
        for match in _VERSION.finditer(text):
            if not _alone(text, match.start(), match.end()):
                continue
            counted, at = counted + text.count("\n", at, match.start()), match.start()
            for fact in self._fact(text, match.start(), match[0]):
                found.pop(fact, None)
                found[fact] = counted
        return [Seen(*fact, number) for fact, number in list(found.items())[-_MOST:]]

    def _fact(self, text: str, start: int, number: str) -> Iterator[tuple[str, str]]:
        begin = text.rfind("\n", 0, start) + 1
        before = whole_words(text[max(begin, start - _READ) : start].removesuffix("v"))
        labelled = bool(before) and before[-1] in _LABELS
        fact = self._named(before, number, _FAR if labelled else _NEAR)
        for _ in range(_ABOVE if labelled and len(before) == 1 and fact is None else 0):
            end = max(begin - 1, 0)
            begin = text.rfind("\n", 0, end) + 1
            above = whole_words(text[begin : min(end, begin + _READ)])
            fact = fact or self._named(above, number, _FAR)
        if fact is not None:
            yield fact

    def _named(self, before: list[str], number: str, reach: int) -> tuple[str, str] | None:
        """The product whose name stands nearest before the number and which has such a release."""
        for end in range(len(before), max(len(before) - reach - 1, 0), -1):
            for size in range(min(_LONGEST_NAME, end), 0, -1):
                for product in self._by_words.get(tuple(before[end - size : end]), ()):
                    version = self._release(product, number)
                    if version is not None:
                        return product, version
        return None

    def _release(self, product: str, number: str) -> str | None:
        """The catalogued release that the number means."""
        known = self._known[product]
        for version in (number, number.replace("~", "-")):
            if version in known:
                return version
        if product in self.series:
            parts = number.split(".")
            for size in range(len(parts) - 1, 0, -1):
                if (version := ".".join(parts[:size])) in known:
                    return version
        return None


def _names(product: Product) -> tuple[str, ...]:
    """What may stand before a version of the product, as words."""
    listed = [product.id, product.name, *product.aliases, *product.version_labels]
    listed += [name for package in product.packages for name in package.names]
    found = dict.fromkeys(" ".join(words(name)) for name in listed)
    return tuple(name for name in found if name and name.count(" ") < _LONGEST_NAME)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the number is not a part of a longer word or number."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    if before.endswith(("v", "V")):
        before = before[:-1]
    return not (
        (before and before[-1] in _WORDLIKE)
        or after[:1] in _DIGITS
        or (after[:1] == "." and after[1:] in _DIGITS)
    )
