"""What a range means: whether a version is inside, and if not, on which side and why.

Takes ranges of the model with a parsed version and gives a `Placement`; a border that does not
parse raises `VersionError` (the rules report it before anyone asks).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from caveat.model import Range
from caveat.versions import SCHEMES, Version

Side = Literal["inside", "before", "fixed", "after", "elsewhere"]


@dataclass(frozen=True)
class Placement:
    """Where a version lies; `border` is the version that says so, `open` that no end is known."""

    side: Side
    border: str = ""
    open: bool = False

    @property
    def inside(self) -> bool:
        """Whether the version is affected by its number."""
        return self.side == "inside"


def place(ranges: Sequence[Range], version: Version, scheme: str) -> Placement:
    """Where `version` lies among `ranges`.

    Ranges of the longest matching branch decide alone (a back-port's fix counts although the main
    line's range would still cover it); without one, the ranges without a branch decide.
    """
    governing = governing_ranges(ranges, version)
    if not governing:
        branches = ", ".join(dict.fromkeys(r.branch for r in ranges if r.branch))
        return Placement("elsewhere", branches)
    placements = [_place_one(r, version, scheme) for r in governing]
    order = {"inside": 0, "fixed": 1, "after": 2, "before": 3}
    best = min(order[p.side] for p in placements)
    same = [p for p in placements if order[p.side] == best]
    if best == order["inside"]:
        # One open range is enough to be open: whoever asks wants to know whether an end is known.
        return max(same, key=lambda p: p.open)
    # The nearest border explains best: the last fix before the version, the first start after it.
    parse = SCHEMES[scheme].parse
    if order[same[0].side] == order["before"]:
        return min(same, key=lambda p: parse(p.border))
    return max(same, key=lambda p: parse(p.border))


def governing_ranges(ranges: Sequence[Range], version: Version) -> list[Range]:
    """The ranges that speak about `version`."""
    branches = [r.branch for r in ranges if r.branch and version.in_branch(r.branch)]
    branch = max(branches, key=len, default=None)
    return [r for r in ranges if r.branch == branch]


def in_any(ranges: Sequence[Range], version: Version, scheme: str) -> bool:
    """Whether `version` lies inside one of `ranges`."""
    return place(ranges, version, scheme).inside


def _place_one(one: Range, version: Version, scheme: str) -> Placement:
    parse = SCHEMES[scheme].parse
    if one.introduced != "0" and version < parse(one.introduced):
        return Placement("before", one.introduced)
    if one.fixed is not None and version >= parse(one.fixed):
        return Placement("fixed", one.fixed)
    if one.last_affected is not None and version > parse(one.last_affected):
        return Placement("after", one.last_affected)
    return Placement("inside", one.introduced, open=one.fixed is None and one.last_affected is None)
