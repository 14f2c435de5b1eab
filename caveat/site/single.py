"""One advisory's page with what is wrong with its file above it, for whoever is writing it.

Takes the knowledge, the file's problems with their lines, and a language, and gives a site of that
one page; where the record cannot be shown, the problems stand alone.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from caveat import prose, urls
from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase
from caveat.model.base import Language
from caveat.problems import Problem
from caveat.reading.excerpt import Excerpt
from caveat.site.pages import Rendered, Site, SitePage
from caveat.site.rendering import render
from caveat.site.views import problems

#: A page of problems alone: no data files stand beside it.
_BROKEN = "problems"


class Fault(NamedTuple):
    """A problem, and its line where it has one."""

    problem: Problem
    excerpt: Excerpt | None


class SinglePage(Site):
    """The site of one advisory, drafts included."""

    def __init__(
        self,
        kb: KnowledgeBase,
        language: Language,
        answers: Answers,
        site_url: str,
        record: tuple[str, Sequence[Fault]],
    ) -> None:
        super().__init__(kb, language, answers, site_url)
        self._id, self._faults = record
        self._shown = self._page()

    def pages(self) -> list[SitePage]:
        """The one page."""
        record = self.kb.advisories.get(self._id)
        title = prose.plain(record.title.get(self.language)) if record else self._id
        file = self.kb.document(record).file if record else None
        kind = "advisory" if self._shown else _BROKEN
        return [SitePage(urls.advisory(self._id), kind, title, file, (self._id,))]

    def sources(self, page: SitePage) -> tuple[object, ...]:  # noqa: ARG002 - as every site's
        """Equal to nothing: the page is made again whenever anything changed."""
        return (object(),)

    def render(self, page: SitePage) -> Rendered:
        """The problems, then the page."""
        scene = self.scene(page)
        values: dict[str, Any] = problems.view(
            scene, self._id, self._faults, shown=bool(self._shown)
        )
        above = render(self._templates, "problems", values)
        if self._shown is None:
            return Rendered(above, html.escape(page.title), html.escape(self._id), ())
        return replace(self._shown, html=above + self._shown.html)

    def _page(self) -> Rendered | None:
        record = self.kb.advisories.get(self._id)
        if record is None:
            return None
        page = SitePage(urls.advisory(record.id), "advisory", record.id, None, (record.id,))
        try:
            return super().render(page)
        except Exception:
            # No page is promised for a record with errors; without any, this is our own mistake.
            if any(fault.problem.is_error for fault in self._faults):
                return None
            raise
