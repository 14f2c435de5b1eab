"""Links inside a built site, looked at once before anybody reads it.

Takes the folder, the address it will live at and the anchors that must be there, and gives what
leads nowhere. Ten thousand records make 20,000 pages, so that this looks at tags, not at trees.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from pathlib import Path
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote

_TAG = re.compile(rb"<[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(rb'\s(id|href|src|content)="([^"]*)"')
_REFRESH = re.compile(r"0; ?url=(.+)")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
#: Belongs to the search, which makes and reads its own pages.
_SKIPPED = ("pagefind/", "zh/pagefind/")


class _Dead(NamedTuple):
    """A link that leads nowhere, and what is missing."""

    link: str
    missing: str


def files(site: Path) -> set[str]:
    """Every file below `site`, with forward slashes."""
    found = set()
    for folder, _, names in os.walk(site):
        start = Path(folder).relative_to(site).as_posix()
        found |= {name if start == "." else f"{start}/{name}" for name in names}
    return found


def dead(site: Path, site_url: str, anchors: Mapping[str, Collection[str]]) -> list[str]:
    """What leads nowhere in the pages of `site`, each once with the first page that holds it:
    links, and `anchors` that were wanted of a page."""
    look = _Look(files(site), site_url)
    wanted = {page: set(names) for page, names in anchors.items() if page in look.files}
    missing: dict[str, set[str]] = {}
    for page in sorted(look.files):
        if page.endswith(".html") and not page.startswith(_SKIPPED):
            ids = look.at(site, page)
            if lost := wanted.get(page, set()) - ids:
                missing[page] = lost
    for page, names in look.anchors.items():
        if lost := names.keys() - _ids(site / page):
            for name in lost:
                look.note(names[name], f"#{name}", f"`#{name}` in {page}")
    return [
        *(
            f"{page}: found no id `{name}`, want it: published links lead to that section"
            for page, names in missing.items()
            for name in sorted(names)
        ),
        *look.told(),
    ]


class _Look:
    """Pages seen one after the other; what was resolved once is not resolved again."""

    def __init__(self, found: set[str], site_url: str) -> None:
        self.files, self._site = found, site_url
        self._known: dict[str, str] = {}
        self._dead: dict[_Dead, list[str]] = {}
        #: Anchors that other pages lead to: page -> anchor -> the page that does.
        self.anchors: dict[str, dict[str, str]] = {}

    def at(self, site: Path, page: str) -> set[str]:
        """Check the links of a page; gives its ids."""
        ids, links = _read(site / page)
        folder = page.rpartition("/")[0]
        up = "../" * (folder.count("/") + 1 if folder else 0)
        for link in links:
            target, mark, anchor = link.partition("#")
            where = page if not target and mark else self._target(folder, up, target)
            if where is None:
                continue
            if where not in self.files:
                self.note(page, link, where)
            elif anchor and where != page:
                self.anchors.setdefault(where, {}).setdefault(unquote(anchor), page)
            elif anchor and unquote(anchor) not in ids:
                self.note(page, link, f"`#{anchor}` in the page itself")
        return ids

    def note(self, page: str, link: str, missing: str) -> None:
        """Remember a link that leads nowhere."""
        self._dead.setdefault(_Dead(link, missing), []).append(page)

    def told(self) -> list[str]:
        """A line for each of them."""
        lines = []
        for (link, missing), pages in self._dead.items():
            more = f" and {len(pages) - 1} more" if len(pages) > 1 else ""
            lines.append(f"{pages[0]}{more}: found the link `{link}`, want {missing} to be there")
        return sorted(lines)

    def _target(self, folder: str, up: str, target: str) -> str | None:
        """The file that a link means, or None where it leaves the site."""
        target = target.partition("?")[0]
        if self._site and target.startswith(self._site):
            return self._file(target.removeprefix(self._site))
        if _ELSEWHERE.match(target):
            return None
        if up and target.startswith(up) and ".." not in target[len(up) :]:
            return self._file(target[len(up) :])
        if not target.startswith("/"):
            return self._file(_plain(f"{folder}/{target}"))
        # Of a page that is given for any address, such as that of errors.
        start = self._site.partition("://")[2].partition("/")[2]
        whole = _plain(target)
        return self._file(whole[len(start) :]) if whole.startswith(start) else whole

    def _file(self, path: str) -> str:
        """What a server gives for a path."""
        if path not in self._known:
            plain = unquote(path)
            self._known[path] = plain + "index.html" if plain.endswith("/") or not plain else plain
        return self._known[path]


def _plain(path: str) -> str:
    """A path without `.` and `..`, from the root; it ends in a slash where it means a folder."""
    end = "/" if path.endswith(("/", "/.", "/..")) else ""
    return (normpath(f"/{path}").strip("/") + end).removeprefix("/")


def _read(path: Path) -> tuple[set[str], set[str]]:
    """The ids of a page and its links, as an address bar would have them."""
    ids, links = set(), set()
    for name, value in _attributes(path.read_bytes()):
        if name == b"id":
            ids.add(value)
        elif name != b"content":
            links.add(value)
        elif refresh := _REFRESH.fullmatch(value):
            links.add(refresh[1])
    return ids, links


def _ids(path: Path) -> set[str]:
    return {value for name, value in _attributes(path.read_bytes()) if name == b"id"}


def _attributes(html: bytes) -> Iterator[tuple[bytes, str]]:
    for tag in _TAG.findall(html):
        for name, value in _ATTRIBUTE.findall(tag):
            text = value.decode("utf-8", "replace")
            yield name, unescape(text) if "&" in text else text
