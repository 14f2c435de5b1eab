"""Ways through a record: its prose, its ranges, its conditions, each with the path it stands at.

Takes a record and gives pairs of path and part, so that rules do not each know the model's shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple, TypeVar, get_args
from weakref import WeakKeyDictionary

from pydantic import BaseModel

from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Bilingual, On, Range, Record, Target, When
from caveat.reading.document import Document, Path

M = TypeVar("M", bound=BaseModel)

#: Texts whose faults a rule remembers: under a server, most texts are those of the build before.
REMEMBERED = 1 << 18


def every_record(kb: KnowledgeBase) -> Iterator[Record]:
    """All records of all kinds."""
    for kind in (kb.advisories, kb.products, kb.host_traits, kb.practices):
        yield from kind.values()


def parts(value: object, wanted: type[M], path: Path = ()) -> list[tuple[Path, M]]:
    """Every part of type `wanted` below `value`, with its path in the file."""
    found: list[tuple[Path, M]] = []
    _collect(value, wanted, path, found)
    return found


def _collect(value: object, wanted: type[M], path: Path, found: list[tuple[Path, M]]) -> None:
    if isinstance(value, list):
        for index, item in enumerate(value):
            _collect(item, wanted, (*path, index), found)
    elif isinstance(value, dict):
        for key, item in value.items():
            _collect(item, wanted, (*path, str(key)), found)
    elif isinstance(value, wanted):
        found.append((path, value))
    elif isinstance(value, BaseModel):
        for name, key in _ways(type(value), wanted):
            _collect(getattr(value, name), wanted, (*path, key), found)


@cache
def _ways(model: type[BaseModel], wanted: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """Fields of `model` below which `wanted` can stand, with their keys in the file."""
    return tuple(
        (name, info.alias or name)
        for name, info in model.model_fields.items()
        if any(one is wanted or _ways(one, wanted) for one in _models_in(info.annotation))
    )


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


@lru_cache(maxsize=2)
def prose(kb: KnowledgeBase) -> tuple[tuple[Document, Path, Bilingual], ...]:
    """All bilingual texts of all records; several rules look at them."""
    return tuple(
        (document, path, text)
        for record in every_record(kb)
        for document in (kb.document(record),)
        for path, text in texts(document, record)
    )


def texts(document: Document, record: Record) -> list[tuple[Path, Bilingual]]:
    """The texts of one file, found once for as long as its content stays what it is."""
    if document not in _TEXTS:
        _TEXTS[document] = parts(record, Bilingual)
    return _TEXTS[document]


_TEXTS: WeakKeyDictionary[Document, list[tuple[Path, Bilingual]]] = WeakKeyDictionary()


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
        for path, target in parts(record, Target):
            yield Named((*path, "product"), target.product)
        for number, fix in enumerate(record.fixes):
            yield Named(("fixes", number, "product"), fix.product)
        for product in record.verification.releases:
            yield Named(("verification", "releases", product), product)
    else:
        for number, product in enumerate(getattr(record, "products", [])):
            yield Named(("products", number), product)
