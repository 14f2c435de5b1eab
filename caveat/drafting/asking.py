"""The questions that matter, one after the other, each with what is likely as its answer.

Takes the knowledge base, what is known already and somebody who answers, and gives the answers;
nothing is asked that was given, and an empty answer takes the proposal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol, get_args

from caveat.drafting import checks, proposals
from caveat.drafting.answers import Answers
from caveat.drafting.duplicates import Duplicate, duplicates
from caveat.knowledge import KnowledgeBase
from caveat.matching import Index
from caveat.model.advisory import Kind, Level
from caveat.model.workaround import WorkaroundKind
from caveat.words import Words

#: What is answered where a proposal is not wanted.
NONE = "-"
#: Traits that are shown with their values.
_TRAITS = 6
#: Where `words/` names the choices of a field.
_TABLES = {"kind": "kind", "level": "severity", "helped_kind": "workaround-kind"}


class Person(Protocol):
    """Who answers: somebody at a terminal, or a test."""

    def say(self, text: str) -> None:
        """Tell something."""

    def ask(self, question: str, proposal: str = "") -> str:
        """One line; the proposal where the person types nothing."""

    def ask_lines(self, question: str) -> str:
        """Several lines, as they were pasted."""


class Dialogue:
    """One round of questions."""

    def __init__(self, kb: KnowledgeBase, index: Index, person: Person, t: Words) -> None:
        self.kb, self.index, self.person, self.t = kb, index, person, t

    def asked(self, given: Answers, today: str) -> Answers | None:
        """The answers, or None where the person found the problem described already."""
        known = self._basics(given, today)
        known = self._where(known)
        known = self._error(known)
        if self._is_known(known):
            return None
        return self._name(self._weight(known))

    def _basics(self, known: Answers, today: str) -> Answers:
        known = self._fill(known, "url", checks.source)
        known = self._fill(known, "day", lambda text: checks.day(text, today), today)
        known = self._fill(known, "title", checks.line)
        if known.product in self.kb.products:
            return known
        words = f"{known.product} {known.title}"
        found = proposals.products(self.kb, known.product) or proposals.products(self.kb, words)
        if len(found) > 1:
            self.person.say(self.t("new.say.products", names=self.t.joined(found)))
        known = replace(known, product="")
        return self._fill(
            known, "product", lambda text: checks.product(self.kb, text), next(iter(found), "")
        )

    def _name(self, known: Answers) -> Answers:
        likely = proposals.slug(self.kb, known)
        return self._fill(known, "slug", lambda text: checks.slug(self.kb, text), likely)

    def _where(self, known: Answers) -> Answers:
        def version(text: str) -> str:
            return checks.version(self.kb, known.product, text)

        known = self._fill(known, "introduced", version)
        known = self._fill(known, "fixed", version)
        if not known.fixed:
            known = self._fill(known, "last_affected", version)
        if known.when:
            return known
        traits = proposals.traits(self.kb, known.product)
        if not traits:
            return known
        words = " ".join((known.title, known.error, known.summary))
        likely = proposals.conditions(self.kb, known.product, words)
        # Those that the words name and that records of the product use most; then names alone.
        first = list(dict.fromkeys((*likely, *traits)))
        for name in first[:_TRAITS]:
            values = ", ".join(value.id for value in traits[name].values)
            self.person.say(f"  {name}: {values}  ({traits[name].name.get(self.t.language)})")
        if others := first[_TRAITS:]:
            self.person.say(self.t("new.say.traits", names=self.t.joined(others)))
        answer = self._until(
            "when",
            lambda text: checks.when(self.kb, known.product, text),
            " ".join(f"{name}={','.join(values)}" for name, values in likely.items()),
        )
        return replace(known, when=answer)

    def _error(self, known: Answers) -> Answers:
        if not known.error:
            text = self.person.ask_lines(self.t("new.ask.error"))
            known = replace(known, error=text.strip("\n"))
        return self._fill(known, "near_miss", checks.anything) if known.error else known

    def _is_known(self, known: Answers) -> bool:
        found = duplicates(self.kb, self.index, known)
        for one in found:
            self.person.say(told(one, self.t))
        if not any(one.is_likely for one in found):
            return False
        answer = self.person.ask(self.t("new.ask.go-on"), self.t("new.no"))
        return not answer.casefold().startswith(self.t("new.yes")[:1])

    def _weight(self, known: Answers) -> Answers:
        known = self._choice(known, "kind", get_args(Kind), "regression")
        known = self._choice(known, "level", get_args(Level), "medium")
        for name in ("reason", "summary", "cause", "helped"):
            known = self._fill(known, name, checks.anything)
        if known.helped:
            known = self._choice(known, "helped_kind", get_args(WorkaroundKind), "configure")
            known = self._fill(known, "command", checks.anything)
        if known.practices:
            return known
        likely = proposals.practices(self.kb, known.product)
        answer = self._until(
            "practices", lambda text: checks.practices(self.kb, text), " ".join(likely)
        )
        return replace(known, practices=answer)

    def _choice(self, known: Answers, name: str, choices: Sequence[str], proposal: str) -> Answers:
        if not getattr(known, name):
            shown = (self._choice_shown(name, one) for one in choices)
            self.person.say("  " + self.t.joined(list(shown)))
        return self._fill(known, name, lambda text: checks.choice(choices, text), proposal)

    def _choice_shown(self, name: str, value: str) -> str:
        """The value as it is typed, and what it means where the language has another word."""
        label = self.t(f"{_TABLES[name]}.{value}")
        return value if self.t.language == "en" else f"{value} {label}"

    def _fill(
        self, known: Answers, name: str, check: Callable[[str], str], proposal: str = ""
    ) -> Answers:
        """Ask for a field that is missing, until the answer can be used."""
        if getattr(known, name):
            return known
        return replace(known, **{name: self._until(name, check, proposal)})

    def _until(self, name: str, check: Callable[[str], Any], proposal: str) -> Any:
        while True:
            text = self.person.ask(self.t(f"new.ask.{name.replace('_', '-')}"), proposal).strip()
            try:
                return check("" if text == NONE else text)
            except checks.WrongAnswer as wrong:
                self.person.say(f"  {wrong.told(self.t)}")


def told(one: Duplicate, t: Words) -> str:
    """A record that may be the same, in a line."""
    title = one.record.title.get(t.language)
    return t(f"new.say.duplicate-{one.why}", id=one.record.id, title=title)
