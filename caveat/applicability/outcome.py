"""What a step between two versions does to a host, as one record sees it.

Takes a record, the two versions and what is known of the host; gives an `Item`: entered, left,
carried, strikes on this step only, or unknown with what it may turn out to be and what would
decide it; None where the record has nothing to say.

What is not known is tried: every value of the missing facts, at both ends at once, and of another
product every version and that it is not there. What comes out alike for all of them is no longer
unknown, and what never comes out is not said to be possible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product as product_of
from math import prod
from typing import Literal

from caveat.applicability.answer import Answer, Reason, State
from caveat.applicability.facts import Facts
from caveat.applicability.judge import judge, rank
from caveat.applicability.segments import named_traits, scopes
from caveat.applicability.sheets import examples
from caveat.applicability.step import Step, facts_at
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version

#: In the order in which plans show them.
Kind = Literal["entered", "step", "unknown", "carried", "left"]
KINDS: tuple[Kind, ...] = ("entered", "step", "unknown", "carried", "left")

#: A record whose missing facts combine in more ways than this is not tried out: each end then
#: counts as undecided for itself.
MOST_TRIES = 5000

#: Tried for another product: it is not on the host.
_ABSENT = Facts()

_Answers = tuple[Answer | None, Answer, Answer | None]
#: The states at the start, at the target, and at the target on the step; None: as at the target.
_Ends = tuple[State, State, State | None]


@dataclass(frozen=True)
class Item:
    """What one record says of a step.

    `before` is its answer at the start, `after` at the target, `moving` at the target while the
    step is taken, None for a record that knows no steps. Where `kind` is unknown, `may` are the
    kinds it can be, and `missing` the facts that would decide; without any, only time or a newer
    catalogue will.
    """

    record: Advisory
    kind: Kind
    before: Answer | None
    after: Answer
    moving: Answer | None
    may: tuple[Kind, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def bites(self) -> bool:
        """Whether the step gets somebody into this who is not in it."""
        return self.kind in ("entered", "step")

    @property
    def may_bite(self) -> bool:
        """Whether that is possible and not known."""
        return bool({"entered", "step"} & set(self.may))

    @property
    def answer(self) -> Answer:
        """The answer whose reason explains the kind."""
        if self.kind == "unknown":
            ends = (self.after, self.moving, self.before)
            return next(one for one in ends if one is not None and one.state is State.UNKNOWN)
        return self.moving if self.kind == "step" and self.moving is not None else self.after


def outcome(kb: KnowledgeBase, record: Advisory, step: Step) -> Item | None:
    """What `record`, which names the step's product, says of the step."""
    before, after, moving = answers = _answers(kb, record, step, Facts())
    named = {name for one in answers if one is not None for name in one.missing}
    # In the record's own order, whichever end asked first.
    missing = tuple(name for name in _classes(kb, record.id) if name in named) if named else ()
    states = _ends(answers)
    tried = _tried(kb, record, step, missing) if State.UNKNOWN in states and missing else None
    may = {kind for ends in tried or [states] for kind in _kinds(ends)}
    kind = _only(may)
    if kind is None:
        return None
    if kind != "unknown":
        return Item(record, kind, before, after, moving)
    ordered = tuple(k for k in KINDS if k in may)
    return Item(record, kind, before, after, moving, ordered, missing)


def _only(may: set[Kind | None]) -> Kind | None:
    """The one thing that all possibilities come to."""
    if len(may) == 1:
        return next(iter(may))
    # Either way it strikes; that it strikes on the step is the part which is certain.
    return "step" if may == {"entered", "step"} else "unknown"


def _kinds(ends: _Ends) -> set[Kind | None]:
    """What the states at start, at target and on the step come to; None is nothing. What is not
    known at an end may be either."""
    before, after, moving = (
        {True, False} if state is State.UNKNOWN else {state is State.AFFECTED} for state in ends
    )
    if ends[2] is None:
        return {_kind(b, a, a) for b, a in product_of(before, after)}
    return {_kind(b, a, m) for b, a, m in product_of(before, after, moving)}


def _kind(before: bool, after: bool, moving: bool) -> Kind | None:
    if after:
        return "carried" if before else "entered"
    if moving:
        return "step"
    return "left" if before else None


def _tried(
    kb: KnowledgeBase, record: Advisory, step: Step, missing: tuple[str, ...]
) -> list[_Ends] | None:
    """The states at both ends for every combination of the missing facts, or None where there are
    too many."""
    known = _classes(kb, record.id)
    choices = [
        [*known[name], _ABSENT] if name.startswith("product:") else known[name] for name in missing
    ]
    if prod(map(len, choices)) > MOST_TRIES:
        return None
    return list(_each(kb, record, step, choices))


@lru_cache(maxsize=1024)
def _classes(kb: KnowledgeBase, id_: str) -> dict[str, list[Facts]]:
    """What can be told of each fact of a record: the same for every step."""
    return examples(kb, kb.advisories[id_])


def _each(
    kb: KnowledgeBase, record: Advisory, step: Step, choices: list[list[Facts]]
) -> Iterator[_Ends]:
    for parts in product_of(*choices):
        versions = {p: v for part in parts for p, v in part.versions.items()}
        traits = {t: v for part in parts for t, v in part.traits.items()}
        ends = _ends(_answers(kb, record, step, Facts(versions, traits)))
        if _ABSENT in parts:
            # What does not strike for sure while the product is not known needs the product.
            fine = State.NOT_AFFECTED
            before, after, moving = (fine if state is State.UNKNOWN else state for state in ends)
            ends = (before or fine, after or fine, moving)
        yield ends


def _ends(answers: _Answers) -> _Ends:
    before, after, moving = answers
    start = before.state if before is not None else State.NOT_AFFECTED
    return start, after.state, moving.state if moving is not None else None


def _answers(kb: KnowledgeBase, record: Advisory, step: Step, tried: Facts) -> _Answers:
    """The record's answers at the start, at the target, and at the target on the step."""

    def at(version: Version, leaves: Version | None = None) -> Answer:
        known = facts_at(kb, step, version, tried)
        told = [
            judge(kb, record, step.product, version, one, step_from=leaves)
            for one in _single(kb, record, known)
        ]
        worst = min(told, key=rank)
        return _missing_all(worst, told) if len(told) > 1 else worst

    after = at(step.target)
    if step.start is None:
        return None, after, None
    own = [entry for entry in record.affected if entry.on[0].product == step.product]
    moves = any(entry.upgrade is not None for entry in own)
    return at(step.start), after, at(step.target, step.start) if moves else None


def _missing_all(worst: Answer, told: list[Answer]) -> Answer:
    """The worst answer, if it is unknown with all facts that any value of the host misses."""
    missing = tuple(dict.fromkeys(name for one in told for name in one.missing))
    if worst.state is not State.UNKNOWN or not missing:
        return worst
    lacks = Reason("missing", {"facts": ",".join(missing)})
    reason = lacks if worst.reason.code == "missing" else worst.reason
    return replace(worst, reason=reason, missing=missing)


def _single(kb: KnowledgeBase, record: Advisory, known: Facts) -> Iterator[Facts]:
    """The host with one value of each trait that the record names, in every way and in one order:
    of two answers that are equally bad, the first then speaks whoever looks it up."""
    several = {
        key: sorted(known.traits[key])
        for key in named_traits(kb, scopes(record))
        if len(known.traits.get(key, ())) > 1
    }
    for values in product_of(*several.values()):
        one = {key: frozenset({value}) for key, value in zip(several, values, strict=True)}
        yield replace(known, traits={**known.traits, **one})
