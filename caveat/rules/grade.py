"""How well a record can be acted on: a grade from A to D, and what would raise it next.

Takes a knowledge base and a record and gives the criteria it meets. To add a criterion: a function
and an entry in `CRITERIA`; its words are `grade.<name>` in `words/`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.rules import walk
from caveat.rules.quality import has_probe

Letter = Literal["A", "B", "C", "D"]


class Case(NamedTuple):
    """A record and what it stands in."""

    kb: KnowledgeBase
    record: Advisory


def _bounded(case: Case) -> bool:
    """Every range ends, or the record was held against a release of its product."""
    return all(
        one.fixed or one.last_affected or on.product in case.record.verification.releases
        for entry in case.record.affected
        for on in entry.on
        for one in on.ranges
    )


def _recognisable(case: Case) -> bool:
    told = {"signatures", "probe"} & case.record.omitted.keys()
    return bool(case.record.signatures or told) or has_probe(case.kb, case.record)


def _workable(case: Case) -> bool:
    """A workaround that can be checked and taken back, or the reason why there is none."""
    whole = any(one.apply and one.verify and one.rollback for one in case.record.workarounds)
    return whole or "workarounds" in case.record.omitted


def _sourced(case: Case) -> bool:
    kinds = {reference.type for reference in case.record.references}
    return bool(kinds & {"fix", "release-notes", "documentation", "source"})


def _bilingual(case: Case) -> bool:
    return bilingual(case.kb, case.record)


def bilingual(kb: KnowledgeBase, record: Advisory) -> bool:
    """Whether every text of the record is there in both languages."""
    texts = walk.texts(kb.document(record), record)
    return all(text.has("en") and text.has("zh") for _, text in texts)


def _tested_signatures(case: Case) -> bool:
    """Each printed form comes with a line that looks alike and means something else."""
    told = "signatures" in case.record.omitted
    signatures = case.record.signatures
    return told or (bool(signatures) and all(one.near_misses for one in signatures))


def _probed(case: Case) -> bool:
    """Every condition can be found out by a command, or it is said why not."""
    keys = {
        case.kb.trait_key(on.product, path)
        for entry in case.record.affected
        for on in entry.on
        for path in on.when
    }
    found = all(key is not None and case.kb.traits[key].probe is not None for key in keys)
    return found or "probe" in case.record.omitted


def _all_workable(case: Case) -> bool:
    whole = all(one.verify and one.rollback for one in case.record.workarounds)
    return whole or "workarounds" in case.record.omitted


def _confirmed(case: Case) -> bool:
    """Nothing that decides who is hit rests on our reasoning alone."""
    return any(entry.evidence.level != "inferred" for entry in case.record.affected)


def _linked(case: Case) -> bool:
    """Best practices and a timeline: what there is to learn, and how it went."""
    return bool(case.record.practices and case.record.timeline)


@dataclass(frozen=True)
class Criterion:
    """One thing that a good record has; `base` ones are needed for B, the others for A."""

    name: str
    meets: Callable[[Case], bool]
    base: bool


#: In the order in which they help a reader: the first that is not met is the next improvement.
CRITERIA = (
    Criterion("recognisable", _recognisable, base=True),
    Criterion("workable", _workable, base=True),
    Criterion("bounded", _bounded, base=True),
    Criterion("sourced", _sourced, base=True),
    Criterion("bilingual", _bilingual, base=True),
    Criterion("confirmed", _confirmed, base=False),
    Criterion("probed", _probed, base=False),
    Criterion("tested-signatures", _tested_signatures, base=False),
    Criterion("all-workable", _all_workable, base=False),
    Criterion("linked", _linked, base=False),
)


@dataclass(frozen=True)
class Grade:
    """The letter, and the names of the criteria that are not met, the most useful first."""

    letter: Letter
    missing: tuple[str, ...]


def grade(kb: KnowledgeBase, record: Advisory) -> Grade:
    """A: every criterion. B: every base one. C: all but one of those. D: less."""
    missing = tuple(one for one in CRITERIA if not one.meets(Case(kb, record)))
    lacking = sum(one.base for one in missing)
    letter: Letter = "D" if lacking > 1 else "C" if lacking else "B" if missing else "A"
    return Grade(letter, tuple(one.name for one in missing))
