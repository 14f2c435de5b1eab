"""A record for people, in the order in which they need it: who is hit, what to do, why.

Takes a record and gives lines on the console. Prose is shown as it was written: the Markdown subset
of records reads well as text.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

from caveat.applicability.wording import Wording
from caveat.cli.console import Console, Styled
from caveat.model import Advisory, Affected, Bilingual, Step, Workaround


def show(record: Advisory, place: Mapping[str, str], say: Wording, console: Console) -> None:
    """The whole record."""
    page = _Page(say, console)
    page.head(record, place)
    page.affected(record)
    page.texts("symptoms", record.symptoms)
    if record.signatures:
        page.section("signatures")
        for signature in record.signatures:
            console.text(signature.pattern, indent=1)
    page.texts("cause", [record.cause])
    page.workarounds(record)
    page.fixes(record)
    page.texts("unverified", record.unverified)
    page.section("references")
    for reference in record.references:
        console.line(reference.title, indent=1)
        console.line(Styled(reference.url, "dim"), indent=2)


class _Page:
    """The parts of the page."""

    def __init__(self, say: Wording, console: Console) -> None:
        self.say, self.t, self.console = say, say.words, console

    def section(self, name: str) -> None:
        """A heading."""
        self.console.line()
        self.console.line(Styled(self.t(f"section.{name}"), "bold"))

    def texts(self, name: str, texts: Sequence[Bilingual]) -> None:
        """A section of prose; nothing where there is none."""
        if texts:
            self.section(name)
        for text in texts:
            self.prose(text, 1)

    def prose(self, text: Bilingual, indent: int) -> None:
        """Prose in the language, or in the other one with a note."""
        self.console.text(text.get(self.say.language), indent=indent)
        if not text.has(self.say.language):
            self.console.text(self.t("advisory.other-language"), indent=indent, style="dim")

    def labelled(self, key: str, value: str, indent: int = 1) -> None:
        """A name and what it is, in one line."""
        self.console.text(f"{self.t(key)}{self.t('sentence.colon')}{value}", indent=indent)

    def head(self, record: Advisory, place: Mapping[str, str]) -> None:
        """What it is, how bad, since when, and in short."""
        t, console = self.t, self.console
        console.line(f"{record.id}  ", Styled(self.say.plain(record.title), "bold"))
        console.line(Styled(" ".join(place.values()), "dim"))
        if record.status != "published":
            console.line(Styled(t(f"status.{record.status}"), "red"))
        if record.withdrawn is not None:
            console.line(Styled(t("advisory.withdrawn"), "bold"))
            self.prose(record.withdrawn.reason, 1)
            if record.withdrawn.successor:
                self.labelled("advisory.successor", record.withdrawn.successor)
        facts = [t(f"severity.{record.severity.level}"), t(f"kind.{record.kind}")]
        self.labelled("advisory.severity", t.joined(facts), 0)
        dates = {"published": record.published, "modified": record.modified}
        for key, day in {**dates, "verified": record.verification.last_verified}.items():
            self.labelled(f"advisory.{key}", day, 0)
        if record.aliases:
            self.labelled("advisory.aliases", t.joined(list(record.aliases)), 0)
        console.line()
        self.prose(record.summary, 0)

    def affected(self, record: Advisory) -> None:
        """Every case: versions and conditions."""
        self.section("affects-me")
        for number, entry in enumerate(record.affected, 1):
            if len(record.affected) > 1:
                self.console.line(self.t("advisory.entry", number=number), indent=1)
            self._case(entry)

    def _case(self, entry: Affected) -> None:
        say, t = self.say, self.t
        for on in entry.on:
            ranges = say.any_range(on.ranges, on.product)
            self.console.line(f"{say.product(on.product)} {ranges}", indent=1)
            for path, values in on.when.items():
                key = say.kb.trait_key(on.product, path) or path
                wanted = say.any_value(key, values)
                text = t("column.trait", trait=say.trait(key), values=wanted)
                self.console.text(f"- {text}", indent=1)
                probe = say.kb.traits[key].probe
                if probe is not None:
                    self.console.line(Styled(f"$ {shlex.join(probe.argv)}", "dim"), indent=2)
        if entry.upgrade is not None:
            product = entry.on[0].product
            ends = {
                "from_": say.any_range(entry.upgrade.from_, product),
                "to": say.any_range(entry.upgrade.to, product),
            }
            self.console.text(t("affects.upgrade-only", **ends), indent=1)
        if entry.effect is not None:
            self.prose(entry.effect, 1)

    def workarounds(self, record: Advisory) -> None:
        """Each with its way back."""
        if record.workarounds:
            self.section("workarounds")
        for number, one in enumerate(record.workarounds):
            if number:
                self.console.line()
            self._workaround(one)

    def _workaround(self, one: Workaround) -> None:
        t = self.t
        self.console.line(Styled(self.say.plain(one.title), "bold"), indent=1)
        facts = [
            t(f"workaround-kind.{one.kind}"),
            t(f"effort.{one.effort}"),
            t(f"disruption.{one.disruption}"),
            t(f"evidence.{one.evidence.level}"),
        ]
        self.console.text(t.joined(facts), indent=2)
        self.labelled("workaround.risk", one.risk.get(self.say.language), 2)
        for name, steps in (
            ("apply", one.apply),
            ("verify", one.verify),
            ("rollback", one.rollback),
        ):
            if steps:
                self.console.line(t(f"workaround.{name}"), indent=2)
                self._steps(steps)
        if one.remove_when is not None:
            self.labelled("workaround.remove-when", one.remove_when.get(self.say.language), 2)

    def _steps(self, steps: Sequence[Step]) -> None:
        for step in steps:
            if step.text is not None:
                self.prose(step.text, 3)
            for platform, command in step.commands.items():
                if len(step.commands) > 1:
                    self.console.line(self.t(f"platform.{platform}"), indent=3)
                for line in command.splitlines():
                    self.console.line(Styled(line, "bold"), indent=4)
            if step.expected is not None:
                self.labelled("workaround.expected", step.expected, 3)

    def fixes(self, record: Advisory) -> None:
        """The releases that mend it."""
        self.section("fix")
        if not record.fixes:
            self.console.text(self.t("advisory.no-fix"), indent=1)
        for fix in record.fixes:
            key = "advisory.fix-in" if fix.scope == "full" else "advisory.fix-partly"
            text = self.t(key, product=self.say.product(fix.product), version=fix.version)
            self.console.line(text, f" ({fix.change})" if fix.change else "", indent=1)
            if fix.note is not None:
                self.prose(fix.note, 2)
