"""What a search costs a reader: bytes of the first one, interface included, and of the next.

Takes a built site and drives its search dialogue in a browser; files count as they would travel,
compressed where they are text.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import browser as finder
from playwright.sync_api import Page, sync_playwright
from serving import served
from traffic import Traffic

_FIRST, _NEXT = "network", "daemon"
_TEXT = {".html", ".js", ".css", ".json", ".svg"}


class SearchBytes(NamedTuple):
    """Compressed bytes of the first search on a page and of one more."""

    first: int
    next: int


def measure_search(site: Path) -> SearchBytes | None:
    """The bytes of two searches on the English home page; None where there is no browser."""
    executable = finder.find()
    if executable is None:
        return None
    asked: set[str] = set()
    with served(site) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(finder.FLAGS))
        page = chromium.new_page()
        traffic = Traffic(page)
        page.goto(address)
        traffic.settle()
        page.on("request", lambda request: asked.add(urlsplit(request.url).path))
        page.locator("#search-open").wait_for()  # which is hidden until its script has run
        page.keyboard.press("Control+k")
        _search(page, traffic, _FIRST)
        first = _size(site, asked)
        asked.clear()
        _search(page, traffic, _NEXT)
        following = _size(site, asked)
        chromium.close()
    return SearchBytes(first, following)


def _search(page: Page, traffic: Traffic, words: str) -> None:
    field = page.locator("pagefind-input input")
    field.fill(words)
    page.wait_for_timeout(1000)  # the dialogue waits for a pause in typing before it asks
    page.locator("pagefind-results a").first.wait_for()
    traffic.settle()


def _size(site: Path, asked: Iterable[str]) -> int:
    return sum(_packed(site / path.lstrip("/")) for path in asked)


def _packed(path: Path) -> int:
    if not path.is_file():
        return 0
    raw = path.read_bytes()
    return len(gzip.compress(raw, 6)) if path.suffix in _TEXT else len(raw)
