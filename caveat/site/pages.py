"""Which pages exist in one language, and how each becomes HTML.

Takes a knowledge base and gives `SitePage`s and their `Rendered` content. To add a page: an entry
in `_KINDS`, a view and a template.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from caveat import prose, urls
from caveat.applicability.advice import cautions
from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase
from caveat.model import KINDS, Record
from caveat.model.base import Language
from caveat.reading import Document
from caveat.rules.translation import told
from caveat.site.rendering import render, templates
from caveat.site.scene import Scene
from caveat.site.views import (
    advisory,
    board,
    catalogue,
    fields,
    find,
    formats,
    home,
    new,
    plan,
    practice,
    product,
    release,
    rules,
    runbooks,
)
from caveat.words import words


class TocEntry(NamedTuple):
    """A heading of a page: its anchor, its text as HTML, and its level (2 or 3)."""

    id: str
    title: str
    level: int


@dataclass(frozen=True)
class SitePage:
    """A page that exists: its path below the language's root and where its content comes from."""

    path: str
    kind: str
    title: str
    source: str | None = None
    subject: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rendered:
    """A page's content, without the theme around it, which takes all of this for HTML."""

    html: str
    title: str
    description: str
    toc: tuple[TocEntry, ...]


View = Callable[..., dict[str, Any]]

#: Kind of page -> the view that gives its values; the template has the kind's name.
_KINDS: dict[str, View] = {
    "home": home.view,
    "find": find.view,
    "advisories": catalogue.view,
    "advisory": advisory.view,
    "products": product.index,
    "product": product.view,
    "release": release.view,
    "checklists": practice.index,
    "practice": practice.view,
    "plan": plan.view,
    "runbooks": runbooks.view,
    "board": board.view,
    "new": new.view,
    "formats": formats.index,
    "fields": fields.view,
    "rules": rules.index,
    "rule": rules.view,
    "commands": formats.commands,
    "api": formats.api,
}

#: Kinds of page that show nothing of the knowledge.
_REFERENCES = frozenset({"formats", "fields", "rules", "rule", "commands", "api"})


class Site:
    """All generated pages of one language."""

    def __init__(
        self,
        kb: KnowledgeBase,
        language: Language,
        answers: Answers | None = None,
        site_url: str = "",
    ) -> None:
        self.kb, self.language, self._site_url = kb, language, site_url
        self._answers = answers or Answers(kb)
        self._words = words(language)
        self._memory: dict[object, Any] = {}
        self._templates = templates(self._words)

    def pages(self) -> list[SitePage]:
        """Every page, in a fixed order."""
        return list(self._pages)

    @cached_property
    def _pages(self) -> tuple[SitePage, ...]:
        knowledge = (*self._records(), *self._products(), *self._practices())
        return (*self._indexes(), *knowledge, *self._formats())

    def _indexes(self) -> Iterator[SitePage]:
        t = self._words
        yield SitePage(urls.HOME, "home", t("site.name"))
        yield SitePage(urls.FIND, "find", t("find.title"))
        yield SitePage(urls.ADVISORIES, "advisories", t("nav.advisories"))
        yield SitePage(urls.PRODUCTS, "products", t("nav.products"))
        yield SitePage(urls.CHECKLISTS, "checklists", t("nav.checklists"))
        yield SitePage(urls.PLAN, "plan", t("plan.title"))
        yield SitePage(urls.RUNBOOKS, "runbooks", t("runbooks.title"))
        yield SitePage(urls.BOARD, "board", t("board.title"))
        yield SitePage(urls.NEW, "new", t("form.page"))

    def _records(self) -> Iterator[SitePage]:
        for record in self.kb.published:
            title = prose.plain(record.title.get(self.language))
            file = self.kb.document(record).file
            yield SitePage(urls.advisory(record.id), "advisory", title, file, (record.id,))

    def _products(self) -> Iterator[SitePage]:
        for one in self.kb.products.values():
            file = self.kb.document(one).file
            yield SitePage(urls.product(one.id), "product", one.name, file, (one.id,))
            for version in self.kb.catalogues[one.id].versions:
                path = urls.release(one.id, version.text)
                title = self._words("release.title", product=one.name, version=version.text)
                yield SitePage(path, "release", title, file, (one.id, version.text))

    def _practices(self) -> Iterator[SitePage]:
        for one in self.kb.practices.values():
            title = prose.plain(one.title.get(self.language))
            file = self.kb.document(one).file
            yield SitePage(urls.practice(one.id), "practice", title, file, (one.id,))

    def _formats(self) -> Iterator[SitePage]:
        t = self._words
        yield SitePage(urls.FORMATS, "formats", t("formats.title"))
        for kind in KINDS:
            path = urls.record_format(kind)
            yield SitePage(path, "fields", t(f"formats.{kind}"), subject=(kind,))
        yield SitePage(urls.RULES, "rules", t("rules.title"))
        for code, rule in rules.ALL.items():
            yield SitePage(urls.rule(code), "rule", f"{code} {rule.name}", subject=(code,))
        yield SitePage(urls.COMMANDS, "commands", t("formats.commands"))
        yield SitePage(urls.API_FORMAT, "api", t("formats.api"))

    def sources(self, page: SitePage) -> tuple[object, ...]:
        """All that the page is made from: while this is equal, so is its HTML."""
        kb, kind = self.kb, page.kind
        if kind == "advisory":
            record = kb.advisories[page.subject[0]]
            parts: list[Record] = [record, *(kb.products[p] for p in record.products)]
            parts += [kb.practices[p] for p in record.practices]
            parts += [other for _, other in kb.related(record)]
            warned = tuple((c, c.other.title) for c in cautions(kb, record))
            older = tuple(told(kb, part, "behind") for part in parts)
            return *(kb.document(part) for part in parts), self._host_traits, warned, older
        if kind == "release":
            return self._release_sources[page.subject[0]]
        if kind == "product":
            records = kb.by_product.get(page.subject[0], ())
            return self._release_sources[page.subject[0]], *(kb.document(r) for r in records)
        if kind == "practice":
            id_ = page.subject[0]
            shown = (kb.practices[id_], *kb.by_practice[id_])
            return *(kb.document(part) for part in shown), told(kb, kb.practices[id_], "behind")
        return () if kind in _REFERENCES else tuple(kb.documents.values())

    @cached_property
    def _host_traits(self) -> tuple[Document, ...]:
        return tuple(self.kb.document(trait) for trait in self.kb.host_traits.values())

    @cached_property
    def _release_sources(self) -> dict[str, tuple[object, ...]]:
        """By product. A release shows little of a record, so that most edits of one leave it be."""
        kb = self.kb
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

    def scene(self, page: SitePage) -> Scene:
        """What a view of `page` needs at hand."""
        return Scene(
            self.kb,
            self._words,
            self._answers,
            page.path,
            site_url=self._site_url,
            memory=self._memory,
        )

    def render(self, page: SitePage) -> Rendered:
        """The content of `page`."""
        values = _KINDS[page.kind](self.scene(page), *page.subject)
        toc = tuple(
            TocEntry(id_, html.escape(title), level) for id_, title, level in values.get("toc", ())
        )
        content = render(self._templates, page.kind, values)
        title, description = values.get("title", page.title), values["description"]
        return Rendered(content, html.escape(title), html.escape(description), toc)
