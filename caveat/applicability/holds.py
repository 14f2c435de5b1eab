"""Holds: what keeps a package manager from installing the releases that a record strikes.

Takes a knowledge base and a record; gives, for each package of the product in which the fix lies,
version patterns for apt and dnf. Only catalogued releases are held, each by its own number: a
pattern that is wider would hold back a fix that nobody has seen yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from caveat.applicability.ranges import in_any
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Affected, Package
from caveat.versions import Version

Manager = Literal["apt", "dnf"]

_KINDS: dict[str, Manager] = {"deb": "apt", "rpm": "dnf"}
_VARIES = re.compile(r"\{[a-z_]+\}")


@dataclass(frozen=True)
class Hold:
    """Packages that move together, and patterns of the versions that they must not get."""

    manager: Manager
    packages: tuple[str, ...]
    patterns: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """All holds for one product of a record; there are none where no package manager that is known
    here ships it, or no catalogued release is struck."""

    product: str
    versions: tuple[Version, ...]
    holds: tuple[Hold, ...]


def holds(kb: KnowledgeBase, record: Advisory) -> list[Held]:
    """The holds for each product in which a fix of the record lies."""
    products = dict.fromkeys(entry.on[0].product for entry in record.affected)
    return [_held(kb, record, product) for product in products]


def _held(kb: KnowledgeBase, record: Advisory, product: str) -> Held:
    entries = [entry for entry in record.affected if entry.on[0].product == product]
    catalogue = kb.catalogues[product]
    scheme = kb.products[product].versioning
    struck = tuple(
        version
        for version in catalogue.versions
        if any(_strikes(entry, version, scheme) for entry in entries)
    )
    made = [
        Hold(manager, tuple(package.names), tuple(_patterns(package, manager, struck)))
        for package in kb.products[product].packages
        if (manager := _KINDS.get(package.manager)) is not None and struck
    ]
    return Held(product, struck, tuple(made))


def _strikes(entry: Affected, version: Version, scheme: str) -> bool:
    """Whether a host that has the version, or steps to it, may be struck."""
    reached = entry.upgrade is None or in_any(entry.upgrade.to, version, scheme)
    return reached and in_any(entry.on[0].ranges, version, scheme)


def _patterns(package: Package, manager: Manager, versions: tuple[Version, ...]) -> Iterator[str]:
    """Each version as each form of the package writes it. An rpm pattern without an epoch means any
    of them, so that those of packages that move together need not be told apart."""
    forms = [f.partition(":")[2] if manager == "dnf" and ":" in f else f for f in package.forms]
    for version in versions:
        # Both write `28.0.0~rc.1`, so that it sorts below 28.0.0.
        text = version.text.replace("-", "~", 1)
        for form in dict.fromkeys(forms):
            yield _VARIES.sub("*", form.replace("{version}", text))
