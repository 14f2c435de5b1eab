"""Which workaround suits a host: in what order they are tried, and whether one is possible.

Takes a record's workarounds and what is known of a host; gives them best suited first.
"""

from __future__ import annotations

from collections.abc import Iterator

from caveat.applicability.facts import Facts
from caveat.applicability.ranges import in_any
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Workaround

_EVIDENCE = ("reproduced", "reported", "inferred")
_DISRUPTION = ("none", "restart", "downtime", "data-risk")
_EFFORT = ("minutes", "hour", "day")
#: Ways round that are another release: where a step goes is decided by its plan.
RELEASES = ("upgrade", "downgrade")


def best_first(record: Advisory) -> list[Workaround]:
    """By evidence, then disruption, then effort; as written where these are equal."""
    return sorted(
        record.workarounds,
        key=lambda w: (
            _EVIDENCE.index(w.evidence.level),
            _DISRUPTION.index(w.disruption),
            _EFFORT.index(w.effort),
        ),
    )


def possible(
    kb: KnowledgeBase, record: Advisory, workaround: Workaround, facts: Facts
) -> bool | None:
    """Whether a host with `facts` can use it; None where a fact is missing."""
    told = [*_by_version(kb, workaround, facts), *_by_trait(kb, record, workaround, facts)]
    if False in told:
        return False
    return None if None in told else True


def _by_version(kb: KnowledgeBase, workaround: Workaround, facts: Facts) -> Iterator[bool | None]:
    for where in workaround.versions:
        version = facts.versions.get(where.product)
        scheme = kb.products[where.product].versioning
        yield in_any(where.ranges, version, scheme) if version else None


def _by_trait(
    kb: KnowledgeBase, record: Advisory, workaround: Workaround, facts: Facts
) -> Iterator[bool | None]:
    for path, values in workaround.when.items():
        known = facts.traits.get(kb.trait_key(record.products[0], path) or path)
        yield bool(known & set(values)) if known else None


def suited(kb: KnowledgeBase, record: Advisory, facts: Facts) -> Workaround | None:
    """The best one that a host can use on a step: surely possible before perhaps, and a change of
    configuration before another release."""
    found = [(possible(kb, record, one, facts), one) for one in best_first(record)]
    open_ = [(fits, one) for fits, one in found if fits is not False]
    best = min(open_, key=lambda pair: (pair[1].kind in RELEASES, pair[0] is None), default=None)
    return best[1] if best else None
