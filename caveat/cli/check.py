"""`caveat check`: what strikes a version with these facts, and what may.

Takes a product, a version and facts; gives answers, worst first.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any, NamedTuple

from caveat.applicability import Answer, Facts, State, judge
from caveat.applicability.wording import Wording
from caveat.cli.asked import Asked
from caveat.cli.console import Console, Styled
from caveat.cli.source import Source, open_here
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.versions import Version
from caveat.words import words

_LEVELS = ("critical", "high", "medium", "low")


class Question(NamedTuple):
    """What is asked: a version of a product on a host."""

    kb: KnowledgeBase
    product: str
    version: Version
    facts: Facts


class Told(NamedTuple):
    """A record's answer."""

    record: Advisory
    answer: Answer


def add_arguments(parser: ArgumentParser) -> None:
    """What `caveat check` understands."""
    parser.add_argument("product", metavar="PRODUCT", help="id or another name of it")
    parser.add_argument("version", metavar="VERSION", help="upstream's number, or a package's")
    parser.add_argument("--trait", action="append", default=[], metavar="[PRODUCT.]K=V")
    parser.add_argument(
        "--with", action="append", default=[], dest="beside", metavar="PRODUCT=VERSION"
    )


def run(options: Namespace, console: Console) -> int:
    """Answer, and say by the status whether something applies."""
    source = open_here(options.kb)
    question = _question(options, source)
    answers = told(question)
    if options.json:
        console.json(_values(question, answers, source))
    else:
        _show(answers, Wording(question.kb, words(options.lang)), console)
    states = {one.answer.state for one in answers}
    return 1 if State.AFFECTED in states else 3 if State.UNKNOWN in states else 0


def told(question: Question) -> list[Told]:
    """Every record's answer, worst first."""
    kb, product, version, facts = question
    records = [one for one in kb.by_product[product] if one.status != "withdrawn"]
    found = [Told(one, judge(kb, one, product, version, facts)) for one in records]
    states = list(State)

    def rank(one: Told) -> tuple[int, int, str]:
        severity = _LEVELS.index(one.record.severity.level)
        return states.index(one.answer.state), severity, one.record.id

    return sorted(found, key=rank)


def _question(options: Namespace, source: Source) -> Question:
    asked = Asked(words(options.lang))
    product = asked.product(options.product, source.products())
    pairs = [pair for text in options.beside if (pair := asked.pair("--with", text))]
    others = [(id_, v) for name, v in pairs if (id_ := asked.product(name, source.products()))]
    asked.stop()
    assert product is not None, "stop ends where it is"  # noqa: S101
    kb = source.knowledge([product, *(id_ for id_, _ in others)])
    version = asked.version(kb, product, options.version)
    facts = asked.beside(kb, others, asked.traits(kb, product, options.trait))
    asked.stop()
    assert version is not None, "stop ends where it is"  # noqa: S101
    return Question(kb, product, version, facts)


def _values(question: Question, answers: list[Told], source: Source) -> dict[str, Any]:
    spoken = {lang: Wording(question.kb, words(lang)) for lang in ("en", "zh")}
    return {
        "product": question.product,
        "version": question.version.text,
        "traits": {key: sorted(values) for key, values in sorted(question.facts.traits.items())},
        "answers": [
            {
                "id": one.record.id,
                "slug": one.record.slug,
                "state": str(one.answer.state),
                "severity": one.record.severity.level,
                "reason": {
                    "code": one.answer.reason.code,
                    **{lang: wording.reason(one.answer) for lang, wording in spoken.items()},
                },
                **source.place(one.record),
            }
            for one in answers
            if not one.answer.state.is_fine
        ],
    }


def _show(answers: list[Told], say: Wording, console: Console) -> None:
    for one in answers:
        if one.answer.state.is_fine:
            continue
        console.line(
            Styled(say.words(f"state.{one.answer.state}"), "bold"),
            f" {one.record.id} ",
            say.plain(one.record.title),
        )
        console.text(say.reason(one.answer), indent=1)
