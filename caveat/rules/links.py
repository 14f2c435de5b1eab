"""Rules about ties: to other records and to a record's own references.

Takes a knowledge base and gives findings.
"""

from __future__ import annotations

from collections.abc import Iterator

from caveat.knowledge import KnowledgeBase
from caveat.model import Evidence, Range, TimelineEntry
from caveat.problems import did_you_mean, shown
from caveat.reading.document import Path
from caveat.rules.rule import Finding
from caveat.rules.walk import parts


def records(kb: KnowledgeBase) -> Iterator[Finding]:
    """A related record or a successor exists and is another one."""
    for record in kb.advisories.values():
        named: list[tuple[Path, str]] = [
            (("related", n, "id"), tie.id) for n, tie in enumerate(record.related)
        ]
        if record.withdrawn is not None and record.withdrawn.successor is not None:
            named.append((("withdrawn", "successor"), record.withdrawn.successor))
        for path, name in named:
            if name == record.id:
                yield Finding(kb.document(record), path, "the record itself", "another record")
            elif name not in kb.advisories and name not in kb.unread:
                hint = did_you_mean(name, kb.advisories)
                found = f"unknown record {shown(name)}"
                yield Finding(kb.document(record), path, found, "a known record", hint)


def references(kb: KnowledgeBase) -> Iterator[Finding]:
    """Every `reference` names an entry of `references`."""
    for record in kb.advisories.values():
        known = {reference.id for reference in record.references}
        for kind in (Evidence, Range, TimelineEntry):
            for path, part in parts(record, kind):
                name = getattr(part, "reference", None)
                if name is not None and name not in known:
                    hint = did_you_mean(name, known) or "known: " + ", ".join(sorted(known))
                    found = f"unknown reference {shown(name)}"
                    where = (*path, "reference")
                    yield Finding(kb.document(record), where, found, "a listed reference", hint)


def workarounds(kb: KnowledgeBase) -> Iterator[Finding]:
    """The workarounds that a change is about are the record's own."""
    for record in kb.advisories.values():
        known = {way.id for way in record.workarounds}
        for number, entry in enumerate(record.history):
            for place, name in enumerate(entry.workarounds or ()):
                if name not in known:
                    hint = did_you_mean(name, known) or "known: " + ", ".join(sorted(known))
                    path: Path = ("history", number, "workarounds", place)
                    found = f"unknown workaround {shown(name)}"
                    yield Finding(kb.document(record), path, found, "one of this record", hint)
