"""Rules about names of other things: products, traits, values, practices.

Takes a knowledge base and gives findings; a file that could not be read is not reported twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Product, Trait
from caveat.problems import did_you_mean, shown
from caveat.reading.document import Document, Path
from caveat.rules.rule import Finding
from caveat.rules.walk import Condition, conditions, every_record, named_products


def products(kb: KnowledgeBase) -> Iterator[Finding]:
    """Every product that is named has a catalogue."""
    for record in every_record(kb):
        for path, name in named_products(record):
            if name not in kb.products and name not in kb.unread:
                hint = did_you_mean(name, kb.products) or f"add advisories/products/{name}.yml"
                on_key = path[0] == "verification"
                found = f"unknown product {shown(name)}"
                yield Finding(kb.document(record), path, found, "a known product", hint, on_key)


def product_once(kb: KnowledgeBase) -> Iterator[Finding]:
    """A product stands once in an `on`: its versions are one list of ranges."""
    for record in kb.advisories.values():
        for name in ("affected", "unaffected"):
            for number, entry in enumerate(getattr(record, name)):
                seen: set[str] = set()
                for index, on in enumerate(entry.on):
                    if on.product in seen:
                        path = (name, number, "on", index, "product")
                        found = f"{shown(on.product)} a second time"
                        hint = "add its ranges to the first, or write a second entry"
                        document = kb.document(record)
                        yield Finding(document, path, found, "each product once", hint)
                    seen.add(on.product)


def traits(kb: KnowledgeBase) -> Iterator[Finding]:
    """Every trait in a condition exists, and so does each value."""
    for record in kb.advisories.values():
        for condition in conditions(record):
            if not _unreadable(kb, record, condition):
                yield from _condition(kb, kb.document(record), record, condition)
    for product in kb.products.values():
        yield from _host_traits(kb, product)
        for number, trait in enumerate(product.traits):
            yield from _own_values(kb.document(product), ("traits", number), trait)
    for trait in kb.host_traits.values():
        yield from _own_values(kb.document(trait), (), trait)


def _unreadable(kb: KnowledgeBase, record: Advisory, condition: Condition) -> bool:
    names = {condition.product, *record.products}
    return any(name in kb.unread or name not in kb.products for name in names if name)


def _condition(
    kb: KnowledgeBase, document: Document, record: Advisory, condition: Condition
) -> Iterator[Finding]:
    for name, values in condition.when.items():
        key = kb.trait_key(condition.product, name)
        path = (*condition.path, name)
        if key is None:
            if name in kb.unread:
                continue
            known = _known_names(kb, record)
            hint = did_you_mean(name, known) or "known: " + ", ".join(sorted(known))
            found = f"unknown trait {shown(name)}"
            yield Finding(document, path, found, "a known trait", hint, on_key=True)
            continue
        yield from _values(document, path, values, kb.traits[key])


def _known_names(kb: KnowledgeBase, record: Advisory) -> set[str]:
    own = {t.id for p in record.products for t in kb.products[p].traits}
    return own | set(kb.host_traits)


def _values(document: Document, path: Path, values: list[str], trait: Trait) -> Iterator[Finding]:
    known = [value.id for value in trait.values]
    for number, value in enumerate(values):
        if value not in known:
            hint = did_you_mean(value, known) or "known: " + ", ".join(known)
            found = f"unknown value {shown(value)}"
            yield Finding(document, (*path, number), found, f"a value of {trait.id}", hint)


def _host_traits(kb: KnowledgeBase, product: Product) -> Iterator[Finding]:
    for number, name in enumerate(product.host_traits):
        if name not in kb.host_traits and name not in kb.unread:
            hint = did_you_mean(name, kb.host_traits) or f"add advisories/traits/{name}.yml"
            path = ("host_traits", number)
            found = f"unknown trait {shown(name)}"
            yield Finding(kb.document(product), path, found, "a known host trait", hint)


def _own_values(document: Document, path: Path, trait: Trait) -> Iterator[Finding]:
    """Defaults and probe of a trait name its own values."""
    for number, default in enumerate(trait.default):
        where = (*path, "default", number)
        for finding in _values(document, where, [default.value], trait):
            yield finding._replace(path=(*where, "value"))
    for kind in ("exit", "equals", "contains"):
        for output, value in getattr(trait.probe, kind, {}).items():
            where = (*path, "probe", kind, output)
            for finding in _values(document, where, [value], trait):
                yield finding._replace(path=where)


def practices(kb: KnowledgeBase) -> Iterator[Finding]:
    """Every practice that is named exists."""
    for record in kb.advisories.values():
        for number, name in enumerate(record.practices):
            if name not in kb.practices and name not in kb.unread:
                hint = did_you_mean(name, kb.practices) or f"add advisories/practices/{name}.yml"
                path = ("practices", number)
                found = f"unknown practice {shown(name)}"
                yield Finding(kb.document(record), path, found, "a known practice", hint)
