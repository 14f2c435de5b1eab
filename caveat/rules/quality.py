"""Rules about substance: an open range has a source, a record can be recognised and acted on.

Takes a knowledge base and gives findings; what a record says it cannot have (`omitted`) is not
asked for. Drafts are left to grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.model.base import LANGUAGES, Language
from caveat.problems import shown
from caveat.rules import walk
from caveat.rules.rule import Finding

#: Characters of a title, which is read in lists, and of a summary, which stands alone.
#: Chinese says as much in half the characters.
_LENGTHS: dict[str, dict[Language, tuple[int, int]]] = {
    "title": {"en": (20, 100), "zh": (10, 75)},
    "summary": {"en": (80, 700), "zh": (40, 450)},
}
_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBD|FIXME|XXX|lorem ipsum|change ?me|insert .{1,20} here)\b|\?{3,}|待补|待定|占位",
    re.IGNORECASE,
)


def _finished(kb: KnowledgeBase) -> Iterator[Advisory]:
    return (record for record in kb.advisories.values() if record.status == "published")


def sourced(kb: KnowledgeBase) -> Iterator[Finding]:
    """A range without an end names who says that it has none, or its entry does."""
    want = "a `reference` in the range, or in the entry's `evidence`"
    for record in _finished(kb):
        document = kb.document(record)
        for number, entry in enumerate(record.affected):
            for which, on in enumerate(entry.on if not entry.evidence.reference else ()):
                for place, one in enumerate(on.ranges):
                    if one.fixed is None and one.last_affected is None and not one.reference:
                        path = ("affected", number, "on", which, "ranges", place)
                        yield Finding(document, path, "an open range without a source", want)


def recognisable(kb: KnowledgeBase) -> Iterator[Finding]:
    """A record has error text or a probe, by which a reader knows that it is theirs."""
    want = "`signatures`, or a trait with a probe in `when`, or the reason under `omitted`"
    for record in _finished(kb):
        told = {"signatures", "probe"} & record.omitted.keys()
        if not (record.signatures or told or has_probe(kb, record)):
            yield Finding(kb.document(record), (), "no error text and no probe", want)


def has_probe(kb: KnowledgeBase, record: Advisory) -> bool:
    """Whether a command finds out about one of the conditions of `record`."""
    keys = (
        kb.trait_key(on.product, path)
        for entry in record.affected
        for on in entry.on
        for path in on.when
    )
    return any(key is not None and kb.traits[key].probe is not None for key in keys)


def actionable(kb: KnowledgeBase) -> Iterator[Finding]:
    """A record has a workaround or a fix, or says why there is neither."""
    want = "`workarounds` or `fixes`, or the reason under `omitted`"
    for record in _finished(kb):
        told = {"workarounds", "fixes"} & record.omitted.keys()
        if not (record.workarounds or record.fixes or told):
            yield Finding(kb.document(record), (), "no workaround and no fix", want)


def lengths(kb: KnowledgeBase) -> Iterator[Finding]:
    """A title fits a list, a summary stands alone."""
    for record in _finished(kb):
        for field, limits in _LENGTHS.items():
            for language, (least, most) in limits.items():
                text = getattr(getattr(record, field), language)
                if text is not None and not least <= len(text) <= most:
                    want = f"{least} to {most}"
                    found = f"{len(text)} characters"
                    yield Finding(kb.document(record), (field, language), found, want)


def no_placeholders(kb: KnowledgeBase) -> Iterator[Finding]:
    """No text waits for somebody to fill it in."""
    finished = {record.id for record in _finished(kb)}
    for document, path, text in walk.prose(kb):
        if document.stem.startswith("CAV-") and document.stem not in finished:
            continue
        for language in LANGUAGES:
            if found := _placeholder(getattr(text, language) or ""):
                yield Finding(document, (*path, language), shown(found), "the text itself")


@lru_cache(maxsize=walk.REMEMBERED)
def _placeholder(text: str) -> str | None:
    match = _PLACEHOLDER.search(text)
    return match[0] if match else None
