"""Takes a page of every kind; shows that it fits a phone, reads without scripts, stays at home."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import Tab, open_tab
from tests.support.kinds import FOLDERS, KINDS

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """() => [
    ...document.querySelectorAll("main :is(button, summary, input, td[data-state] > a)"),
]
    .filter((one) => one.checkVisibility() && !one.closest("label, .cv-said"))
    .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 24 || box.height < 24)
    .map(([html, box]) => `${html} ${box.width}x${box.height}`)"""
UNSEEN = """() => [...document.querySelectorAll("main :is(p, li, pre, td, th, h1, h2, h3)")]
    .filter((one) => one.textContent.trim() && !one.checkVisibility())
    .filter((one) => !one.closest("details:not([open]), [hidden], nav, .md-sidebar"))
    .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def phone(chromium: Browser, site_address: str) -> Iterator[Tab]:
    """A tab as narrow as a small phone."""
    with open_tab(chromium, site_address, viewport=PHONE, has_touch=True) as opened:
        yield opened
        assert opened.errors == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_a_phone(phone: Tab, kind: str) -> None:
    """Nothing scrolls sideways but a wide table inside itself; what is touched can be hit."""
    for folder in FOLDERS:
        page = phone.goto(folder + KINDS[kind])
        assert page.evaluate(OVERFLOW) == 0, folder
        assert page.evaluate(SMALL) == [], folder


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "missing"])
def test_a_page_complains_of_nothing_and_stays_itself(clean_tab: Tab, kind: str) -> None:
    """No error in the console, no request to another host; the page is whole. The language switch
    leads there and back again, and stays on the page."""
    page = clean_tab.goto(KINDS[kind])
    _is_whole(clean_tab)
    for folder in reversed(FOLDERS):
        with page.expect_navigation():
            page.locator("a.caveat-language").click()
        assert page.url == f"{clean_tab.base}{folder}{KINDS[kind]}"
        expect(page.locator("html")).to_have_attribute("lang", re.compile("zh" if folder else "en"))
        if folder:
            _is_whole(clean_tab)


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_error_page_complains_of_nothing(clean_tab: Tab, folder: str) -> None:
    """It has no address of its own to stay on."""
    clean_tab.goto(folder + KINDS["missing"])
    _is_whole(clean_tab)


def _is_whole(tab: Tab) -> None:
    expect(tab.page.locator("main h1")).to_be_visible()
    tab.page.mouse.wheel(0, 4000)
    tab.settle()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_reads_without_scripts(plain: Tab, kind: str) -> None:
    """All text is there, and no button that would do nothing."""
    for folder in FOLDERS:
        page = plain.goto(folder + KINDS[kind])
        assert page.locator("main h1").is_visible(), folder
        assert page.locator("main button:visible:not([type=submit])").count() == 0, folder


def test_an_advisory_without_scripts_hides_nothing(plain: Tab) -> None:
    """Every command of every platform with its label; folds open by themselves."""
    page = plain.goto(KINDS["advisory"])
    commands = ".cv-code:not(details:not([open]) *)"
    assert page.locator(commands).count() == page.locator(f"{commands}:visible").count() > 0
    kit = page.locator("#link + details")
    kit.locator("summary").click()
    assert kit.locator(".cv-code").count() == kit.locator(".cv-code:visible").count() > 0
    fold = page.locator(".cv-matrix details").first
    fold.locator("summary").click()
    expect(fold.locator("div")).to_be_visible()
    cell = page.locator("td[data-state='affected'] > a").first
    cell.click()
    assert re.search(r"#why-docker-engine-\d+$", page.url)


@pytest.mark.parametrize("kind", ["advisory", "product", "release", "checklists"])
def test_scripts_hide_nothing_but_other_platforms(clean_tab: Tab, kind: str) -> None:
    """What a script takes out of sight is what the reader's choice of platform names."""
    page = clean_tab.goto(KINDS[kind])
    assert page.evaluate(UNSEEN) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_first_screen_answers(chromium: Browser, site_address: str, folder: str) -> None:
    """ "Is it me" and "what now" stand side by side, and on a phone one under the other."""
    for viewport, beside in (({"width": 1280, "height": 800}, True), (PHONE, False)):
        with open_tab(chromium, site_address, viewport=viewport) as tab:
            page = tab.goto(f"{folder}{KINDS['advisory']}")
            me, now = (_box(page, name) for name in (".cv-is-it-me", ".cv-what-now"))
            assert (me["y"] == now["y"]) == beside
            assert now["y"] + (now["height"] if beside else 0) < viewport["height"]


def _box(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).bounding_box()
    assert box
    return dict(box)
