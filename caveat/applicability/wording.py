"""The engine's answers, conditions and ranges in words of one language.

Takes a knowledge base and the words; gives plain text that pages, commands and exports print.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caveat import prose
from caveat.applicability.answer import Answer
from caveat.applicability.columns import Part
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Bilingual, Range
from caveat.model.base import Language
from caveat.words import Words


def both(text: Bilingual) -> dict[str, str]:
    """A text by language, for tools that read it as Markdown (see `prose.kept`)."""
    return {lang: prose.kept(one) for lang, one in text.model_dump(exclude_none=True).items()}


@dataclass(frozen=True)
class Wording:
    """Names and reasons in the language of `words`."""

    kb: KnowledgeBase
    words: Words

    @property
    def language(self) -> Language:
        """The language that is spoken."""
        return self.words.language

    def plain(self, text: Bilingual) -> str:
        """Prose without markup."""
        return prose.plain(text.get(self.language))

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
        begin = {"introduced": one.introduced}
        if last == one.introduced or self._holds_one(one, product):
            return "range.single", begin
        if one.fixed:
            return "range.fixed", {**begin, "fixed": one.fixed}
        return ("range.last", {**begin, "last": last}) if last else ("range.open", begin)

    def _holds_one(self, one: Range, product: str) -> bool:
        """Whether the fix came with the very next release."""
        if not one.fixed:
            return False
        catalogue = self.kb.catalogues[product]
        before, _ = catalogue.neighbours(catalogue.parse(one.fixed))
        return before == catalogue.parse(one.introduced)

    def part(self, part: Part) -> str:
        """A condition as the heading of a case."""
        if part.kind == "trait":
            values = self.any_value(part.key, part.values)
            return self.words("column.trait", trait=self.trait(part.key), values=values)
        if part.kind == "ranges":
            return f"{self.product(part.key)} {self.any_range(part.ranges, part.key)}"
        return self.span(part.key, *part.values)

    def span(self, product: str, first: str, last: str) -> str:
        """A product with the first and last of neighbouring releases."""
        key = "column.product-one" if first == last else "column.product-span"
        return self.words(key, product=self.product(product), first=first, last=last)

    def affected_versions(self, advisory: Advisory) -> list[tuple[str, list[str]]]:
        """Product names with their affected ranges in words, for tables and first screens."""
        found: dict[str, list[str]] = {}
        for entry in advisory.affected:
            for on in entry.on:
                ranges = found.setdefault(self.product(on.product), [])
                ranges += [
                    text for r in on.ranges if (text := self.range(r, on.product)) not in ranges
                ]
        return list(found.items())
