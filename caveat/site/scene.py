"""What every view needs at hand: the knowledge, the language, and the page that links start from.

Takes model parts and gives what a template can print: names, links, prose with its language, and
the reasons of the engine in words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, cast

from markupsafe import Markup

from caveat import prose, urls
from caveat.applicability.answers import Answers
from caveat.applicability.wording import Wording
from caveat.model import Bilingual

T = TypeVar("T")


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
    memory: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)
    """What pages of one site share; a key names all that its value is made from."""

    def link(self, target: str, anchor: str = "") -> str:
        """A relative link from this page."""
        return urls.relative(self.path, target, anchor)

    def kept(self, key: object, make: Callable[[], T]) -> T:
        """What `make` gives, made once for all pages as deep as this one: their links are alike."""
        whole = (key, self.path.count("/"))
        if whole not in self.memory:
            self.memory[whole] = make()
        return cast("T", self.memory[whole])

    def block(self, text: Bilingual) -> Prose:
        """Prose as paragraphs and lists."""
        return Prose(prose.html(text.get(self.language)), self._other(text))

    def inline(self, text: Bilingual) -> Prose:
        """Prose in one line."""
        return Prose(prose.inline_html(text.get(self.language)), self._other(text))

    def _other(self, text: Bilingual) -> Literal["en", "zh"] | None:
        if text.has(self.language):
            return None
        return "zh" if self.language == "en" else "en"
