"""Takes the form for a new record on the built site; shows that a stranger gets a record."""

import re
import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from caveat.rules import load_and_check
from caveat.words import Words, words
from tests.support.axe import violations
from tests.support.browser import Tab, open_tab

pytestmark = pytest.mark.browser

FOLDERS = ["", "zh/"]
TITLE = {
    "": "Ports of rootless containers are gone after the upgrade",
    "zh/": "升级后容器端口无法访问",
}
KNOWN = (
    'protocol "tcp" is not supported by the RootlessKit port driver "slirp4netns", '
    'discarding request for "[::]:8080"'
)
OWN = "2025-02-26T10:00:00Z wharf: frobnicating the quay of 10.0.0.7:8080 failed: no such bollard"


def spoken(folder: str) -> Words:
    return words("zh" if folder else "en")


def opened(tab: Tab, folder: str = "") -> Page:
    page = tab.goto(f"{folder}contribute/new/")
    page.locator("#new").wait_for()
    return page


def answer(page: Page, folder: str) -> None:
    """What somebody knows who was hit, by keyboard alone."""
    own = "zh" if folder else "en"

    def type_(name: str, text: str) -> None:
        page.locator(f'[name="{name}"]').focus()
        page.keyboard.insert_text(text)

    def choose(name: str, text: str) -> None:
        page.locator(f'[name="{name}"]').focus()
        page.keyboard.type(text)

    type_(f"title.{own}", TITLE[folder])
    type_(f"summary.{own}", "27.5.1: ok <b>\n- no: '28.0.0'")
    page.locator('[name="level"]').first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    type_(f"reason.{own}", "Nothing answers: #1")
    choose("product", "Docker Engine")
    choose("from", "28.0.0")
    choose("to", "28.0.1")
    page.locator(".cv-new-traits summary").first.focus()
    page.keyboard.press("Enter")
    page.locator('[name="when:mode"][value="rootless"]').focus()
    page.keyboard.press("Space")
    type_("error", OWN)
    type_("sources", "https://github.com/moby/moby/issues/999999")
    page.keyboard.press("Tab")


def ready(page: Page, t: Words) -> None:
    expect(page.locator("#new-state")).to_have_text(t("form-says.ready"))


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_stranger_gets_a_valid_record(
    clean_tab: Tab, folder: str, root: Path, tmp_path: Path
) -> None:
    """Answers by keyboard, a file by a press of a key, and the validator finds nothing."""
    page = opened(clean_tab, folder)
    before = set(clean_tab.requests)
    answer(page, folder)
    ready(page, spoken(folder))
    with page.expect_download() as waiting:
        page.locator("#new-download").press("Enter")
    name = waiting.value.suggested_filename
    year = name.split("-")[1]
    target = tmp_path / "advisories" / "records" / year / name
    for kind in ("products", "traits", "practices"):
        shutil.copytree(root / "advisories" / kind, tmp_path / "advisories" / kind)
    target.parent.mkdir(parents=True)
    waiting.value.save_as(target)
    assert page.locator("#new-path").inner_text() == target.relative_to(tmp_path).as_posix()
    kb, problems = load_and_check(tmp_path)
    assert [str(one) for one in problems if one.is_error] == []
    (record,) = kb.advisories.values()
    assert record.title.get("zh" if folder else "en") == TITLE[folder]
    assert record.aliases == ["moby/moby#999999"]
    assert record.signatures[0].pattern.endswith("of {address}:{port} failed: no such bollard")
    assert record.affected[0].on[0].when == {"mode": ["rootless"]}
    # What was asked for since is the site's own and says nothing of what was typed.
    asked = set(clean_tab.requests) - before
    assert [one for one in asked if urlsplit(one).query or "bollard" in one] == []


def test_what_is_missing_is_said_where_it_is_missing(clean_tab: Tab) -> None:
    """Nothing is blamed before it is tried; then the list leads to the questions."""
    page, t = opened(clean_tab), words("en")
    assert page.locator(".cv-new-fault:visible").count() == 0
    page.locator("#new-copy").click()
    expect(page.locator("#new-state")).to_be_focused()
    expect(page.locator("#fault-title")).to_have_text(t("form-says.fault-needed"))
    expect(page.locator('[name="title.en"]')).to_have_attribute("aria-invalid", "true")
    page.locator("#new-faults button").first.click()
    expect(page.locator('[name="title.en"]')).to_be_focused()
    page.keyboard.type("Ports are gone")
    expect(page.locator("#fault-title")).to_be_hidden()
    page.select_option('[name="product"]', "docker-engine")
    page.select_option('[name="from"]', "28.0.1")
    page.select_option('[name="to"]', "28.0.0")
    said = t("form-says.fault-backwards", text="28.0.1")
    expect(page.locator("#fault-to")).to_have_text(said)
    page.fill('[name="sources"]', "see the tracker")
    expect(page.locator("#fault-sources")).to_contain_text("see the tracker")


def test_a_known_error_is_shown_before_it_is_written_again(clean_tab: Tab) -> None:
    """The record with the same error stands at the question; a tick says that this is another one,
    and ties the two."""
    page, t = opened(clean_tab), words("en")
    page.fill('[name="error"]', KNOWN)
    known = page.locator("#known-error")
    expect(known.locator("[data-grade=known] a").first).to_have_attribute(
        "href", re.compile("advisories/CAV-2025-0001/$")
    )
    page.locator('[name="near"]').focus()
    said = t("form-says.fault-known", text="CAV-2025-0001")
    expect(page.locator("#fault-error")).to_have_text(said)
    known.get_by_label(t("form-says.another", id="CAV-2025-0001")).check()
    expect(page.locator("#fault-error")).to_be_hidden()
    expect(page.locator("#new-file")).to_contain_text(
        "related:\n  - relation: often-confused-with\n    id: CAV-2025-0001"
    )


def test_an_upstream_name_that_is_known_is_shown(clean_tab: Tab) -> None:
    """Records with the same issue stand at the links."""
    page = opened(clean_tab)
    page.fill('[name="sources"]', "https://github.com/moby/moby/pull/49514#issuecomment-1")
    same = page.locator("#known-sources")
    expect(same).to_contain_text("moby/moby#49514")
    expect(same.locator("a").first).to_have_attribute("href", re.compile("CAV-2025-0001/$"))


def test_answers_stay_until_they_are_forgotten(clean_tab: Tab) -> None:
    """A reload loses nothing, ticks and edited patterns included; starting over loses all."""
    page, t = opened(clean_tab), words("en")
    answer(page, "")
    page.fill('[name="pattern"]', "frobnicating the {thing} of {address}:{port} failed")
    page.locator("#new-file").get_by_text("the {thing} of").wait_for()
    before = page.locator("#new-file").inner_text()
    page.reload()
    page.locator("#new").wait_for()
    expect(page.locator("#new-file")).to_have_text(before, use_inner_text=True)
    expect(page.locator('[name="when:mode"][value="rootless"]')).to_be_visible()
    ready(page, t)
    page.locator("#new-clear").click()
    expect(page.locator("#new-clear")).to_have_text(t("form-says.clear-sure"))
    page.locator("#new-clear").click()
    expect(page.locator('[name="title.en"]')).to_have_value("")
    page.reload()
    page.locator("#new").wait_for()
    expect(page.locator('[name="title.en"]')).to_have_value("")


def test_damaged_memory_does_no_harm(clean_tab: Tab) -> None:
    """What the browser kept may be of another version of the site, or no answers at all."""
    page = opened(clean_tab)
    for kept in (
        "{",
        '"x"',
        '{"product":"gone","level":["x"],"conditions":{"y":"z"},"title":null}',
    ):
        page.evaluate("(text) => localStorage.setItem('caveat.new', text)", kept)
        page.reload()
        page.locator("#new").wait_for()
        expect(page.locator("#new-file")).to_contain_text("status: draft")


def test_both_languages_are_compared(clean_tab: Tab) -> None:
    """Who writes both is told what stands in one of them only."""
    page, t = opened(clean_tab), words("en")
    expect(page.locator('[name="title.zh"]')).to_be_hidden()
    page.get_by_label(t("form.write-both"), exact=True).check()
    page.fill('[name="title.en"]', "Ports are gone after 28.0.0")
    page.fill('[name="title.zh"]', "升级后端口失效")
    page.locator('[name="summary.en"]').focus()
    said = t("form-says.fault-both", text="28.0.0")
    expect(page.locator("#fault-title")).to_have_text(said)


def test_a_pull_request_opens_with_the_file(clean_tab: Tab) -> None:
    """Where the site knows its repository, a link carries name and text."""
    page = opened(clean_tab)
    expect(page.locator("#new-open")).to_be_hidden()  # the tests' forge is none that is known
    page.evaluate(
        "document.getElementById('search-open').dataset.edit = arguments[0]".replace(
            "arguments[0]", "'https://github.com/o/r/edit/main/'"
        )
    )
    answer(page, "")
    link = page.locator("#new-open")
    expect(link).to_be_visible()
    parts = urlsplit(link.get_attribute("href") or "")
    assert parts.path == "/o/r/new/main"
    query = parse_qs(parts.query)
    assert query["filename"] == [page.locator("#new-path").inner_text()]
    assert query["value"][0] == page.locator("#new-file").text_content()


@pytest.mark.parametrize("folder", FOLDERS)
def test_without_scripts_the_questions_are_there(plain: Tab, folder: str) -> None:
    """And the other ways to contribute."""
    page, t = plain.goto(f"{folder}contribute/new/"), spoken(folder)
    assert page.locator("#new").is_hidden()
    text = page.locator(".cv-new").inner_text()
    for name in ("title", "product", "error", "wayTitle", "sources"):
        assert t(f"form.{name}") in text
    assert "scripts/new.py" in text
    assert page.get_by_role("link", name=t("form.other-find")).is_visible()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_use(
    chromium: Browser, site_address: str, width: int, scheme: str
) -> None:
    """With everything asked, known records shown and faults said; and nothing is too wide."""
    options = {
        "viewport": {"width": width, "height": 900},
        "color_scheme": scheme,
        "reduced_motion": "reduce",
    }
    with open_tab(chromium, site_address, **options) as tab:
        page = opened(tab)
        page.select_option('[name="product"]', "docker-engine")
        page.select_option('[name="way"]', "downgrade")
        page.get_by_label(words("en")("form.write-both"), exact=True).check()
        page.fill('[name="error"]', KNOWN)
        page.locator("#known-error article").wait_for()
        page.locator("#new-copy").click()
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
