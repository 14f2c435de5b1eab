"""Takes every real record; shows its answers on and beside every border of every range.

The releases and facts are found in the records, the expected state by looking at one entry alone,
so a new record gets its table by being there.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from caveat.applicability import Facts, State, judge, matrix
from caveat.knowledge import KnowledgeBase, load
from caveat.model import Advisory, Affected, On, Range
from caveat.versions import Catalogue, Version

ROOT = Path(__file__).resolve().parents[2]
FINE = {State.FIXED, State.NOT_AFFECTED}


class Case(NamedTuple):
    """One question about one range of one record, and the states that may answer it."""

    id: str
    record: str
    product: str
    release: str
    facts: Facts
    wanted: frozenset[State]


@cache
def knowledge() -> KnowledgeBase:
    """The real records."""
    return load(ROOT)[0]


def borders(catalogue: Catalogue, one: Range) -> Iterator[tuple[str, Version, bool]]:
    """Name of a place, the release there, and whether this range alone holds it."""
    listed = [v for v in catalogue.versions if one.branch is None or v.in_branch(one.branch)]
    always = one.introduced == "0"
    begin = listed[0] if always else catalogue.parse(one.introduced)
    older = [v for v in listed if v < begin]
    if older and not always:
        yield "before", older[-1], False
    yield "first", begin, True
    if one.fixed is not None:
        fixed = catalogue.parse(one.fixed)
        inside = [v for v in listed if begin <= v < fixed]
        yield "last", inside[-1], True
        yield "fixed", fixed, False
    elif one.last_affected is not None:
        last = catalogue.parse(one.last_affected)
        yield "last", last, True
        after = [v for v in listed if v > last]
        if after:
            yield "after", after[0], False
    else:
        yield "newest", listed[-1], True


def cases() -> Iterator[Case]:
    """All questions about all records."""
    kb = knowledge()
    for record in kb.advisories.values():
        for number, entry in enumerate(record.affected):
            for part, on in enumerate(entry.on):
                for place, one in enumerate(on.ranges):
                    yield from _of_range(kb, record, entry, on, one, f"{number}.{part}.{place}")


def _of_range(
    kb: KnowledgeBase, record: Advisory, entry: Affected, on: On, one: Range, where: str
) -> Iterator[Case]:
    holding = _holding(kb, entry, on.product)
    others = [e for e in record.affected if e is not entry]
    # Where a record has several entries, another one may strike: then only that is said.
    other = {State.AFFECTED} if others else set()
    for name, release, inside in borders(kb.catalogues[on.product], one):

        def case(
            what: str, facts: Facts, wanted: set[State], at: str = f"{release} ({name})"
        ) -> Case:
            id_ = f"{record.slug}/{where}/{on.product} {at}/{what}"
            return Case(id_, record.id, on.product, at.partition(" ")[0], facts, frozenset(wanted))

        if not inside:
            # Another range or entry may hold the release; alone, it is fine whatever the facts.
            alone = not _held(kb, [entry, *others], on.product, release)
            yield case("hold", holding, FINE if alone else set(State))
            yield case("no facts", Facts(), FINE if alone else set(State))
        elif not _held(kb, [entry], on.product, release) or entry.upgrade is not None:
            yield case(
                "another branch, or only a step", holding, set(State) - {State.AFFECTED} | other
            )
        else:
            yield from _inside(kb, record, others, on, one, release, holding, case)


def _inside(
    kb: KnowledgeBase,
    record: Advisory,
    others: list[Affected],
    on: On,
    one: Range,
    release: Version,
    holding: Facts,
    case: Callable[[str, Facts, set[State]], Case],
) -> Iterator[Case]:
    strikes = {State.AFFECTED if _verified(kb, record, on, one, release) else State.UNKNOWN}
    other = {State.AFFECTED} if others else set()
    yield case("hold", holding, strikes)
    if holding.traits or holding.versions:
        yield case("no facts", Facts(), {State.UNKNOWN} | other)
    for key, values in holding.traits.items():
        less = Facts(holding.versions, {k: v for k, v in holding.traits.items() if k != key})
        yield case(f"without {key}", less, {State.UNKNOWN} | other)
        for value in _never_wanted(kb, record, key):
            want = set(State) - {State.FIXED} if _indifferent(kb, others, key) else FINE
            yield case(f"{key}={value}", holding.having(key, value), want)
            yield case(f"{key}={value} too", holding.having(key, value, *values), strikes)


def _holding(kb: KnowledgeBase, entry: Affected, product: str) -> Facts:
    """Facts under which all of the entry's conditions hold, but for the version of `product`."""
    versions, traits = {}, {}
    for on in entry.on:
        if on.product != product:
            first = next(borders(kb.catalogues[on.product], on.ranges[0]))
            inside = (
                first if first[2] else list(borders(kb.catalogues[on.product], on.ranges[0]))[1]
            )
            versions[on.product] = inside[1]
        for path, values in on.when.items():
            traits[kb.trait_key(on.product, path) or path] = frozenset(values[:1])
    return Facts(versions, traits)


def _held(kb: KnowledgeBase, entries: list[Affected], product: str, release: Version) -> bool:
    """Whether the ranges of the longest branch that the release is in hold it, in any entry; an
    entry that does not name the product holds every release of it."""
    catalogue = kb.catalogues[product]
    for entry in entries:
        if all(on.product != product for on in entry.on):
            return True
        for on in entry.on:
            if on.product != product:
                continue
            named = [r.branch for r in on.ranges if r.branch and release.in_branch(r.branch)]
            longest = max(named, key=len, default=None)
            for one in on.ranges:
                if one.branch == longest and _between(catalogue, one, release):
                    return True
    return False


def _between(catalogue: Catalogue, one: Range, release: Version) -> bool:
    if one.introduced != "0" and release < catalogue.parse(one.introduced):
        return False
    if one.fixed is not None:
        return release < catalogue.parse(one.fixed)
    return one.last_affected is None or release <= catalogue.parse(one.last_affected)


def _verified(kb: KnowledgeBase, record: Advisory, on: On, one: Range, release: Version) -> bool:
    limit = record.verification.releases.get(on.product)
    closed = one.fixed is not None or one.last_affected is not None
    return closed or limit is None or release <= kb.catalogues[on.product].parse(limit)


def _never_wanted(kb: KnowledgeBase, record: Advisory, key: str) -> list[str]:
    """Values of a trait that no entry of the record asks for."""
    wanted = {
        value
        for entry in record.affected
        for on in entry.on
        for path, values in on.when.items()
        if kb.trait_key(on.product, path) == key
        for value in values
    }
    return [value.id for value in kb.traits[key].values if value.id not in wanted]


def _indifferent(kb: KnowledgeBase, entries: list[Affected], key: str) -> bool:
    """Whether another entry strikes whatever the trait is."""
    return any(
        all(kb.trait_key(on.product, path) != key for on in entry.on for path in on.when)
        for entry in entries
    )


ALL = list(cases())


@pytest.mark.parametrize("case", ALL, ids=[case.id for case in ALL])
def test_border(case: Case) -> None:
    """The state beside a border is the one that the record's own words give."""
    kb = knowledge()
    release = kb.catalogues[case.product].parse(case.release)
    answer = judge(kb, kb.advisories[case.record], case.product, release, case.facts)
    assert answer.state in case.wanted, answer


def test_every_record_has_borders_that_say_something() -> None:
    """Each record is affected somewhere and fine or unknown somewhere else."""
    strict = {c.record for c in ALL if c.wanted == {State.AFFECTED}}
    steps = {r.id for r in knowledge().advisories.values() if all(e.upgrade for e in r.affected)}
    assert strict | steps == set(knowledge().advisories)


def test_a_column_of_several_values_claims_what_holds_for_each(kb: KnowledgeBase) -> None:
    """That one of them was tested says nothing of the others."""
    looked = 0
    for record in kb.published:
        for product in record.products:
            table = matrix(kb, record, product)
            for number, column in enumerate(table.columns):
                several = {k: v for k, v in column.facts.traits.items() if len(v) > 1}
                for key, values in several.items():
                    looked += 1
                    for row in table.rows:
                        if row.answers[number].reason.code != "tested-fine":
                            continue
                        for value in values:
                            alone = column.facts.having(key, value)
                            told = judge(kb, record, product, row.version, alone)
                            assert told.reason.code == "tested-fine", (record.id, value)
    assert looked > 10
