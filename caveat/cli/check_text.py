"""A check's answers for people: worst first, what to run where nothing can be told, where to land.

Takes answers with the clean landing and gives lines on the console.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence

from caveat.applicability import Answer, State
from caveat.applicability.landing import Landing
from caveat.applicability.wording import Wording
from caveat.cli.checked import LEVELS, Checked, Report, Told
from caveat.cli.console import Console, Styled
from caveat.model import Probe

_STYLES = {State.AFFECTED: "red", State.UNKNOWN: "yellow"}


def as_text(report: Report, console: Console) -> None:
    """Everything that a person wants to know."""
    found, say = report.found, report.say
    _head(found, say, console)
    for one in report.shown:
        console.line()
        _record(one, report, console)
    if not found.open and not found.acknowledged:
        console.text(say.words("cli-check.nothing"))
    find_out(found.missing, say, console)
    console.line()
    for entry in report.late:
        console.text(report.expiry(entry), style="red")
    if found.open:
        affected, unknown = found.count(State.AFFECTED), found.count(State.UNKNOWN)
        console.text(say.words("cli-check.summary", affected=affected, unknown=unknown))
        console.text(landing_text(report.landing, say))
    if report.level != LEVELS[-1]:
        level = say.words(f"severity.{report.level}")
        console.text(say.words("cli-check.below", level=level), style="dim")


def landing_text(landing: Landing, say: Wording) -> str:
    """Where to land, with what is not known about it."""
    if landing.version is None:
        return say.words("cli-check.landing-none")
    ids = say.words.joined([item.record.id for item in landing.unknown])
    key = "landing-open" if ids else "landing"
    return say.words(f"cli-check.{key}", version=landing.version.text, records=ids)


def _head(found: Checked, say: Wording, console: Console) -> None:
    """What was asked, with what is known about it."""
    question, t = found.question, say.words
    catalogue = question.kb.catalogues[question.product]
    release, ended = catalogue.release(question.version), catalogue.end_of_life(question.version)
    name = say.product(question.product)
    parts = [t("cli-check.released", date=release.date)] if release and release.date else []
    parts += [t("cli-check.ended", date=ended)] if ended else []
    parts += [t("cli-check.step", version=question.start.text)] if question.start else []
    parts += [
        t("cli-check.beside", product=say.product(id_), version=version.text)
        for id_, version in question.told.versions.items()
    ]
    traits = [
        f"{key}={','.join(sorted(values))}" for key, values in sorted(question.told.traits.items())
    ]
    parts += [t("cli-check.with", traits=t.joined(traits))] if traits else []
    head = t("cli-check.head", product=name, version=question.version.text)
    console.line(Styled(head, "bold"), *(t("cli-check.joint") + part for part in parts))
    if question.defaults:
        console.text(t("cli-check.defaults"))


def _record(one: Told, report: Report, console: Console) -> None:
    say, t, place = report.say, report.say.words, report.source.place(one.record.id)
    style = "dim" if one.ack else _STYLES.get(one.answer.state, "green")
    console.line(
        Styled(t(f"state.{one.answer.state}"), style),
        f"  {one.record.id}  {t(f'severity.{one.record.severity.level}')}  ",
        Styled(say.plain(one.record.title), "bold"),
    )
    console.text(reason(one.answer, say), indent=1)
    if one.ack:
        accepted = t("cli-check.acknowledged", until=one.ack.until, reason=one.ack.reason)
        console.text(accepted, indent=1)
    where = place["url"] if "://" in place["url"] else place.get("file", place["url"])
    console.line(Styled(where, "dim"), indent=1)


def reason(answer: Answer, say: Wording) -> str:
    """Why, and on what evidence."""
    text = say.reason(answer)
    if answer.evidence is None:
        return text
    level = say.words(f"evidence.{answer.evidence.level}")
    return say.words("cli-check.evidence", reason=text, level=level)


def find_out(missing: Sequence[str], say: Wording, console: Console) -> None:
    """How to find out each fact that is missing, and how to tell it."""
    if not missing:
        return
    console.line()
    console.line(Styled(say.words("cli-check.find-out"), "bold"))
    for name in missing:
        console.line(f"{say.fact(name)}", indent=1)
        product = name.removeprefix("product:")
        if product != name:
            _command(say.kb.products[product].version_command, console)
            option = f"--with {product}=VERSION"
            console.text(say.words("cli-check.then", option=option), indent=2)
            continue
        trait = say.kb.traits[name]
        if trait.probe is None:
            option = f"--trait {name}=" + "|".join(value.id for value in trait.values)
            if trait.about is not None:
                console.text(say.plain(trait.about), indent=2)
            console.text(say.words("cli-check.by-hand", option=option), indent=2)
            continue
        _command(trait.probe.argv, console)
        for line in _outputs(name, trait.probe, say):
            console.text(line, indent=2)


def _command(argv: Sequence[str], console: Console) -> None:
    if argv:
        console.line(Styled(f"$ {shlex.join(argv)}", "bold"), indent=2)


def _outputs(key: str, probe: Probe, say: Wording) -> Iterator[str]:
    """What each output means, in the order in which the probe is read."""
    t = say.words
    found = [(t("affects.exit-is", code=code), value) for code, value in probe.exit.items()]
    for kind, table in (("output-is", probe.equals), ("output-contains", probe.contains)):
        found += [(f"{t(f'affects.{kind}')} `{text}`", value) for text, value in table.items()]
    for says, value in found:
        yield f"{says}{t('sentence.colon')}--trait {key}={value}"
