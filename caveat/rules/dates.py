"""Rules about days: what happened first stands first.

Takes a knowledge base and gives findings; ISO dates compare as text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.problems import shown
from caveat.rules.rule import Finding


def in_order(kb: KnowledgeBase) -> Iterator[Finding]:
    """`modified` is not before `published`, `review_by` not before `last_verified`, lists rise."""
    for record in kb.advisories.values():
        yield from _of_record(kb, record)


def _of_record(kb: KnowledgeBase, record: Advisory) -> Iterator[Finding]:
    document = kb.document(record)
    if record.modified < record.published:
        want = f"the day of `published` ({record.published}) or later"
        yield Finding(document, ("modified",), shown(record.modified), want)
    checked = record.verification
    if checked.review_by < checked.last_verified:
        want = f"a day after `last_verified` ({checked.last_verified})"
        yield Finding(document, ("verification", "review_by"), shown(checked.review_by), want)
    for name in ("timeline", "history"):
        entries = getattr(record, name)
        for number, (before, after) in enumerate(pairwise(entries), 1):
            if after.date < before.date:
                want = f"a day not before {before.date}"
                path = (name, number, "date")
                yield Finding(document, path, shown(after.date), want, "list the oldest first")
    newest = max(entry.date for entry in record.history)
    if record.modified < newest:
        want = f"the day of the newest `history` entry ({newest}) or later"
        yield Finding(document, ("modified",), shown(record.modified), want)
