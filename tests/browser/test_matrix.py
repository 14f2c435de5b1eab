"""Takes the impact matrix of a built advisory; shows that it is read and walked by keyboard."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import Tab

pytestmark = pytest.mark.browser

ADVISORY = "advisories/CAV-2025-0001/"
AFFECTED = "td[data-state='affected'] > a"


@pytest.fixture
def page(clean_tab: Tab) -> Page:
    """The page of the first record."""
    return clean_tab.goto(ADVISORY)


@pytest.fixture
def matrix(page: Page) -> Locator:
    """Its matrix."""
    return page.locator(".cv-matrix").first


def at(page: Page) -> tuple[str, int]:
    """Release and column of the cell in focus."""
    return tuple(
        page.evaluate(
            """() => {
                const cell = document.activeElement.closest("td, th");
                const head = cell.parentElement.querySelector("th");
                return [head.innerText.split(/\\s/)[0], cell.cellIndex];
            }"""
        )
    )


def test_a_matrix_is_one_tab_stop_and_it_is_the_affected_cell(page: Page, matrix: Locator) -> None:
    """Who comes by Tab lands where it hurts, and the next Tab leaves the table."""
    assert matrix.locator("table :is(a, summary)[tabindex='0']").count() == 1
    matrix.locator(".cv-scroll").focus()
    page.keyboard.press("Tab")
    expect(matrix.locator(AFFECTED).first).to_be_focused()
    page.keyboard.press("Tab")
    inside = "() => !!document.activeElement.closest('.cv-matrix table')"
    assert not page.evaluate(inside)


def test_arrows_move_by_cell(page: Page, matrix: Locator) -> None:
    """Up and down keep the column, left and right keep the release."""
    matrix.locator(AFFECTED).first.focus()
    assert at(page) == ("28.0.0", 1)
    page.keyboard.press("ArrowRight")
    assert at(page) == ("28.0.0", 2)
    page.keyboard.press("ArrowDown")
    assert at(page) == ("27.5.1", 2)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert at(page) == ("28.0.1", 2)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert at(page) == ("28.0.1", 0)


def test_home_and_end_reach_the_edges(page: Page, matrix: Locator) -> None:
    """Of the row, and with Ctrl of the table."""
    last = matrix.locator("thead th").count() - 1
    matrix.locator(AFFECTED).first.focus()
    page.keyboard.press("End")
    assert at(page) == ("28.0.0", last)
    page.keyboard.press("Home")
    assert at(page) == ("28.0.0", 0)
    page.keyboard.press("Control+End")
    assert at(page)[1] == last
    page.keyboard.press("ArrowDown")
    assert at(page)[1] == last, "there is no row below the last"
    page.keyboard.press("Control+Home")
    newest = matrix.locator("tbody th").first.inner_text().split()[0]
    assert at(page) == (newest, 0)


def test_folded_releases_are_passed_over_until_they_are_opened(page: Page, matrix: Locator) -> None:
    """A folded line is one step; opened, its releases lead to their pages."""
    fold = matrix.locator("details").first
    names = fold.locator("a")
    summary = fold.locator("summary")
    summary.focus()
    page.keyboard.press("ArrowRight")
    assert at(page)[1] == 1
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(names.first).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(names.first).to_be_focused()
    version = names.first.inner_text()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(f"/products/docker-engine/{version}/")
    expect(page.locator("h1")).to_contain_text(version)


@pytest.mark.parametrize("how", ["Enter", "click"])
def test_a_chosen_cell_tells_its_reason_in_place(page: Page, matrix: Locator, how: str) -> None:
    """The reason of the list below is shown and announced; the page does not jump."""
    cell = matrix.locator(AFFECTED).first
    cell.focus()
    # The panel above comes once it is near the screen, and makes the page longer.
    page.locator(".cv-answer").wait_for(state="attached")
    cell.hover()
    before = page.evaluate("scrollY")
    if how == "Enter":
        page.keyboard.press("Enter")
    else:
        cell.click()
    status = matrix.get_by_role("status")
    number = cell.locator("sup").inner_text()
    reason = matrix.locator(".cv-reasons > li").nth(int(number) - 1)
    expect(status).to_contain_text("28.0.0")
    expect(status).to_contain_text(reason.inner_text())
    assert page.evaluate("location.hash") == ""
    assert page.evaluate("scrollY") == before
    expect(cell).to_be_focused()
    expect(cell).to_have_attribute("aria-current", "true")


def test_every_cell_points_at_a_reason_with_its_state(matrix: Locator) -> None:
    """What a cell says in a word, its reason says too: without scripts the link is followed."""
    for cell in matrix.locator("td > a").all():
        target = (cell.get_attribute("href") or "").removeprefix("#")
        word = re.sub(r"\d+$", "", cell.inner_text()).strip()
        assert word == matrix.locator(f"[id='{target}'] .cv-state").inner_text()


def test_it_is_a_table_for_a_screen_reader(matrix: Locator) -> None:
    """Captioned, with a heading for each column and each row."""
    table = matrix.get_by_role("table")
    expect(table).to_have_accessible_name(re.compile("Docker Engine"))
    columns = table.get_by_role("columnheader").count()
    for row in table.locator("tbody tr").all():
        assert row.get_by_role("rowheader").count() == 1
        assert row.get_by_role("cell").count() == columns - 1
