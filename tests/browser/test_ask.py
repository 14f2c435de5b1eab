"""Takes the home page's field and the search dialogue; both take words and pasted errors.

What is pasted is compared with the known errors before the word search is asked.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_find import ADVISORY, FOLDERS, KNOWN, LOG, STRANGER
from tests.support.browser import Tab
from tests.support.paste import paste

pytestmark = pytest.mark.browser

DIALOG = "pagefind-modal dialog"
RESULTS = "pagefind-modal pagefind-results a.pf-result-link"
ERRORS = ".cv-search-errors"
ANSWER = "#ask-answer"


def in_dialogue(tab: Tab, folder: str = "") -> Page:
    """A page deep in the site with the dialogue open and its field focused."""
    page = tab.goto(f"{folder}contribute/")
    page.keyboard.press("Control+k")
    expect(page.locator(f"{DIALOG} input")).to_be_focused()
    return page


def at_home(tab: Tab, folder: str = "") -> Page:
    """The home page with its field focused."""
    page = tab.goto(folder)
    page.locator("#ask-text").focus()
    return page


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_dialogue_offers_the_known_error_first(clean_tab: Tab, folder: str) -> None:
    """Above everything else; Enter goes there, with the version that the text shows."""
    page = in_dialogue(clean_tab, folder)
    paste(page, LOG)
    expect(page.locator(f"{ERRORS} [data-grade=known] mark")).to_contain_text("RootlessKit")
    expect(page.locator(RESULTS)).to_have_count(0)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{clean_tab.base}{folder}{ADVISORY}?docker-engine=28.0.0#affects-me"


def test_the_word_search_is_asked_where_no_error_is_known(clean_tab: Tab) -> None:
    """The matcher comes first; a text that only names things is looked for in words."""
    page = in_dialogue(clean_tab)
    paste(page, "slirp4netns\nport driver\n")
    expect(page.locator(f"{ERRORS} [data-grade]").first).to_be_visible()
    expect(page.locator(f"{ERRORS} [data-grade=known]")).to_have_count(0)
    expect(page.locator(f"{DIALOG} input")).to_have_value("slirp4netns port driver")
    counted = re.compile(r"\d+ results for slirp4netns port driver")
    expect(page.locator("pagefind-modal pagefind-summary")).to_have_text(counted)


def test_a_typed_error_is_compared_as_well(clean_tab: Tab) -> None:
    """Whoever types it off a screen gets the same; other words take it away again."""
    page = in_dialogue(clean_tab)
    page.keyboard.insert_text('protocol "tcp" is not supported by the RootlessKit port driver "x"')
    expect(page.locator(f"{ERRORS} [data-grade]").first).to_be_visible()
    page.locator(f"{DIALOG} input").fill("rootless")
    expect(page.locator(ERRORS)).to_be_hidden()


def test_the_dialogue_closes_with_one_button(clean_tab: Tab) -> None:
    """There is exactly one, and it gives the page back."""
    page = in_dialogue(clean_tab)
    close = page.locator(f"{DIALOG} .pf-modal-close")
    expect(close).to_have_count(1)
    page.set_viewport_size({"width": 360, "height": 740})
    close.click()
    expect(page.locator(DIALOG)).to_be_hidden()


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_home_field_shows_a_pasted_error_at_once(clean_tab: Tab, folder: str) -> None:
    """No dialogue, no other page: the known error below the field."""
    page = at_home(clean_tab, folder)
    paste(page, LOG)
    expect(page.locator(f"{ANSWER} [data-grade=known]")).to_have_count(1)
    link = page.locator(f"{ANSWER} [data-grade=known] a").first
    expect(link).to_have_attribute("href", re.compile(rf"{ADVISORY}\?docker-engine=28\.0\.0"))
    expect(page.locator(DIALOG)).to_be_hidden()


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("words", ["slirp4netns", "28.0.1", "moby#49499"])
def test_the_home_field_takes_words_versions_and_numbers(
    clean_tab: Tab, folder: str, words: str
) -> None:
    """Enter opens the dialogue with them, and it finds advisories."""
    page = at_home(clean_tab, folder)
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    expect(page.locator(f"{DIALOG} input")).to_have_value(words)
    expect(page.locator(RESULTS).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#ask-text")).to_be_focused()


def test_the_home_field_finds_an_error_that_was_typed(clean_tab: Tab) -> None:
    """Enter compares what looks like an error."""
    page = at_home(clean_tab)
    page.keyboard.insert_text(LOG.splitlines()[1])
    page.keyboard.press("Enter")
    expect(page.locator(f"{ANSWER} [data-grade=known]")).to_have_count(1)


def test_the_text_goes_along_to_the_finder(clean_tab: Tab) -> None:
    """Nobody pastes twice; the text stays in the tab and is used once."""
    page = at_home(clean_tab)
    paste(page, STRANGER + LOG)
    with page.expect_navigation():
        page.get_by_role("link", name="Open in the finder").click()
    expect(page.locator(KNOWN)).to_have_count(1)
    expect(page.locator("#find-text")).to_have_value(STRANGER + LOG)
    assert "?" not in page.url
    page.reload()
    expect(page.locator("#find-text")).to_have_value("")


@pytest.mark.parametrize("folder", FOLDERS)
def test_without_scripts_the_home_field_leads_to_the_finder(plain: Tab, folder: str) -> None:
    """And sends nothing of what was typed."""
    page = plain.goto(folder)
    page.locator("#ask-text").fill(LOG)
    page.locator("#ask button").click()
    page.wait_for_load_state()
    assert page.url.rstrip("?") == f"{plain.base}{folder}find/"
