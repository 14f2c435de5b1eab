"""A plan for people at a terminal: what it comes to, what bites, where to land, what to do.

Takes the values of a plan and gives lines on the console.
"""

from __future__ import annotations

from caveat.applicability.outcome import KINDS
from caveat.applicability.wording import Wording
from caveat.cli.check_text import find_out
from caveat.cli.console import Console, Styled
from caveat.cli.plan_markdown import (
    counts,
    inline,
    job_title,
    known,
    landing,
    landing_name,
    may,
    text,
    verdict,
)
from caveat.cli.planned import Values
from caveat.prose import plain

_STYLES = {"bites": "red", "may-bite": "yellow", "clean": "green"}
_KINDS = {"entered": "red", "step": "red", "unknown": "yellow", "carried": "", "left": "green"}


def as_text(made: Values, say: Wording, console: Console) -> None:
    """The whole plan."""
    t, ends = say.words, {"from_": made["from"], "to": made["to"]}
    head = t("plan.heading", product=say.product(made["product"]), **ends)
    console.line(Styled(head, "bold"))
    console.text(plain(known(made, t)))
    console.line(Styled(t(f"plan.{verdict(made)}"), _STYLES[verdict(made)]))
    console.text(counts(made, t))
    version = made["clean_landing"]["version"] or "–"
    console.line(Styled(f"{landing_name(made, t)}{t('sentence.colon')}{version}", "bold"))
    for sentence in landing(made, t):
        console.text(sentence, indent=1)
    for kind in KINDS:
        if made[kind]:
            console.line()
            console.line(Styled(t(f"plan.{kind}"), "bold"))
            console.text(t(f"plan.{kind}-note", **ends))
            for item in made[kind]:
                _item(item, kind, say, console)
    find_out([one["fact"] for one in made["find_out"]], say, console)
    _checklist(made, say, console)


def _item(item: Values, kind: str, say: Wording, console: Console) -> None:
    t = say.words
    level = t(f"severity.{item['severity']}")
    style = _KINDS[kind]
    console.line(
        Styled(item["id"], style) if style else item["id"],
        f"  {level}  ",
        Styled(inline(item["title"], t), "bold"),
        indent=1,
    )
    parts = [may(item, t)] if "may" in item else []
    console.text(t("sentence.gap").join([*parts, item["reason"][say.language]]), indent=2)
    where = item["url"] if "://" in item["url"] or "file" not in item else item["file"]
    console.line(Styled(where, "dim"), indent=2)


def _checklist(made: Values, say: Wording, console: Console) -> None:
    t = say.words
    console.line()
    console.line(Styled(t("plan.checklist"), "bold"))
    if not made["checklist"]:
        console.text(t("plan.checklist-none"), indent=1)
    for phase, jobs in made["checklist"].items():
        console.line(Styled(t(f"phase.{phase}"), "bold"), indent=1)
        for job in jobs:
            about = f" ({t.joined(job['records'])})" if job["records"] else ""
            console.text(plain(job_title(job, t)) + about, indent=2)
            for task in job["tasks"]:
                _task(task, say, console)


def _task(task: Values, say: Wording, console: Console) -> None:
    t = say.words
    lines = plain(text(task["text"], t)).splitlines() if "text" in task else ["…"]
    for number, line in enumerate(lines):
        console.text(("[ ] " if number == 0 else "    ") + line, indent=3)
    for platform, command in task.get("commands", {}).items():
        if platform != "any":
            console.text(t(f"platform.{platform}") + t("sentence.colon"), indent=5)
        for line in command.splitlines():
            console.line(f"$ {line}" if len(command.splitlines()) == 1 else line, indent=5)
