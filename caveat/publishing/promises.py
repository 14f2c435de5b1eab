"""What a published record promises: files and anchors, by rule from its line in the lock.

Takes the lock and gives paths. The rule is the contract's, written out here a second time, so that
a change of `caveat.urls` cannot move a page and the promise along with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caveat.reading.lock import Entry, Lock

_LANGUAGES = ("", "zh/")
_SITE = ("feed.atom", "feed.json", "llms.txt")
_RECORD = (
    "advisories/{id}/index.md",
    "badge/{id}.svg",
    "badge/{id}.json",
    "alias/{slug}/index.html",
)
_RECORD_ONCE = ("api/v1/advisories/{id}.json",)
_PRODUCT = ("products/{id}/feed.atom", "products/{id}/feed.json")
_PRODUCT_ONCE = ("api/v1/products/{id}.json",)
_RELEASE = ("badge/{id}/{version}.svg",)


def anchors(lock: Lock) -> dict[str, tuple[str, ...]]:
    """Of each page of a record, in both languages, the ids that links may end in."""
    return {
        f"{language}advisories/{entry.id}/index.html": (*entry.sections, *entry.workarounds)
        for entry in lock.records.values()
        for language in _LANGUAGES
    }


def paths(lock: Lock) -> dict[str, str]:
    """Every file that must be there, and the first name in the lock that it follows from."""
    return dict(reversed(list(_paths(lock))))


def _paths(lock: Lock) -> Iterator[tuple[str, str]]:
    for page in anchors(lock):
        yield page, page.rpartition("/advisories/")[2].split("/")[-2]
    for entry in lock.records.values():
        yield from ((path, entry.id) for path in _record(entry))
    for name in lock.pages:
        yield from ((path, name) for path in _page(name))
    if lock.records:
        yield from ((language + path, "") for path in _SITE for language in _LANGUAGES)
        yield "api/v1/index.json", ""


def _record(entry: Entry) -> Iterator[str]:
    for form in (*_RECORD, *(f"alias/{_alias(name)}/index.html" for name in entry.aliases)):
        path = form.format(id=entry.id, slug=entry.slug)
        yield from (language + path for language in _LANGUAGES)
    yield from (form.format(id=entry.id) for form in _RECORD_ONCE)


def _alias(name: str) -> str:
    """`owner/name#1` and `debian:1` by parts."""
    return re.sub("[#:]", "/", name)


def _page(name: str) -> Iterator[str]:
    yield from (f"{language}{name}index.html" for language in _LANGUAGES)
    folder, *rest = name.rstrip("/").split("/")
    if folder != "products" or not rest:
        return
    forms, once = (_PRODUCT, _PRODUCT_ONCE) if len(rest) == 1 else (_RELEASE, ())
    values = {"id": rest[0], "version": rest[-1]}
    yield from (language + form.format(**values) for form in forms for language in _LANGUAGES)
    yield from (form.format(**values) for form in once)
