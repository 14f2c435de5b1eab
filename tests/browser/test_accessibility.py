"""Takes a page of every kind; shows that axe finds no violation of WCAG 2.2 A and AA on it.

Both languages, both colour schemes, wide and narrow; the theme's own header and footer count. Each
kind of page is seen in all four of width and scheme, two of them in each language.
"""

import pytest
from playwright.sync_api import Browser, Page

from tests.support.axe import violations
from tests.support.browser import open_tab
from tests.support.kinds import FOLDERS, KINDS

pytestmark = pytest.mark.browser

WIDTHS = {"wide": 1280, "narrow": 360}
OPENED = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"


#: Width and scheme, by the folder of a language.
LOOKS = {
    "": (("wide", "light"), ("narrow", "dark")),
    "zh/": (("wide", "dark"), ("narrow", "light")),
}


@pytest.mark.parametrize(
    ("address", "width", "scheme"),
    [
        (folder + path, *look)
        for path in KINDS.values()
        for folder, looks in LOOKS.items()
        for look in looks
    ],
)
def test_axe_finds_nothing(
    chromium: Browser, site_address: str, address: str, width: str, scheme: str
) -> None:
    """Zero violations, with everything unfolded."""
    options = {
        "viewport": {"width": WIDTHS[width], "height": 900},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
    }
    with open_tab(chromium, site_address, **options) as tab:
        page = tab.goto(address)
        _is_in(page, scheme)
        page.evaluate(OPENED)
        assert violations(page) == []


def test_axe_finds_nothing_after_use(chromium: Browser, site_address: str) -> None:
    """Neither once cells, copies and ticks have changed the page."""
    with open_tab(chromium, site_address, reduced_motion="reduce") as tab:
        page = tab.goto(KINDS["advisory"])
        page.locator("td[data-state='affected'] > a").first.click()
        page.locator(".cv-copy").first.click()
        page.locator("[data-step]").first.check()
        page.locator(".cv-platforms input").nth(1).check()
        assert violations(page) == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS[""])
def test_axe_finds_nothing_in_what_scripts_add(
    chromium: Browser, site_address: str, width: str, scheme: str
) -> None:
    """The panel in each of its states, and the switches of a product's map."""
    options = {
        "viewport": {"width": WIDTHS[width], "height": 900},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
    }
    host = "?docker-engine=28.0.0&docker-engine.mode=rootless"
    driver = f"{host}&docker-engine.port-driver"
    states = {
        "unknown": host,
        "affected": f"{driver}=slirp4netns",
        "not_affected": f"{driver}=builtin",
        "fixed": f"{driver}=slirp4netns".replace("28.0.0", "28.0.1"),
    }
    with open_tab(chromium, site_address, **options) as tab:
        for state, query in states.items():
            page = tab.goto(f"{KINDS['advisory']}{query}#affects-me")
            page.locator(f".cv-answer[data-state='{state}']").wait_for()
            assert violations(page) == [], state
        page = tab.goto(f"{KINDS['product']}?docker-engine.mode=rootless")
        page.locator(".cv-switch-grid").wait_for()
        assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_axe_finds_nothing_in_a_plan(
    chromium: Browser, site_address: str, folder: str, scheme: str
) -> None:
    """Neither once a plan is worked out, with all kinds of records and everything unfolded."""
    query = "?product=docker-engine&from=28.5.2&to=29.0.0&docker-engine.min-api=1.24&defaults=yes"
    options = {"color_scheme": scheme, "reduced_motion": "reduce"}
    with open_tab(chromium, site_address, **options) as tab:
        page = tab.goto(f"{folder}plan/{query}")
        page.locator(".cv-plan-verdict").wait_for()
        page.evaluate(OPENED)
        assert violations(page) == []


def _is_in(page: Page, scheme: str) -> None:
    """The theme followed the reader's system, or this test would see one scheme twice."""
    wanted = {"light": "default", "dark": "slate"}[scheme]
    assert page.locator("body").get_attribute("data-md-color-scheme") == wanted


#: What axe calls it; the first, which only contrast shows, in a row like those before it.
WRONG = {
    "color-contrast": ("tbody tr:nth-child(9) a", "(one) => { one.style.color = '#ddd'; }"),
    "link-name": ("tbody tr:nth-child(7) a", "(one) => { one.textContent = ''; }"),
    "image-alt": ("h1", "(one) => one.append(new Image(9, 9))"),
}


def test_what_is_wrong_is_found(chromium: Browser, site_address: str) -> None:
    """Each once, under its own name, however many elements of its kind are right."""
    with open_tab(chromium, site_address, color_scheme="light") as tab:
        page = tab.goto(KINDS["catalogue"])
        assert violations(page) == []
        for selector, harm in WRONG.values():
            page.locator(f"main {selector}").first.evaluate(harm)
        assert sorted(one.partition(":")[0] for one in violations(page)) == sorted(WRONG)
