"""A plan as values for tools: the form of `caveat plan --json` and of the planner's "Copy as JSON".

Takes a plan with its landing and checklist and gives dicts, lists and texts; texts for people are
`{en, zh}`. The form only grows.

`product`, `from`, `to`     what was planned; `downgrade`: whether it goes back
`with`, `traits`            what was told of the host; `defaults`, `kept`: how it was to be taken
`bites`, `may_bite`         whether the step gets somebody into anything, and whether it may
`entered`, `step`, `unknown`, `carried`, `left`
                            what each record says; `reason`, `evidence` and `assumed` are those of
                            the answer that explains it. What is unknown `may` be some of the other
                            kinds (none of them is always possible), and `missing` facts decide
`find_out`                  all missing facts, with the command that tells
`clean_landing`             `version` or null, ids of what is `unknown` about it and of what is
                            `carried` along, and the releases that were `passed` over
`checklist`                 jobs by phase, each with `tasks` whose `key` never changes
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caveat.applicability import Landing, Plan
from caveat.applicability.checklist import Job, Phase, Task, checklist, command
from caveat.applicability.outcome import KINDS, Item
from caveat.applicability.wording import Wording, both
from caveat.cli.source import Source
from caveat.knowledge import KnowledgeBase
from caveat.model import Language
from caveat.words import LANGUAGES, words

Values = dict[str, Any]
Spoken = Mapping[Language, Wording]


@dataclass(frozen=True)
class Planned:
    """A plan with all that belongs to it."""

    kb: KnowledgeBase
    plan: Plan
    landing: Landing
    checklist: Mapping[Phase, tuple[Job, ...]]

    @classmethod
    def of(cls, kb: KnowledgeBase, plan: Plan, landing: Landing) -> Planned:
        """The plan with its checklist."""
        return cls(kb, plan, landing, checklist(kb, plan))


def values(made: Planned, source: Source) -> Values:
    """The plan for tools."""
    step, plan = made.plan.step, made.plan
    spoken = {lang: Wording(made.kb, words(lang)) for lang in LANGUAGES}
    return {
        "product": step.product,
        "from": step.start.text if step.start else None,
        "to": step.target.text,
        "downgrade": step.start is not None and step.target < step.start,
        "with": {id_: version.text for id_, version in sorted(step.facts.versions.items())},
        "traits": {key: sorted(known) for key, known in sorted(step.facts.traits.items())},
        "defaults": step.defaults,
        "kept": sorted(step.kept),
        "bites": plan.bites,
        "may_bite": plan.may_bite,
        **{kind: [_item(item, spoken, source) for item in plan.of(kind)] for kind in KINDS},
        "find_out": [_fact(made, name, spoken) for name in plan.missing],
        "clean_landing": _landing(made.landing),
        "checklist": {
            phase: [_job(job, spoken) for job in jobs] for phase, jobs in made.checklist.items()
        },
    }


def _item(item: Item, spoken: Spoken, source: Source) -> Values:
    record, answer = item.record, item.answer
    unknown = {"may": list(item.may), "missing": list(item.missing)}
    return {
        "id": record.id,
        "slug": record.slug,
        "severity": record.severity.level,
        "title": both(record.title),
        "reason": {
            "code": answer.reason.code,
            **{lang: say.reason(answer) for lang, say in spoken.items()},
        },
        "evidence": answer.evidence.level if answer.evidence else None,
        "assumed": list(answer.assumed),
        **(unknown if item.kind == "unknown" else {}),
        **source.place(record.id),
    }


def _fact(made: Planned, name: str, spoken: Spoken) -> Values:
    asking = [item.record.id for item in made.plan.of("unknown") if name in item.missing]
    return {
        "fact": name,
        "name": {lang: say.fact(name) for lang, say in spoken.items()},
        "command": command(made.kb, name),
        "decides": asking,
    }


def _landing(landing: Landing) -> Values:
    return {
        "version": landing.version.text if landing.version else None,
        "unknown": [item.record.id for item in landing.unknown],
        "carried": [item.record.id for item in landing.carried],
        "passed": [
            {"version": one.version.text, "why": one.why, "records": list(one.records)}
            for one in landing.passed
        ],
    }


def _job(job: Job, spoken: Spoken) -> Values:
    return {
        "source": job.source,
        "part": job.part,
        "id": job.id,
        "title": both(job.title) if job.title else None,
        "records": list(job.records),
        "tasks": [_task(task, spoken) for task in job.tasks],
    }


def _task(task: Task, spoken: Spoken) -> Values:
    text = both(task.text) if task.text else None
    if task.fact is not None:
        text = {lang: say.fact(task.fact) for lang, say in spoken.items()}
    made = {
        "key": task.key,
        "text": text,
        "commands": dict(task.commands) or None,
        "expected": task.expected,
    }
    return {key: value for key, value in made.items() if value is not None}
