"""Takes the page about runbooks and an advisory's texts to paste; shows that a record is found by
any of its names, that texts are filled in and copied, and what is there without scripts."""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import SITE_URL
from tests.support.browser import Tab, hold
from tests.support.kinds import FOLDERS, KINDS

pytestmark = pytest.mark.browser

ID = "CAV-2025-0001"
PLACEHOLDER = "https://YOUR-SITE/"


def pick(page: Page, name: str) -> None:
    """By keyboard, as people do."""
    page.locator("#pick-name").fill(name)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize(
    "name",
    [
        ID,
        ID.lower(),
        "docker-28-0-0-rootless-slirp4netns-port-driver",
        "moby/moby#49499",
    ],
)
def test_a_record_is_found_by_any_name(clean_tab: Tab, folder: str, name: str) -> None:
    """Its texts are shown in the page's language, the address says which, and focus goes there."""
    page = clean_tab.goto(f"{folder}runbooks/")
    pick(page, name)
    expect(page.locator("#picked .cv-id")).to_have_text(ID)
    expect(page.locator("#picked-title")).to_be_focused()
    expect(page.locator("#picked code").first).to_contain_text(f"{SITE_URL}{folder}advisories/{ID}")
    page.reload()
    expect(page.locator("#picked .cv-id")).to_have_text(ID)
    page.locator("#picked-title a").click()
    expect(page).to_have_url(f"{clean_tab.base}{folder}advisories/{ID}/")


def test_a_late_answer_does_not_replace_a_newer_one(clean_tab: Tab) -> None:
    """Who asks again while the first answer is on its way gets what was asked last."""
    held = hold(clean_tab.page, "**/advisories/CAV-2025-0002/")
    page = clean_tab.goto("runbooks/")
    pick(page, "CAV-2025-0002")
    pick(page, "CAV-2025-0003")
    expect(page.locator("#picked .cv-id")).to_have_text("CAV-2025-0003")
    with page.expect_response("**/advisories/CAV-2025-0002/"):
        held.pop().continue_()
    page.wait_for_timeout(200)
    expect(page.locator("#picked .cv-id")).to_have_text("CAV-2025-0003")


@pytest.mark.parametrize(
    "name", ["moby#49499", "49499", "https://github.com/moby/moby/issues/49499"]
)
def test_a_thread_is_known_by_its_short_names(tab: Tab, name: str) -> None:
    """As the search knows it; the browser's console tells of the page that was looked for first."""
    page = tab.goto("runbooks/")
    pick(page, name)
    expect(page.locator("#picked .cv-id")).to_have_text(ID)


def test_a_name_that_nothing_has(tab: Tab) -> None:
    """It is said, and no other advisory's texts stand below to be copied."""
    page = tab.goto("runbooks/")
    for name in ("no-such-name", "../../secret", "CAV-1999-0001", "<b>x</b>"):
        pick(page, name)
        expect(page.locator("#pick-status")).to_contain_text(name)
        expect(page.locator("#picked")).to_be_hidden()
    pick(page, ID)
    expect(page.locator("#picked .cv-id")).to_have_text(ID)


def test_the_text_is_copied_as_it_is_shown(clean_tab: Tab) -> None:
    """With today in it."""
    page = clean_tab.goto(KINDS["advisory"])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#link ~ details summary").click()
    block = page.locator(".cv-kit .cv-code").nth(1)
    block.locator(".cv-copy").click()
    expect(block.locator(".cv-copy")).to_have_attribute("data-done", "yes")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text == block.locator("code").text_content()
    assert f"caveat-reviewed: {date.today().isoformat()}" in text  # noqa: DTZ011


def test_a_site_that_knows_no_address_takes_the_readers(tab: Tab) -> None:
    """Built without SITE_URL the texts hold a placeholder; the page puts in where it was found."""

    def without(route):  # type: ignore[no-untyped-def]
        answer = route.fetch()
        body = answer.text().replace(SITE_URL, PLACEHOLDER)
        body = body.replace('class="cv-kit"', f'class="cv-kit" data-placeholder="{PLACEHOLDER}"')
        route.fulfill(response=answer, body=body)

    tab.page.route(re.compile(r"/(zh/)?(advisories/CAV-[^/]+|runbooks)/(\?.*)?$"), without)
    for address in (f"zh/advisories/{ID}/", f"runbooks/?advisory={ID}"):
        page = tab.goto(address)
        expect(page.locator(".cv-kit").first).to_contain_text(f"{tab.base}")
        assert PLACEHOLDER not in page.locator(".cv-kit").first.inner_html()
    assert tab.foreign == []


def test_without_scripts_all_texts_are_there(plain: Tab) -> None:
    """An advisory's own, behind a fold that opens by itself; the page shows one record's."""
    page = plain.goto(KINDS["advisory"])
    page.locator("#link ~ details summary").click()
    assert page.locator(".cv-kit code:visible").count() == 5
    page = plain.goto("runbooks/")
    assert page.locator("#picked code:visible").count() == 5
    assert not page.locator("#pick").is_visible()
