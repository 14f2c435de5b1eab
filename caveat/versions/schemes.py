"""Schemes: a strict pattern for each way of numbering, and the order inside it.

Takes a version text and gives a comparable `Version`; whatever does not match the scheme's pattern
whole raises `VersionError`, since general version classes accept almost anything and mislead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cmp_to_key, lru_cache, total_ordering
from typing import Any

from packaging.version import Version as Pep440Version
from univers.debian import compare_versions as compare_deb
from univers.rpm import compare_rpm_versions as compare_rpm

#: No version is longer; a pasted log must not keep the comparing libraries busy.
LONGEST = 100


class VersionError(ValueError):
    """A text that is not a version of the scheme; `want` says what one looks like."""

    def __init__(self, text: str, scheme: str, want: str) -> None:
        super().__init__(f"`{text}` is not a {scheme} version, want {want}")
        self.text, self.scheme, self.want = text, scheme, want


@total_ordering
@dataclass(frozen=True, eq=False)
class Version:
    """A version of one scheme, ordered and equal by `key`; `text` is what was written."""

    text: str
    scheme: str
    key: Any = field(repr=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Version):
            return NotImplemented
        return self.scheme == other.scheme and bool(self.key == other.key)

    def __lt__(self, other: Version) -> bool:
        return bool(self.key < other.key)

    def __hash__(self) -> int:
        # Keys of deb and rpm can be compared but not hashed; equal versions must hash alike.
        return hash(self.scheme if self.scheme in {"deb", "rpm"} else self.key)

    def __str__(self) -> str:
        return self.text

    @property
    def is_prerelease(self) -> bool:
        """Whether upstream calls it a step towards the release, such as `2.0.0-rc.1`."""
        if self.scheme == "pep440":
            return bool(self.key.is_prerelease)
        return _PRE_RELEASE.search(self.text) is not None

    def in_branch(self, branch: str) -> bool:
        """Whether the version starts with the components of `branch` (`1.2`: 1.2.0, not 1.20.0)."""
        if not self.text.startswith(branch):
            return False
        # A letter begins a pre-release (`2.0rc1` is one of 2.0), a digit goes on with the number.
        return not self.text[len(branch) :][:1].isdigit()


@dataclass(frozen=True)
class Scheme:
    """One way of numbering. `zero` is below everything: `introduced: "0"`."""

    name: str
    pattern: re.Pattern[str]
    key: Callable[[str], Any]
    want: str

    def parse(self, text: str) -> Version:
        """The version that `text` writes; raises VersionError."""
        return _parse(self.name, text)


# Words that upstreams put into pre-releases. Anything else behind a hyphen (`-0ubuntu1`, `-101`)
# is a distribution's revision and belongs to a package form, not to an upstream version.
_PRE_WORDS = "alpha|beta|rc|pre|dev|preview|tp|ea"
# The word follows the number in each scheme: `2.0.0-rc.1`, `2.0rc1`, `2.0~rc1-1`.
_PRE_RELEASE = re.compile(rf"\d[.~-]?(?:{_PRE_WORDS})(?![a-z])", re.IGNORECASE)
_PRE_PART = re.compile(r"\d+|[a-z]+", re.IGNORECASE)


def _pre_key(pre: str | None) -> tuple[Any, ...]:
    """Order of pre-releases after semver.org, clause 11; `rc1` and `rc.1` are the same here."""
    if pre is None:
        return (1,)
    parts = _PRE_PART.findall(pre.lower())
    return (0, *((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts))


_SEMVER = re.compile(
    r"v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    rf"(?:-((?:{_PRE_WORDS})[.-]?\d*(?:\.\d+)*))?",
    re.ASCII,
)
_DOTTED = re.compile(
    rf"v?(\d+(?:[._]\d+)*)(?:[.-]?((?:{_PRE_WORDS})[.-]?\d*(?:\.\d+)*))?", re.ASCII
)
_PEP440 = re.compile(
    r"v?(\d+!)?\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?(\.dev\d+)?(\+[a-z0-9]+(\.[a-z0-9]+)*)?",
    re.ASCII,
)
# Debian policy 5.6.12: epoch, upstream version that starts with a digit, revision.
_DEB = re.compile(r"(\d+:)?\d[A-Za-z0-9.+~-]*", re.ASCII)
# RPM: epoch, version, release; neither of the latter holds a hyphen.
_RPM = re.compile(r"(\d+:)?[A-Za-z0-9][A-Za-z0-9._+~^]*(-[A-Za-z0-9._+~^]+)?", re.ASCII)


def _semver_key(text: str) -> tuple[Any, ...]:
    match = _SEMVER.fullmatch(text)
    assert match is not None, "parse matched it"  # noqa: S101
    return (int(match[1]), int(match[2]), int(match[3]), _pre_key(match[4]))


def _dotted_key(text: str) -> tuple[Any, ...]:
    match = _DOTTED.fullmatch(text)
    assert match is not None, "parse matched it"  # noqa: S101
    numbers = [int(n) for n in re.split(r"[._]", match[1])]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()  # 1.9 and 1.9.0 are one release
    return (tuple(numbers), _pre_key(match[2]))


_deb_key = cmp_to_key(compare_deb)
_rpm_key = cmp_to_key(compare_rpm)

SCHEMES: dict[str, Scheme] = {
    scheme.name: scheme
    for scheme in (
        Scheme("semver", _SEMVER, _semver_key, "a number such as `28.0.1` or `1.4.0-rc.3`"),
        Scheme("dotted", _DOTTED, _dotted_key, "numbers with dots such as `6.8` or `1.35.2`"),
        Scheme("pep440", _PEP440, Pep440Version, "a Python version such as `7.1.0` or `2.0rc1`"),
        Scheme("deb", _DEB, _deb_key, "a Debian version such as `5:28.0.1-1~debian.12~bookworm`"),
        Scheme("rpm", _RPM, _rpm_key, "an RPM version such as `3:28.0.1-1.el9`"),
    )
}


@lru_cache(maxsize=65536)
def _parse(name: str, text: str) -> Version:
    scheme = SCHEMES[name]
    if len(text) > LONGEST or not scheme.pattern.fullmatch(text):
        raise VersionError(text, name, scheme.want)
    written = text.removeprefix("v") if name in {"semver", "dotted", "pep440"} else text
    return Version(written, name, scheme.key(text))
