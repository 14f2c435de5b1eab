"""Takes the page of a product; its map follows the switches and its picture reads well."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from caveat.words import words
from tests.support.browser import Tab, open_tab, type_choice, until

pytestmark = pytest.mark.browser

PRODUCT = "products/docker-engine/"
RECORD = "CAV-2025-0001"
WORDS = {
    "": ("Daemon mode", "Rootless port driver", "Back to the defaults"),
    "zh/": ("守护进程模式", "rootless 端口驱动", "恢复默认配置"),
}


def state(page: Page, record: str, version: str) -> str:
    """What the map says of a release, folded or not."""
    return str(
        page.evaluate(
            """([record, version]) => {
                const table = document.querySelector(".cv-heat");
                const column = table.querySelector(`[data-record="${record}"]`).cellIndex;
                const links = [...table.querySelectorAll("tbody th a")];
                const link = links.find((one) => one.textContent === version);
                return link.closest("tr").cells[column].dataset.state;
            }""",
            [record, version],
        )
    )


def unfolded(page: Page) -> Locator:
    """The switches, once they are there."""
    page.locator(".cv-switches > summary").click()
    grid = page.locator(".cv-switch-grid")
    expect(grid).to_be_visible()
    return grid


@pytest.mark.parametrize("folder", WORDS)
def test_a_switch_recolours_the_map(clean_tab: Tab, folder: str) -> None:
    """Rootless with slirp4netns is affected in 28.0.0 and not in 28.0.1; by default it is not; the
    address keeps the choice and one button takes it back."""
    mode, driver, reset = WORDS[folder]
    page = clean_tab.goto(folder + PRODUCT)
    assert state(page, RECORD, "28.0.0") == "not_affected"
    grid = unfolded(page)
    grid.get_by_role("combobox", name=mode, exact=True).select_option("rootless")
    grid.get_by_role("combobox", name=driver, exact=True).select_option("slirp4netns")
    assert state(page, RECORD, "28.0.0") == "affected"
    assert state(page, RECORD, "28.0.1") == "fixed"
    assert "docker-engine.mode=rootless&docker-engine.port-driver=slirp4netns" in page.url
    page.reload()
    expect(page.locator(".cv-switch-grid")).to_be_visible()
    assert state(page, RECORD, "28.0.0") == "affected"
    page.get_by_role("button", name=reset).click()
    assert state(page, RECORD, "28.0.0") == "not_affected"
    assert "?" not in page.url


def test_what_is_not_known_is_a_switch_as_well(clean_tab: Tab) -> None:
    """Without defaults a record with conditions cannot be told; the change is announced."""
    page = clean_tab.goto(PRODUCT)
    unfolded(page).get_by_role("combobox", name="What is not chosen below").select_option("unknown")
    assert state(page, RECORD, "28.0.0") == "unknown"
    expect(page.locator(".cv-switches [role='status']")).to_have_text(
        re.compile(r"Affected cells: \d+; cannot tell: [1-9]\d*\.")
    )


def test_switching_nothing_leaves_the_table_as_it_came(clean_tab: Tab) -> None:
    """What the browser writes for the default configuration is what the server wrote."""
    page = clean_tab.goto(PRODUCT)
    body = page.locator(".cv-heat tbody")

    def rows() -> list[str]:
        return [re.sub(r"\s+", " ", text).strip() for text in body.locator("tr").all_inner_texts()]

    before = rows()
    unfolded(page).get_by_role("combobox", name="Daemon mode", exact=True).select_option("rootless")
    assert rows() != before
    page.get_by_role("button", name="Back to the defaults").click()
    assert rows() == before
    assert page.locator(".cv-heat tbody a").first.get_attribute("href") == "29.9.0/"


def test_by_keyboard(clean_tab: Tab) -> None:
    """The box opens and a switch is chosen without a mouse."""
    page = clean_tab.goto(PRODUCT)
    page.locator(".cv-switches > summary").focus()
    page.keyboard.press("Enter")
    select = page.locator(".cv-switch-grid").get_by_role("combobox", name="Daemon mode", exact=True)
    expect(select).to_be_visible()
    select.focus()
    type_choice(page, "rootless")
    expect(select).to_have_value("rootless")
    assert "docker-engine.mode=rootless" in page.url


@pytest.mark.parametrize("folder", WORDS)
def test_switches_that_do_not_come_say_so(tab: Tab, folder: str) -> None:
    """On a bad connection the box says what happened, and opening it again asks again."""
    box = tab.page.locator(".cv-switches")
    tab.page.route("**/answers.json", lambda route: route.abort(), times=1)
    tab.goto(folder + PRODUCT)
    box.locator("summary").click()
    expect(box.get_by_role("alert")).to_have_text(words(folder[:2] or "en")("heat.failed"))
    box.locator("summary").click()
    box.locator("summary").click()
    expect(box.get_by_role("combobox").first).to_be_visible()
    expect(box.get_by_role("alert")).to_have_count(0)
    box.locator("summary").click()
    box.locator("summary").click()
    expect(box.locator(".cv-switch-grid")).to_have_count(1)


def test_without_scripts_the_map_is_there_and_no_switch(plain: Tab) -> None:
    """The default configuration as a table, its legend, and no box that does nothing."""
    page = plain.goto(PRODUCT)
    expect(page.locator(".cv-switches")).to_be_hidden()
    expect(page.locator(".cv-heat")).to_be_visible()
    expect(page.locator(".cv-legend").first).to_be_visible()
    expect(page.locator(".cv-history svg")).to_be_visible()


def test_the_picture_scrolls_on_a_narrow_screen(chromium: Browser, site_address: str) -> None:
    """At 360 px the page stays as wide as the screen, and keys move the picture."""
    with open_tab(chromium, site_address, viewport={"width": 360, "height": 740}) as tab:
        page = tab.goto(f"zh/{PRODUCT}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        region = page.locator(".cv-history")
        region.focus()
        expect(region).to_be_focused()
        page.keyboard.press("ArrowRight")
        until(page, "document.querySelector('.cv-history').scrollLeft > 0")


def test_the_picture_is_named_for_a_screen_reader(clean_tab: Tab) -> None:
    """An image with a name and a description, and the same as a table."""
    page = clean_tab.goto(PRODUCT)
    image = page.get_by_role("img", name=re.compile("History of Docker Engine"))
    expect(image).to_be_visible()
    page.get_by_text("The same as a table").click()
    row = page.locator(".cv-open-table tr", has_text=RECORD)
    expect(row).to_contain_text("28.0.0")
    expect(row).to_contain_text("28.0.1")
