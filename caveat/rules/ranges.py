"""Rules about versions and ranges: they parse, exist, run forwards and lie apart.

Takes a knowledge base and gives findings; ranges of a product that does not exist are left to the
rule that says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import combinations

from caveat.knowledge import KnowledgeBase
from caveat.model import Product, Range, Target
from caveat.problems import shown
from caveat.reading.document import Document, Path
from caveat.rules.rule import Finding
from caveat.rules.walk import RangeList, every_record, parts, range_lists
from caveat.versions import SCHEMES, Version, VersionError

_BORDERS = ("introduced", "fixed", "last_affected")


def _lists(kb: KnowledgeBase) -> Iterator[tuple[Document, RangeList]]:
    for record in every_record(kb):
        for one in range_lists(record):
            if one.product in kb.products:
                yield kb.document(record), one


def _versions(kb: KnowledgeBase) -> Iterator[tuple[Document, Path, str, str]]:
    """Every version text of every record: document, path, product, text."""
    for document, one in _lists(kb):
        for number, range_ in enumerate(one.ranges):
            for border in _BORDERS:
                text = getattr(range_, border)
                if text is not None and (border, text) != ("introduced", "0"):
                    yield document, (*one.path, number, border), one.product, text
    for record in kb.advisories.values():
        document = kb.document(record)
        for number, fix in enumerate(record.fixes):
            yield document, ("fixes", number, "version"), fix.product, fix.version
        for path, target in parts(record, Target):
            yield document, (*path, "version"), target.product, target.version
        for product, text in record.verification.releases.items():
            yield document, ("verification", "releases", product), product, text


def parses(kb: KnowledgeBase) -> Iterator[Finding]:
    """Every version matches its product's scheme."""
    for catalogued in kb.products.values():
        yield from _releases(kb, catalogued)
    for document, path, product, text in _versions(kb):
        if product in kb.products and (wrong := _wrong(kb, product, text)):
            hint = _near(kb, product, text)
            yield Finding(document, path, shown(text), wrong.want, hint)


def _releases(kb: KnowledgeBase, product: Product) -> Iterator[Finding]:
    seen: set[Version] = set()
    for number, release in enumerate(product.releases):
        path = ("releases", number, "version")
        try:
            version = SCHEMES[product.versioning].parse(release.version)
        except VersionError as error:
            yield Finding(kb.document(product), path, shown(release.version), error.want)
            continue
        if version in seen:
            found = f"{shown(release.version)} a second time"
            yield Finding(kb.document(product), path, found, "each release once")
        seen.add(version)


def _wrong(kb: KnowledgeBase, product: str, text: str) -> VersionError | None:
    try:
        SCHEMES[kb.products[product].versioning].parse(text)
    except VersionError as error:
        return error
    return None


def _near(kb: KnowledgeBase, product: str, text: str) -> str:
    near = kb.catalogues[product].near(text)
    return "near: " + ", ".join(near) if near else ""


def known(kb: KnowledgeBase) -> Iterator[Finding]:
    """Every version that parses is in the catalogue."""
    for document, path, product, text in _versions(kb):
        if product not in kb.products:
            continue
        with suppress(VersionError):
            catalogue = kb.catalogues[product]
            if not catalogue.has(SCHEMES[catalogue.product.versioning].parse(text)):
                file = f"advisories/products/{product}.yml"
                hint = _near(kb, product, text) or f"add the release to {file}"
                yield Finding(document, path, shown(text), f"a release in {file}", hint)


def always(kb: KnowledgeBase) -> Iterator[Finding]:
    """A range that begins at "0" names the reference that says so."""
    for document, one in _lists(kb):
        if document.file.startswith("advisories/products/"):
            continue  # a catalogue's defaults cite nothing
        for number, range_ in enumerate(one.ranges):
            if range_.introduced == "0" and range_.reference is None:
                hint = "who says that all older versions are affected?"
                path = (*one.path, number, "introduced")
                yield Finding(document, path, '`"0"` without a reference', "`reference`", hint)


def _span(one: Range, scheme: str) -> tuple[Version | None, Version | None, bool] | None:
    """Start (None: always), end (None: open) and whether the end is inside; None if unreadable."""
    parse = SCHEMES[scheme].parse
    try:
        start = None if one.introduced == "0" else parse(one.introduced)
        end = one.fixed or one.last_affected
        return start, parse(end) if end else None, one.last_affected is not None
    except VersionError:
        return None


def forwards(kb: KnowledgeBase) -> Iterator[Finding]:
    """A range ends after it begins."""
    for document, one in _lists(kb):
        for number, range_ in enumerate(one.ranges):
            span = _span(range_, kb.products[one.product].versioning)
            start, end, inclusive = span or (None, None, False)
            if start is None or end is None:
                continue
            if end < start or (end == start and not inclusive):
                border = "last_affected" if inclusive else "fixed"
                want = f"a version after `introduced` ({start})"
                path = (*one.path, number, border)
                yield Finding(document, path, shown(end), want, "are the two swapped?")


def apart(kb: KnowledgeBase) -> Iterator[Finding]:
    """Two ranges of one list and one branch do not overlap."""
    for document, one in _lists(kb):
        scheme = kb.products[one.product].versioning
        for (_, a), (number, b) in combinations(enumerate(one.ranges), 2):
            if a.branch == b.branch and _overlap(a, b, scheme):
                found = f"a range that overlaps the one from {a.introduced}"
                yield Finding(document, (*one.path, number), found, "ranges that lie apart")


def _overlap(a: Range, b: Range, scheme: str) -> bool:
    first, second = _span(a, scheme), _span(b, scheme)
    if first is None or second is None:
        return False
    return _reaches(first, second) and _reaches(second, first)


def _reaches(
    one: tuple[Version | None, Version | None, bool],
    other: tuple[Version | None, Version | None, bool],
) -> bool:
    """Whether `one` begins before `other` ends."""
    start, (_, end, inclusive) = one[0], other
    return start is None or end is None or start < end or (inclusive and start == end)


def in_branch(kb: KnowledgeBase) -> Iterator[Finding]:
    """The borders of a branch's range lie in that branch."""
    for document, one in _lists(kb):
        for number, range_ in enumerate(one.ranges):
            if range_.branch is None:
                continue
            for border in _BORDERS:
                text = getattr(range_, border)
                if text is None or (border, text) == ("introduced", "0"):
                    continue
                with suppress(VersionError):
                    version = SCHEMES[kb.products[one.product].versioning].parse(text)
                    if not version.in_branch(range_.branch):
                        want = f"a version of the branch {range_.branch}"
                        path = (*one.path, number, border)
                        yield Finding(document, path, shown(text), want, "mend the branch?")
