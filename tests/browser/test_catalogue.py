"""Takes the catalogue in a browser; shows that it narrows, orders and can be linked to."""

import re

import pytest
from playwright.sync_api import expect

from caveat.knowledge import KnowledgeBase
from tests.support.browser import Tab

pytestmark = pytest.mark.browser
LANGUAGES = ("", "zh/")


def shown(tab: Tab) -> list[str]:
    """Ids of the records that can be seen, in their order."""
    rows = tab.page.locator("#records tbody tr:visible .cv-id")
    return [text.strip() for text in rows.all_inner_texts()]


@pytest.mark.parametrize("folder", LANGUAGES)
def test_a_linked_state_is_what_is_shown(clean_tab: Tab, kb: KnowledgeBase, folder: str) -> None:
    """A link with facets, words and an order shows exactly those records, in that order."""
    clean_tab.goto(f"{folder}advisories/?severity=high&product=docker-engine&sort=title&order=asc")
    wanted = {
        record.id
        for record in kb.published
        if record.severity.level == "high" and "docker-engine" in record.products
    }
    assert set(shown(clean_tab)) == wanted
    assert wanted
    head = clean_tab.page.locator("th[data-column=title]")
    expect(head).to_have_attribute("aria-sort", "ascending")


@pytest.mark.parametrize("folder", LANGUAGES)
def test_words_narrow_to_what_people_paste(clean_tab: Tab, folder: str) -> None:
    """An upstream number narrows the list to the records that carry it."""
    page = clean_tab.goto(f"{folder}advisories/")
    page.locator("#facet-words").fill("moby#49499")
    assert "CAV-2025-0001" in shown(clean_tab)
    assert len(shown(clean_tab)) < page.locator("#records tbody tr").count()


@pytest.mark.parametrize("folder", LANGUAGES)
def test_keyboard_alone_narrows_orders_and_clears(clean_tab: Tab, folder: str) -> None:
    """Space opens a facet and ticks it, Enter orders a column; the address holds the state."""
    page = clean_tab.goto(f"{folder}advisories/")
    total = page.locator("#records tbody tr").count()
    facet = page.locator("details.cv-facet", has=page.locator("[name=severity]"))
    facet.locator("summary").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("severity="))
    assert 0 < len(shown(clean_tab)) < total
    page.locator("th[data-column=modified] button").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("sort=modified&order=desc"))
    state = shown(clean_tab)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert shown(clean_tab) == state
    page.locator("#facets button[type=reset]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#records tbody tr:visible")).to_have_count(total)
    expect(page).not_to_have_url(re.compile(r"\?"))


@pytest.mark.parametrize("folder", LANGUAGES)
def test_without_javascript_it_is_a_plain_table(plain: Tab, kb: KnowledgeBase, folder: str) -> None:
    """Every published record stands in the table, and no control that would do nothing shows."""
    page = plain.goto(f"{folder}advisories/?severity=low")
    assert set(shown(plain)) == {record.id for record in kb.published}
    expect(page.locator("#facets")).to_be_hidden()
