"""Ways through a record: its prose, its ranges, its conditions, each with the path it stands at.

Takes a record and gives pairs of path and part, so that rules do not each know the model's shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Bilingual, On, Range, Record, When
from caveat.reading.document import Path

M = TypeVar("M", bound=BaseModel)


def every_record(kb: KnowledgeBase) -> Iterator[Record]:
    """All records of all kinds."""
    for kind in (kb.advisories, kb.products, kb.host_traits, kb.practices):
        yield from kind.values()


def parts(value: object, wanted: type[M], path: Path = ()) -> Iterator[tuple[Path, M]]:
    """Every part of type `wanted` below `value`, with its path in the file."""
    if isinstance(value, wanted):
        yield path, value
    if isinstance(value, BaseModel):
        for name, info in type(value).model_fields.items():
            yield from parts(getattr(value, name), wanted, (*path, info.alias or name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from parts(item, wanted, (*path, index))


def prose(record: Record) -> Iterator[tuple[Path, Bilingual]]:
    """All bilingual texts of a record."""
    return parts(record, Bilingual)


class RangeList(NamedTuple):
    """Ranges that stand together, with the product whose versions they are."""

    path: Path
    product: str
    ranges: list[Range]


def range_lists(record: Record) -> Iterator[RangeList]:
    """All lists of ranges of a record."""
    if isinstance(record, Advisory):
        for number, entry in enumerate(record.affected):
            if entry.upgrade is not None:
                path: Path = ("affected", number, "upgrade")
                product = entry.on[0].product
                yield RangeList((*path, "from"), product, entry.upgrade.from_)
                yield RangeList((*path, "to"), product, entry.upgrade.to)
        for path, on in _scopes(record):
            yield RangeList((*path, "ranges"), on.product, on.ranges)
        for number, workaround in enumerate(record.workarounds):
            for index, where in enumerate(workaround.versions):
                path = ("workarounds", number, "versions", index, "ranges")
                yield RangeList(path, where.product, where.ranges)
    else:
        traits = getattr(record, "traits", [])
        for number, trait in enumerate(traits):
            for index, default in enumerate(trait.default):
                path = ("traits", number, "default", index, "ranges")
                if default.ranges:
                    yield RangeList(path, record.id, default.ranges)


def _scopes(record: Advisory) -> Iterator[tuple[Path, On]]:
    for name in ("affected", "unaffected"):
        yield from parts(getattr(record, name), On, (name,))


class Condition(NamedTuple):
    """A `when` with the product it belongs to, or None where several may be meant."""

    path: Path
    product: str | None
    when: When


def conditions(record: Advisory) -> Iterator[Condition]:
    """All conditions of a record."""
    for path, on in _scopes(record):
        yield Condition((*path, "when"), on.product, on.when)
    for number, workaround in enumerate(record.workarounds):
        path = ("workarounds", number, "when")
        yield Condition(path, record.products[0], workaround.when)


class Named(NamedTuple):
    """A product that a record names, and where."""

    path: Path
    product: str


def named_products(record: Record) -> Iterator[Named]:
    """Every mention of a product by id."""
    if isinstance(record, Advisory):
        for path, on in _scopes(record):
            yield Named((*path, "product"), on.product)
        for number, workaround in enumerate(record.workarounds):
            for index, where in enumerate(workaround.versions):
                path = ("workarounds", number, "versions", index, "product")
                yield Named(path, where.product)
        for number, fix in enumerate(record.fixes):
            yield Named(("fixes", number, "product"), fix.product)
        for product in record.verification.releases:
            yield Named(("verification", "releases", product), product)
    else:
        for number, product in enumerate(getattr(record, "products", [])):
            yield Named(("products", number), product)
