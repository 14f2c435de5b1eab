"""Takes the checklists of the built site; shows that ticks stay and can be carried away."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import Tab

pytestmark = pytest.mark.browser

ADVISORY = "advisories/CAV-2025-0001/"
PAGES = [ADVISORY, f"zh/{ADVISORY}", "checklists/", "checklists/test-networking-before-upgrade/"]
# Only ours: the theme's own script does not expect a browser that denies storage.
DENIED = """
    for (const name of ["getItem", "setItem", "removeItem"]) {
        const original = Storage.prototype[name];
        Storage.prototype[name] = function (key, value) {
            if (key.startsWith("caveat.")) throw new DOMException("denied", "SecurityError");
            return original.call(this, key, value);
        };
    }
"""
CLIPBOARD = """
    Object.defineProperty(navigator, "clipboard", {
        value: { writeText: async (text) => { window.copied = text; } },
    });
"""


def boxes(page: Page) -> Locator:
    """All boxes of the page's list."""
    return page.locator("[data-checklist] input[type=checkbox]")


def progress(page: Page) -> Locator:
    """The line that counts."""
    return page.locator(".cv-progress-text")


@pytest.mark.parametrize("path", PAGES)
def test_ticks_survive_a_reload(clean_tab: Tab, path: str) -> None:
    """What was ticked is ticked again, by keyboard as by mouse, and the bar counts it."""
    page = clean_tab.goto(path)
    total = boxes(page).count()
    assert total > 2
    boxes(page).first.check()
    boxes(page).nth(2).focus()
    page.keyboard.press("Space")
    page.reload()
    expect(boxes(page).first).to_be_checked()
    expect(boxes(page).nth(1)).not_to_be_checked()
    expect(boxes(page).nth(2)).to_be_checked()
    expect(progress(page)).to_contain_text("2")
    expect(progress(page)).to_contain_text(str(total))
    assert page.locator("progress").evaluate("bar => [bar.value, bar.max]") == [2, total]


def test_both_languages_share_the_ticks_of_a_list(clean_tab: Tab) -> None:
    """The list is the same list; another list is not."""
    boxes(clean_tab.goto(ADVISORY)).first.check()
    expect(boxes(clean_tab.goto(f"zh/{ADVISORY}")).first).to_be_checked()
    page = clean_tab.goto("checklists/")
    expect(progress(page)).to_contain_text("0 of")


def test_unticking_all_can_be_undone(clean_tab: Tab) -> None:
    """One click clears, the same button brings back."""
    page = clean_tab.goto(ADVISORY)
    reset = page.get_by_role("button", name="Untick all")
    expect(reset).to_be_disabled()
    boxes(page).nth(1).check()
    reset.click()
    expect(boxes(page).nth(1)).not_to_be_checked()
    page.get_by_role("button", name="Bring the ticks back").click()
    expect(boxes(page).nth(1)).to_be_checked()
    expect(reset).to_be_visible()


def test_it_is_copied_as_markdown(clean_tab: Tab) -> None:
    """Phases are headings, steps are task items that keep their ticks and their code."""
    clean_tab.page.add_init_script(CLIPBOARD)
    page = clean_tab.goto(ADVISORY)
    boxes(page).nth(1).check()
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    lines = page.evaluate("window.copied").splitlines()
    items = [line for line in lines if line.startswith("- [")]
    assert len(items) == boxes(page).count()
    assert [item[:6] for item in items[:3]] == ["- [ ] ", "- [x] ", "- [ ] "]
    assert "## Before the upgrade" in lines
    assert any("`" in item for item in items)


def test_it_works_where_storage_is_denied(clean_tab: Tab) -> None:
    """Ticks count until the page is left; nothing breaks."""
    clean_tab.page.add_init_script(DENIED)
    page = clean_tab.goto("checklists/")
    boxes(page).first.check()
    expect(progress(page)).to_contain_text("1 of")


def test_paper_has_boxes_and_no_buttons(clean_tab: Tab) -> None:
    """Printed, a list is for a pen."""
    page = clean_tab.goto(ADVISORY)
    page.emulate_media(media="print")
    expect(boxes(page).first).to_be_visible()
    expect(page.locator(".cv-checklist-bar")).to_be_hidden()
    expect(page.locator(".md-header")).to_be_hidden()
