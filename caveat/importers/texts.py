"""Foreign text to text that a record may hold: visible characters, and the Markdown subset.

Takes text from anywhere and gives lines and prose in which nothing acts as markup that was not
understood; what had to go is counted by kind.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from caveat import prose
from caveat.reading.characters import without_unseen

#: Halves of characters, which JSON can write and no file can hold.
_HALVES = re.compile("[\ud800-\udfff]")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
#: Tags that lay text out and say nothing.
_LAYOUT = re.compile(
    r"</?(?:a|b|br|details|div|em|h[1-6]|hr|i|img|kbd|li|ol|p|picture|pre|source|span|strong|sub"
    r"|summary|sup|table|tbody|td|th|thead|tr|ul|video)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>?|<!--")
_MARKUP = re.compile(r"([\\`*_\[\]])")
_LINE_START = re.compile(r"^(\s*(?:\d{1,9}(?=[.)]))?)([#>+=~|.)-])")
_FULL = MarkdownIt("commonmark", {"html": False}).enable("table").disable("entity")
_URL = re.compile(r"https://[^\s<>()\[\]`*\"\\]+")
_CJK = re.compile("[\u3400-\u9fff]")
_BREAKS = frozenset({"softbreak", "hardbreak"})
#: What is left out, so that what follows begins the line.
_SILENT = frozenset({"em_open", "strong_open", "em_close", "strong_close"})
#: Characters of a text that are looked at, far more than are kept: a parser takes seconds for more.
READ = 1 << 15
#: Lines of a code block that are kept as code.
_CODE_LINES = 12


class Cleaned(NamedTuple):
    """A text and what it lost: kinds with their number."""

    text: str
    gone: Counter[str]


def visible(text: str) -> Cleaned:
    """The text with plain line ends, blanks for tabs and no character that cannot be seen."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    whole, halves = _HALVES.subn("", plain)
    kept, count = without_unseen(whole)
    count += halves
    return Cleaned(kept, Counter({"invisible characters": count} if count else {}))


def line(text: str, most: int = 500) -> str:
    """The visible text in one line of at most `most` characters."""
    whole = " ".join(visible(text).text.split())
    return whole if len(whole) <= most else f"{whole[: most - 1].rstrip()}…"


def language(text: str) -> str:
    """`zh` where a tenth of the letters or more are Chinese characters, else `en`."""
    return "zh" if len(_CJK.findall(text)) * 10 >= max(len(text), 1) else "en"


def as_prose(markdown: str, most: int) -> Cleaned:
    """Markdown of any sort as the subset that records hold, at most `most` characters of it.

    Headings become strong text, code blocks lines of code, links that are not https their text;
    images, tables, rules, HTML tags and comments are gone, and counted.
    """
    text, gone = visible(markdown[:READ])
    if len(markdown) > READ:
        gone[f"characters beyond the first {READ:,}"] += len(markdown) - READ
    text, comments = _COMMENT.subn("", text)
    gone += Counter({"HTML comments": comments} if comments else {})
    text, tags = _LAYOUT.subn(" ", text)
    gone += Counter({"HTML tags": tags} if tags else {})
    blocks = [block for block in _Blocks(gone).walk(_FULL.parse(text)) if block.strip()]
    kept: list[str] = []
    for block in blocks:
        if sum(map(len, kept)) + 2 * len(kept) + len(block) > most:
            break
        kept.append(block)
    if not kept and blocks:
        kept = [escaped(line(prose.plain(blocks[0]), most // 2))]
    if len(kept) < len(blocks):
        gone["paragraphs beyond the length of a record's text"] += len(blocks) - len(kept)
    made = "\n\n".join(kept)
    return Cleaned(made if not prose.faults(made) else _bare(made), +gone)


def escaped(text: str, *, begins: bool = True) -> str:
    """Plain text as prose that says the same; what looks like a tag becomes code. `begins` says
    that the text begins a line, where more characters are markup."""
    parts, at = [], 0
    for tag in _TAG.finditer(text):
        parts += [_MARKUP.sub(r"\\\1", text[at : tag.start()]), code(tag[0])]
        at = tag.end()
    made = "".join([*parts, _MARKUP.sub(r"\\\1", text[at:])])
    return _LINE_START.sub(r"\1\\\2", made) if begins else made


def code_of(markdown: str) -> Iterator[str]:
    """Every line of code in the first `READ` characters of Markdown: those of blocks first, then
    code in running text."""
    tokens = _FULL.parse(visible(markdown[:READ]).text)
    for token in tokens:
        if token.type in ("fence", "code_block"):
            yield from token.content.split("\n")
    for token in tokens:
        yield from (one.content for one in token.children or [] if one.type == "code_inline")


def link(url: str) -> str:
    """An address as prose: a link, or code where a character of it could end one."""
    return f"[{escaped(url)}]({url})" if _URL.fullmatch(url) else code(url)


def code(text: str) -> str:
    """Text as inline code, with fences longer than any run of ticks in it."""
    inner = " ".join(text.split())
    if not inner:
        return ""
    ticks = "`" * (prose.longest_ticks(inner) + 1)
    gap = " " if inner.startswith("`") or inner.endswith("`") else ""
    return f"{ticks}{gap}{inner}{gap}{ticks}"


def _bare(text: str) -> str:
    """The last way out: letters, digits and plain punctuation, which can be no markup."""
    plain = re.sub(r"[<>|*_\[\]#=~`\\]+", " ", text)
    blocks = ["\n".join(row.strip(" -+") for row in b.split("\n")) for b in plain.split("\n\n")]
    return "\n\n".join(block for block in blocks if block.strip())


class _Blocks:
    """Blocks of Markdown as blocks of the subset."""

    def __init__(self, gone: Counter[str]) -> None:
        self.gone = gone

    def walk(self, tokens: list[Token]) -> Iterator[str]:
        """A text for each block."""
        at = 0
        while at < len(tokens):
            end = _end(tokens, at)
            yield from self._block(tokens[at], tokens[at + 1 : end])
            at = end + 1

    def _block(self, token: Token, inner: list[Token]) -> Iterator[str]:
        kind = token.type
        if kind == "paragraph_open":
            yield self._inline(inner[0])
        elif kind == "heading_open":
            text = prose.plain(self._inline(inner[0])).strip()
            yield f"**{escaped(text)}**" if text else ""
        elif kind in ("bullet_list_open", "ordered_list_open"):
            yield self._list(inner, ordered=kind.startswith("ordered"))
        elif kind == "blockquote_open":
            yield from self.walk(inner)
        elif kind in ("fence", "code_block"):
            yield self._code(token.content)
        elif kind == "table_open":
            self.gone["tables"] += 1

    def _list(self, tokens: list[Token], *, ordered: bool) -> str:
        items: list[str] = []
        at = 0
        while at < len(tokens):
            end = _end(tokens, at)
            body = "\n\n".join(b for b in self.walk(tokens[at + 1 : end]) if b.strip())
            mark = f"{len(items) + 1}. " if ordered else "- "
            if body:
                items.append(mark + textwrap.indent(body, " " * len(mark)).lstrip())
            at = end + 1
        return "\n".join(items)

    def _code(self, text: str) -> str:
        lines = [row for row in text.split("\n") if row.strip()]
        if len(lines) > _CODE_LINES:
            self.gone["lines of code"] += len(lines) - _CODE_LINES
        return "\n".join(f"- {code(row)}" for row in lines[:_CODE_LINES])

    def _inline(self, token: Token) -> str:
        return "".join(self._spans(token.children or []))

    def _spans(self, tokens: Iterable[Token]) -> Iterator[str]:
        links: list[str] = []
        begins = True
        for token in tokens:
            if token.type == "text":
                yield escaped(token.content, begins=begins)
            elif token.type == "code_inline":
                yield code(token.content)
            elif token.type in _BREAKS:
                yield "\n"
            elif token.type == "image":
                self.gone["images"] += 1
                yield escaped(line(token.content))
            elif token.type == "link_open":
                url = str(token.attrGet("href") or "")
                links.append(url if _URL.fullmatch(url) else "")
                self.gone["links that are not https"] += not links[-1]
                yield "[" if links[-1] else ""
            elif token.type == "link_close":
                url = links.pop()
                yield f"]({url})" if url else ""
            begins = token.type in _BREAKS or (begins and token.type in _SILENT)


def _end(tokens: list[Token], at: int) -> int:
    """The number of the token that closes the one at `at`."""
    depth = 0
    for number in range(at, len(tokens)):
        depth += tokens[number].nesting
        if depth == 0:
            return number
    return len(tokens) - 1
