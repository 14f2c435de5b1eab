"""A product's releases in order, and the way from what a host reports to one of them.

Takes a `Product` and gives parsing, order, neighbours and dates; an unreadable version raises
`VersionError`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

from caveat.model import Product, Release
from caveat.problems import nearest
from caveat.versions.schemes import LONGEST, SCHEMES, Version, VersionError

_NAME = re.compile(r"\{([a-z_]+)\}")


class Catalogue:
    """The releases of one product, oldest first; releases that do not parse are left out."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self._scheme = SCHEMES[product.versioning]

    @cached_property
    def _releases(self) -> dict[Version, Release]:
        found: dict[Version, Release] = {}
        for release in self.product.releases:
            with suppress(VersionError):  # a rule reports it with its place
                found.setdefault(self._scheme.parse(release.version), release)
        return found

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """All catalogued versions in order."""
        return tuple(sorted(self._releases))

    @cached_property
    def _by_text(self) -> dict[str, Version]:
        return {version.text: version for version in self.versions}

    @property
    def newest(self) -> Version:
        """The newest version that is no pre-release, or the newest at all."""
        final = (v for v in reversed(self.versions) if not v.is_prerelease)
        return next(final, self.versions[-1])

    def parse(self, text: str) -> Version:
        """The version that `text` means: upstream's own form, or one of the declared packages'.

        Raises VersionError; `near` then offers what may have been meant.
        """
        text = text.strip()
        if (known := self._by_text.get(text)) is not None:
            return known
        try:
            return self._catalogued(self._scheme.parse(text))
        except VersionError:
            for candidate in self._from_packages(text):
                return self._catalogued(candidate)
            raise

    def near(self, text: str) -> list[str]:
        """Catalogued versions that resemble `text`: those it begins, newest first, then alike."""
        begun = [v.text for v in reversed(self.versions) if v.text.startswith(text.strip() + ".")]
        return begun[:3] or nearest(text, [v.text for v in self.versions])

    def has(self, version: Version) -> bool:
        """Whether the version is catalogued."""
        return version in self._releases

    def release(self, version: Version) -> Release | None:
        """The catalogue's entry, or None where there is none."""
        return self._releases.get(version)

    def neighbours(self, version: Version) -> tuple[Version | None, Version | None]:
        """The catalogued versions just below and just above."""
        at = bisect_left(self.versions, version)
        above = at + 1 if self.has(version) else at
        return (
            self.versions[at - 1] if at else None,
            self.versions[above] if above < len(self.versions) else None,
        )

    def end_of_life(self, version: Version) -> str | None:
        """The day (ISO) when support for the version ends or ended, where known."""
        release = self.release(version)
        if release is not None and release.end_of_life is not None:
            return release.end_of_life
        branches = [b for b in self.product.branches if version.in_branch(b.branch)]
        longest = max(branches, key=lambda b: len(b.branch), default=None)
        return longest.end_of_life if longest is not None else None

    def notes(self, version: Version) -> str | None:
        """URL of the version's release notes, where known."""
        release = self.release(version)
        if release is not None and release.notes is not None:
            return release.notes
        branches = [b for b in self.product.branches if version.in_branch(b.branch) and b.notes]
        longest = max(branches, key=lambda b: len(b.branch), default=None)
        return longest.notes if longest is not None else None

    def _catalogued(self, version: Version) -> Version:
        """The catalogue's own spelling (1.9 for 1.9.0); under a series, the series itself."""
        if version in self._releases:
            return self.versions[bisect_left(self.versions, version)]
        if self.product.granularity == "series":
            series = [v for v in self.versions if version.in_branch(v.text)]
            return max(series, key=lambda v: len(v.text), default=version)
        return version

    def _from_packages(self, text: str) -> Iterator[Version]:
        for package in self.product.packages if len(text) <= LONGEST else ():
            for form in package.forms:
                for captured in _captures(form, text):
                    # Debian and RPM write `28.0.0~rc.1` so that it sorts below 28.0.0.
                    with suppress(VersionError):
                        yield self._scheme.parse(captured.replace("~", "-", 1))


def _captures(form: str, text: str) -> Iterator[str]:
    """What `{version}` may stand for when `form` is laid over the whole `text`, longest first."""
    before, _, after = form.partition("{version}")
    head, tail = _literal(before), _literal(after)
    for end in range(len(text), 0, -1):
        if not tail.fullmatch(text, end):
            continue
        for start in range(end):
            if head.fullmatch(text, 0, start):
                yield text[start:end]


def _literal(part: str) -> re.Pattern[str]:
    """The part of a form as a pattern: names stand for one or more printed characters."""
    pieces = _NAME.split(part)
    return re.compile(
        "".join(re.escape(p) if i % 2 == 0 else r"[^\s:]+" for i, p in enumerate(pieces))
    )
