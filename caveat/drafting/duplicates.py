"""Whether somebody has written it already: by upstream name, and by the error text.

Takes the knowledge base with its index of error texts, and answers; gives records that may be the
same, surest first.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from caveat.drafting.answers import Answers
from caveat.knowledge import KnowledgeBase
from caveat.matching import Index, match
from caveat.mending.canonical import upstream_name
from caveat.model import Advisory

#: How sure it is: the same upstream name or a known error text are; likeness of words is not.
Why = Literal["alias", "known", "similar"]


class Duplicate(NamedTuple):
    """A record that may tell of the same problem."""

    record: Advisory
    why: Why

    @property
    def is_likely(self) -> bool:
        """Whether a person should look before going on."""
        return self.why != "similar"


def duplicates(kb: KnowledgeBase, index: Index, answers: Answers) -> list[Duplicate]:
    """Records with the upstream name of the answers' source, with their error text, or alike."""
    found: dict[str, Duplicate] = {}
    for record in kb.find(upstream_name(answers.url)) if answers.url else ():
        found.setdefault(record.id, Duplicate(record, "alias"))
    text = "\n".join(part for part in (answers.error, answers.title) if part)
    for hit in match(index, [answers.error]).hits if answers.error else ():
        if hit.grade == "known":
            found.setdefault(hit.id, Duplicate(kb.advisories[hit.id], "known"))
    for hit in match(index, [text]).hits if text else ():
        record = kb.advisories[hit.id]
        # Words alike in another product's record mean little.
        if not answers.product or answers.product in record.products:
            found.setdefault(hit.id, Duplicate(record, "similar"))
    return sorted(found.values(), key=lambda one: ("alias", "known", "similar").index(one.why))
