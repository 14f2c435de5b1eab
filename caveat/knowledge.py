"""The knowledge base: everything that was read, sorted and indexed.

Takes a decoded tree and gives an immutable `KnowledgeBase`; looking up what does not exist gives
None or raises `KeyError` where the name says so.
"""

from __future__ import annotations

import gc
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeVar

from caveat.model import Advisory, Practice, Product, Record, Trait
from caveat.problems import Problem
from caveat.reading import Decoded, Document, read_tree
from caveat.reading.lock import Lock, read_lock
from caveat.reading.translations import Translations, read_translations
from caveat.reading.tree import Tree
from caveat.versions import Catalogue

R = TypeVar("R", bound=Record)

#: How a record stands: its status, or that another one replaces it.
Standing = Literal["draft", "published", "withdrawn", "superseded"]

#: The inverse of each stored relation, by the name that words and templates use.
INVERSE = {
    "recurrence-of": "recurred-as",
    "caused-by": "cause-of",
    "often-confused-with": "often-confused-with",
    "supersedes": "superseded-by",
}


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looks for garbage: where millions of values are made that stay, each look walks all
    of them and finds nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(frozen=True, eq=False)
class KnowledgeBase:
    """All records, by id, in the order of their ids; equal only to itself. `unread` are names of
    files that exist but were not decoded, with their slugs; `lock` is what was published,
    `translations` what was held to say the same in both languages."""

    advisories: Mapping[str, Advisory]
    products: Mapping[str, Product]
    host_traits: Mapping[str, Trait]
    practices: Mapping[str, Practice]
    documents: Mapping[tuple[str, str], Document] = field(repr=False)
    unread: Mapping[str, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock, repr=False)
    translations: Translations = field(default_factory=Translations, repr=False)

    @classmethod
    def of(cls, tree: Tree, lock: Lock, translations: Translations | None = None) -> KnowledgeBase:
        """The knowledge in a decoded tree; of two files with one id the first wins."""
        documents: dict[tuple[str, str], Document] = {}

        def index(kind: str, decoded: Iterable[Decoded[R]]) -> dict[str, R]:
            found: dict[str, R] = {}
            for one in decoded:
                found.setdefault(one.record.id, one.record)
                documents.setdefault((kind, one.record.id), one.document)
            return dict(sorted(found.items()))

        return cls(
            advisories=index("advisory", tree.advisories),
            products=index("product", tree.products),
            host_traits=index("trait", tree.traits),
            practices=index("practice", tree.practices),
            documents=documents,
            unread=tree.unread,
            lock=lock,
            translations=translations or Translations(),
        )

    def alone(self, id_: str) -> KnowledgeBase:
        """The knowledge with one of its advisories; of the others nothing but the names is left, so
        that it is checked by itself as soon as it would be among thousands."""
        others = {one.id: one.slug for one in self.advisories.values() if one.id != id_}
        documents = {
            key: one
            for key, one in self.documents.items()
            if key == ("advisory", id_) or key[0] != "advisory"
        }
        return replace(
            self,
            advisories={id_: self.advisories[id_]} if id_ in self.advisories else {},
            documents=documents,
            unread={**self.unread, **others},
        )

    def document(self, record: Record) -> Document:
        """The file that a record came from."""
        kind = type(record).__name__.lower()
        return self.documents[kind, record.id]

    @cached_property
    def ground(self) -> tuple[Document, ...]:
        """The files of products and of the host's traits, on which all that is said of a record
        rests: what was worked out on an equal ground still holds."""
        return tuple(map(self.document, (*self.products.values(), *self.host_traits.values())))

    @cached_property
    def catalogues(self) -> Mapping[str, Catalogue]:
        """Each product's releases in order."""
        return {id_: Catalogue(product) for id_, product in self.products.items()}

    @cached_property
    def published(self) -> tuple[Advisory, ...]:
        """What readers see: everything but drafts, newest first."""
        shown = [a for a in self.advisories.values() if a.status != "draft"]
        return tuple(sorted(shown, key=lambda a: (a.published, a.id), reverse=True))

    @cached_property
    def by_product(self) -> Mapping[str, tuple[Advisory, ...]]:
        """Published records by product, in the order of their ids."""
        found: dict[str, list[Advisory]] = {id_: [] for id_ in self.products}
        for advisory in sorted(self.published, key=lambda a: a.id):
            for product in advisory.products:
                found.setdefault(product, []).append(advisory)
        return {id_: tuple(records) for id_, records in found.items()}

    @cached_property
    def by_practice(self) -> Mapping[str, tuple[Advisory, ...]]:
        """Published records by the practice that would have softened them."""
        found: dict[str, list[Advisory]] = {id_: [] for id_ in self.practices}
        for advisory in sorted(self.published, key=lambda a: a.id):
            for practice in advisory.practices:
                found.setdefault(practice, []).append(advisory)
        return {id_: tuple(records) for id_, records in found.items()}

    def related(self, advisory: Advisory) -> list[tuple[str, Advisory]]:
        """Ties of a record in both directions, with the name of the relation seen from it."""
        return self._ties.get(advisory.id, [])

    def recurrences(self, advisory: Advisory) -> list[Advisory]:
        """Records of the same trouble that came back after this one, oldest first, and what came
        back after those."""
        found: dict[str, Advisory] = {}
        waiting = [advisory]
        while waiting:
            for name, other in self.related(waiting.pop()):
                # Nothing keeps two records from naming each other.
                if name == "recurred-as" and other.id not in {advisory.id, *found}:
                    found[other.id] = other
                    waiting.append(other)
        return list(found.values())

    def successors(self, advisory: Advisory) -> list[str]:
        """Ids of records to read instead: the one a withdrawn record names, or those that replace
        it."""
        if advisory.withdrawn is not None:
            return [advisory.withdrawn.successor] if advisory.withdrawn.successor else []
        return [other.id for name, other in self.related(advisory) if name == "superseded-by"]

    def standing(self, advisory: Advisory) -> Standing:
        """The status of a record as readers have to know it."""
        replaced = advisory.status == "published" and self.successors(advisory)
        return "superseded" if replaced else advisory.status

    @cached_property
    def _ties(self) -> dict[str, list[tuple[str, Advisory]]]:
        ties: dict[str, list[tuple[str, Advisory]]] = {}
        for one in sorted(self.published, key=lambda a: a.id):
            for tie in one.related:
                other = self.advisories.get(tie.id)
                if other is not None and other.status != "draft":
                    ties.setdefault(one.id, []).append((tie.relation, other))
                    ties.setdefault(other.id, []).append((INVERSE[tie.relation], one))
        return ties

    def trait_key(self, product: str | None, path: str) -> str | None:
        """The one name of the trait that a `when` of `product` means by `path`, or None.

        A trait of a product is `product.trait`, a host trait its id alone.
        """
        if "." in path:
            return path if path in self.traits else None
        own = f"{product}.{path}"
        if own in self.traits:
            return own
        return path if path in self.host_traits else None

    @cached_property
    def traits(self) -> Mapping[str, Trait]:
        """All traits by their one name."""
        own = {
            f"{product.id}.{trait.id}": trait
            for product in self.products.values()
            for trait in product.traits
        }
        return {**self.host_traits, **own}

    def find(self, name: str) -> list[Advisory]:
        """Records called `name`: by id, slug or alias."""
        if name in self.advisories:
            return [self.advisories[name]]
        return self._names.get(name.casefold(), [])

    @cached_property
    def _names(self) -> dict[str, list[Advisory]]:
        found: dict[str, list[Advisory]] = {}
        for advisory in self.advisories.values():
            for name in dict.fromkeys((advisory.id, advisory.slug, *advisory.aliases)):
                found.setdefault(name.casefold(), []).append(advisory)
        return found


def load(root: Path, only: Container[str] | None = None) -> tuple[KnowledgeBase, list[Problem]]:
    """The knowledge below `root/advisories`, with all problems of reading it.

    With `only`, of the advisories just these files are decoded (catalogues and traits always are).
    """
    tree, problems = read_tree(root, only)
    lock, wrong = read_lock(root)
    translations, odd = read_translations(root)
    return KnowledgeBase.of(tree, lock, translations), sorted([*problems, *wrong, *odd])
