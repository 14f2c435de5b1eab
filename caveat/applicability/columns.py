"""The columns of a record's impact matrix: the cases that its conditions tell apart.

Takes a record and one of its products and gives facts with what a heading must say; the number of
columns grows with the number of conditions, not with their combinations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product as product_of
from typing import Literal

from caveat.applicability.facts import Facts
from caveat.applicability.ranges import in_any
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Affected, On, Range
from caveat.versions import Version


@dataclass(frozen=True)
class Part:
    """One condition in a heading: a trait with values, a product with its affected ranges, or a
    product with the first and last of some versions."""

    kind: Literal["trait", "ranges", "span"]
    key: str
    values: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Column:
    """One case: `hold` (all conditions), `differ` (one does not), `unknown`, or `any`."""

    case: Literal["hold", "differ", "unknown", "any"]
    facts: Facts
    parts: tuple[Part, ...] = ()


def columns(kb: KnowledgeBase, advisory: Advisory, product: str) -> tuple[Column, ...]:
    """The cases of a record, seen from `product`; one column `any` where it names no condition."""
    entries = [e for e in advisory.affected if any(on.product == product for on in e.on)]
    bases = [list(_all_hold(kb, advisory, entries, entry, product)) for entry in entries]
    found = [column for base in bases for column in base]
    for entry, base in zip(entries, bases, strict=True):
        found += _one_trait_differs(kb, entries, entry, base[0])
        found += _one_product_differs(kb, entry, base[0], product)
    if any(column.parts for column in found):
        found.append(Column("unknown", Facts()))
    unique: dict[object, Column] = {}
    for column in found:
        facts = column.facts
        unique.setdefault((tuple(facts.versions.items()), tuple(facts.traits.items())), column)
    return tuple(unique.values())


def _conditions(kb: KnowledgeBase, on: On) -> Iterator[tuple[str, list[str]]]:
    for path, values in on.when.items():
        yield kb.trait_key(on.product, path) or path, values


def _wanted(kb: KnowledgeBase, entries: list[Affected]) -> dict[str, list[frozenset[str]]]:
    """For each trait the sets of values that the entries want."""
    wanted: dict[str, list[frozenset[str]]] = {}
    for entry in entries:
        for on in entry.on:
            for key, values in _conditions(kb, on):
                wanted.setdefault(key, []).append(frozenset(values))
    return wanted


def _all_hold(
    kb: KnowledgeBase, advisory: Advisory, entries: list[Affected], entry: Affected, product: str
) -> Iterator[Column]:
    """The entry's conditions, once for each set of values that all entries treat alike."""
    versions: dict[str, Version] = {}
    parts: list[list[Part]] = []
    wanted = _wanted(kb, entries)
    for on in entry.on:
        if on.product != product and (inside := _split(kb, on)[0]):
            versions[on.product] = _newest_verified(kb, advisory, on.product, inside)
            parts.append([Part("ranges", on.product, ranges=tuple(on.ranges))])
        for key, values in _conditions(kb, on):
            alike: dict[object, list[str]] = {}
            for value in values:
                alike.setdefault(tuple(value in one for one in wanted[key]), []).append(value)
            parts.append([Part("trait", key, tuple(group)) for group in alike.values()])
    for case in product_of(*parts):
        traits = {p.key: frozenset({p.values[0]}) for p in case if p.kind == "trait"}
        yield Column("hold" if case else "any", Facts(versions, traits), case)


def _one_trait_differs(
    kb: KnowledgeBase, entries: list[Affected], entry: Affected, base: Column
) -> Iterator[Column]:
    wanted = _wanted(kb, entries)
    for on in entry.on:
        for key, _ in _conditions(kb, on):
            named = frozenset().union(*wanted[key])
            rest = tuple(v.id for v in kb.traits[key].values if v.id not in named)
            if rest:
                facts = base.facts.having(key, *rest)
                yield Column("differ", facts, (Part("trait", key, rest),))


def _one_product_differs(
    kb: KnowledgeBase, entry: Affected, base: Column, product: str
) -> Iterator[Column]:
    for on in entry.on:
        if on.product == product:
            continue
        inside, below, above = _split(kb, on)
        for side in (below, above):
            if inside and side:
                facts = base.facts.at(on.product, side[-1])
                yield Column(
                    "differ", facts, (Part("span", on.product, (side[0].text, side[-1].text)),)
                )


def _newest_verified(
    kb: KnowledgeBase, advisory: Advisory, product: str, inside: list[Version]
) -> Version:
    """What stands for a product whose version is in range: the newest that was looked at."""
    verified = advisory.verification.releases.get(product)
    if verified is None:
        return inside[-1]
    limit = kb.catalogues[product].parse(verified)
    return max((v for v in inside if v <= limit), default=inside[-1])


def _split(kb: KnowledgeBase, on: On) -> tuple[list[Version], list[Version], list[Version]]:
    """Catalogued versions inside the ranges, below the first of them, and above the last."""
    catalogue = kb.catalogues[on.product]
    inside = [v for v in catalogue.versions if in_any(on.ranges, v, catalogue.product.versioning)]
    if not inside:
        return [], [], []
    return (
        inside,
        [v for v in catalogue.versions if v < inside[0]],
        [v for v in catalogue.versions if v > inside[-1]],
    )
