"""What every view needs at hand: the knowledge, the language, and the page that links start from.

Takes model parts and gives what a template can print: names, links, prose with its language, and
the reasons of the engine in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from caveat import prose, urls
from caveat.applicability.answers import Answers
from caveat.applicability.wording import Wording
from caveat.model import Bilingual


@dataclass(frozen=True)
class Prose:
    """Rendered prose; `lang` is set where it is not in the page's language."""

    html: Markup
    lang: str | None = None


@dataclass(frozen=True)
class Scene(Wording):
    """A page being made."""

    answers: Answers
    path: str

    def link(self, target: str, anchor: str = "") -> str:
        """A relative link from this page."""
        return urls.relative(self.path, target, anchor)

    def once(self, target: str) -> str:
        """A relative link from this page to what exists once for all languages."""
        return urls.relative(urls.FOLDER[self.language] + self.path, target)

    def block(self, text: Bilingual) -> Prose:
        """Prose as paragraphs and lists."""
        return Prose(prose.html(text.get(self.language)), self._other(text))

    def inline(self, text: Bilingual) -> Prose:
        """Prose in one line."""
        return Prose(prose.inline_html(text.get(self.language)), self._other(text))

    def text(self, text: str) -> Markup:
        """A text of the interface that is more than a line."""
        return prose.html(text)

    def declared(self, english: str) -> Prose:
        """What a declaration in the code says, in one line; in English where nobody translated
        it."""
        text = " ".join(english.split())
        found = self.words.declared(text)
        return Prose(prose.inline_html(found or text), None if found is not None else "en")

    def _other(self, text: Bilingual) -> Literal["en", "zh"] | None:
        if text.has(self.language):
            return None
        return "zh" if self.language == "en" else "en"
