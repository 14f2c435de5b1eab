"""The small Markdown of records to safe HTML: paragraphs, lists, emphasis, code and https links.

Takes a text and gives HTML in which nothing of the text can act as markup; `faults` says what of
the text lies outside the subset. Rules for parsing are CommonMark's, by markdown-it-py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_ALLOWED = ["list", "emphasis", "backticks", "link", "escape", "entity", "newline"]
_TAG = re.compile(r"</?[A-Za-z][^\s>]*[^>]*>|<!--|<![A-Z]|<\?")
# Without any of these a text cannot leave the subset, and most texts need no second parse.
_SUSPECT = re.compile(
    r"[<|]|\*\S|\]\s*[(\[:]"
    r"|^[ \t\d.)+*-]*(#|>|=|~~~|```|[-*_][ \t]*[-*_]| {4}|\t)"
    r"|^[ \t]*-[ \t]*$",
    re.MULTILINE,
)
# Stars that stayed text although they look like emphasis: CommonMark's rule looks at the characters
# beside them, and Chinese punctuation inside next to a letter outside fails it.
_STARS = re.compile(r"(\*+)(?=\S)[^*]*(?<=\S)\1")
_TEXTS = frozenset({"text", "text_special"})
_MARKUP = frozenset({"heading_open", "image", "fence", "code_block", "hr", "blockquote_open"})


class Fault(NamedTuple):
    """Something that the subset does not hold: `html`, `link` or `markup`, and the text of it."""

    kind: str
    found: str


def _subset() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False, "linkify": False, "typographer": False})
    parser.enable(_ALLOWED)
    parser.validateLink = lambda url: url.lower().startswith("https://")  # type: ignore[method-assign]
    return parser


_SUBSET = _subset()
# An escape or an entity stays a token of its own: what it stands for is text to every reader of
# Markdown, and no tag.
_FULL = MarkdownIt("commonmark", {"html": False}).enable("table").disable("text_join")
_FULL.validateLink = lambda url: isinstance(url, str)  # type: ignore[method-assign]
# What a reader who lets HTML through would take for it: `<script` needs no end to begin a block.
_LAX = MarkdownIt("commonmark", {"html": True})
_MARKUP_SIGNS = re.compile(r"([\\`*\[\]<&])|^(?=[#>+~=-]|\d+[.)] )|(?<![A-Za-z0-9])(?=_)")
_TICKS = re.compile(r"`+")


@lru_cache(maxsize=20_000)
def html(text: str) -> Markup:
    """The text as block HTML."""
    return Markup(_SUBSET.render(text).strip())  # noqa: S704 (the renderer escapes)


@lru_cache(maxsize=20_000)
def inline_html(text: str) -> Markup:
    """The text as inline HTML, for headings and table cells."""
    return Markup(_SUBSET.renderInline(" ".join(text.split())))  # noqa: S704 (likewise)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The text without its markup, in one line: for titles, descriptions and search."""
    blocks = [token.children or [] for token in _SUBSET.parse(text) if token.type == "inline"]
    words = ("".join(token.content or " " * ("break" in token.type) for token in b) for b in blocks)
    return " ".join(" ".join(words).split())


def literal(text: str) -> str:
    """Plain text as Markdown that says the same, in one line."""
    return _MARKUP_SIGNS.sub(r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """Plain text as inline code, between more ticks than it holds itself."""
    ticks = "`" * (longest_ticks(text) + 1)
    return f"{ticks}{text}{ticks}" if len(ticks) == 1 else f"{ticks} {text} {ticks}"


def longest_ticks(text: str) -> int:
    """The length of the longest run of ticks."""
    return max((len(run) for run in _TICKS.findall(text)), default=0)


def kept(text: str) -> str:
    """A record's Markdown for readers of other Markdowns, which may let more through than ours: the
    text where it keeps to the subset, else its characters, none of which is markup then."""
    return literal(text) if faults(text) else text.strip()


@lru_cache(maxsize=1 << 18)
def faults(text: str) -> tuple[Fault, ...]:
    """What of `text` lies outside the subset, in order."""
    if not _SUSPECT.search(text):
        return ()
    found: list[Fault] = []
    for tokens in _together(_flat(_FULL.parse(text))):
        token = tokens[0]
        if token.type in _TEXTS:
            found += _text_faults(tokens)
        elif token.type == "link_open":
            url = str(token.attrGet("href") or "")
            if not url.lower().startswith("https://"):
                found.append(Fault("link", url))
        elif token.type in _MARKUP or token.type == "table_open":
            found.append(Fault("markup", token.content or token.type.removesuffix("_open")))
    if "<" in text and not found:
        lax = (one for one in _flat(_LAX.parse(text)) if one.type.startswith("html_"))
        found += [Fault("html", one.content.strip()) for one in lax]
    return tuple(found)


def _text_faults(tokens: Sequence[Token]) -> Iterator[Fault]:
    tags = (_TAG.search(token.content) for token in tokens if token.type == "text")
    if tag := next((one for one in tags if one), None):
        yield Fault("html", tag[0])
    elif stars := _STARS.search("".join(token.content for token in tokens)):
        yield Fault("markup", stars[0])


def _together(tokens: Iterable[Token]) -> Iterator[Sequence[Token]]:
    """Texts that stand side by side as one, with the escapes and entities among them; every other
    token alone."""
    for are_texts, group in groupby(tokens, key=lambda token: token.type in _TEXTS):
        found = list(group)
        yield from [found] if are_texts else ([token] for token in found)


def _flat(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "inline":
            yield from _flat(token.children or [])
        else:
            yield token
            yield from _flat(token.children or [])
