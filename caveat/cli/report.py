"""A check's answers as JSON, as annotations of a workflow, and as text for people.

Takes answers with the clean landing and gives lines on the console. To add a form: a function and
an entry in `REPORTERS`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from caveat.applicability import State
from caveat.applicability.wording import Wording
from caveat.cli.annotations import annotate
from caveat.cli.check_text import as_text
from caveat.cli.checked import Report, Told
from caveat.cli.console import Console
from caveat.cli.source import Source
from caveat.words import words

Reporter = Callable[[Report, Console], None]


def values(report: Report) -> dict[str, Any]:
    """The answers for tools: the form that the contract fixes, which only grows."""
    found, landing, source = report.found, report.landing, report.source
    question = found.question
    spoken = {lang: Wording(question.kb, words(lang)) for lang in ("en", "zh")}
    wanted = (*found.open, *(found.fine if report.everything else ()))
    return {
        "product": question.product,
        "version": question.version.text,
        "catalogued": question.kb.catalogues[question.product].has(question.version),
        "from": question.start.text if question.start else None,
        "with": {id_: one.text for id_, one in sorted(question.told.versions.items())},
        "traits": {key: sorted(known) for key, known in sorted(question.facts.traits.items())},
        "assumed": sorted(question.facts.assumed),
        "answers": [_answer(one, spoken, source) for one in wanted],
        "acknowledged": [_accepted(one, spoken, source) for one in found.acknowledged],
        "expired": [
            {**entry.record.model_dump(), "file": entry.file, "line": entry.line}
            for entry in report.late
        ],
        "clean_landing": {
            "version": landing.version.text if landing.version else None,
            "unknown": [item.record.id for item in landing.unknown],
        },
    }


def _answer(one: Told, spoken: dict[str, Wording], source: Source) -> dict[str, Any]:
    reasons = {lang: say.reason(one.answer) for lang, say in spoken.items()}
    evidence = one.answer.evidence
    return {
        "id": one.record.id,
        "slug": one.record.slug,
        "title": one.record.title.model_dump(exclude_none=True),
        "state": str(one.answer.state),
        "severity": one.record.severity.level,
        "reason": {"code": one.answer.reason.code, **reasons},
        "evidence": evidence.level if evidence else None,
        "missing": list(one.answer.missing),
        "assumed": list(one.answer.assumed),
        **source.place(one.record.id),
    }


def _accepted(one: Told, spoken: dict[str, Wording], source: Source) -> dict[str, Any]:
    ack = one.ack
    accepted = {"reason": ack.reason, "until": ack.until} if ack else {}
    return {**_answer(one, spoken, source), "acknowledgement": accepted}


def _as_json(report: Report, console: Console) -> None:
    console.json(values(report))


_ANNOTATIONS = {State.AFFECTED: "error", State.UNKNOWN: "warning"}


def _as_github(report: Report, console: Console) -> None:
    """Workflow commands: an error for what applies, a warning for what may, a notice for what was
    accepted."""
    say, question = report.say, report.found.question
    name = f"{say.product(question.product)} {question.version.text}"
    for one in report.shown:
        level = "notice" if one.ack else _ANNOTATIONS.get(one.answer.state, "notice")
        text = say.words(
            "cli-check.annotation",
            version=name,
            state=say.words(f"state.{one.answer.state}"),
            title=say.plain(one.record.title),
            reason=say.reason(one.answer),
            url=report.source.place(one.record.id)["url"],
        )
        title = f"{one.record.id} ({say.words(f'severity.{one.record.severity.level}')})"
        annotate(console, level, {"title": title}, text)
    for entry in report.late:
        place = {"file": entry.file, "line": str(entry.line), "col": str(entry.column)}
        annotate(console, "error", place, report.expiry(entry))


REPORTERS: dict[str, Reporter] = {"text": as_text, "json": _as_json, "github": _as_github}
