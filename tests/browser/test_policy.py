"""Takes a page of every kind and uses it; shows that nothing on it breaks the security policy, and
that what breaks it does not run."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import Tab, open_tab, until
from tests.support.kinds import FOLDERS, KINDS

pytestmark = pytest.mark.browser

LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (one) => {
  const { effectiveDirective, blockedURI, sourceFile, lineNumber } = one;
  window.violations.push(`${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
});
"""


@pytest.fixture
def strict(chromium: Browser, site_address: str) -> Iterator[Tab]:
    """A tab that counts violations; in the end there was none, no error and no other host."""
    with open_tab(chromium, site_address) as tab:
        tab.page.add_init_script(LISTEN)
        yield tab
        assert tab.errors == []
        assert tab.foreign == []


def violations(page: Page) -> list[str]:
    """What the policy refused on the page."""
    found: list[str] = page.evaluate("window.violations")
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_page_breaks_its_policy(strict: Tab, folder: str) -> None:
    """Every kind of page as it loads, to its end."""
    for kind, path in KINDS.items():
        page = strict.goto(folder + path)
        page.mouse.wheel(0, 9000)
        strict.settle()
        assert page.locator("meta[http-equiv]").count() == 1, kind
        assert violations(page) == [], kind


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_that_is_used_breaks_it(strict: Tab, folder: str) -> None:
    """Search, the finder, the planner, the panel, copies, the map of a product, a picked record."""
    page = strict.goto(folder)
    page.keyboard.press("Control+k")
    expect(page.locator("pagefind-modal dialog input")).to_be_focused()
    page.keyboard.type("slirp4netns")
    expect(page.locator("pagefind-modal a.pf-result-link").first).to_be_visible()
    strict.settle()
    assert violations(page) == []
    page = strict.goto(f"{folder}find/")
    page.locator("#find-text").fill("failed to set up port driver: slirp4netns\n" * 50)
    page.locator("#find button[type=submit]").click()
    expect(page.locator("#find-result")).to_be_visible()
    assert violations(page) == []
    page = strict.goto(f"{folder}plan/?product=docker-engine&from=27.5.1&to=28.0.0")
    page.locator(".cv-plan-verdict").wait_for()
    assert violations(page) == []
    page = strict.goto(f"{folder}{KINDS['advisory']}?docker-engine=28.0.0#affects-me")
    page.locator(".cv-answer[data-state]").wait_for()
    page.locator(".cv-conditions input").nth(1).check()
    page.locator(".cv-copy:visible").first.click()
    assert violations(page) == []
    page = strict.goto(f"{folder}{KINDS['product']}?docker-engine.mode=rootless")
    page.locator(".cv-switch-grid").wait_for()
    assert violations(page) == []


def test_what_is_slipped_in_does_not_run(chromium: Browser, site_address: str) -> None:
    """A script, a handler, a style, an image or a frame of another host: refused, each told."""
    with open_tab(chromium, site_address) as tab:
        tab.page.add_init_script(LISTEN)
        page = tab.goto("about/")
        page.evaluate(
            """() => {
              const script = document.createElement("script");
              script.textContent = "window.ran = true";
              document.body.append(script);
              const more = document.createElement("div");
              more.innerHTML = `<img src="x:" onerror="window.ran = true">
                <p style="color: red">a</p><img src="https://other.example/a.png">
                <iframe src="https://other.example/"></iframe>`;
              document.body.append(more);
            }"""
        )
        until(page, "window.violations.length >= 5")
        told = " ".join(violations(page))
        for directive in (
            "script-src-elem",
            "script-src-attr",
            "style-src-attr",
            "img-src",
            "frame",
        ):
            assert re.search(rf"\b{directive}", told), told
        assert page.evaluate("window.ran") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_first_paint_has_the_readers_colours(
    chromium: Browser, site_address: str, scheme: str
) -> None:
    """Before the theme's script runs: those of the system, or those that the reader chose."""
    with open_tab(chromium, site_address, color_scheme=scheme) as tab:
        tab.page.route("**/bundle.*.js", lambda route: route.abort())
        tab.goto("about/")
        body = tab.page.locator("body")
        wanted = {"light": "default", "dark": "slate"}
        expect(body).to_have_attribute("data-md-color-scheme", wanted[scheme])
        other = "slate" if scheme == "light" else "default"
        media = {"slate": "dark", "default": "light"}[other]
        tab.page.evaluate(
            "([scheme, media]) => __md_set('__palette', { index: 1, color: { scheme, media } })",
            [other, f"(prefers-color-scheme: {media})"],
        )
        tab.goto("zh/about/")
        expect(tab.page.locator("body")).to_have_attribute("data-md-color-scheme", other)
