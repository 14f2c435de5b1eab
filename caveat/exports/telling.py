"""A record told in the order in which people need it: who is hit, what to do, why.

Takes a record and the words of a language and gives blocks of text, which the command `caveat show`
puts on a terminal and the Markdown twins into a file.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from caveat.applicability.wording import Wording
from caveat.model import Advisory, Bilingual, Fix, On, Step, Upgrade, Workaround

Kind = Literal[
    "title",
    "status",
    "notice",
    "gap",
    "section",
    "subsection",
    "label",
    "prose",
    "note",
    "fact",
    "advice",
    "output",
    "item",
    "line",
    "literal",
    "probe",
    "command",
    "link",
]


class Block(NamedTuple):
    """A piece of the telling. Titles, prose and advice hold the Markdown of records, all others
    plain text; `name` is what a fact, advice or output is called, what a title belongs to, and what
    a link leads to."""

    kind: Kind
    text: str = ""
    name: str = ""
    depth: int = 0


Blocks = Iterator[Block]


def tell(record: Advisory, say: Wording) -> Blocks:
    """The whole record."""
    telling = _Telling(say)
    yield from telling.head(record)
    yield from telling.affected(record)
    yield from telling.texts("symptoms", record.symptoms)
    if record.signatures:
        yield telling.section("signatures")
        for signature in record.signatures:
            yield Block("literal", signature.pattern, depth=1)
    yield from telling.texts("cause", [record.cause])
    yield from telling.workarounds(record)
    yield from telling.fixes(record)
    yield from telling.texts("unverified", record.unverified)
    yield telling.section("references")
    for reference in record.references:
        yield Block("link", reference.title, reference.url, 1)


def tell_fine(record: Advisory, say: Wording) -> Blocks:
    """What was tested and is fine, which the page shows in its matrix."""
    telling = _Telling(say)
    for entry in record.unaffected:
        yield from telling.case(entry.on, entry.effect)


class _Telling:
    """The parts of it."""

    def __init__(self, say: Wording) -> None:
        self.say, self.t = say, say.words

    def section(self, name: str) -> Block:
        """A heading."""
        return Block("section", self.t(f"section.{name}"), name)

    def texts(self, name: str, texts: Sequence[Bilingual]) -> Blocks:
        """A section of prose; nothing where there is none."""
        if texts:
            yield self.section(name)
        for text in texts:
            yield from self.prose(text, 1)

    def prose(self, text: Bilingual, depth: int) -> Blocks:
        """Prose in the language, or in the other one with a note."""
        yield Block("prose", text.get(self.say.language), depth=depth)
        if not text.has(self.say.language):
            yield Block("note", self.t("advisory.other-language"), depth=depth)

    def fact(self, key: str, value: str, depth: int = 1) -> Block:
        """A name and what it is."""
        return Block("fact", value, self.t(key), depth)

    def head(self, record: Advisory) -> Blocks:
        """What it is, how bad, since when, and in short."""
        t = self.t
        yield Block("title", record.title.get(self.say.language), record.id)
        standing = self.say.kb.standing(record)
        if standing == "draft":
            yield Block("status", t("status.draft"))
        elif standing != "published":
            yield Block("notice", t(f"advisory.{standing}"))
        if record.withdrawn is not None:
            yield from self.prose(record.withdrawn.reason, 1)
        for successor in self.say.kb.successors(record):
            yield self.fact("advisory.successor", successor)
        facts = [t(f"severity.{record.severity.level}"), t(f"kind.{record.kind}")]
        yield self.fact("advisory.severity", t.joined(facts), 0)
        dates = {"published": record.published, "modified": record.modified}
        for key, day in {**dates, "verified": record.verification.last_verified}.items():
            yield self.fact(f"advisory.{key}", day, 0)
        if record.aliases:
            yield self.fact("advisory.aliases", t.joined(list(record.aliases)), 0)
        yield Block("gap")
        yield from self.prose(record.summary, 0)

    def affected(self, record: Advisory) -> Blocks:
        """Every case: versions and conditions."""
        yield self.section("affects-me")
        for number, entry in enumerate(record.affected, 1):
            if len(record.affected) > 1:
                yield Block("label", self.t("advisory.entry", number=number), depth=1)
            yield from self.case(entry.on, entry.effect, entry.upgrade)

    def case(
        self, parts: Sequence[On], effect: Bilingual | None, upgrade: Upgrade | None = None
    ) -> Blocks:
        """Products with versions and conditions, which hold together."""
        say, t = self.say, self.t
        for on in parts:
            ranges = say.any_range(on.ranges, on.product)
            yield Block("line", f"{say.product(on.product)} {ranges}", depth=1)
            for path, values in on.when.items():
                key = say.kb.trait_key(on.product, path) or path
                wanted = say.any_value(key, values)
                yield Block("item", t("column.trait", trait=say.trait(key), values=wanted), depth=1)
                probe = say.kb.traits[key].probe
                if probe is not None:
                    yield Block("probe", shlex.join(probe.argv), depth=2)
        if upgrade is not None:
            product = parts[0].product
            ends = {
                "from_": say.any_range(upgrade.from_, product),
                "to": say.any_range(upgrade.to, product),
            }
            yield Block("line", t("affects.upgrade-only", **ends), depth=1)
        if effect is not None:
            yield from self.prose(effect, 1)

    def workarounds(self, record: Advisory) -> Blocks:
        """Each with its way back."""
        if record.workarounds:
            yield self.section("workarounds")
        for number, one in enumerate(record.workarounds):
            if number:
                yield Block("gap")
            yield from self._workaround(one)

    def _workaround(self, one: Workaround) -> Blocks:
        t, language = self.t, self.say.language
        yield Block("subsection", one.title.get(language), one.id, 1)
        facts = [
            t(f"workaround-kind.{one.kind}"),
            t(f"effort.{one.effort}"),
            t(f"disruption.{one.disruption}"),
            t(f"evidence.{one.evidence.level}"),
        ]
        yield Block("line", t.joined(facts), depth=2)
        yield Block("advice", one.risk.get(language), t("workaround.risk"), 2)
        for name, steps in (
            ("apply", one.apply),
            ("verify", one.verify),
            ("rollback", one.rollback),
        ):
            if steps:
                yield Block("label", t(f"workaround.{name}"), depth=2)
                yield from self._steps(steps)
        if one.remove_when is not None:
            end = one.remove_when.get(language)
            yield Block("advice", end, t("workaround.remove-when"), 2)

    def _steps(self, steps: Sequence[Step]) -> Blocks:
        for step in steps:
            if step.text is not None:
                yield from self.prose(step.text, 3)
            for platform, command in step.commands.items():
                if len(step.commands) > 1:
                    yield Block("label", self.t(f"platform.{platform}"), depth=3)
                yield Block("command", command, depth=4)
            if step.expected is not None:
                yield Block("output", step.expected, self.t("workaround.expected"), 3)

    def fixes(self, record: Advisory) -> Blocks:
        """The releases that mend it."""
        yield self.section("fix")
        if not record.fixes:
            yield Block("line", self.t("advisory.no-fix"), depth=1)
        for fix in record.fixes:
            yield from self._fix(fix)

    def _fix(self, fix: Fix) -> Blocks:
        key = "advisory.fix-in" if fix.scope == "full" else "advisory.fix-partly"
        text = self.t(key, product=self.say.product(fix.product), version=fix.version)
        yield Block("line", text + (f" ({fix.change})" if fix.change else ""), depth=1)
        if fix.note is not None:
            yield from self.prose(fix.note, 2)
