"""Problems of unchanged files, kept from one look at the knowledge to the next.

Takes a knowledge base and rules that judge each record by itself; gives their problems. Under a
server all records but one are those of the build before, and so are their problems.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from weakref import WeakKeyDictionary

from caveat.knowledge import KnowledgeBase
from caveat.problems import Problem
from caveat.reading import Document
from caveat.rules.rule import Rule


@dataclass
class _Memory:
    """What was found on one ground: of each advisory's file, and of all others."""

    files: WeakKeyDictionary[Document, list[Problem]] = field(default_factory=WeakKeyDictionary)
    others: list[Problem] = field(default_factory=list)


def problems(kb: KnowledgeBase, rules: Sequence[Rule]) -> Iterator[Problem]:
    """All that `rules` find. Each may look at an advisory, at products, traits and practices, and
    at names of files that were not read; not at other advisories."""
    memory = _memory(tuple(rules), _ground(kb), tuple(sorted(kb.unread.items())))
    files = memory.files
    fresh = {id_: one for id_, one in kb.advisories.items() if kb.document(one) not in files}
    if fresh or not kb.advisories:
        part = kb if len(fresh) == len(kb.advisories) else replace(kb, advisories=fresh)
        found: dict[str, list[Problem]] = {}
        for rule in rules:
            for problem in rule.run(part):
                found.setdefault(problem.file, []).append(problem)
        for one in fresh.values():
            document = kb.document(one)
            files[document] = found.pop(document.file, [])
        memory.others = [problem for several in found.values() for problem in several]
    yield from memory.others
    for one in kb.advisories.values():
        yield from files[kb.document(one)]


def _ground(kb: KnowledgeBase) -> tuple[Document, ...]:
    return (*kb.ground, *map(kb.document, kb.practices.values()))


@lru_cache(maxsize=4)
def _memory(_rules: object, _ground: object, _unread: object) -> _Memory:
    return _Memory()
