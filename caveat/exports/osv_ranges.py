"""A record's ranges as OSV knows them: events in one line of versions, or a list of versions.

Takes ranges and the catalogue they are about and gives `ranges` and `versions` of an OSV document,
which by OSV's own algorithm hold the same catalogued releases as the record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from caveat.applicability.ranges import in_any, place
from caveat.model import Product, Range
from caveat.versions import Catalogue

#: Package managers with an ecosystem of OSV whose versions are upstream's own
#: (https://ossf.github.io/osv-schema/#defined-ecosystems). A distribution's packages have versions
#: of their own, and no other ecosystem is made up for what has none.
_ECOSYSTEMS = {"npm": "npm", "pypi": "PyPI"}
_ALWAYS = "0"

Event = dict[str, str]


def package(product: Product) -> dict[str, str] | None:
    """The product in an ecosystem, or None for software that none of them holds."""
    for one in product.packages:
        if one.manager in _ECOSYSTEMS:
            purl = f"pkg:{one.manager}/{one.names[0]}"
            return {"ecosystem": _ECOSYSTEMS[one.manager], "name": one.names[0], "purl": purl}
    return None


def versions(ranges: Sequence[Range], catalogue: Catalogue) -> dict[str, Any]:
    """`ranges` where the versions have an order that OSV can know, `versions` where a reader could
    not tell which lie inside."""
    product = catalogue.product
    found: dict[str, Any] = {}
    packaged = package(product) is not None
    if packaged or product.versioning == "semver":
        kind = "ECOSYSTEM" if packaged else "SEMVER"
        found["ranges"] = [{"type": kind, "events": one} for one in _events(ranges, catalogue)]
    if packaged or product.versioning != "semver":
        inside = (v for v in catalogue.versions if in_any(ranges, v, product.versioning))
        found["versions"] = [version.text for version in inside]
    return found


def _events(ranges: Sequence[Range], catalogue: Catalogue) -> list[list[Event]]:
    if any(one.branch for one in ranges):
        return list(_runs(ranges, catalogue))
    return [_of(one, catalogue) for one in ranges]


def _of(one: Range, catalogue: Catalogue) -> list[Event]:
    """A range that no branch limits says the same in both formats."""
    ends = {"introduced": one.introduced, "fixed": one.fixed, "last_affected": one.last_affected}
    return [
        {name: text if text == _ALWAYS else catalogue.parse(text).text}
        for name, text in ends.items()
        if text is not None
    ]


def _runs(ranges: Sequence[Range], catalogue: Catalogue) -> Iterator[list[Event]]:
    """Neighbouring releases that are all inside. OSV has one line of versions, where a branch's
    range, which here decides alone about its branch, would be overruled by the main one."""
    scheme, known = catalogue.product.versioning, catalogue.versions
    placed = [place(ranges, version, scheme) for version in known]
    from_the_start = any(one.introduced == _ALWAYS and not one.branch for one in ranges)
    for inside, run in groupby(range(len(known)), key=lambda number: placed[number].inside):
        if not inside:
            continue
        numbers = list(run)
        first, last = numbers[0], numbers[-1]
        always = first == 0 and from_the_start
        events: list[Event] = [{"introduced": _ALWAYS if always else known[first].text}]
        if last + 1 < len(known) and placed[last + 1].side == "fixed":
            events.append({"fixed": known[last + 1].text})
        elif last + 1 < len(known) or not placed[last].open:
            events.append({"last_affected": known[last].text})
        yield events
