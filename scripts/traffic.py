"""Tell when a page in a browser has all that it asks for.

Takes a page of Playwright and waits. Playwright's own "networkidle" is half a second in which
nothing was asked for, be it before the page's scripts have run; where a busy machine is that slow,
the state is taken back when the page has loaded, and at times never given again.
"""

from __future__ import annotations

import time

from playwright.sync_api import Page, Request

#: Seconds in which nothing is on its way.
QUIET = 0.3


class Traffic:
    """What a page has asked for and not been given, from now on."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: list[Request] = []
        self._changed = time.monotonic()
        page.on("request", self._asked)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    def settle(self, seconds: float = 30) -> None:
        """Wait until the page has loaded and nothing has been on its way for a while.

        Raises TimeoutError, with the addresses that are, where that takes longer than `seconds`.
        """
        self._page.wait_for_load_state("load")
        self._changed = time.monotonic()
        end = self._changed + seconds
        while self._open or time.monotonic() < self._changed + QUIET:
            if time.monotonic() > end:
                waited = [request.url for request in self._open]
                raise TimeoutError(f"not quiet after {seconds} s, on their way: {waited}")
            self._page.wait_for_timeout(20)  # in milliseconds; events arrive meanwhile

    def _asked(self, request: Request) -> None:
        self._open.append(request)

    def _ended(self, request: Request) -> None:
        if request in self._open:  # else it was asked for before we looked
            self._open.remove(request)
        self._changed = time.monotonic()
