"""What the HTML of a page is made from: while that is equal, so is the page in every language.

Takes a knowledge base and gives values to compare; a server that builds again leaves pages alone
whose sources are what they were.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

from caveat.applicability.advice import cautions
from caveat.knowledge import KnowledgeBase
from caveat.model import Record
from caveat.reading import Document
from caveat.rules.translation import behind, told

#: Kinds of page that show nothing of the knowledge.
_REFERENCES = frozenset({"formats", "fields", "rules", "rule", "commands", "api"})


class Sources:
    """The sources of every page of one knowledge base, each worked out once."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._known: dict[tuple[str, tuple[str, ...]], tuple[object, ...]] = {}

    def of(self, kind: str, subject: tuple[str, ...]) -> tuple[object, ...]:
        """Those of a page of this kind about `subject`."""
        if kind == "release":  # many, and all of a product are made from the same
            return self._releases[subject[0]]
        key = kind, subject
        if key not in self._known:
            self._known[key] = self._worked_out(kind, subject)
        return self._known[key]

    def _worked_out(self, kind: str, subject: tuple[str, ...]) -> tuple[object, ...]:
        kb = self._kb
        if kind == "advisory":
            return self._advisory(subject[0])
        if kind == "product":
            records = kb.by_product.get(subject[0], ())
            return self._releases[subject[0]], *(kb.document(r) for r in records)
        if kind == "practice":
            id_ = subject[0]
            shown = (kb.practices[id_], *kb.by_practice[id_])
            return *(kb.document(part) for part in shown), told(kb, kb.practices[id_], "behind")
        return () if kind in _REFERENCES else tuple(kb.documents.values())

    def _advisory(self, id_: str) -> tuple[object, ...]:
        kb, record = self._kb, self._kb.advisories[id_]
        parts: list[Record] = [record, *(kb.products[p] for p in record.products)]
        parts += [kb.practices[p] for p in record.practices]
        parts += [other for _, other in kb.related(record)]
        warned = tuple((c, c.other.title) for c in cautions(kb, record))
        older = tuple(told(kb, part, "behind") for part in parts) if behind(kb) else ()
        return *(kb.document(part) for part in parts), self._host_traits, warned, older

    @cached_property
    def _host_traits(self) -> tuple[Document, ...]:
        return tuple(self._kb.document(trait) for trait in self._kb.host_traits.values())

    @cached_property
    def _releases(self) -> dict[str, tuple[object, ...]]:
        """By product. A release shows little of a record, so that most edits of one leave it be."""
        kb = self._kb
        found: dict[str, tuple[object, ...]] = {}
        for id_, records in kb.by_product.items():
            shown = tuple(
                (r.title, r.severity, r.fixes, r.affected, r.unaffected, r.verification)
                for r in records
            )
            standing = tuple(kb.standing(r) for r in records)
            others = dict.fromkeys(p for record in records for p in record.products)
            products = tuple(kb.document(kb.products[p]) for p in (id_, *others))
            found[id_] = (products, shown, standing, self._host_traits)
        return found


@lru_cache(maxsize=1)
def sources(kb: KnowledgeBase) -> Sources:
    """The sources of the knowledge that is being built; both languages ask for them."""
    return Sources(kb)
