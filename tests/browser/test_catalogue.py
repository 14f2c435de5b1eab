"""Takes the catalogue in a browser; shows that it narrows, orders and can be linked to."""

import re
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from caveat.knowledge import KnowledgeBase
from caveat.model.base import LANGUAGES as LANGUAGE
from caveat.site import Site
from caveat.site.views import catalogue
from caveat.urls import FOLDER
from caveat.words import words
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
def test_a_value_says_what_choosing_it_would_leave(
    clean_tab: Tab, kb: KnowledgeBase, folder: str
) -> None:
    """Beside what is chosen in other facets; where nothing is left, the page says so."""
    page = clean_tab.goto(f"{folder}advisories/?product=podman")
    mine = [record for record in kb.published if "podman" in record.products]
    high = page.locator("label:has([name=severity][value=high]) .cv-note")
    expect(high).to_have_text(str(sum(one.severity.level == "high" for one in mine)))
    traefik = page.locator("label:has([name=product][value=traefik]) .cv-note")
    expect(traefik).not_to_have_text("0")  # values of one facet are alternatives
    clean_tab.goto(f"{folder}advisories/?product=podman&q=nowhere")
    assert shown(clean_tab) == []
    none = words("zh" if folder else "en")("catalogue.none")
    expect(page.locator(".cv-facet-count")).to_contain_text(none)


@pytest.mark.parametrize("folder", LANGUAGES)
def test_keyboard_alone_narrows_orders_and_clears(clean_tab: Tab, folder: str) -> None:
    """Space opens a facet and ticks it, Enter orders a column; the address holds the state. What
    shows everything is there when something is not shown, or not in its order."""
    page = clean_tab.goto(f"{folder}advisories/")
    total = page.locator("#records tbody tr").count()
    everything = page.locator("#facets button[type=reset]")
    expect(everything).to_be_hidden()
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
    clean_tab.settle()
    assert shown(clean_tab) == state
    everything.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#records tbody tr:visible")).to_have_count(total)
    expect(everything).to_be_hidden()
    expect(page).not_to_have_url(re.compile(r"\?"))


@pytest.mark.parametrize("folder", LANGUAGES)
def test_without_javascript_it_is_a_plain_table(plain: Tab, kb: KnowledgeBase, folder: str) -> None:
    """Every published record stands in the table, and no control that would do nothing shows."""
    page = plain.goto(f"{folder}advisories/?severity=low")
    assert set(shown(plain)) == {record.id for record in kb.published}
    expect(page.locator("#facets")).to_be_hidden()


@pytest.fixture
def long(clean_tab: Tab, site: Path, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> Tab:
    """The catalogue as it would be served if a page held nine rows."""
    monkeypatch.setattr(catalogue, "ROWS", 9)
    for language in LANGUAGE:
        whole = Site(kb, language)
        frame = (site / FOLDER[language] / "advisories/index.html").read_text("utf-8")
        before, _, rest = frame.partition('<div class="cv-page">')
        after = rest[rest.rindex("</article>") :]
        for page in whole.pages():
            if page.kind == "advisories":
                address = f"{clean_tab.base}{FOLDER[language]}{page.path}"
                body = before + whole.render(page).html + after
                clean_tab.page.route(
                    re.compile(rf"{re.escape(address)}(\?.*)?$"),
                    partial(_answer, body),
                )
    return clean_tab


def _answer(body: str, route: Route) -> None:
    route.fulfill(body=body, content_type="text/html")


@pytest.mark.parametrize("folder", LANGUAGES)
def test_a_long_list_is_fetched_once_it_is_narrowed(
    long: Tab, kb: KnowledgeBase, folder: str
) -> None:
    """The first page asks for no other; an order asks for all of them, and its links lead on."""
    page = long.goto(f"{folder}advisories/")
    assert len(shown(long)) == 9
    assert f"9 / {len(kb.published)}" in page.locator(".cv-facet-count").inner_text().replace(
        " of ", " / "
    )
    assert not [url for url in long.requests if "/page/" in url]
    page.locator("th[data-column=title] button").click()
    expect(page.locator("#records tbody tr")).to_have_count(len(kb.published))
    assert set(shown(long)) == {record.id for record in kb.published}
    expect(page.locator(".cv-pages").first).to_be_hidden()
    links = page.locator("#records tbody th a").evaluate_all("all => all.map((one) => one.href)")
    assert set(links) == {f"{long.base}{folder}advisories/{r.id}/" for r in kb.published}


def test_a_linked_state_of_a_long_list_shows_all_that_it_names(
    long: Tab, kb: KnowledgeBase
) -> None:
    """A link finds records of every page."""
    long.goto("advisories/?severity=medium")
    wanted = {record.id for record in kb.published if record.severity.level == "medium"}
    assert set(shown(long)) == wanted


def test_all_of_a_long_list_can_be_asked_for(long: Tab, kb: KnowledgeBase) -> None:
    """The button that shows all does, with nothing narrowed before."""
    page = long.goto("advisories/")
    page.locator("#facets button[type=reset]").click()
    expect(page.locator("#records tbody tr:visible")).to_have_count(len(kb.published))


def test_a_page_that_does_not_come_is_said(long: Tab) -> None:
    """Where a part of a long list cannot be loaded, the page says so, and the next try heals it."""
    page = long.goto("advisories/")
    blocked = re.compile(r"/advisories/page/3/$")
    page.route(blocked, lambda route: route.abort())
    page.locator("#facet-words").fill("docker")
    expect(page.locator(".cv-facet-count")).to_contain_text("could be loaded")
    page.unroute(blocked)
    page.locator("#facet-words").fill("docker ")
    expect(page.locator(".cv-facet-count")).not_to_contain_text("could be loaded")
    long.errors.clear()  # the browser's own word about the request that was stopped
