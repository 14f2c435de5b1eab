"""Which product of the knowledge a foreign name means, and which of its releases a version.

Takes the knowledge base and names, and gives product ids; takes spans and gives ranges whose
borders are catalogued, with what was changed to get there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from caveat.importers.lead import ALWAYS, Span
from caveat.knowledge import KnowledgeBase
from caveat.problems import shown
from caveat.versions import Catalogue, Version, VersionError

#: What stands before the name proper: a host, a package URL's type and name space.
_HOST = re.compile(r"^(?:https?://)?(?:www\.)?(?:github\.com|gitlab\.com)/|^pkg:[a-z]+/")
#: What stands behind it: a module's major version, `.git`, a package URL's version.
_TAIL = re.compile(r"(?:/v\d+|\.git|[@?#].*)$")
#: How a Go module marks that its version is not a module's.
_INCOMPATIBLE = "+incompatible"
#: Words of a name that must agree where the rest is an edition: `Docker Desktop for Windows`.
_LEAST = 2


class Meant(NamedTuple):
    """The products that names may mean, likeliest first, and whether the first one surely is."""

    products: tuple[str, ...]
    sure: bool


def named(kb: KnowledgeBase, names: Iterable[str], *, threads: bool) -> Meant:
    """What the names mean, by the first of these ways that finds anything: by repository, by any of
    a product's names, by the records that threads there led to (where `threads` says that the names
    are of issue trackers), by the last part of a path, by the name without its last words."""
    wanted = [bare for name in names if (bare := _bare(name))]
    known, own, reported = _names(kb), _repositories(kb), _threads(kb) if threads else {}
    ways: tuple[tuple[bool, Callable[[str], Sequence[str]]], ...] = (
        (True, lambda name: own.get(name, ())),
        (True, lambda name: known.get(name, ())),
        (False, lambda name: reported.get(name, ())),
        (False, lambda name: known.get(name.rpartition("/")[2], ())),
        (False, lambda name: next((known[s] for s in _shorter(name) if s in known), ())),
    )
    for sure, way in ways:
        found = dict.fromkeys(id_ for name in wanted for id_ in way(name))
        if found:
            # Of several, whoever has more records is asked about more.
            ordered = sorted(found, key=lambda id_: -len(kb.by_product[id_]))
            return Meant(tuple(ordered), sure and len(ordered) == 1)
    return Meant((), sure=False)


def _bare(name: str) -> str:
    return _TAIL.sub("", _HOST.sub("", name.strip().casefold().rstrip("/")))


def _shorter(name: str) -> Iterator[str]:
    words = name.split()
    for count in range(len(words) - 1, _LEAST - 1, -1):
        yield " ".join(words[:count])


def _repositories(kb: KnowledgeBase) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in kb.products.values():
        found.setdefault(_bare(one.repository), []).append(one.id)
    return found


def _names(kb: KnowledgeBase) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in kb.products.values():
        listed = [one.id, one.name, *one.aliases]
        listed += [name for package in one.packages for name in package.names]
        for name in dict.fromkeys(_bare(name) for name in listed):
            found.setdefault(name, []).append(one.id)
    return found


def _threads(kb: KnowledgeBase) -> Mapping[str, list[str]]:
    """By repository, the products of the records that threads there gave rise to, most first."""
    counts: dict[str, Counter[str]] = {}
    for record in kb.advisories.values():
        for alias in record.aliases:
            repository, mark, _ = alias.casefold().partition("#")
            if mark:
                counts.setdefault(repository, Counter())[record.products[0]] += 1
    return {name: [id_ for id_, _ in count.most_common()] for name, count in counts.items()}


class Fitted(NamedTuple):
    """Ranges in a record's form, and what of the source's borders they do not say."""

    ranges: list[dict[str, str]]
    moved: list[str]


def fitted(catalogue: Catalogue, spans: Iterable[Span], reference: str) -> Fitted:
    """The spans over catalogued releases. A border between two releases moves to the next one,
    where it says the same of every release; spans that hold no release, or overlap an earlier one,
    are left out. `reference` is the id of the source."""
    ranges, moved = [], []
    taken: list[tuple[int, int]] = []
    for span in dict.fromkeys(spans):
        try:
            first, end = _covered(catalogue, span)
        except VersionError as error:
            moved.append(f"{_shown(span)}: {error}")
            continue
        if first >= end:
            moved.append(f"{_shown(span)}: no catalogued release lies inside")
        elif any(first < other_end and other < end for other, other_end in taken):
            moved.append(f"{_shown(span)}: overlaps a range that is kept")
        else:
            taken.append((first, end))
            made = _range(catalogue, span, first, end)
            ranges.append({**made, "reference": reference})
            moved += _changes(span, made)
    return Fitted(ranges, moved)


def version(catalogue: Catalogue, text: str) -> Version:
    """The version that a foreign text means; raises VersionError."""
    return catalogue.parse(text.strip().removesuffix(_INCOMPATIBLE))


def release(catalogue: Catalogue, texts: Iterable[str]) -> str | None:
    """The first of the texts that is a catalogued release, in the catalogue's spelling."""
    for text in texts:
        with suppress(VersionError):
            if catalogue.has(found := version(catalogue, text)):
                return found.text
    return None


def _covered(catalogue: Catalogue, span: Span) -> tuple[int, int]:
    """The catalogued releases inside, as numbers: the first, and the one behind the last."""
    known = catalogue.versions
    first = 0
    if span.introduced != ALWAYS:
        start = version(catalogue, span.introduced)
        first = sum(one < start for one in known)
    end = len(known)
    if span.fixed or span.before:
        border = version(catalogue, span.fixed or span.before)
        end = sum(one < border for one in known)
    elif span.last:
        border = version(catalogue, span.last)
        end = sum(one <= border for one in known)
    return first, end


def _range(catalogue: Catalogue, span: Span, first: int, end: int) -> dict[str, str]:
    known = catalogue.versions
    made = {"introduced": ALWAYS if span.introduced == ALWAYS else known[first].text}
    if span.fixed and end < len(known):
        made["fixed"] = known[end].text
    elif span.fixed or span.last or (span.before and end < len(known)):
        made["last_affected"] = known[end - 1].text
    return made


def _changes(span: Span, made: Mapping[str, str]) -> Iterator[str]:
    for name, wanted in (
        ("introduced", span.introduced),
        ("fixed", span.fixed),
        ("last_affected", span.last),
    ):
        plain = wanted.strip().removesuffix(_INCOMPATIBLE).removeprefix("v")
        if plain and made.get(name) != plain:
            now = next(
                (f"`{key}` {made[key]}" for key in (name, "last_affected") if key in made), ""
            )
            yield f"`{name}` {shown(wanted)} is no catalogued release: the draft says {now}"


def _shown(span: Span) -> str:
    ends = [f"introduced {shown(span.introduced)}"]
    ends += [f"fixed {shown(span.fixed)}"] if span.fixed else []
    ends += [f"last affected {shown(span.last)}"] if span.last else []
    ends += [f"before {shown(span.before)}"] if span.before else []
    return ", ".join(ends)
