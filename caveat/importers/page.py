"""A saved page of an issue or a pull request: its title, address, day and first text.

Takes the HTML that a browser saved (of GitHub or GitLab) and gives plain values; a page that holds
no thread raises `SourceError`. Nothing in the page is run or fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, NamedTuple

from caveat.importers.lead import SourceError

#: Elements that have no end tag.
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr")
)
#: What the title of a page adds to that of the thread.
_TAIL = re.compile(
    r"\s+(?:by \S+\s+)?·\s+(?:Issue|Pull Request|Discussion) #\d+\s+·.*$"
    r"|\s+\((?:#|!)\d+\)\s+·\s+(?:Issues?|Merge requests?|Work items?)\s+·.*$",
    re.DOTALL,
)
#: What no reader sees: scripts, styles, comments. An element's end is looked for in small letters,
#: as browsers write it.
_HIDDEN = re.compile(r"<(?:(script|style)\b[^<>]*>|!--)", re.IGNORECASE)
#: A tag behind its `<`, to its end: quotes that close, and no `<` in them.
_WHOLE = re.compile(r"""[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_DATA = re.compile(r"type\s*=\s*[\"']?application/json", re.IGNORECASE)
_BODY = frozenset({"markdown-body", "md"})
#: Elements that are kept open; deeper ones are text of the last.
_DEEPEST = 500


@dataclass(frozen=True)
class Page:
    """What the page says; `text` is Markdown where the page carries it, else its plain text."""

    title: str
    url: str
    text: str
    day: str = ""
    labels: tuple[str, ...] = ()


def page(html: str, file: str) -> Page:
    """The thread that the page shows: the data that the page carries for its scripts first, which
    holds the text as it was written; then what a reader sees."""
    scripts, rest = _parted(html)
    seen = _Seen()
    seen.feed(_tame(rest))
    seen.close()
    carried = next((one for text in scripts for one in _carried(text)), None)
    title = _TAIL.sub("", seen.meta.get("og:title") or seen.title).strip()
    url = seen.canonical or seen.meta.get("og:url", "")
    made = Page(title, url, seen.text, seen.day[:10], tuple(seen.labels))
    if carried is not None:
        made = Page(
            carried.title or made.title,
            carried.url or made.url,
            carried.text or made.text,
            carried.day or made.day,
            carried.labels or made.labels,
        )
    if not made.title or not made.url:
        raise SourceError(f"{file}: neither JSON nor the page of an issue; save the page of one")
    return made


def _parted(html: str) -> tuple[list[str], str]:
    """The data that the page carries for its scripts, and the page without scripts and comments."""
    data: list[str] = []
    kept: list[str] = []
    at = 0
    for found in _HIDDEN.finditer(html):
        if found.start() < at:
            continue
        kept.append(html[at : found.start()])
        begin = found.end()
        end = html.find("-->" if found[1] is None else f"</{found[1].lower()}", begin)
        if end < 0:  # nothing closes it, so that nothing closes a later one of its kind either
            return data, "".join(kept)
        if _DATA.search(found[0]):
            data.append(html[begin:end])
        at = end
    return data, "".join([*kept, html[at:]])


def _tame(html: str) -> str:
    """The page with text for what only begins like a tag. The parser looks for the end of each such
    beginning through all that follows, so that a page of many would take it minutes."""
    first, *pieces = html.split("<")
    made = [first]
    for piece in pieces:
        if piece[:1] in ("!", "?"):
            made.append(piece.partition(">")[2])
        elif _WHOLE.match(piece):
            made.append(f"<{piece}")
        else:
            made.append(f"&lt;{piece}")
    return "".join(made)


def _carried(text: str) -> Iterator[Page]:
    """The issue in the data of GitHub's page, which its scripts show."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for query in _get(data, "payload", "preloadedQueries") or ():
        repository = _get(query, "result", "data", "repository")
        issue = _get(repository, "issue") or _get(repository, "pullRequest")
        if isinstance(issue, dict):
            edges = _get(issue, "labels", "edges")
            names = (
                [_get(edge, "node", "name") for edge in edges] if isinstance(edges, list) else []
            )
            yield Page(
                _text(issue, "title"),
                _text(issue, "url"),
                _text(issue, "body"),
                _text(issue, "createdAt")[:10],
                tuple(name for name in names if isinstance(name, str)),
            )


def _get(data: Any, *keys: str) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


class _Element(NamedTuple):
    """An open element: its tag, and whether it is in the first text, and preformatted."""

    tag: str
    body: bool = False
    pre: bool = False


_NOTHING = _Element("")


class _Seen(HTMLParser):
    """What a reader sees of the page, taken while it is parsed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title = self.canonical = self.day = ""
        self.meta: dict[str, str] = {}
        self.labels: list[str] = []
        self.pieces: list[str] = []
        self._open: list[_Element] = []
        self._done = False

    @property
    def text(self) -> str:
        """The first text, as Markdown."""
        return re.sub(r"\n{3,}", "\n\n", "".join(self.pieces)).strip()

    @property
    def _here(self) -> _Element:
        return self._open[-1] if self._open else _NOTHING

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        named = {name: value or "" for name, value in attrs}
        self._head(tag, named)
        above = self._here
        if above.body and not (tag == "code" and above.pre):
            self.pieces.append(_BEFORE.get(tag, ""))
        if tag in _VOID or len(self._open) >= _DEEPEST:
            return
        first = not self._done and bool(_BODY & set(named.get("class", "").split()))
        self._open.append(_Element(tag, above.body or first, above.pre or tag == "pre"))

    def handle_endtag(self, tag: str) -> None:
        """Close the element, and those that were left open in it."""
        number = next((n for n in reversed(range(len(self._open))) if self._open[n].tag == tag), -1)
        if number < 0:
            return
        here = self._open[number]
        del self._open[number:]
        if here.body and not self._here.body:
            self._done = True
        elif here.body and not (tag == "code" and here.pre):
            self.pieces.append(_AFTER.get(tag, ""))

    def handle_data(self, data: str) -> None:
        """Text: of the title or of the thread."""
        here = self._here
        if here.tag == "title" and not self.title:
            self.title = " ".join(data.split())
        elif here.body:
            self.pieces.append(data if here.pre else re.sub(r"\s+", " ", data))

    def _head(self, tag: str, named: dict[str, str]) -> None:
        if tag == "meta" and "content" in named:
            self.meta.setdefault(named.get("property") or named.get("name", ""), named["content"])
        elif tag == "link" and named.get("rel") == "canonical":
            self.canonical = self.canonical or named.get("href", "")
        elif tag in ("relative-time", "time") and not self.day:
            self.day = named.get("datetime", "")
        elif tag == "a" and named.get("data-name") and "label" in named.get("href", ""):
            self.labels.append(named["data-name"])


#: What of HTML becomes which Markdown; the rest is text.
_BEFORE = {"p": "\n\n", "br": "\n", "li": "\n- ", "pre": "\n\n```\n", "code": "`", "div": "\n"}
_AFTER = {"p": "\n\n", "pre": "\n```\n\n", "code": "`", "ul": "\n", "ol": "\n", "div": "\n"}
_BEFORE |= {f"h{n}": "\n\n" + "#" * n + " " for n in range(1, 7)}
_AFTER |= {f"h{n}": "\n\n" for n in range(1, 7)}
