"""A plan as Markdown: for a ticket, a runbook, a chat; the planner's "Copy as Markdown".

Takes the values of `caveat.cli.planned`, the product's name and the words of one language, and
gives a text. The page makes the same text in docs/theme/scripts/lib/plan/markdown.js.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from caveat.applicability.outcome import KINDS
from caveat.prose import code, literal, longest_ticks, plain
from caveat.words import Words

Values = dict[str, Any]

#: An address that needs no escape in a link.
_ADDRESS = re.compile(r"https?://[^\s<>()\\]+")


def markdown(made: Values, name: str, t: Words) -> str:
    """The whole plan; every box of its checklist is empty."""
    ends = {"from_": made["from"], "to": made["to"]}
    lines = [
        f"# {t('plan.heading', product=literal(name), **ends)}",
        "",
        f"**{t('plan.' + verdict(made))}** {counts(made, t)}",
        "",
        known(made, t),
        "",
        f"**{landing_name(made, t)}{t('sentence.colon')}{made['clean_landing']['version'] or '–'}**"
        f" {t('sentence.gap').join(landing(made, t))}",
        "",
    ]
    for kind in KINDS:
        if made[kind]:
            lines += [f"## {t(f'plan.{kind}')} ({len(made[kind])})", ""]
            lines += [t(f"plan.{kind}-note", **ends), ""]
            lines += [line for item in made[kind] for line in _item(item, t)]
    if made["find_out"]:
        lines += [f"## {t('plan.find-out')}", "", *(_fact(one, t) for one in made["find_out"]), ""]
    lines += [f"## {t('plan.checklist')}", "", *_checklist(made["checklist"], t)]
    return "\n".join(lines).rstrip() + "\n"


def verdict(made: Values) -> str:
    """The key of what a plan comes to."""
    return "bites" if made["bites"] else "may-bite" if made["may_bite"] else "clean"


def counts(made: Values, t: Words) -> str:
    """How many records there are of each kind."""
    return t("plan.counts", **{kind: len(made[kind]) for kind in KINDS}) + t("sentence.stop")


def known(made: Values, t: Words) -> str:
    """What was told of the host, in the ids that the command takes."""
    facts = [f"`{id_}={version}`" for id_, version in made["with"].items()]
    facts += [f"`{key}={','.join(values)}`" for key, values in made["traits"].items()]
    told = t("plan.known", facts=t.joined(facts)) if facts else t("plan.known-nothing")
    parts = [told]
    if made["defaults"]:
        parts.append(t("plan.known-defaults"))
    if made["kept"]:
        kept = t.joined([f"`{key}`" for key in made["kept"]])
        parts.append(t("plan.known-kept", facts=kept))
    return t("sentence.gap").join(parts)


def landing_name(made: Values, t: Words) -> str:
    """What a landing is called: a clean one, or one of which something is not known yet."""
    return t("plan.landing-so-far" if made["clean_landing"]["unknown"] else "plan.landing")


def landing(made: Values, t: Words) -> list[str]:
    """Where to land and what is not known about it, in sentences."""
    found = made["clean_landing"]
    ends = {"from_": made["from"], "to": made["to"]}
    if found["version"] is None:
        return [t("plan.landing-none-down" if made["downgrade"] else "plan.landing-none", **ends)]
    key = "plan.landing-target" if found["version"] == made["to"] else "plan.landing-is"
    said = [t(key, version=found["version"], **ends)]
    unknown, carried = t.joined(found["unknown"]), t.joined(found["carried"])
    said.append(t("plan.landing-unknown", records=unknown) if unknown else t("plan.landing-sure"))
    return [*said, *([t("plan.landing-carried", records=carried)] if carried else [])]


def job_title(job: Values, t: Words) -> str:
    """What the tasks of a job are for."""
    if job["source"] == "find-out":
        return t("plan.job-find-out")
    title = text(job["title"], t)
    if job["part"] == "verify":
        return t("plan.job-verify", title=title)
    return t("plan.job-way-out", title=title) if job["source"] == "way-out" else title


def text(both: dict[str, str], t: Words) -> str:
    """A text in the language of the words, or in the other one where that is missing."""
    return both.get(t.language) or next(iter(both.values()))


def inline(both: dict[str, str], t: Words) -> str:
    """The same without markup."""
    return plain(text(both, t))


def may(item: Values, t: Words) -> str:
    """What something unknown may turn out to be."""
    kinds = [t(f"plan.may-{kind}") for kind in item["may"]]
    return t("plan.may", kinds=t.joined(kinds))


def _item(item: Values, t: Words) -> Iterator[str]:
    name = f"[{item['id']}]({item['url']})" if _ADDRESS.fullmatch(item["url"]) else item["id"]
    yield f"- **{t('severity.' + item['severity'])}** {name} {text(item['title'], t)}"
    before = may(item, t) + t("sentence.gap") if "may" in item else ""
    yield f"  {before}{literal(item['reason'][t.language])}"
    yield ""


def _fact(one: Values, t: Words) -> str:
    how = code(one["command"]) if one["command"] else t("plan.no-command")
    decides = t("plan.decides", records=t.joined(one["decides"]))
    return f"- {literal(one['name'][t.language])}{t('sentence.colon')}{how} ({decides})"


def _checklist(phases: dict[str, list[Values]], t: Words) -> Iterator[str]:
    if not phases:
        yield t("plan.checklist-none")
    for phase, jobs in phases.items():
        yield from (f"### {t(f'phase.{phase}')}", "")
        for job in jobs:
            about = f" ({t.joined(job['records'])})" if job["records"] else ""
            yield from (f"#### {job_title(job, t)}{about}", "")
            for task in job["tasks"]:
                yield from _task(task, t)
            yield ""


def _task(task: Values, t: Words) -> Iterator[str]:
    first, *more = text(task["text"], t).splitlines() if "text" in task else ["…"]
    yield f"- [ ] {first}"
    yield from (f"  {line}".rstrip() for line in more)
    blocks = [
        *(
            (t(f"platform.{p}") if p != "any" else "", c)
            for p, c in task.get("commands", {}).items()
        ),
        *([(t("workaround.expected"), task["expected"])] if "expected" in task else []),
    ]
    for label, block in blocks:
        yield ""
        if label:
            yield from (f"  {label}{t('sentence.colon')}", "")
        fence = "  " + "`" * max(3, longest_ticks(block) + 1)
        yield from (fence, *(f"  {line}".rstrip() for line in block.splitlines()), fence)
    if blocks:
        yield ""
