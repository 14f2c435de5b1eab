"""Where to land: the first release that gets you into nothing.

Takes the knowledge base, a product, a target and what is known of the host; gives a `Landing`,
which names the releases that were passed over and why, and may have no version.

Candidates are the catalogued releases at or after the target, oldest first. On the way down they
end below the start: whoever stays where they are has not gone back. A release that is past its end
of life is no landing, a pre-release only for who asks. A release is passed over for a record that
is entered there or that strikes on the step to it; what is carried along is no obstacle, and
neither is what is unknown: both are listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from caveat.applicability.facts import Facts
from caveat.applicability.outcome import Item, outcome
from caveat.applicability.plan import records, severest_first
from caveat.applicability.segments import segments
from caveat.applicability.step import Step, defaults_at
from caveat.knowledge import KnowledgeBase
from caveat.versions import Version

Why = Literal["end-of-life", "pre-release", "enters"]


@dataclass(frozen=True)
class Passed:
    """A release that is no landing, and why; `records` are the ids of what it would enter."""

    version: Version
    why: Why
    records: tuple[str, ...] = ()


@dataclass(frozen=True)
class Landing:
    """The clean landing, or None where there is none; `passed` are the releases before it.

    `unknown` is what may be entered there or strike on the way, `carried` what stays as bad as it
    is; the rest of what is unknown cannot make it worse.
    """

    version: Version | None
    unknown: tuple[Item, ...] = ()
    carried: tuple[Item, ...] = ()
    passed: tuple[Passed, ...] = ()


def clean_landing(
    kb: KnowledgeBase,
    product: str,
    target: Version,
    facts: Facts,
    *,
    today: date,
    start: Version | None = None,
    prereleases: bool = False,
    defaults: bool = False,
    kept: frozenset[str] = frozenset(),
) -> Landing:
    """The first clean release at or after `target` for a host with `facts`.

    `start` is the version that the host leaves; without it nothing is carried along, and all that
    strikes at a release is entered there, the facts being those of the target. `prereleases` lets
    pre-releases count; `defaults` and `kept` are those of a plan.
    """
    passed, alike = [], _Alike(kb, product)
    for version in _candidates(kb, product, target, start):
        step = Step(product, start, version, facts, defaults, kept, start or target)
        why = _unfit(kb, step, today, prereleases=prereleases)
        items = [] if why else alike.items(step)
        enters = tuple(item.record.id for item in items if item.bites)
        if why or enters:
            passed.append(Passed(version, why or "enters", enters))
            continue
        unknown = tuple(item for item in items if item.may_bite)
        carried = tuple(item for item in items if item.kind == "carried")
        return Landing(version, unknown, carried, tuple(passed))
    return Landing(None, passed=tuple(passed))


def _candidates(
    kb: KnowledgeBase, product: str, target: Version, start: Version | None
) -> Iterator[Version]:
    down = start is not None and target < start
    for version in kb.catalogues[product].versions:
        if version >= target and not (down and start is not None and version >= start):
            yield version


def _unfit(kb: KnowledgeBase, step: Step, today: date, *, prereleases: bool) -> Why | None:
    """Why nobody should land on a release whatever the records say."""
    ends = kb.catalogues[step.product].end_of_life(step.target)
    if ends is not None and ends < today.isoformat():
        return "end-of-life"
    return "pre-release" if step.target.is_prerelease and not prereleases else None


class _Alike:
    """What records say of releases; of those that the engine cannot tell apart, one is asked."""

    def __init__(self, kb: KnowledgeBase, product: str) -> None:
        self._kb, self._records = kb, records(kb, product)
        versions = kb.catalogues[product].versions
        self._segments = [
            dict(zip(versions, segments(kb, one, product), strict=True)) for one in self._records
        ]
        self._told: dict[object, Item | None] = {}

    def items(self, step: Step) -> list[Item]:
        """The items of a step, the most severe first."""
        # A default that moves tells releases apart as a range does.
        defaults = frozenset(defaults_at(self._kb, step.product, step.target).items())
        found = []
        for record, places in zip(self._records, self._segments, strict=True):
            key = record.id, places[step.target], defaults
            if key not in self._told:
                self._told[key] = outcome(self._kb, record, step)
            if (item := self._told[key]) is not None:
                found.append(item)
        return sorted(found, key=severest_first)
