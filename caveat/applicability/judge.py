"""One record against one host: affected, fixed, not affected or unknown, and why.

Takes a record, versions and traits; gives an `Answer`. The rules are section 4 of the design.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product as product_of

from caveat.applicability.answer import Answer, Reason, State
from caveat.applicability.cases import Case, Condition, Tried, cases, tried, uncatalogued
from caveat.applicability.facts import Facts
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version

#: Of answers that are fine the one most to the point speaks: what holds inside the ranges explains
#: more than a border elsewhere, and a fix of another entry says nothing about this one.
_TELLING = (
    "trait-differs",
    "not-this-step",
    "only-on-upgrade",
    "version-partly-fixed",
    "version-fixed",
)

_Values = Mapping[str, str]


def judge(
    kb: KnowledgeBase,
    advisory: Advisory,
    product: str,
    version: Version,
    facts: Facts | None = None,
    *,
    step_from: Version | None = None,
) -> Answer:
    """The answer for `version` of `product` with `facts`.

    `step_from` is the version that an upgrade step leaves; without it a record that only strikes
    on a step does not strike. Raises KeyError for a product that the record does not name.
    """
    if product not in advisory.products:
        raise KeyError(product)
    known = (facts or Facts()).at(product, version)
    if step_from is not None:
        known = known.leaving(product, step_from)
    answer = Question.of(kb, advisory, known).answer(known)
    # Of a version that nobody catalogued nothing good is said, whatever the traits: that a record's
    # conditions are those of this version too is more than anyone looked at.
    if kb.catalogues[product].has(version) or not answer.state.is_fine:
        return answer
    if answer.reason.code == "only-on-upgrade":
        return answer
    return Answer(State.UNKNOWN, uncatalogued(kb, product, version), answer.evidence)


def rank(answer: Answer) -> int:
    """Which of several answers speaks for a record: the worst, then the one most to the point."""
    if answer.state in (State.AFFECTED, State.UNKNOWN):
        return 0 if answer.state is State.AFFECTED else 1
    code = answer.reason.code
    return 2 + (_TELLING.index(code) if code in _TELLING else len(_TELLING))


@dataclass(frozen=True)
class Question:
    """A record at certain versions, no product being asked about above others: what is left to ask
    are traits."""

    cases: tuple[Case, ...]
    tried: tuple[Tried, ...]

    @classmethod
    def of(cls, kb: KnowledgeBase, advisory: Advisory, facts: Facts) -> Question:
        """The question that the versions in `facts` leave open."""
        return cls(tuple(cases(kb, advisory, facts)), tuple(tried(kb, advisory, facts)))

    @cached_property
    def traits(self) -> frozenset[str]:
        """Traits that may still decide."""
        open_ = [case.conditions for case in self.cases if case.decided is None]
        open_ += [tried.conditions for tried in self.tried]
        return frozenset(asked.name for one in open_ for asked in one if asked.wanted)

    def answer(self, facts: Facts) -> Answer:
        """The answer for the traits in `facts`, whose versions are no longer asked.

        A host that has several values of a trait is as badly off as the worst of them.
        """
        answers = [a for values in self._combinations(facts) for a in self._answers(values, facts)]
        answer = min(answers, key=rank)
        missing = tuple(dict.fromkeys(m for a in answers for m in a.missing))
        if answer.state is not State.UNKNOWN or not missing:
            return answer
        reason = answer.reason
        if reason.code == "missing":
            reason = Reason("missing", {"facts": ",".join(missing)})
        return replace(answer, reason=reason, missing=missing)

    def _combinations(self, facts: Facts) -> Iterator[_Values]:
        """One value for each trait that is known, in every way."""
        known = {key: sorted(facts.traits[key]) for key in self.traits if facts.traits.get(key)}
        for values in product_of(*known.values()):
            yield dict(zip(known, values, strict=True))

    def _answers(self, values: _Values, facts: Facts) -> list[Answer]:
        """What each entry says, and where exactly this host was tried, what still speaks against
        that: a report of the very same case, or one that a fact may yet turn out to be."""
        answers = [_answer(case, values, facts) for case in self.cases]
        fine = next((one for one in self.tried if _holds(one.conditions, values)), None)
        if fine is None or all(a.reason.code == "only-on-upgrade" for a in answers):
            return answers
        against = [a for a in answers if a.state is State.AFFECTED or a.missing]
        tested = Answer(State.NOT_AFFECTED, Reason("tested-fine"), fine.evidence)
        return against or [_resting(tested, fine.conditions, facts)]


def _answer(case: Case, values: _Values, facts: Facts) -> Answer:
    """What one entry says of traits with one value each."""
    if case.decided is not None:
        return case.decided
    for asked in case.conditions:
        if asked.name in values and values[asked.name] not in asked.wanted:
            params = {"trait": asked.name, "wanted": ",".join(asked.wanted)}
            differs = Answer(State.NOT_AFFECTED, Reason("trait-differs", params), case.evidence)
            return _resting(differs, (asked,), facts)
    if case.doubt is not None:
        return case.doubt
    missing = tuple(dict.fromkeys(a.name for a in case.conditions if a.name not in values))
    if missing:
        reason = Reason("missing", {"facts": ",".join(missing)})
        return Answer(State.UNKNOWN, reason, case.evidence, missing)
    strikes = Answer(State.AFFECTED, case.holds, case.evidence)
    return case.unverified or _resting(strikes, case.conditions, facts)


def _holds(conditions: tuple[Condition, ...], values: _Values) -> bool:
    return all(asked.name in values and values[asked.name] in asked.wanted for asked in conditions)


def _resting(answer: Answer, conditions: tuple[Condition, ...], facts: Facts) -> Answer:
    """The answer with the traits that it rests on, and those whose value is only a default."""
    rests = tuple(dict.fromkeys(asked.name for asked in conditions))
    assumed = tuple(key for key in rests if key in facts.assumed)
    return replace(answer, rests=rests, assumed=assumed)
