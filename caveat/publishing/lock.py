"""The lock of what was published, brought up to date.

Takes a knowledge base that lost nothing and the folder of hand-written pages; gives the lock of
what it publishes now.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from caveat import urls
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.reading.lock import Entry, Lock
from caveat.site import Site


def of(kb: KnowledgeBase, written: Path) -> Lock:
    """What `kb` and the Markdown below the folder `written` publish, in the form of the lock."""
    records = {record.id: _entry(record) for record in kb.published}
    own = {urls.advisory(id_) for id_ in records}
    pages = {page.path for page in Site(kb, "en").pages()} | set(_written(written))
    return Lock(dict(sorted(records.items())), tuple(sorted(pages - own - {urls.HOME})))


def lost_pages(before: Lock, now: Lock) -> list[str]:
    """Pages that were published and would be no more."""
    return sorted(set(before.pages) - set(now.pages))


def _entry(record: Advisory) -> Entry:
    return Entry(
        record.id,
        record.slug,
        record.published,
        record.modified,
        urls.SECTIONS,
        tuple(one.id for one in record.workarounds),
        tuple(name for name in record.aliases if urls.alias(name)),
    )


def _written(folder: Path) -> Iterator[str]:
    """Where MkDocs puts hand-written pages: `about.md` becomes `about/`."""
    for path in folder.rglob("*.md"):
        name = path.relative_to(folder).with_suffix("")
        where = name.parent if name.name == "index" else name
        yield "" if where == Path() else f"{where.as_posix()}/"
