"""Takes the Chromium of this machine; gives tests tabs that remember what went wrong in them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import browser as finder
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)
from traffic import Traffic

#: A busy machine takes longer for a page than its readers' do; only what fails waits as long.
expect.set_options(timeout=20_000)


@dataclass
class Tab:
    """A page, what it asked for, and what it complained about."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start remembering."""
        self.traffic = Traffic(self.page)
        self.page.on("request", self._on_request)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    @property
    def foreign(self) -> list[str]:
        """Requests that left the site's own host and path."""
        inline = ("data:", "blob:")
        return [url for url in self.requests if not url.startswith((self.base, *inline))]

    def goto(self, path: str) -> Page:
        """Open a page of the site and wait until it is quiet."""
        self.page.goto(self.base + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page has loaded and nothing is on its way."""
        self.traffic.settle()

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            place = message.location
            self.errors.append(f"{place.get('url')}:{place.get('lineNumber')}: {message.text}")


def until(page: Page, expression: str, arg: object = None, seconds: float = 30) -> None:
    """Wait until the expression holds. Playwright's own way asks within the page, by eval, which
    the site's policy forbids from the second time on."""
    end = time.monotonic() + seconds
    while not _holds(page, expression, arg):
        assert time.monotonic() < end, f"not so after {seconds} s: {expression} {arg or ''}"
        page.wait_for_timeout(50)


def hold(page: Page, address: str) -> list[Route]:
    """Requests for the address as they come; each waits until somebody lets it go on."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(address, keep)
    return held


def type_choice(page: Page, text: str) -> None:
    """Choose in the list in focus by typing; anew where a busy machine took longer between two
    letters than a browser takes them for one word, which is a second."""
    chosen = "document.activeElement.selectedOptions[0].text"
    for _ in range(5):
        page.keyboard.type(text)
        if str(page.evaluate(chosen)).startswith(text):
            return
        page.wait_for_timeout(1100)
    raise AssertionError(f"{text} was not chosen by typing")


def _holds(page: Page, expression: str, arg: object) -> bool:
    try:
        return bool(page.evaluate(expression, arg))
    except Error as error:
        if "context was destroyed" in error.message:  # the page is just being loaded anew
            return False
        raise


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """The browser that scripts/browser.py finds, without what would call its maker."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=finder.require(), args=list(finder.FLAGS)
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def open_tab(browser: Browser, base: str, **options: object) -> Iterator[Tab]:
    """One page in a profile of its own; `options` are those of Playwright's new_context."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    try:
        yield Tab(context.new_page(), base)
    finally:
        context.close()
