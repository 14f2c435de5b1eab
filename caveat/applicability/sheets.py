"""A record's answers for every combination of the facts it names, computed once.

Takes a record and gives an `AnswerSheet`: the facts as numbered classes, the distinct answers, and
for each combination which of them it gets. Whoever holds one compares no versions.

Releases that the engine cannot tell apart are one class, and so are values that no condition tells
apart; class 0 of every fact is "not known". Versions choose a table, and a table asks only the
traits that still matter there. It has as many cells as the product of their sizes: a sheet grows
with the borders and values that a record names, not with releases, and with the traits of one case,
not of all cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product as product_of
from typing import Literal, TypeVar

from caveat.applicability.answer import Answer
from caveat.applicability.facts import Facts
from caveat.applicability.judge import Question, rank
from caveat.applicability.segments import leaving, named_traits, scopes, segments
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory

Kind = Literal["version", "leaves", "trait"]
T = TypeVar("T")


@dataclass(frozen=True)
class Fact:
    """One thing to know: a product's version, the version that an upgrade step leaves, or a trait.

    `of` is the product's id or the trait's key; `classes` gives the number of the class, from 1, of
    each release (oldest first) or value.
    """

    kind: Kind
    of: str
    classes: Mapping[str, int]

    @property
    def size(self) -> int:
        """How many classes there are, "not known" included."""
        return 1 + max(self.classes.values(), default=0)

    @property
    def name(self) -> str:
        """How an answer's `missing` and `rests` call it."""
        return f"product:{self.of}" if self.kind == "version" else self.of


@dataclass(frozen=True)
class Table:
    """The answers where versions are known: `asks` are the numbers of the traits that matter, and
    `cells` holds an answer's number for each combination of their classes, the last one fastest."""

    asks: tuple[int, ...]
    cells: tuple[int, ...]


@dataclass(frozen=True)
class AnswerSheet:
    """All answers of one record.

    `facts` are products' versions and steps, then traits. `cases` holds a table's number for each
    combination of classes of versions and steps, the last one fastest. `answers` are sorted, worst
    first.
    """

    advisory: Advisory
    facts: tuple[Fact, ...]
    cases: tuple[int, ...]
    tables: tuple[Table, ...]
    answers: tuple[Answer, ...]

    @cached_property
    def traits(self) -> tuple[str, ...]:
        """The keys of the traits that it asks for."""
        return tuple(fact.of for fact in self.facts if fact.kind == "trait")

    def answer(self, facts: Facts) -> Answer:
        """The answer for a host whose versions are catalogued, looked up instead of worked out."""
        case = 0
        for fact in self.facts:
            if fact.kind != "trait":
                known = facts.versions if fact.kind == "version" else facts.leaves
                version = known.get(fact.of)
                found = fact.classes[str(version)] if version is not None else 0
                case = case * fact.size + found
        table = self.tables[self.cases[case]]
        cells = [0]
        for number in table.asks:
            fact = self.facts[number]
            classes = [fact.classes[value] for value in facts.traits.get(fact.of, ())] or [0]
            cells = [cell * fact.size + one for cell in cells for one in classes]
        answer = self.answers[min(table.cells[cell] for cell in cells)]
        assumed = tuple(key for key in answer.rests if key in facts.assumed)
        return replace(answer, assumed=assumed) if assumed else answer


def sheet(kb: KnowledgeBase, advisory: Advisory) -> AnswerSheet:
    """The answers of a record that obeys the rules."""
    versions = list(_versions(kb, advisory))
    traits = list(_traits(kb, advisory))
    tables = [
        _asked(kb, advisory, _joined(known), len(versions), traits)
        for known in product_of(*(told for _, told in versions))
    ]
    answers = sorted(
        {_key(a): a for _, told in reversed(tables) for a in reversed(told)}.values(), key=rank
    )
    numbers = {_key(answer): number for number, answer in enumerate(answers)}
    made = [Table(asks, tuple(numbers[_key(a)] for a in told)) for asks, told in tables]
    distinct = {table: number for number, table in enumerate(dict.fromkeys(made))}
    return AnswerSheet(
        advisory,
        tuple(fact for fact, _ in (*versions, *traits)),
        tuple(distinct[table] for table in made),
        tuple(distinct),
        tuple(answers),
    )


def examples(kb: KnowledgeBase, advisory: Advisory) -> dict[str, list[Facts]]:
    """By the name of a fact, one thing to know for each of its classes but "not known": whoever
    tries them all has tried all versions and values."""
    facts = [*_versions(kb, advisory), *_traits(kb, advisory)]
    return {fact.name: told[1:] for fact, told in facts if fact.kind != "leaves"}


def _asked(
    kb: KnowledgeBase,
    advisory: Advisory,
    known: Facts,
    before: int,
    traits: Sequence[tuple[Fact, list[Facts]]],
) -> tuple[tuple[int, ...], list[Answer]]:
    """The traits that matter where `known` versions are, and the answer for each combination."""
    question = Question.of(kb, advisory, known)
    asks = [number for number, (fact, _) in enumerate(traits) if fact.of in question.traits]
    told = product_of(*(traits[number][1] for number in asks))
    answers = [question.answer(_joined(parts)) for parts in told]
    return tuple(before + number for number in asks), answers


def _key(answer: Answer) -> object:
    reason = answer.reason
    return (
        answer.state,
        reason.code,
        tuple(reason.params.items()),
        answer.missing,
        answer.rests,
        answer.evidence,
    )


def _joined(parts: Iterable[Facts]) -> Facts:
    parts = tuple(parts)
    return Facts(
        versions={p: v for part in parts for p, v in part.versions.items()},
        traits={t: v for part in parts for t, v in part.traits.items()},
        leaves={p: v for part in parts for p, v in part.leaves.items()},
    )


def _versions(kb: KnowledgeBase, advisory: Advisory) -> Iterator[tuple[Fact, list[Facts]]]:
    """Every product's version, and the one that a step of it leaves, with an example of each
    class."""
    steps = {e.on[0].product for e in advisory.affected if e.upgrade is not None}
    for product in dict.fromkeys(on.product for on in scopes(advisory)):
        versions = kb.catalogues[product].versions
        alike = segments(kb, advisory, product)
        yield _fact("version", product, versions, alike, Facts().at)
        if product in steps:
            alike = leaving(kb, advisory, product)
            yield _fact("leaves", product, versions, alike, Facts().leaving)


def _traits(kb: KnowledgeBase, advisory: Advisory) -> Iterator[tuple[Fact, list[Facts]]]:
    """Every trait that the record names, with an example of each class."""
    for key, lists in named_traits(kb, scopes(advisory)).items():
        values = tuple(value.id for value in kb.traits[key].values)
        alike = [tuple(value in wanted for wanted in lists) for value in values]
        yield _fact("trait", key, values, alike, Facts().having)


def _fact(
    kind: Kind,
    of: str,
    things: Sequence[T],
    alike: Sequence[object],
    known: Callable[[str, T], Facts],
) -> tuple[Fact, list[Facts]]:
    """The fact whose classes are the `things` that are alike, and one thing known for each."""
    numbers: dict[object, int] = {}
    examples = [Facts()]
    for thing, one in zip(things, alike, strict=True):
        if one not in numbers:
            numbers[one] = len(examples)
            examples.append(known(of, thing))
    classes = {str(thing): numbers[one] for thing, one in zip(things, alike, strict=True)}
    return Fact(kind, of, classes), examples
