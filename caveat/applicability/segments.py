"""What the engine asks about a version's number: releases with equal segments are answered alike.

Takes a record, one of its products and a version; gives a value to compare, so that answers are
computed once for all releases of a segment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from caveat.applicability.ranges import in_any, place
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, On
from caveat.versions import Version


def segment(kb: KnowledgeBase, advisory: Advisory, product: str, version: Version) -> object:
    """Equal for two catalogued versions of `product` exactly when nothing that the engine asks
    about their numbers tells them apart."""
    scheme, catalogue = kb.products[product].versioning, kb.catalogues[product]
    verified = advisory.verification.releases.get(product)
    newer = verified is not None and version > catalogue.parse(verified)
    places = (place(on.ranges, version, scheme) for on in scopes(advisory) if on.product == product)
    steps = (
        in_any(entry.upgrade.to, version, scheme)
        for entry in advisory.affected
        if entry.upgrade is not None and entry.on[0].product == product
    )
    mended = (
        version >= catalogue.parse(fix.version)
        for fix in advisory.fixes
        if fix.product == product and fix.scope == "full"
    )
    return newer, *places, *steps, *mended


def leaving(kb: KnowledgeBase, advisory: Advisory, product: str, version: Version) -> object:
    """The same for a version that an upgrade step leaves."""
    scheme = kb.products[product].versioning
    return tuple(
        in_any(entry.upgrade.from_, version, scheme)
        for entry in advisory.affected
        if entry.upgrade is not None and entry.on[0].product == product
    )


def scopes(advisory: Advisory) -> Iterator[On]:
    """Every product with its ranges and conditions, of what is affected and what was tested."""
    for affected in advisory.affected:
        yield from affected.on
    for tested in advisory.unaffected:
        yield from tested.on


def named_traits(kb: KnowledgeBase, parts: Iterable[On]) -> dict[str, list[list[str]]]:
    """Every trait that the parts ask about, by its one name, with each list of wanted values."""
    found: dict[str, list[list[str]]] = {}
    for on in parts:
        for path, values in on.when.items():
            found.setdefault(kb.trait_key(on.product, path) or path, []).append(values)
    return found
