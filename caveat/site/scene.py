"""What every view needs at hand: the knowledge, the language, and the page that links start from.

Takes model parts and gives what a template can print: names, links, prose with its language, and
the reasons of the engine in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from caveat import prose, urls
from caveat.applicability import Answer
from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Bilingual, Range
from caveat.model.base import Language
from caveat.words import Words


@dataclass(frozen=True)
class Prose:
    """Rendered prose; `lang` is set where it is not in the page's language."""

    html: Markup
    lang: str | None = None


@dataclass(frozen=True)
class Scene:
    """A page being made."""

    kb: KnowledgeBase
    answers: Answers
    words: Words
    path: str

    @property
    def language(self) -> Language:
        """The page's language."""
        return self.words.language

    def link(self, target: str, anchor: str = "") -> str:
        """A relative link from this page."""
        return urls.relative(self.path, target, anchor)

    def block(self, text: Bilingual) -> Prose:
        """Prose as paragraphs and lists."""
        return Prose(prose.html(text.get(self.language)), self._other(text))

    def inline(self, text: Bilingual) -> Prose:
        """Prose in one line."""
        return Prose(prose.inline_html(text.get(self.language)), self._other(text))

    def plain(self, text: Bilingual) -> str:
        """Prose without markup."""
        return prose.plain(text.get(self.language))

    def _other(self, text: Bilingual) -> Literal["en", "zh"] | None:
        if text.has(self.language):
            return None
        return "zh" if self.language == "en" else "en"

    def product(self, id_: str) -> str:
        """A product's name."""
        return self.kb.products[id_].name

    def trait(self, key: str) -> str:
        """A trait's name; a product's own trait says whose it is only where that is not plain."""
        return self.plain(self.kb.traits[key].name)

    def value(self, key: str, value: str) -> str:
        """The name of a trait's value."""
        names = {v.id: v.name for v in self.kb.traits[key].values}
        return self.plain(names[value])

    def any_value(self, key: str, values: tuple[str, ...] | list[str]) -> str:
        """Several values as alternatives."""
        return self.words("list.or").join(self.value(key, value) for value in values)

    def fact(self, key: str) -> str:
        """The name of something that is missing: a trait or a product's version."""
        if key.startswith("product:"):
            return self.words("fact.version", product=self.product(key.removeprefix("product:")))
        return self.trait(key)

    def reason(self, answer: Answer) -> str:
        """Why the engine says what it says."""
        params = dict(answer.reason.params)
        if "product" in params:
            params["product"] = self.product(params["product"])
        if "trait" in params:
            key = params["trait"]
            params["wanted"] = self.any_value(key, params["wanted"].split(","))
            params["trait"] = self.trait(key)
        if "facts" in params:
            facts = [self.fact(key) for key in params["facts"].split(",")]
            params["facts"] = self.words.joined(facts)
        text = self.words(f"reason.{answer.reason.code}", **params)
        if answer.assumed:
            traits = self.words.joined([self.trait(key) for key in answer.assumed])
            text += self.words("sentence.gap") + self.words("reason.assumed", traits=traits)
        return text

    def range(self, one: Range, product: str) -> str:
        """A range of a product's versions in words."""
        key, versions = self._range_key(one, product)
        text = self.words(key, **versions)
        if one.branch:
            return self.words("range.branch", branch=one.branch, range=text)
        return text

    def any_range(self, ranges: Iterable[Range], product: str) -> str:
        """Several ranges as alternatives."""
        return self.words("list.or").join(self.range(one, product) for one in ranges)

    def _range_key(self, one: Range, product: str) -> tuple[str, dict[str, str]]:
        last = one.last_affected
        if one.introduced == "0":
            if one.fixed:
                return "range.always-fixed", {"fixed": one.fixed}
            return ("range.always-last", {"last": last}) if last else ("range.always", {})
        if one.fixed:
            catalogue = self.kb.catalogues[product]
            before, _ = catalogue.neighbours(catalogue.parse(one.fixed))
            if before == catalogue.parse(one.introduced):
                return "range.single", {"introduced": one.introduced}
            return "range.fixed", {"introduced": one.introduced, "fixed": one.fixed}
        if last == one.introduced:
            return "range.single", {"introduced": one.introduced}
        if last:
            return "range.last", {"introduced": one.introduced, "last": last}
        return "range.open", {"introduced": one.introduced}

    def affected_versions(self, advisory: Advisory) -> list[tuple[str, list[str]]]:
        """Product names with their affected ranges in words, for tables and first screens."""
        found: dict[str, list[str]] = {}
        for entry in advisory.affected:
            for on in entry.on:
                ranges = found.setdefault(self.product(on.product), [])
                ranges += [text for r in on.ranges if (text := self.range(r, on.product)) not in ranges]
        return list(found.items())
