"""Takes a case in plain numbers; gives the state that a slow, obvious reading of the rules gives.

It shares no code with the engine: versions are tuples, each condition is true, false or not known,
and an entry strikes when all of its conditions are true.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product as every
from typing import Literal

Number = tuple[int, ...]
Truth = bool | None


@dataclass(frozen=True)
class PlainRange:
    """`introduced` None: always; neither end: open."""

    introduced: Number | None
    fixed: Number | None = None
    last: Number | None = None
    branch: Number | None = None

    def holds(self, version: Number) -> bool:
        """Whether the version lies between the ends, whatever the branch."""
        above = self.introduced is None or self.introduced <= version
        below = self.fixed is None or version < self.fixed
        return above and below and (self.last is None or version <= self.last)


@dataclass(frozen=True)
class PlainOn:
    """A product, its ranges, and the values that each trait may have."""

    product: str
    ranges: tuple[PlainRange, ...]
    when: tuple[tuple[str, frozenset[str]], ...] = ()


@dataclass(frozen=True)
class PlainEntry:
    """All of `on` together; `step` is the pair of what an upgrade leaves and reaches."""

    on: tuple[PlainOn, ...]
    step: tuple[tuple[PlainRange, ...], tuple[PlainRange, ...]] | None = None


@dataclass(frozen=True)
class PlainFix:
    """A release that mends all of it, or a part."""

    product: str
    version: Number
    full: bool


@dataclass(frozen=True)
class Plain:
    """A record, the catalogues and one host."""

    catalogues: dict[str, frozenset[Number]]
    affected: tuple[PlainEntry, ...]
    unaffected: tuple[PlainEntry, ...] = ()
    verified: dict[str, Number] = field(default_factory=dict)
    fixes: tuple[PlainFix, ...] = ()
    product: str = ""
    versions: dict[str, Number] = field(default_factory=dict)
    traits: dict[str, frozenset[str]] = field(default_factory=dict)
    leaves: Number | None = None


def speaking(ranges: tuple[PlainRange, ...], version: Number) -> list[PlainRange]:
    """The ranges of the longest branch that the version is in, or those without a branch."""
    for length in range(len(version), 0, -1):
        found = [r for r in ranges if r.branch == version[:length]]
        if found:
            return found
    return [r for r in ranges if r.branch is None]


def inside(ranges: tuple[PlainRange, ...], version: Number) -> bool:
    """Whether any range that speaks about the version holds it."""
    return any(r.holds(version) for r in speaking(ranges, version))


def opened(ranges: tuple[PlainRange, ...], version: Number) -> bool:
    """Whether one of those that hold it has no end."""
    held = [r for r in speaking(ranges, version) if r.holds(version)]
    return any(r.fixed is None and r.last is None for r in held)


def outside(case: Plain, on: PlainOn, version: Number) -> str:
    """What to call a version that no range holds: `fixed` behind a fix, `partly` where that one
    mended only a part and no full one has followed, else `version`."""
    begun = [
        r for r in speaking(on.ranges, version) if r.introduced is None or r.introduced <= version
    ]
    ends = [r.fixed for r in begun if r.fixed is not None and r.fixed <= version]
    if not ends:
        return "version"
    own = [fix for fix in case.fixes if fix.product == on.product]
    at = [fix for fix in own if fix.version == max(ends)]
    later = [fix for fix in own if fix.full and max(ends) < fix.version <= version]
    open_ = bool(at) and not any(fix.full for fix in at) and not later
    return "partly" if open_ else "fixed"


def beyond(case: Plain, on: PlainOn, version: Number) -> bool:
    """Whether nobody looked at a version that only an open range holds."""
    limit = case.verified.get(on.product)
    return limit is not None and opened(on.ranges, version) and version > limit


def truths(case: Plain, entry: PlainEntry) -> Iterator[tuple[str, Truth]]:
    """Every condition of an entry: what kind it is, and whether it holds."""
    for on in entry.on:
        version, listed = case.versions.get(on.product), case.catalogues[on.product]
        if version is None:
            yield "missing", None
        elif not inside(on.ranges, version):
            # Order alone says so: of a version that nobody listed this is no knowledge.
            yield (outside(case, on, version), False) if version in listed else ("doubt", None)
        else:
            yield "beyond", None if beyond(case, on, version) else True
        for trait, wanted in on.when:
            known = case.traits.get(trait)
            yield ("missing", None) if known is None else ("trait", bool(known & wanted))
    if entry.step is not None:
        first = entry.on[0].product
        if case.leaves is None or case.product != first:
            yield "no step", False
        else:
            for ranges, version in zip(
                entry.step, (case.leaves, case.versions[first]), strict=True
            ):
                listed = version in case.catalogues[first]
                held = inside(ranges, version)
                yield ("step", held) if held or listed else ("doubt", None)


def entry_says(case: Plain, entry: PlainEntry) -> str:
    """`affected`, `unknown`, `missing` (unknown for want of a fact alone), or why not: `fixed`,
    `partly`, `outside`, `no step`, `differs`."""
    found = list(truths(case, entry))
    wrong = [label for label, truth in found if truth is False]
    # Fixed is what would strike but for the fix, and one full fix is enough.
    for label, name in (("version", "outside"), ("fixed", "fixed"), ("partly", "partly")):
        if label in wrong:
            return name
    if "no step" in wrong:
        return "no step"
    if wrong:
        return "differs"
    unsure = [label for label, truth in found if truth is None]
    if "missing" in unsure and "doubt" not in unsure:
        return "missing"
    return "unknown" if unsure else "affected"


def tested(case: Plain, entry: PlainEntry) -> bool:
    """Whether exactly this host was tried: every version looked at, every value on it."""
    for on in entry.on:
        version = case.versions.get(on.product)
        if version is None or version not in case.catalogues[on.product]:
            return False
        if not inside(on.ranges, version) or beyond(case, on, version):
            return False
        for trait, wanted in on.when:
            if trait not in case.traits or not case.traits[trait] <= wanted:
                return False
    return True


BADNESS = ("affected", "unknown", "differs", "no step", "partly", "fixed", "outside", "tested")


def says(case: Plain) -> Literal["affected", "unknown", "fixed", "not_affected"]:
    """The state of the record on the host, which is as badly off as its worst combination of
    values."""
    names = list(case.traits)
    hosts = (
        replace(case, traits={n: frozenset({v}) for n, v in zip(names, values, strict=True)})
        for values in every(*case.traits.values())
    )
    worst = min((word for host in hosts for word in words(host)), key=BADNESS.index)
    if worst == "affected":
        return "affected"
    listed = case.versions[case.product] in case.catalogues[case.product]
    if worst == "unknown" or (not listed and worst != "no step"):
        return "unknown"
    return "fixed" if worst == "fixed" else "not_affected"


def words(case: Plain) -> list[str]:
    """What each entry says of a host with one value of each trait, or that it was tested."""
    entries = [entry_says(case, entry) for entry in case.affected]
    if set(entries) != {"no step"} and any(tested(case, entry) for entry in case.unaffected):
        # A test is outweighed by a report of this very case, or one that a fact may turn out to be.
        entries = [e for e in entries if e in ("affected", "missing")] or ["tested"]
    return ["unknown" if e == "missing" else e for e in entries]
