"""Rules about what was published: it stays, under its names, and its dates hold.

Takes a knowledge base with the lock of what was published and gives findings; what is not in the
lock yet is free to change.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from caveat import urls
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.problems import did_you_mean, shown
from caveat.reading.lock import FILE, Entry
from caveat.rules.rule import Finding

#: The part of all records above which a loss is taken for an accident of the whole checkout.
MOST = 0.1
_WITHDRAW = "to end a record, set its status to `withdrawn` and say why"
_MISTAKE = f"if it was published by mistake, a maintainer takes it out of {FILE} on main"


def record_stays(kb: KnowledgeBase) -> Iterator[Finding]:
    """A record that was published is there, and no draft again."""
    gone = _gone(kb)
    if _many(kb, gone):
        return
    for id_ in gone:
        record = kb.advisories.get(id_)
        if record is not None:
            document, want = kb.document(record), "`published` or `withdrawn`"
            hint = f"put the status back: the record was published; {_WITHDRAW}"
            yield Finding(document, ("status",), shown(record.status), want, hint)
        else:
            file = f"advisories/records/{id_.split('-')[1]}/{id_}.yml"
            hint = f"git checkout the file; {_WITHDRAW}"
            yield Finding(kb.lock, (id_,), "no such record", f"`{file}`", hint)


def not_many_at_once(kb: KnowledgeBase) -> Iterator[Finding]:
    """A tenth of the records does not vanish at once."""
    gone, total = _gone(kb), len(kb.lock.records)
    if _many(kb, gone):
        named = ", ".join(gone[:3]) + (", …" if len(gone) > 3 else "")
        found = f"{len(gone)} of {total} published records gone ({named})"
        hint = f"is this checkout whole? `git status` says; {_WITHDRAW}"
        yield Finding(kb.lock, (), found, f"at most {MOST:.0%} of them gone", hint)


def names_stay(kb: KnowledgeBase) -> Iterator[Finding]:
    """Slug, anchors and upstream names that lead to a record go on doing so."""
    for entry, record in _kept(kb):
        at = partial(Finding, kb.document(record))
        if record.slug != entry.slug:
            hint = f"put it back: /{urls.alias(entry.slug)} is linked to from outside"
            yield at(("slug",), shown(record.slug), shown(entry.slug), hint)
        ids = [one.id for one in record.workarounds]
        for id_ in entry.workarounds:
            if id_ not in ids:
                hint = "give it its id back: links lead to it; title and text may change"
                near = did_you_mean(id_, [one for one in ids if one not in entry.workarounds])
                found = f"no workaround {shown(id_)}"
                want = f"{shown(id_)}, as published"
                yield at(
                    ("workarounds",), found, want, hint + (f"; {near}" if near else ""), on_key=True
                )
    yield from _aliases(kb)
    yield from _sections(kb)


def dates_hold(kb: KnowledgeBase) -> Iterator[Finding]:
    """The day of publication stays, that of the last change does not go back."""
    for entry, record in _kept(kb):
        document = kb.document(record)
        if record.published != entry.published:
            hint = "put it back: the day of publication never changes"
            yield Finding(
                document, ("published",), shown(record.published), shown(entry.published), hint
            )
        if record.modified < entry.modified:
            found, want = shown(record.modified), f"{shown(entry.modified)} or later"
            hint = "set it to the day of this change: readers would miss it otherwise"
            yield Finding(document, ("modified",), found, want, hint)


def _aliases(kb: KnowledgeBase) -> Iterator[Finding]:
    """A name may move to another record: its page stays."""
    if kb.unread:
        return
    names = {name for record in kb.published for name in record.aliases}
    for entry, record in _kept(kb):
        for name in entry.aliases:
            if name not in names:
                hint = f"put it back: /{urls.alias(name)} is linked to from outside; {_MISTAKE}"
                want, document = f"{shown(name)}, as published", kb.document(record)
                found = f"no alias {shown(name)}"
                yield Finding(document, ("aliases",), found, want, hint, on_key=True)


def _sections(kb: KnowledgeBase) -> Iterator[Finding]:
    """Once for each section, not for each record that had it."""
    lost: dict[str, str] = {}
    for id_, entry in kb.lock.records.items():
        for section in set(entry.sections).difference(urls.SECTIONS):
            lost.setdefault(section, id_)
    for section, id_ in lost.items():
        found = f"no section {shown(section)} on pages of advisories"
        hint = "put it back into `SECTIONS` of caveat/urls.py: runbooks link to it"
        yield Finding(kb.lock, (id_,), found, f"the anchor {shown(section)}", hint)


def _gone(kb: KnowledgeBase) -> list[str]:
    """Published records without a file, or drafts now. What nobody read is at least there."""
    shown_ids = {record.id for record in kb.published} | kb.unread.keys()
    return [id_ for id_ in kb.lock.records if id_ not in shown_ids]


def _many(kb: KnowledgeBase, gone: list[str]) -> bool:
    """One record alone is never many, however few there are."""
    return len(gone) > max(1, MOST * len(kb.lock.records))


def _kept(kb: KnowledgeBase) -> Iterator[tuple[Entry, Advisory]]:
    """What was published and can be looked at, with what it is now."""
    for entry in kb.lock.records.values():
        record = kb.advisories.get(entry.id)
        if record is not None and record.status != "draft":
            yield entry, record
