"""Takes the finder's page in a browser; shows that a log leads to its advisory, in both languages.

What the matcher answers is held elsewhere; here it is what the reader sees, types and hears.
"""

import gzip
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from caveat.matching.parts import cut
from tests.support.axe import violations
from tests.support.browser import Tab, open_tab
from tests.support.paste import drop, paste
from tests.support.vectors import FOLDER

pytestmark = pytest.mark.browser

FOLDERS = ["", "zh/"]
LOG = """\
Nov 23 10:00:01 host dockerd[4022]: Docker version 28.0.0, build f9ced58
Nov 23 10:00:02 host dockerd[4022]: level=error msg="protocol \\"tcp\\" is not supported by the \
RootlessKit port driver \\"slirp4netns\\", discarding request for \\"[::]:8080\\""
Nov 23 10:00:03 host dockerd[4022]: stopping
"""
ADVISORY = "advisories/CAV-2025-0001/"
STRANGER = "frobnicator: quux overflowed in lane 7 of the hyperdrive, zorkmids exhausted\n" * 2
NEEDED = (
    *("find/index.json", "find/terms-", "/lib/match/", "worker.js"),
    *("words.json", "card.json", "pagefind"),
)
STATUS = "#find-status"
RESULT = "#find-result"
KNOWN = f"{RESULT} [data-grade=known]"


def at_field(tab: Tab, folder: str = "") -> Page:
    """The finder with its field focused."""
    page = tab.goto(f"{folder}find/")
    field = page.locator("#find-text")
    field.wait_for()  # which is hidden until its script has run
    field.focus()
    return page


@pytest.mark.parametrize("path", ["", "find/", "zh/", "zh/find/", ADVISORY])
def test_nothing_is_fetched_before_somebody_wants_to_find(clean_tab: Tab, path: str) -> None:
    """Neither the error texts nor what compares them, before the reader touches a field."""
    clean_tab.goto(path)
    assert [url for url in clean_tab.requests if any(name in url for name in NEEDED)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_pasted_log_shows_its_known_error(clean_tab: Tab, folder: str) -> None:
    """At once, with the reader's own line, the matching part of it, and the advisory."""
    page = at_field(clean_tab, folder)
    paste(page, LOG)
    expect(page.locator(KNOWN)).to_have_count(1)
    expect(page.locator(f"{KNOWN} mark")).to_contain_text("is not supported by the RootlessKit")
    expect(page.locator(f"{KNOWN} pre")).to_contain_text("10:00:02 host dockerd")
    expect(page.locator(f"{KNOWN} .cv-hit-grade")).to_contain_text(
        {"": "line 2", "zh/": "第 2 行"}[folder]
    )
    expect(page.locator(STATUS)).to_contain_text(
        {"": "1 known error", "zh/": "1 个已知错误"}[folder]
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_version_in_the_log_goes_with_the_reader(clean_tab: Tab, folder: str) -> None:
    """The link to the advisory says what the text showed, in the form that the panel reads."""
    page = at_field(clean_tab, folder)
    paste(page, LOG)
    link = page.locator(f"{KNOWN} a").first
    wanted = f"{clean_tab.base}{folder}{ADVISORY}?docker-engine=28.0.0#affects-me"
    expect(link).to_have_attribute("href", wanted)
    release = page.locator(".cv-seen a")
    expect(release).to_have_attribute(
        "href", f"{clean_tab.base}{folder}products/docker-engine/28.0.0/"
    )


def test_nothing_leaves_the_browser(clean_tab: Tab) -> None:
    """Every request only fetches a file of the site, and no address holds a word of the text."""
    bodies: list[str | None] = []
    clean_tab.page.on("request", lambda request: bodies.append(request.post_data))
    page = at_field(clean_tab)
    paste(page, LOG.replace("host", "hostsecret"))
    expect(page.locator(KNOWN)).to_have_count(1)
    assert {body for body in bodies if body} == set()
    assert not any("hostsecret" in url or "slirp" in url for url in clean_tab.requests)


@pytest.mark.parametrize("folder", FOLDERS)
def test_finding_needs_no_mouse(clean_tab: Tab, folder: str) -> None:
    """Type, Ctrl+Enter, and the focus is at the result; Tab and Enter lead to the advisory."""
    page = at_field(clean_tab, folder)
    page.keyboard.insert_text(LOG)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#find-result-title")).to_be_focused()
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.startswith(f"{clean_tab.base}{folder}{ADVISORY}")


def test_every_control_is_reached_by_tab(clean_tab: Tab) -> None:
    """Field, find, file, clear: in this order, each with a name."""
    page = at_field(clean_tab)
    names = []
    for _ in range(3):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.id || document.activeElement.type"))
    assert names == ["submit", "find-file", "reset"]
    expect(page.get_by_label("Log or error text")).to_have_count(1)
    expect(page.get_by_label("Choose a file…")).to_have_count(1)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_description_in_chinese_finds_too(clean_tab: Tab, folder: str) -> None:
    """Words are compared with both languages of the records, whatever the page's own is."""
    page = at_field(clean_tab, folder)
    page.keyboard.insert_text("rootless 模式下使用 slirp4netns 端口驱动无法发布端口")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"{RESULT} [data-grade=similar] a[href*='{ADVISORY}']")).to_be_visible()


def test_words_that_no_error_text_has_are_looked_for_in_all_pages(clean_tab: Tab) -> None:
    """A question in words is no dead end: one button asks the word search the same."""
    page = at_field(clean_tab)
    page.keyboard.insert_text("docker daemon does not start after kernel update")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#find-status")).to_contain_text("1 line compared")
    page.get_by_role("button", name="Search all pages for these words").click()
    results = page.locator("pagefind-modal pagefind-results a.pf-result-link")
    expect(results.first).to_have_attribute("href", re.compile("advisories/CAV-"))


def test_a_text_of_which_nothing_is_known_can_be_reported(tab: Tab) -> None:
    """As a link with the text, short enough for any server, and as a text to copy."""
    page = tab.goto("find/")
    page.evaluate(
        "document.getElementById('search-open').dataset.report = 'https://forge.example/new?l=1'"
    )
    page.locator("#find-text").focus()
    long = STRANGER + "emoji \U0001f600 and filler 0123456789\n" * 500
    page.keyboard.insert_text(long)
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"{RESULT} [data-grade=nothing]")).to_have_count(1)
    href = page.locator(".cv-report a").get_attribute("href") or ""
    assert len(href) <= 6000
    query = parse_qs(urlsplit(href).query)
    assert query["l"] == ["1"]
    assert query["title"] == [f"Unknown error: {STRANGER.splitlines()[0][:80]}"]
    assert query["body"][0].rstrip("`\n").endswith("filler 0123456789")
    assert "filler" in page.locator(".cv-report-text").input_value()


def test_without_an_address_for_reports_there_is_a_text_to_copy(clean_tab: Tab) -> None:
    """No dead link is offered."""
    page = clean_tab.goto("find/")
    page.evaluate("document.getElementById('search-open').dataset.report = ''")
    page.locator("#find-text").focus()
    paste(page, STRANGER)
    expect(page.locator(".cv-report-text")).to_have_value(re.compile("hyperdrive"))
    expect(page.locator(".cv-report a")).to_have_count(0)
    page.get_by_role("button", name="Copy the report").click()
    expect(page.locator(".cv-report [role=status]")).not_to_be_empty()


@pytest.mark.parametrize("folder", FOLDERS)
def test_records_with_one_text_stand_together(tab: Tab, folder: str) -> None:
    """Told apart by what differs; the one that strikes the version in the text comes first."""
    rest, parts = cut(json.loads((FOLDER / "index.json").read_text("utf-8")))
    rest["parts"] = {"count": len(parts), "folder": "terms-0/", "whole": "unasked.json"}

    def give_part(route: Route) -> None:
        number = int(route.request.url.rpartition("/")[2].partition(".")[0])
        route.fulfill(json=parts[number])

    def give_card(route: Route) -> None:
        id_ = route.request.url.split("/")[-2]
        card = {
            "title": f"Title of {id_}", "severity": "high", "severity_label": "high",
            "kind": "regression", "products": ["engine"],
            "affected": [["Engine", [f"only {id_}"]]], "when": ["Mode: rootless"],
        }  # fmt: skip
        route.fulfill(body=json.dumps(card), content_type="application/json")

    tab.page.context.route("**/find/index.json", lambda route: route.fulfill(json=rest))
    tab.page.context.route("**/find/terms-0/*.json", give_part)
    tab.page.context.route("**/card.json", give_card)
    page = at_field(tab, folder)
    text = "client version 1.24 is too old. Minimum supported API version is 1.44, please upgrade"
    paste(page, f"Engine version 2.1.0\n{text}\n")
    expect(page.locator(KNOWN)).to_have_count(1)
    records = page.locator(f"{KNOWN} .cv-hit-records > li")
    expect(records).to_have_count(2)
    expect(records.nth(0)).to_contain_text("Title of CAV-2025-0003")
    expect(records.nth(0).locator("[data-state=affected]")).to_have_count(1)
    expect(records.nth(1)).to_contain_text("only CAV-2025-0002")
    expect(records.nth(1).locator("[data-state=not_affected]")).to_have_count(1)
    expect(page.locator(f"{KNOWN} mark")).to_have_count(1)


def test_error_texts_that_cannot_be_loaded_are_said(tab: Tab) -> None:
    """And the next try may succeed."""
    page = tab.goto("find/")
    page.context.route("**/find/index.json", lambda route: route.abort())
    page.locator("#find-text").focus()
    paste(page, LOG)
    expect(page.locator(STATUS)).to_contain_text("could not be loaded")
    page.context.unroute("**/find/index.json")
    page.keyboard.press("Control+Enter")
    expect(page.locator(KNOWN)).to_have_count(1)


def test_a_part_that_cannot_be_loaded_is_said(tab: Tab) -> None:
    """As the whole is; nothing is answered from half of what is known."""
    page = at_field(tab)
    page.context.route("**/find/terms-*/**", lambda route: route.abort())
    paste(page, LOG)
    expect(page.locator(STATUS)).to_contain_text("could not be loaded")
    page.context.unroute("**/find/terms-*/**")
    page.keyboard.press("Control+Enter")
    expect(page.locator(KNOWN)).to_have_count(1)


def test_a_paste_loads_the_terms_of_its_own_words(clean_tab: Tab, site: Path) -> None:
    """A few small files, each once, where a log of thousands of words takes one large file."""
    page = at_field(clean_tab)
    paste(page, LOG)
    expect(page.locator(KNOWN)).to_have_count(1)
    asked = [url for url in clean_tab.requests if "find/terms-" in url]
    assert 3 < len(asked) < 60
    assert len(asked) == len(set(asked))
    files = [site / url.removeprefix(clean_tab.base) for url in asked]
    index = site / "find" / "index.json"
    loaded = sum(len(gzip.compress(one.read_bytes())) for one in (*files, index))
    whole = site / "api" / "v1" / "signatures.json"
    assert loaded < len(gzip.compress(whole.read_bytes())) / 2
    assert not any("signatures.json" in url for url in clean_tab.requests)
    words = " ".join(f"{a}{b}{c}" for a in "bdfgk" for b in "aeiou" for c in range(100, 160))
    paste(page, f"{words}\n{LOG}")
    expect(page.locator(KNOWN)).to_have_count(1)
    expect(page.locator(STATUS)).to_contain_text("1 known error")
    assert sum("signatures.json" in url for url in clean_tab.requests) == 1


def test_a_text_on_a_phone_stays_inside_the_screen(chromium: Browser, site_address: str) -> None:
    """At 360 px nothing of the page or the result is cut off or scrolls sideways."""
    options = {"viewport": {"width": 360, "height": 740}, "reduced_motion": "reduce"}
    for folder in FOLDERS:
        with open_tab(chromium, site_address, **options) as tab:
            page = at_field(tab, folder)
            paste(page, f"{'x' * 300}\n{LOG}")
            expect(page.locator(KNOWN)).to_have_count(1)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("text", [LOG, STRANGER], ids=["known", "nothing"])
def test_axe_finds_nothing_in_a_result(
    chromium: Browser, site_address: str, text: str, scheme: str
) -> None:
    """Known, similar, nothing: each is whole for a screen reader, in both colour schemes."""
    options = {"color_scheme": scheme, "reduced_motion": "reduce"}
    with open_tab(chromium, site_address, **options) as tab:
        page = at_field(tab)
        paste(page, f"{text}\ncontainers cannot resolve external names after the upgrade\n")
        expect(page.locator(f"{RESULT} [data-grade]").first).to_be_visible()
        assert violations(page) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_without_scripts_the_page_lists_all_texts(plain: Tab, folder: str, site: Path) -> None:
    """It names the command that does the same, and holds every signature that the index holds."""
    page = plain.goto(f"{folder}find/")
    expect(page.locator("main")).to_contain_text("caveat match")
    expect(page.locator("#find")).to_be_hidden()
    index = json.loads((site / "api" / "v1" / "signatures.json").read_text("utf-8"))
    listed = set(re.findall(r"advisories/(CAV-[^/]+)/", page.content()))
    assert {index["records"][n][0] for one in index["signatures"] for n in one[2]} <= listed
    assert page.locator(".cv-texts samp").count() >= len(index["signatures"])


def test_a_dropped_file_can_be_stopped(clean_tab: Tab) -> None:
    """A bar shows how far it is; Stop ends it, says so, and gives the focus back."""
    page = clean_tab.goto("find/")
    drop(
        page,
        "#find",
        "endless.log",
        "2025-01-01T00:00:00Z nothing to see here, move along\n",
        4_000_000,
    )
    expect(page.locator("#find-progress")).to_be_visible()
    expect(page.get_by_label("Comparing: endless.log")).to_have_count(1)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator(STATUS)).to_have_text("Stopped.")
    expect(page.locator("#find-progress")).to_be_hidden()
    expect(page.locator("#find-text")).to_be_focused()
    paste(page, LOG)
    expect(page.locator(KNOWN)).to_have_count(1)
