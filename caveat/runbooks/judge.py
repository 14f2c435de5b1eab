"""Which links of a runbook need attention, and why.

Takes links and the knowledge about the records that they name and gives findings. What the reasons
mean is written for readers on the page `/runbooks/`:

- *fixed*: a release that mends the problem wholly came out after the runbook was reviewed (where
  its day is not on record: the record changed after that). Nobody knows when a runbook without a
  mark was reviewed, so there any such release counts.
- *changed*: after the review the history of the record tells a change of the workaround that is
  linked, or, where the link leads to all of them, of any. An entry that does not say which
  workarounds it is about may be about each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from caveat import urls
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory, Bilingual, Fix
from caveat.problems import nearest
from caveat.runbooks.finding import Code, Finding
from caveat.runbooks.names import Names
from caveat.runbooks.reading import Link, Runbook

#: Sections of an advisory whose readers go by its workarounds.
_ADVISING = ("", "what-now", "workarounds")
#: Anchors at the head of an advisory's page, which stay as its sections do.
_HEAD = ("is-it-me", "what-now")


def anchors(record: Advisory) -> list[str]:
    """The anchors of a record's page that stay: head, sections, workarounds, references."""
    ways = [way.id for way in record.workarounds]
    return [*_HEAD, *urls.SECTIONS, *ways, *(f"ref-{one.id}" for one in record.references)]


class Judge:
    """The knowledge that links are held against."""

    def __init__(self, names: Names, kb: KnowledgeBase) -> None:
        self._names, self._kb = names, kb

    def findings(self, link: Link) -> Iterator[Finding]:
        """All that is to be said about a link."""
        ids = self._names.ids(link.target)
        if ids is None:
            return
        if not ids:
            near = self._names.near(link.target)
            key = "unknown-near" if near else "unknown"
            yield _finding(link, "unknown", key, (), name=link.target.name, near=near)
        for id_ in ids:
            yield from self._record(link, self._kb.advisories[id_])

    def _record(self, link: Link, record: Advisory) -> Iterator[Finding]:
        if record.status == "draft":
            yield _finding(link, "unknown", "draft", (record.id,), name=record.id)
            return
        if record.withdrawn is not None:
            next_ = record.withdrawn.successor
            key = "withdrawn-for" if next_ else "withdrawn"
            reason = record.withdrawn.reason
            yield _finding(link, "withdrawn", key, (record.id,), reason=reason, successor=next_)
            return
        if after := self._kb.successors(record):
            yield _finding(link, "superseded", "superseded", (record.id,), successor=after)
        if link.target.by in ("page", "alias"):
            yield from _anchor(link, record)
        yield from self._fixed(link, record)
        yield from _changed(link, record)

    def _fixed(self, link: Link, record: Advisory) -> Iterator[Finding]:
        full = [fix for fix in record.fixes if fix.scope == "full"]
        since = [fix for fix in full if self._came(fix, record) > (link.reviewed or "")]
        if since:
            key = "fixed-since" if link.reviewed else "fixed"
            told = [self._release(fix) for fix in since]
            yield _finding(link, "fixed", key, (record.id,), releases=told)

    def _came(self, fix: Fix, record: Advisory) -> str:
        """The day of the release; where nobody knows it, the day of the record's last change."""
        return self._day(fix) or record.modified

    def _day(self, fix: Fix) -> str | None:
        catalogue = self._kb.catalogues[fix.product]
        release = catalogue.release(catalogue.parse(fix.version))
        return release.date if release else None

    def _release(self, fix: Fix) -> str:
        day = self._day(fix)
        return f"{self._kb.products[fix.product].name} {fix.version}" + (f" ({day})" if day else "")


def _anchor(link: Link, record: Advisory) -> Iterator[Finding]:
    """An anchor that is not on the page, one that may move, and one that is lost on the way."""
    wanted, ids = link.target.anchor, (record.id,)
    known = anchors(record)
    if not wanted:
        return
    if link.target.by == "alias":
        yield _finding(link, "anchor", "anchor-lost", ids, anchor=wanted)
    elif wanted not in known:
        near = [f"#{one}" for one in nearest(wanted, known)]
        key = "anchor-near" if near else "anchor"
        yield _finding(link, "anchor", key, ids, anchor=wanted, near=near)


def _changed(link: Link, record: Advisory) -> Iterator[Finding]:
    ways = {way.id for way in record.workarounds}
    wanted = link.target.anchor
    about = {wanted} & ways or (ways if wanted in _ADVISING else set())
    if link.reviewed is None or link.target.by == "badge" or not about:
        return
    later = [
        entry
        for entry in record.history
        if entry.date > link.reviewed
        and (entry.workarounds is None or about & set(entry.workarounds))
    ]
    if later:
        texts: Sequence[Bilingual] = [entry.change for entry in later]
        yield _finding(link, "changed", "changed", (record.id,), day=later[-1].date, texts=texts)


def _finding(link: Link, code: Code, key: str, ids: tuple[str, ...], **params: object) -> Finding:
    anchor, reviewed = link.target.anchor, link.reviewed
    return Finding(
        *(link.line, link.column, code, key, link.text, ids, anchor, reviewed), params=params
    )


def of_marks(book: Runbook, today: str) -> Iterator[Finding]:
    """Marks that are no day, and marks of a day that is still to come (ISO)."""
    for line, column, mark in book.marks:
        if not mark.valid:
            yield Finding(line, column, "mark", "mark", "", params={"day": mark.day})
        elif mark.day > today:
            yield Finding(line, column, "mark", "mark-later", "", params={"day": mark.day})
