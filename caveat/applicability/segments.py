"""What the engine asks about a version's number: releases of one segment are answered alike.

Takes a record and one of its products; gives for each catalogued release a value to compare, so
that answers are computed once for all releases of a segment.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator

from caveat.applicability.ranges import in_any, place
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, On, Range, Upgrade
from caveat.versions import Catalogue, Version


def segments(kb: KnowledgeBase, advisory: Advisory, product: str) -> list[object]:
    """One value for each release of `product`, oldest first; equal for two of them exactly when
    nothing that the engine asks about their numbers tells them apart."""
    catalogue, scheme = kb.catalogues[product], kb.products[product].versioning
    own = [on.ranges for on in scopes(advisory) if on.product == product]
    ends = [step.to for step in _steps(advisory, product)]
    full = [f.version for f in advisory.fixes if f.product == product and f.scope == "full"]
    verified = [v for p, v in advisory.verification.releases.items() if p == product]
    borders = [catalogue.parse(text) for text in (*verified, *full)]

    def asked(version: Version) -> object:
        return (
            *(place(ranges, version, scheme) for ranges in own),
            *(in_any(ranges, version, scheme) for ranges in ends),
            *(version > border for border in borders[: len(verified)]),
            *(version >= border for border in borders[len(verified) :]),
        )

    return _told(catalogue, [*own, *ends], borders, asked)


def leaving(kb: KnowledgeBase, advisory: Advisory, product: str) -> list[object]:
    """The same for a release that an upgrade step leaves."""
    scheme = kb.products[product].versioning
    begins = [step.from_ for step in _steps(advisory, product)]

    def asked(version: Version) -> object:
        return tuple(in_any(ranges, version, scheme) for ranges in begins)

    return _told(kb.catalogues[product], begins, [], asked)


def versions_inside(kb: KnowledgeBase, product: str, ranges: list[Range]) -> frozenset[Version]:
    """The releases of `product` that lie in any of the ranges."""
    catalogue, scheme = kb.catalogues[product], kb.products[product].versioning
    told = _told(catalogue, [ranges], [], lambda version: in_any(ranges, version, scheme))
    return frozenset(v for v, held in zip(catalogue.versions, told, strict=True) if held)


def _steps(advisory: Advisory, product: str) -> list[Upgrade]:
    entries = (entry for entry in advisory.affected if entry.on[0].product == product)
    return [entry.upgrade for entry in entries if entry.upgrade is not None]


def _told(
    catalogue: Catalogue,
    lists: list[list[Range]],
    borders: list[Version],
    asked: Callable[[Version], object],
) -> list[object]:
    """What `asked` says of each release. Between two borders only a branch can change it, so one
    release of each such stretch is asked."""
    ranges = [one for ranges in lists for one in ranges]
    texts = [t for r in ranges for t in (r.introduced, r.fixed, r.last_affected) if t and t != "0"]
    ordered = sorted({*borders, *map(catalogue.parse, texts)})
    branches = list(dict.fromkeys(one.branch for one in ranges if one.branch))
    known: dict[object, object] = {}
    found = []
    for version in catalogue.versions:
        stretch = (
            bisect_left(ordered, version),
            bisect_right(ordered, version),
            *(version.in_branch(branch) for branch in branches),
        )
        if stretch not in known:
            known[stretch] = asked(version)
        found.append(known[stretch])
    return found


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
