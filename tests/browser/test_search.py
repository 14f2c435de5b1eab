"""Takes the built site in a browser; shows that searching works, and costs nothing before."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import Tab

pytestmark = pytest.mark.browser

DIALOG = "pagefind-modal dialog"
NAMES = [
    *("moby#49499", "49499", "docker-28-0-0-rootless-slirp4netns"),
    "https://github.com/moby/moby/issues/49499",
]
RESULTS = "pagefind-modal pagefind-results a.pf-result-link"
FIRST = "pagefind-modal pagefind-results [data-pf-result-index='0'] a.pf-result-link"


def opened(tab: Tab, path: str, how: str = "Control+k") -> Page:
    """A page with the search dialogue open and its input focused."""
    page = tab.goto(path)
    page.keyboard.press(how)
    expect(page.locator(DIALOG)).to_be_visible()
    expect(page.locator(f"{DIALOG} input")).to_be_focused()
    return page


def found(tab: Tab, page: Page, words: str) -> list[str]:
    """What the results for `words` lead to, from the root of the site, once they are there.

    Results appear while one types, so the line that counts those for all of the words is waited
    for; the one that says that they are being looked for names the words too. Each gets its link
    as it arrives, and the first is not always the first to arrive.
    """
    page.keyboard.type(words)
    counted = re.compile(rf"(\d+ results? for|找到 \d+ 个) {re.escape(words)}")
    expect(page.locator("pagefind-modal pagefind-summary")).to_have_text(counted)
    expect(page.locator(FIRST)).to_be_visible()
    tab.settle()
    links = page.locator(RESULTS).evaluate_all("all => all.map(a => a.href)")
    return [re.sub(r"[?#].*", "", link).removeprefix(tab.base) for link in links]


def test_nothing_is_fetched_before_somebody_wants_to_search(clean_tab: Tab) -> None:
    """Reading a page costs no byte of search; the button's focus is the first intent."""
    page = clean_tab.goto("")
    assert [url for url in clean_tab.requests if "pagefind" in url] == []
    with page.expect_request("**/pagefind-component-ui.js"):
        page.locator("#search-open").focus()


@pytest.mark.parametrize(
    ("folder", "words"),
    [("", "rootless"), ("", "slirp4netns"), ("zh/", "端口"), ("zh/", "slirp4netns")],
)
def test_words_are_found_in_the_pages_language(clean_tab: Tab, folder: str, words: str) -> None:
    """Each language searches its own bundle and lands on its own pages."""
    page = opened(clean_tab, folder)
    paths = found(clean_tab, page, words)
    assert paths
    assert all(path.startswith("zh/") == bool(folder) for path in paths), paths
    assert paths[0].startswith(f"{folder}advisories/CAV-"), paths


@pytest.mark.parametrize(
    ("words", "record"),
    [
        ("端口", "CAV-2025-0007"),
        ("无法发布端口", "CAV-2025-0001"),
        ("私有镜像", "CAV-2025-0013"),
        ("内核模块", "CAV-2016-0001"),
    ],
)
def test_chinese_is_cut_into_the_words_of_the_index(tab: Tab, words: str, record: str) -> None:
    """Words of this trade that no browser's dictionary knows find the records that hold them."""
    page = opened(tab, "zh/")
    assert f"zh/advisories/{record}/" in found(tab, page, words)[:5]


@pytest.mark.parametrize("folder", ["", "zh/"])
@pytest.mark.parametrize(
    ("words", "releases"),
    [
        ("29.1.0", ["docker-engine/29.1.0"]),
        ("v28.0.0", ["docker-engine/28.0.0"]),
        ("podman 6.0.0", ["podman/6.0.0"]),
        ("2.2.0 pull", None),
        ("99.9.9", []),
    ],
)
def test_a_version_leads_to_what_bites_in_it(
    clean_tab: Tab, folder: str, words: str, releases: list[str] | None
) -> None:
    """The pages of releases with that number stand first: of the product that is named, or all."""
    page = opened(clean_tab, folder)
    with page.expect_response("**/find/index.json"):
        page.keyboard.type(words)
    links = page.locator(".cv-search-releases a")
    if releases is None:
        expect(links.nth(1)).to_be_visible()
        return
    expect(links).to_have_count(len(releases))
    hrefs = links.evaluate_all("all => all.map((one) => one.href)")
    assert hrefs == [f"{clean_tab.base}{folder}products/{one}/" for one in releases]


@pytest.mark.parametrize(
    ("folder", "question", "record"),
    [
        ("", "docker blocked by ufw after 28 forward chain", "CAV-2025-0010"),
        ("zh/", "更新内核后 veth 不支持", "CAV-2016-0001"),
    ],
)
def test_a_question_whose_words_no_page_has_finds_what_comes_closest(
    tab: Tab, folder: str, question: str, record: str
) -> None:
    """A whole sentence is no dead end, and the reader is told that not all words were found."""
    page = opened(tab, folder)
    note = page.locator("pagefind-modal .cv-search-note")
    expect(note).to_be_hidden()
    assert f"{folder}advisories/{record}/" in found(tab, page, question)[:5]
    expect(note).to_be_visible()


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_an_id_leads_to_its_advisory(clean_tab: Tab, folder: str) -> None:
    """Whoever has only the number finds the page first of all."""
    page = clean_tab.goto(f"{folder}advisories/")
    link = page.locator("a[href*='CAV-']").first.get_attribute("href") or ""
    match = re.search(r"CAV-\d{4}-\d{4}", link)
    assert match
    page.keyboard.press("Control+k")
    expect(page.locator(f"{DIALOG} input")).to_be_focused()
    assert found(clean_tab, page, match[0])[0] == f"{folder}advisories/{match[0]}/"


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_search_needs_no_mouse(clean_tab: Tab, folder: str) -> None:
    """Open, type, move to a result, follow it: all by keyboard, from a page deep in the site."""
    page = opened(clean_tab, f"{folder}contribute/", how="Meta+k")
    assert found(clean_tab, page, "slirp4netns")
    page.keyboard.press("ArrowDown")
    expect(page.locator(RESULTS).first).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.startswith(clean_tab.base + folder)
    assert "/contribute/" not in page.url


def test_escape_closes_and_gives_the_focus_back(clean_tab: Tab) -> None:
    """The reader is where they were."""
    page = clean_tab.goto("")
    page.locator("#search-open").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{DIALOG} input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(DIALOG)).to_be_hidden()
    expect(page.locator("#search-open")).to_be_focused()


@pytest.mark.parametrize(("folder", "close"), [("", "close"), ("zh/", "关闭")])
def test_escape_closes_a_filters_list_first(clean_tab: Tab, folder: str, close: str) -> None:
    """One step back at a time; the footer says what the key does."""
    page = opened(clean_tab, folder)
    expect(page.locator("pagefind-keyboard-hints")).to_contain_text(close)
    trigger = page.locator(f"{DIALOG} pagefind-filter-dropdown").first.get_by_role("combobox")
    trigger.focus()
    page.keyboard.press("Enter")
    expect(trigger).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(trigger).to_have_attribute("aria-expanded", "false")
    expect(trigger).to_be_focused()
    expect(page.locator(DIALOG)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(DIALOG)).to_be_hidden()


@pytest.mark.parametrize(("folder", "text"), [("", "Search"), ("zh/", "搜索")])
def test_the_dialogue_speaks_the_pages_language(clean_tab: Tab, folder: str, text: str) -> None:
    """Its words come from Pagefind's own translations."""
    page = opened(clean_tab, folder)
    expect(page.locator(f"{DIALOG} input")).to_have_attribute("placeholder", re.compile(text))


def test_a_bundle_that_cannot_be_loaded_is_said(tab: Tab) -> None:
    """A reader who wants to search is never left with a dead button."""
    page = tab.goto("")
    page.route("**/pagefind/**", lambda route: route.abort())
    page.locator("#search-open").click()
    expect(page.get_by_role("status")).to_have_text("Search could not be loaded.")


@pytest.mark.parametrize("folder", ["", "zh/"])
@pytest.mark.parametrize("words", NAMES)
def test_an_upstream_number_leads_to_its_advisory(clean_tab: Tab, folder: str, words: str) -> None:
    """The names that people have in hand, number, address or slug, put their record first."""
    page = opened(clean_tab, folder)
    assert found(clean_tab, page, words)[0] == f"{folder}advisories/CAV-2025-0001/"


@pytest.mark.parametrize("folder", ["", "zh/"])
@pytest.mark.parametrize("words", ["28.0.1 slirp4netns", "systemctl --user restart docker"])
def test_versions_and_commands_are_found(clean_tab: Tab, folder: str, words: str) -> None:
    """A version number with a word, or a command, is found where a record's page says it."""
    page = opened(clean_tab, folder)
    found(clean_tab, page, words)
    wanted = page.locator(f"{RESULTS}[href*='{folder}advisories/CAV-2025-0001/']")
    # Results arrive as they come near the screen, each with its own file.
    for _ in range(10):
        if wanted.count():
            break
        page.locator(RESULTS).last.scroll_into_view_if_needed()
        clean_tab.settle()
    expect(wanted.first).to_be_visible()


@pytest.mark.parametrize(("folder", "label"), [("", "Product"), ("zh/", "产品")])
def test_a_filter_narrows(clean_tab: Tab, folder: str, label: str) -> None:
    """The four filters are there; choosing a product leaves its records alone."""
    page = opened(clean_tab, folder)
    found(clean_tab, page, "docker")
    filters = page.locator(f"{DIALOG} pagefind-filter-dropdown")
    expect(filters).to_have_count(4)
    trigger = filters.first.get_by_role("combobox")
    expect(trigger).to_contain_text(label)
    trigger.focus()
    page.keyboard.press("Enter")
    expect(trigger).to_have_attribute("aria-expanded", "true")
    page.get_by_role("option", name=re.compile("Traefik")).click()
    shown = page.locator("pagefind-modal pagefind-summary")
    expect(shown).to_have_text(re.compile(r"\b1 result |找到 1 个"))
    expect(page.locator(RESULTS).first).to_have_attribute("href", re.compile("CAV-2025-0002"))


def test_a_list_of_results_has_an_end(clean_tab: Tab) -> None:
    """Of thousands of results only so many get a place; Pagefind's own parts are told so."""
    page = clean_tab.goto("")
    page.keyboard.press("Control+k")
    found = page.locator("pagefind-results")
    found.wait_for(state="attached")
    assert found.evaluate("(one) => one.maxResults") == 300
