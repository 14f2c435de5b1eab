"""Rules about prose: both languages, and only the Markdown that is rendered.

Takes a knowledge base and gives findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from caveat import prose
from caveat.knowledge import KnowledgeBase
from caveat.model.base import LANGUAGES
from caveat.problems import shown
from caveat.rules import walk
from caveat.rules.rule import Finding

_NAMES = {"en": "English", "zh": "Chinese"}


def both_languages(kb: KnowledgeBase) -> Iterator[Finding]:
    """Every text is there in English and Chinese."""
    for document, path, text in walk.prose(kb):
        for language in LANGUAGES:
            if not text.has(language):
                want = f"`{language}`, the {_NAMES[language]} text"
                hint = "the page shows the other language until then"
                yield Finding(document, path, "one language", want, hint)


#: What stays the same in every language: versions, names of records and of upstream threads, and
#: code without a word of Chinese in it.
_FIXED = {
    "version": re.compile(r"(?<![\w.])\d+(?:\.\d+)+(?:-[a-z]+\.?\d+)?"),
    "name": re.compile(r"CAV-\d{4}-\d{4}|CVE-\d+-\d+|GHSA(?:-\w{4}){3}|\w+/\w+#\d+"),
    "code": re.compile(r"`([^`\n\u2e80-\uffef]+)`"),
}


def same_names(kb: KnowledgeBase) -> Iterator[Finding]:
    """English and Chinese name the same versions, records, threads and commands."""
    for document, path, text in walk.prose(kb):
        if text.en is None or text.zh is None:
            continue
        for kind, language, missing in _one_sided(text.en, text.zh):
            want = f"the {kind} {shown(missing)} as in the other language"
            yield Finding(document, (*path, language), "a text without it", want)


@lru_cache(maxsize=walk.REMEMBERED)
def _one_sided(en: str, zh: str) -> tuple[tuple[str, str, str], ...]:
    """By kind and the language that lacks it, the first name that only the other text has."""
    found = []
    for kind, pattern in _FIXED.items():
        in_en, in_zh = set(pattern.findall(en)), set(pattern.findall(zh))
        for language, missing in (("en", in_zh - in_en), ("zh", in_en - in_zh)):
            if missing:
                found.append((kind, language, min(missing)))
    return tuple(found)


def _faults(kb: KnowledgeBase, kind: str, want: str, hint: str) -> Iterator[Finding]:
    for document, path, text in walk.prose(kb):
        for language in LANGUAGES:
            for fault in prose.faults(getattr(text, language) or ""):
                if fault.kind == kind:
                    yield Finding(document, (*path, language), shown(fault.found), want, hint)


def no_html(kb: KnowledgeBase) -> Iterator[Finding]:
    """Prose holds no HTML; a command or a placeholder in angle brackets is code."""
    return _faults(kb, "html", "text without HTML", "put code and placeholders in backticks")


def https_links(kb: KnowledgeBase) -> Iterator[Finding]:
    """Links in prose begin with https://."""
    return _faults(kb, "link", "a link that begins with `https://`", "")


def subset(kb: KnowledgeBase) -> Iterator[Finding]:
    """Prose holds no headings, images, tables, quotes or rules."""
    want = "paragraphs, lists, emphasis, inline code or links"
    return _faults(kb, "markup", want, "fields and steps give the structure")
