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
from weakref import WeakKeyDictionary

from caveat import prose, urls
from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase
from caveat.model import KINDS, Product
from caveat.model.base import Language
from caveat.reading import Document
from caveat.site.rendering import is_searched, render, templates
from caveat.site.scene import Scene
from caveat.site.sources import sources
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
from caveat.words import Words, words


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


#: The pages of a product's releases, most of all pages, by its file and the words of their titles.
_RELEASES: WeakKeyDictionary[Document, dict[Words, tuple[SitePage, ...]]] = WeakKeyDictionary()


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
        for number in catalogue.numbers(self.kb):
            path, subject = urls.catalogue(number), (str(number),) if number > 1 else ()
            yield SitePage(path, "advisories", catalogue.title(t, number), subject=subject)
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
            known = _RELEASES.setdefault(self.kb.document(one), {})
            if self._words not in known:
                known[self._words] = tuple(self._releases(one, file))
            yield from known[self._words]

    def _releases(self, one: Product, file: str) -> Iterator[SitePage]:
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
        return sources(self.kb).of(page.kind, page.subject)

    def is_searched(self, page: SitePage) -> bool:
        """Whether the word search covers the page."""
        return page.kind in self._searched

    @cached_property
    def _searched(self) -> frozenset[str]:
        return frozenset(kind for kind in _KINDS if is_searched(self._templates, kind))

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
