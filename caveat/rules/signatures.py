"""Rules about error signatures: each proves by its samples and near misses what it finds.

Takes a knowledge base and gives findings. Every pattern is tried on every sample of every record,
so that a text never leads to a record that it does not mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from caveat.knowledge import KnowledgeBase
from caveat.matching.pattern import brace_faults, compiled
from caveat.matching.signatures import Signatures, noise, signatures
from caveat.matching.stream import Scan
from caveat.model import Advisory, Signature
from caveat.problems import shown
from caveat.reading.document import Path
from caveat.rules.rule import Finding

#: Literal letters and digits that a pattern has at least, in all and in its longest piece.
LEAST, LEAST_IN_A_ROW = 20, 8
#: And at most: a longer one would not be found across the blocks of a long log.
MOST = 1500


class _Text(NamedTuple):
    """A sample or near miss: whose it is, where it stands and what it says."""

    record: Advisory
    path: Path
    text: str


class _Known(NamedTuple):
    """Records, the patterns of all of them, whose owners are their numbers, and which patterns
    each sample and near miss has, by record and path."""

    records: tuple[Advisory, ...]
    patterns: Signatures
    matched: dict[tuple[str, Path], list[int]]

    def owners(self, one: _Text) -> list[Advisory]:
        """Records whose known error the text is."""
        numbers = self.matched[one.record.id, one.path]
        owners = {owner for number in numbers for owner in self.patterns.entries[number].owners}
        return [self.records[owner] for owner in sorted(owners)]


@lru_cache(maxsize=2)
def _known(kb: KnowledgeBase) -> _Known:
    records = tuple(kb.advisories.values())
    texts = [one for name in ("samples", "near_misses") for one in _texts(kb, name)]
    key = (
        tuple(tuple(one.pattern for one in record.signatures) for record in records),
        tuple((one.record.id, one.path, one.text) for one in texts),
    )
    if key not in _PROOFS:
        _PROOFS.clear()
        _PROOFS[key] = _proof(records, texts)
    return _Known(records, *_PROOFS[key])


#: What the last knowledge base gave, by all that it was made from: under a server, an edit
#: elsewhere in a record changes nothing here, and this is most of what a check costs.
_PROOFS: dict[object, tuple[Signatures, dict[tuple[str, Path], list[int]]]] = {}


def _proof(
    records: tuple[Advisory, ...], texts: list[_Text]
) -> tuple[Signatures, dict[tuple[str, Path], list[int]]]:
    """Every pattern tried on every text."""
    patterns = signatures(records)
    return patterns, {(one.record.id, one.path): _matched(patterns, one.text) for one in texts}


def _matched(patterns: Signatures, text: str) -> list[int]:
    scan = Scan(patterns)
    scan.feed(text)
    scan.close()
    return sorted(scan.matches)


def _signatures(kb: KnowledgeBase) -> Iterator[tuple[Advisory, int, Signature]]:
    for record in kb.advisories.values():
        for number, one in enumerate(record.signatures):
            yield record, number, one


def _texts(kb: KnowledgeBase, name: str) -> Iterator[_Text]:
    for record, number, one in _signatures(kb):
        for index, text in enumerate(getattr(one, name)):
            yield _Text(record, ("signatures", number, name, index), text)


def braces(kb: KnowledgeBase) -> Iterator[Finding]:
    """A brace opens or closes a name, or is doubled."""
    for record, number, one in _signatures(kb):
        for fault in brace_faults(one.pattern):
            path = ("signatures", number, "pattern")
            want = "`{name}` in small letters, or `{{` and `}}` for braces"
            yield Finding(kb.document(record), path, shown(fault), want)


def enough_text(kb: KnowledgeBase) -> Iterator[Finding]:
    """A pattern has enough literal text to be told from other errors."""
    for record, number, one in _signatures(kb):
        pattern = compiled(one.pattern)
        longest = max((len(segment.text) for segment in pattern.segments), default=0)
        path, document = ("signatures", number, "pattern"), kb.document(record)
        if pattern.size < LEAST:
            found = f"{pattern.size} literal letters and digits"
            yield Finding(document, path, found, f"{LEAST} or more")
        elif longest < LEAST_IN_A_ROW:
            found = f"no more than {longest} letters and digits between two names"
            yield Finding(document, path, found, f"{LEAST_IN_A_ROW} or more in a row")
        elif pattern.size > MOST:
            found = f"{pattern.size} literal letters and digits"
            yield Finding(document, path, found, f"{MOST} or fewer", "keep to the telling part")


def samples(kb: KnowledgeBase) -> Iterator[Finding]:
    """Every sample matches its own pattern."""
    known = _known(kb)
    for one in _texts(kb, "samples"):
        text = one.record.signatures[int(one.path[1])].pattern
        pattern = compiled(text)
        matched = (known.patterns.entries[n] for n in known.matched[one.record.id, one.path])
        if pattern.segments and not any(entry.pattern == pattern for entry in matched):
            document, hint = kb.document(one.record), f"the pattern is {shown(text)}"
            yield Finding(document, one.path, "text without the pattern", "a text with it", hint)


def near_misses(kb: KnowledgeBase) -> Iterator[Finding]:
    """No near miss is the record's known error."""
    for one in _texts(kb, "near_misses"):
        if one.record in _known(kb).owners(one):
            found = "a text that a pattern of the record matches"
            want = "a text that none of them matches"
            hint = "a pattern is too wide, or this is a sample"
            yield Finding(kb.document(one.record), one.path, found, want, hint)


def near_miss_given(kb: KnowledgeBase) -> Iterator[Finding]:
    """A signature shows what it does not mean."""
    for record, number, one in _signatures(kb):
        if not one.near_misses:
            path = ("signatures", number, "near_misses")
            want = "a similar line that means something else"
            yield Finding(kb.document(record), path, "no near miss", want)


def cross_talk(kb: KnowledgeBase) -> Iterator[Finding]:
    """A sample means its own record only, or one that is tied to it."""
    for one in _texts(kb, "samples") if len(kb.advisories) > 1 else ():
        for other in _known(kb).owners(one):
            if other is not one.record and not _tied(one.record, other):
                found = f"the known error of {other.id} as well"
                want = "a text of this record alone, or a tie between the two"
                hint = "`related: often-confused-with`, or a pattern that tells them apart"
                yield Finding(kb.document(one.record), one.path, found, want, hint)


def _tied(first: Advisory, second: Advisory) -> bool:
    """Whether either names the other, by whatever relation: then readers are shown both. Texts of
    a withdrawn record no longer lead anywhere."""
    return (
        "withdrawn" in (first.status, second.status)
        or second.id in {tie.id for tie in first.related}
        or first.id in {tie.id for tie in second.related}
    )


def no_noise(kb: KnowledgeBase) -> Iterator[Finding]:
    """A pattern matches no ordinary line."""
    patterns = _known(kb).patterns
    ordinary = {patterns.entries[n].pattern: x for x in noise() for n in _matched(patterns, x)}
    for record, number, one in _signatures(kb) if ordinary else ():
        line = ordinary.get(compiled(one.pattern))
        if line is not None:
            path = ("signatures", number, "pattern")
            found = f"a pattern that matches the ordinary line {shown(line)}"
            yield Finding(kb.document(record), path, found, "text of this problem alone")
