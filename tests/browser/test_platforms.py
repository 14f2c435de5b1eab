"""Takes workarounds with commands for several platforms; shows that a reader sees their own."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import Tab

pytestmark = pytest.mark.browser

ADVISORY = "advisories/CAV-2025-0001/"


def choice(page: Page, name: str) -> Locator:
    """A platform's radio button in the first workaround that has a choice."""
    return page.locator("[data-platforms]").first.get_by_role("radio", name=name)


def shown(page: Page, platform: str) -> int:
    """How many commands of a platform are to be seen."""
    return page.locator(f".cv-code[data-platform='{platform}']:visible").count()


def test_one_platform_is_shown_and_what_fits_any(clean_tab: Tab) -> None:
    """Others are hidden in every workaround at once."""
    page = clean_tab.goto(ADVISORY)
    everywhere = shown(page, "any")
    expect(choice(page, "Debian, Ubuntu")).to_be_checked()
    assert shown(page, "debian") > 0
    assert shown(page, "rhel") == 0
    choice(page, "RHEL, Fedora").check()
    assert shown(page, "rhel") > 0
    assert shown(page, "debian") == 0
    assert shown(page, "any") == everywhere > 0
    for field in page.locator(".cv-platforms").all():
        expect(field.get_by_role("radio", name="RHEL, Fedora")).to_be_checked()


def test_it_is_a_named_group_for_the_keyboard(clean_tab: Tab) -> None:
    """One tab stop; arrow keys choose."""
    page = clean_tab.goto(ADVISORY)
    expect(page.get_by_role("group", name="Commands for").first).to_be_visible()
    choice(page, "Debian, Ubuntu").focus()
    page.keyboard.press("ArrowRight")
    expect(choice(page, "RHEL, Fedora")).to_be_checked()
    expect(choice(page, "RHEL, Fedora")).to_be_focused()
    assert shown(page, "debian") == 0


def test_the_choice_holds_for_the_whole_site(clean_tab: Tab) -> None:
    """Also after a reload, on other pages, in the other language."""
    page = clean_tab.goto(ADVISORY)
    choice(page, "RHEL, Fedora").check()
    page = clean_tab.goto(f"zh/{ADVISORY}")
    assert shown(page, "rhel") > 0
    assert shown(page, "debian") == 0


def test_a_step_never_loses_all_its_commands(clean_tab: Tab) -> None:
    """Where nothing is recorded for the platform, what there is stays, with its label."""
    for record in (1, 2, 3):
        page = clean_tab.goto(f"advisories/CAV-2025-000{record}/")
        for number in range(page.locator(".cv-platforms input").count()):
            page.locator(".cv-platforms input").nth(number).check()
            for step in page.locator(".cv-act > ol > li:has(.cv-code)").all():
                assert step.locator(".cv-code:visible").count() > 0


def test_paper_shows_all_platforms(clean_tab: Tab) -> None:
    """A printed page serves whoever finds it."""
    page = clean_tab.goto(ADVISORY)
    page.emulate_media(media="print")
    assert shown(page, "debian") > 0
    assert shown(page, "rhel") > 0
    expect(page.locator(".cv-platforms").first).to_be_hidden()
