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
from caveat.model import Bilingual, Language
from caveat.rules.translation import behind

T = TypeVar("T")


@dataclass(frozen=True)
class Prose:
    """Rendered prose; `lang` is set where it is not in the page's language, `note` where the text
    in the other language was changed after it."""

    html: Markup
    lang: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Scene(Wording):
    """A page being made."""

    answers: Answers
    path: str
    site_url: str = ""
    """The address of the site's root, which ends in a slash, or "" where nobody said."""
    memory: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)
    """What pages of one site share; a key names all that its value is made from."""

    def link(self, target: str, anchor: str = "") -> str:
        """A relative link from this page."""
        return urls.relative(self.path, target, anchor)

    @property
    def twin(self) -> str:
        """A relative link from this page to its twin in the other language."""
        other: Language = "zh" if self.language == "en" else "en"
        own = urls.FOLDER[self.language] + self.path
        return urls.relative(own, urls.FOLDER[other] + self.path)

    def once(self, target: str) -> str:
        """A relative link from this page to what exists once for all languages."""
        return urls.relative(urls.FOLDER[self.language] + self.path, target)

    def kept(self, key: object, make: Callable[[], T]) -> T:
        """What `make` gives, made once for all pages as deep as this one: their links are alike."""
        whole = (key, self.path.count("/"))
        if whole not in self.memory:
            self.memory[whole] = make()
        return cast("T", self.memory[whole])

    def block(self, text: Bilingual) -> Prose:
        """Prose as paragraphs and lists."""
        return Prose(prose.html(text.get(self.language)), self._other(text), self._behind(text))

    def inline(self, text: Bilingual) -> Prose:
        """Prose in one line."""
        html = prose.inline_html(text.get(self.language))
        return Prose(html, self._other(text), self._behind(text))

    def text(self, text: str) -> Markup:
        """A text of the interface that is more than a line."""
        return prose.html(text)

    def declared(self, english: str) -> Prose:
        """What a declaration in the code says, in one line; in English where nobody translated
        it."""
        text = " ".join(english.split())
        found = self.words.declared(text)
        return Prose(prose.inline_html(found or text), None if found is not None else "en")

    def _behind(self, text: Bilingual) -> str | None:
        older = behind(self.kb).get((text.en, text.zh)) == self.language
        return self.words("advisory.behind") if older else None

    def _other(self, text: Bilingual) -> Literal["en", "zh"] | None:
        if text.has(self.language):
            return None
        return "zh" if self.language == "en" else "en"
