"""A step from one version of a product to another: what it gets you into, out of, and leaves open.

Takes the knowledge base, a product, two versions (the second may be the older one) and what is
known of the host; gives a `Plan`. Where to land instead is in `caveat.applicability.landing`.
"""

from __future__ import annotations

from dataclasses import dataclass

from caveat.applicability.facts import Facts
from caveat.applicability.outcome import Item, Kind, outcome
from caveat.applicability.step import Step
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version

_WORST_FIRST = ("critical", "high", "medium", "low")


@dataclass(frozen=True)
class Plan:
    """What each record says of a step; records that say nothing about it are left out."""

    step: Step
    items: tuple[Item, ...]

    def of(self, kind: Kind) -> tuple[Item, ...]:
        """The items of one kind: what may bite, then the rest, the most severe first in both."""
        found = [item for item in self.items if item.kind == kind]
        return tuple(sorted(found, key=lambda item: bool(item.may) and not item.may_bite))

    @property
    def bites(self) -> bool:
        """Whether the step gets somebody into anything who is not in it."""
        return any(item.bites for item in self.items)

    @property
    def may_bite(self) -> bool:
        """Whether it may, for all that is known."""
        return any(item.may_bite for item in self.items)

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that would decide what is unknown: what may bite first."""
        return tuple(dict.fromkeys(name for item in self.of("unknown") for name in item.missing))


def plan(
    kb: KnowledgeBase,
    product: str,
    from_: Version,
    to: Version,
    facts: Facts,
    *,
    defaults: bool = False,
    kept: frozenset[str] = frozenset(),
) -> Plan:
    """The step of `product` from one version to another, on a host with `facts`.

    The facts' versions are those of other products beside it, which stay as they are: a record
    that needs both counts. With `defaults`, traits that are not known have their default at each
    end, which may differ; `kept` are traits set by hand, which no new default changes.
    """
    step = Step(product, from_, to, facts, defaults, kept)
    found = [item for one in records(kb, product) if (item := outcome(kb, one, step))]
    return Plan(step, tuple(sorted(found, key=severest_first)))


def records(kb: KnowledgeBase, product: str) -> list[Advisory]:
    """The records that plans of a product are made from: those that still hold."""
    return [one for one in kb.by_product[product] if one.status != "withdrawn"]


def severest_first(item: Item) -> tuple[int, str]:
    """In which order people should read them."""
    return _WORST_FIRST.index(item.record.severity.level), item.record.id
