"""One checklist for a step: what to find out, what to do before, during and after.

Takes a plan and gives `Job`s by phase, each with tasks to tick. A task's key names the practice,
the workaround or the fact that it comes from and its place there, so that a tick stays where it is
when a wording changes or another fact becomes known.

Before the step: probes of what may bite, workarounds that are possible already, practices. During
it: workarounds that are possible only then. After it: how to see that a workaround took effect. A
workaround that is another release is no part of the step: it stands at the end, for who needs it.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from caveat.applicability.facts import Facts
from caveat.applicability.outcome import Item
from caveat.applicability.plan import Plan
from caveat.applicability.remedies import RELEASES, possible, suited
from caveat.applicability.step import facts_at
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Bilingual, Practice, Workaround

Phase = Literal["before", "during", "after"]
PHASES: tuple[Phase, ...] = ("before", "during", "after")
Part = Literal["apply", "verify", "steps"]
Source = Literal["find-out", "workaround", "way-out", "practice"]


@dataclass(frozen=True)
class Task:
    """One line to tick: a sentence, or the fact to find out; commands by platform."""

    key: str
    text: Bilingual | None = None
    fact: str | None = None
    commands: Mapping[str, str] = field(default_factory=dict)
    expected: str | None = None


@dataclass(frozen=True)
class Job:
    """Tasks that belong together: `id` is the workaround's or practice's, `part` which steps of a
    workaround they are, `records` are the ids of those that it is for."""

    source: Source
    id: str
    part: Part
    title: Bilingual | None
    records: tuple[str, ...]
    tasks: tuple[Task, ...]


def checklist(kb: KnowledgeBase, plan: Plan) -> dict[Phase, tuple[Job, ...]]:
    """The jobs of each phase that has any."""
    found: dict[Phase, list[Job]] = {phase: [] for phase in PHASES}
    found["before"] += _probes(kb, plan)
    bites = [item for item in plan.items if item.bites]
    for item in bites:
        for phase, job in _workaround(kb, plan, item):
            found[phase].append(job)
    # What is another release is for who could not be helped otherwise.
    found["after"].sort(key=lambda job: job.source == "way-out")
    for id_, records in _practices(kb, bites).items():
        practice = kb.practices[id_]
        when: Phase = "before" if practice.phase == "always" else practice.phase
        found[when].append(practice_job(practice, records))
    return {phase: tuple(jobs) for phase, jobs in found.items() if jobs}


def practice_job(practice: Practice, records: tuple[str, ...] = ()) -> Job:
    """A practice's steps; their keys are those of every checklist that holds it."""
    tasks = [Task(f"{practice.id}/{number}", text) for number, text in enumerate(practice.steps, 1)]
    return Job("practice", practice.id, "steps", practice.title, records, tuple(tasks))


def workaround_job(record: Advisory, workaround: Workaround, part: Part) -> Job | None:
    """The steps of one part of a workaround, `apply` or `verify`."""
    acts = workaround.apply if part == "apply" else workaround.verify
    if not acts:
        return None
    tasks = [
        Task(
            f"{record.id}/{workaround.id}/{part}/{number}",
            act.text,
            None,
            {str(platform): text for platform, text in act.commands.items()},
            act.expected,
        )
        for number, act in enumerate(acts, 1)
    ]
    source: Source = "way-out" if workaround.kind in RELEASES else "workaround"
    return Job(source, workaround.id, part, workaround.title, (record.id,), tuple(tasks))


def command(kb: KnowledgeBase, fact: str) -> str | None:
    """The command that tells a fact, as one types it, where there is one."""
    if fact.startswith("product:"):
        argv = kb.products[fact.removeprefix("product:")].version_command
    else:
        probe = kb.traits[fact].probe
        argv = probe.argv if probe else []
    return shlex.join(argv) if argv else None


def _probes(kb: KnowledgeBase, plan: Plan) -> Iterator[Job]:
    asking = [item for item in plan.items if item.may_bite and item.missing]
    facts = [name for name in plan.missing if any(name in item.missing for item in asking)]
    if not facts:
        return
    tasks = []
    for name in facts:
        text = command(kb, name)
        tasks.append(Task(f"find/{name}", fact=name, commands={"any": text} if text else {}))
    records = tuple(item.record.id for item in asking)
    yield Job("find-out", "find-out", "steps", None, records, tuple(tasks))


def _workaround(kb: KnowledgeBase, plan: Plan, item: Item) -> Iterator[tuple[Phase, Job]]:
    step, record = plan.step, item.record
    there = facts_at(kb, step, step.target, Facts())
    chosen = suited(kb, record, there)
    if chosen is None:
        return
    early = False
    if step.start is not None and chosen.versions:
        here = facts_at(kb, step, step.start, Facts())
        early = possible(kb, record, chosen, here) is not False
    apply: Phase = "after" if chosen.kind in RELEASES else "before" if early else "during"
    phases: tuple[tuple[Phase, Part], ...] = ((apply, "apply"), ("after", "verify"))
    for phase, part in phases:
        job = workaround_job(record, chosen, part)
        if job is not None:
            yield phase, job


def _practices(kb: KnowledgeBase, items: list[Item]) -> dict[str, tuple[str, ...]]:
    """Every practice that would soften one of the items, with the ids of those."""
    found: dict[str, list[str]] = {}
    for item in items:
        for id_ in item.record.practices:
            if id_ in kb.practices:
                found.setdefault(id_, []).append(item.record.id)
    return {id_: tuple(records) for id_, records in found.items()}
