"""A page of the theme with gaps: rendered once, filled for each page that differs only there.

Takes what the theme made of a specimen page; gives whole pages. Rendering the theme anew around
each record and release was the largest part of a large build's time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup, escape

from caveat.site import Rendered, SitePage, TocEntry

#: A gap as it stands in a specimen. Its letters are in no text, and nothing that escapes or quotes
#: changes them; where a template strips tags, the bare name is what is left.
_GAP = re.compile("(<zq>(?:<h1>)?zq[a-z]+[0-9]*qz</zq>|zq[a-z]+[0-9]*qz)")


class Kind(NamedTuple):
    """What makes the theme around two pages differ in more than texts."""

    page: str
    levels: tuple[int, ...]
    described: bool
    sourced: bool

    @classmethod
    def of(cls, page: SitePage, rendered: Rendered) -> Kind:
        """The kind of a page."""
        levels = tuple(entry.level for entry in rendered.toc)
        return cls(page.kind, levels, bool(rendered.description), page.source is not None)


class Shell:
    """The theme around a page of one kind, from what it made of the specimen."""

    def __init__(self, around_specimen: str) -> None:
        parts = _GAP.split(around_specimen)
        self._pieces, self._gaps, self._end = parts[:-1:2], parts[1::2], parts[-1]

    def fill(self, page: SitePage, rendered: Rendered) -> str:
        """The page as readers get it."""
        values = dict(_values(page, rendered))
        parts = [
            text
            for piece, gap in zip(self._pieces, self._gaps, strict=True)
            for text in (piece, values[gap])
        ]
        return "".join((*parts, self._end))


def specimen(page: SitePage, rendered: Rendered) -> tuple[SitePage, Rendered]:
    """A page of the same kind at the same depth, whose every text is a gap."""
    first, *rest = _segments(page)
    path = "/".join((first, *(_bare(f"path{at}") for at, _ in enumerate(rest)), ""))
    source = _bare("source") if page.source is not None else None
    toc = tuple(
        TocEntry(_bare(f"id{at}"), _tagged(f"toc{at}"), entry.level)
        for at, entry in enumerate(rendered.toc)
    )
    description = _tagged("description") if rendered.description else ""
    # With a heading in it: the theme gives one to a page that has none.
    content = _tagged("content", "<h1>")
    return (
        SitePage(path, page.kind, _tagged("name"), source, page.subject),
        Rendered(content, _tagged("title"), description, toc),
    )


def _segments(page: SitePage) -> list[str]:
    return page.path.rstrip("/").split("/")


def _bare(name: str) -> str:
    return f"zq{name}qz"


def _tagged(name: str, heading: str = "") -> str:
    return f"<zq>{heading}{_bare(name)}</zq>"


def _values(page: SitePage, rendered: Rendered) -> Iterator[tuple[str, str]]:
    """Each gap with the text that fills it."""
    yield _tagged("content", "<h1>"), rendered.html
    yield _bare("source"), page.source or ""
    for at, segment in enumerate(_segments(page)[1:]):
        yield _bare(f"path{at}"), quote(segment)
    texts = [("name", page.title), ("title", rendered.title)]
    texts.append(("description", rendered.description))
    for at, entry in enumerate(rendered.toc):
        yield _bare(f"id{at}"), entry.id
        texts.append((f"toc{at}", entry.title))
    for name, text in texts:
        yield _tagged(name), text
        yield _bare(name), _stripped(text)


def _stripped(text: str) -> str:
    """What `striptags | e` makes of a text."""
    plain = Markup(text).striptags()  # noqa: S704 - the theme takes it for HTML as well
    return escape(plain)
