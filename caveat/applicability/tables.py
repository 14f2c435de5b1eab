"""A record's answers for every combination of the facts it names, computed once.

Takes a record and gives a `Table`: the facts as numbered classes, the distinct answers, and for
each combination which of them it gets. Whoever holds one compares no versions.

Releases that the engine cannot tell apart are one class, and so are values that no condition tells
apart; class 0 of every fact is "not known". A table has as many cells as the product of its facts'
sizes: it grows with the borders and the values that a record names, not with releases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product as product_of
from typing import Literal, TypeVar

from caveat.applicability.answer import Answer
from caveat.applicability.facts import Facts
from caveat.applicability.judge import rank, weigh
from caveat.applicability.segments import leaving, scopes, segment
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
    """All answers of one record.

    `answers` are sorted, worst first. `cells` holds an answer's number for each combination of
    classes, the last fact counting fastest.
    """

    advisory: Advisory
    facts: tuple[Fact, ...]
    answers: tuple[Answer, ...]
    cells: tuple[int, ...]


def table(kb: KnowledgeBase, advisory: Advisory) -> Table:
    """The table of a record that obeys the rules."""
    facts, told = zip(*_facts(kb, advisory), strict=True)
    found = [weigh(kb, advisory, _joined(parts)) for parts in product_of(*told)]
    distinct = {_key(answer): answer for answer in reversed(found)}
    answers = sorted(distinct.values(), key=rank)
    numbers = {_key(answer): number for number, answer in enumerate(answers)}
    return Table(advisory, facts, tuple(answers), tuple(numbers[_key(one)] for one in found))


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


def _facts(kb: KnowledgeBase, advisory: Advisory) -> Iterator[tuple[Fact, list[Facts]]]:
    """Every fact, with what is known in each of its classes: products first, then traits."""
    steps = {e.on[0].product for e in advisory.affected if e.upgrade is not None}
    for product in dict.fromkeys(on.product for on in scopes(advisory)):
        versions = kb.catalogues[product].versions
        alike = [segment(kb, advisory, product, v) for v in versions]
        yield _fact("version", product, versions, alike, Facts().at)
        if product in steps:
            alike = [leaving(kb, advisory, product, v) for v in versions]
            yield _fact("leaves", product, versions, alike, Facts().leaving)
    wanted: dict[str, list[list[str]]] = {}
    for on in scopes(advisory):
        for path, values in on.when.items():
            wanted.setdefault(kb.trait_key(on.product, path) or path, []).append(values)
    for key, lists in wanted.items():
        names = tuple(value.id for value in kb.traits[key].values)
        same = [tuple(name in values for values in lists) for name in names]
        yield _fact("trait", key, names, same, Facts().having)


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
