"""Takes the records' commands and the built pages; shows that the clipboard gets their bytes."""

import shlex
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from caveat.applicability.remedies import best_first
from caveat.knowledge import KnowledgeBase
from tests.support.browser import Tab, open_tab

pytestmark = pytest.mark.browser

RECORDS = ["CAV-2025-0001", "CAV-2025-0002", "CAV-2025-0003"]
BUTTONS = ".cv-workaround .cv-copy"
#: The page of another record takes the place of this one's, so that scripts are loaded once;
#: then every button is pressed, and the clipboard read each time.
COPY_ALL = """async ([address, mine]) => {
  const fetched = await (await fetch(address)).text();
  document.body.replaceWith(new DOMParser().parseFromString(fetched, "text/html").body);
  const found = { mine: [], others: [], pasted: [] };
  for (const button of document.querySelectorAll(".cv-copy")) {
    await navigator.clipboard.writeText("before");
    button.click();
    while (!button.dataset.done) await new Promise((done) => setTimeout(done));
    const text = await navigator.clipboard.readText();
    if (button.closest("#link + details")) {
      const shown = button.closest(".cv-code").querySelector("code").textContent;
      found.pasted.push([text, shown]);
    } else found[button.matches(mine) ? "mine" : "others"].push(text);
  }
  return found;
}"""
NO_API = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
NO_COPY = NO_API + "document.execCommand = () => false;"


@pytest.fixture
def tab_with_clipboard(chromium: Browser, site_address: str) -> Iterator[Tab]:
    """A tab that may read the clipboard."""
    with open_tab(
        chromium, site_address, permissions=["clipboard-read", "clipboard-write"]
    ) as opened:
        yield opened
        assert opened.errors == []


def commands(kb: KnowledgeBase, record: str) -> list[str]:
    """Every command of a record's workarounds, in the order of its page."""
    return [
        text
        for workaround in best_first(kb.advisories[record])
        for phase in (workaround.apply, workaround.verify, workaround.rollback)
        for step in phase
        for text in step.commands.values()
    ]


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_the_clipboard_gets_the_bytes_of_every_record(
    tab_with_clipboard: Tab, kb: KnowledgeBase, folder: str
) -> None:
    """Each command of each YAML file, whole, in both languages, whatever platform is chosen; the
    other buttons copy a probe or a version command as a shell wants it, or a text to paste into a
    runbook as it is shown."""
    page = tab_with_clipboard.goto(f"{folder}advisories/{RECORDS[0]}/")
    asked = {shlex.join(trait.probe.argv) for trait in kb.traits.values() if trait.probe}
    asked |= {shlex.join(product.version_command) for product in kb.products.values()}
    for record in kb.published:
        address = f"{tab_with_clipboard.base}{folder}advisories/{record.id}/"
        wanted = commands(kb, record.id)
        got = page.evaluate(COPY_ALL, [address, BUTTONS])
        assert got["mine"] == wanted, record.id
        assert set(got["others"]) <= asked, record.id
        assert all(text == shown for text, shown in got["pasted"]), record.id
        assert bool(got["pasted"]) == (record.withdrawn is None), record.id
        assert wanted or not record.workarounds


def test_a_page_that_was_opened_copies_the_same(tab_with_clipboard: Tab, kb: KnowledgeBase) -> None:
    """What the test above looks at is what a reader's own page does."""
    page = tab_with_clipboard.goto(f"advisories/{RECORDS[0]}/")
    buttons = page.locator(BUTTONS)
    wanted = commands(kb, RECORDS[0])
    assert buttons.count() == len(wanted) > 0
    for number, text in enumerate(wanted):
        buttons.nth(number).dispatch_event("click")
        expect(buttons.nth(number)).to_have_attribute("data-done", "yes")
        assert page.evaluate("navigator.clipboard.readText()") == text


def test_copying_is_said_and_shown(tab_with_clipboard: Tab) -> None:
    """The button says so, a screen reader hears it, and both forget after a while."""
    page = tab_with_clipboard.goto(f"advisories/{RECORDS[0]}/")
    button = page.locator(".cv-conditions .cv-copy").first
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text("Copied")
    expect(page.locator("#copy-said")).to_have_text("Copied")
    expect(button).to_be_focused()
    expect(button).to_have_text("Copy", timeout=6000)


def test_it_works_on_plain_http(tab_with_clipboard: Tab) -> None:
    """Browsers keep the clipboard API for secure origins; inside a company that is not a given."""
    tab_with_clipboard.page.add_init_script(NO_API)
    page = tab_with_clipboard.goto(f"advisories/{RECORDS[0]}/")
    button = page.locator(".cv-conditions .cv-copy").first
    button.click()
    expect(button).to_have_text("Copied")
    expect(button).to_be_focused()


def test_where_nothing_can_be_copied_the_text_is_selected(tab_with_clipboard: Tab) -> None:
    """The reader is told, and has only to press the usual keys."""
    tab_with_clipboard.page.add_init_script(NO_COPY)
    page = tab_with_clipboard.goto(f"advisories/{RECORDS[0]}/")
    block = page.locator(".cv-conditions .cv-code").first
    block.locator("button").click()
    expect(page.locator("#copy-said")).to_have_text("Select and copy by hand")
    assert page.evaluate("getSelection().toString()") == block.locator("code").inner_text()
