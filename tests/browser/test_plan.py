"""Takes the planner of the built site; shows that a reader can plan a step and carry it away."""

import json
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from caveat.words import Words, words
from tests.support.browser import Tab, hold, open_tab, type_choice, until
from tests.support.command import run

pytestmark = pytest.mark.browser

FOLDERS = ["", "zh/"]
STORY = (
    "plan/?product=docker-engine&from=27.5.1&to=28.0.0"
    "&docker-engine.mode=rootless&docker-engine.port-driver=slirp4netns"
)
ASKED = (
    *("plan", "docker-engine", "27.5.1", "28.0.0"),
    *("--trait", "mode=rootless", "--trait", "port-driver=slirp4netns"),
)
CLIPBOARD = """
    Object.defineProperty(navigator, "clipboard", {
        value: { writeText: async (text) => { window.copied = text; } },
    });
"""


def spoken(folder: str) -> Words:
    """The words of the pages below `folder`."""
    return words("zh" if folder else "en")


def copied(page: Page, label: str) -> str:
    """What the button put on the clipboard."""
    page.get_by_role("button", name=label, exact=True).click()
    until(page, "window.copied")
    return str(page.evaluate("window.copied"))


def query(page: Page) -> dict[str, str]:
    """The parameters of the page's address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_link_leads_to_the_decided_plan(clean_tab: Tab, folder: str) -> None:
    """The address says all of it: verdict, what is entered, where to land, what to find out."""
    t, page = spoken(folder), clean_tab.goto(folder + STORY)
    expect(page.locator(".cv-plan-verdict [role=status]")).to_contain_text(t("plan.bites"))
    entered = page.locator("#entered + .cv-note + .cv-bites > li")
    expect(entered).to_have_count(1)
    expect(entered).to_contain_text("CAV-2025-0001")
    made = run(*ASKED, "--json").json
    landing = made["clean_landing"]["version"]
    expect(page.locator(".cv-plan-landing .cv-version")).to_have_text(landing)
    expect(page.get_by_label(words_of(page, "docker-engine.mode"))).to_have_value("rootless")
    probe = page.locator("[data-fact='iptables-raw-table'] code").first
    expect(probe).to_have_text("iptables -t raw -S PREROUTING")
    page.get_by_role("button", name=t("plan.plan-to", version=landing)).click()
    expect(page.locator("#entered")).to_have_count(0)
    assert query(page)["to"] == landing


def test_what_is_entered_leads_to_who_feels_it(clean_tab: Tab) -> None:
    """Where a record narrows it to some containers, the plan leads to the text that does."""
    page = clean_tab.goto("plan/?product=runc&from=1.3.2&to=1.3.3")
    card = page.locator("#entered ~ .cv-bites > li", has_text="CAV-2025-0032")
    link = card.locator("a", has_text="Who feels it")
    expect(link).to_have_attribute("href", re.compile(r"/CAV-2025-0032/#effect-1$"))


def words_of(page: Page, fact: str) -> str:
    """What the page calls a fact."""
    return page.locator(f"[data-fact='{fact}'] label").first.inner_text()


@pytest.mark.parametrize("folder", FOLDERS)
def test_by_keyboard_alone(clean_tab: Tab, folder: str) -> None:
    """Product, releases and a trait are chosen, and a box is ticked, without a mouse; the focus
    stays on the choice that was made."""
    page = clean_tab.goto(f"{folder}plan/")
    page.locator("#plan-product").focus()
    type_choice(page, "Docker Engine")
    expect(page.locator("#plan-from")).to_be_enabled()
    page.keyboard.press("Tab")
    type_choice(page, "27.5.1")
    page.keyboard.press("Tab")
    type_choice(page, "28.0.0")
    expect(page.locator(".cv-plan-verdict")).to_be_visible()
    mode = page.locator("[data-fact='docker-engine.mode'] select")
    for _ in range(80):
        page.keyboard.press("Tab")
        if mode.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("ArrowDown")
    expect(mode).to_be_focused()
    expect(mode).not_to_have_value("")
    assert query(page)["docker-engine.mode"] == mode.input_value()
    box = page.locator("#checklist ~ [data-checklist] input[type=checkbox]").first
    box.focus()
    page.keyboard.press("Space")
    expect(box).to_be_checked()


def test_releases_wait_for_their_product(clean_tab: Tab) -> None:
    """While another product's releases are on their way, none of the product before can be
    chosen: the choice would be gone when they arrive."""
    held = hold(clean_tab.page, "**/product/podman.json")
    page = clean_tab.goto("plan/?product=docker-engine")
    start = page.locator("#plan-from")
    expect(start).to_be_enabled()
    page.locator("#plan-product").select_option("podman")
    expect(start).to_be_disabled()
    expect(page.locator("#plan-to")).to_be_disabled()
    until(page, "document.querySelector('.cv-plan-said').textContent")
    held.pop().continue_()
    expect(start).to_be_enabled()
    expect(start.locator("option[value='5.0.0']")).to_have_count(1)


@pytest.mark.parametrize("folder", FOLDERS)
def test_copies_are_what_the_command_prints(clean_tab: Tab, site_address: str, folder: str) -> None:
    """JSON and Markdown from the page are those of the command over the same site."""
    t = spoken(folder)
    clean_tab.page.add_init_script(CLIPBOARD)
    page = clean_tab.goto(folder + STORY)
    made = json.loads(copied(page, t("plan.copy-json")))
    said = run(*ASKED, "--json", kb=site_address).json
    for kind in ("entered", "step", "unknown", "carried", "left"):
        for one in (*made[kind], *said[kind]):
            # The command knows where the site is to be published; the test serves it elsewhere.
            one["url"] = one["url"].rpartition("/advisories/")[2]
    assert made == said
    page.evaluate("delete window.copied")
    text = copied(page, t("plan.copy-markdown"))
    printed = run(*ASKED, "--format", "markdown", "--lang", t.language, kb=site_address).out
    assert without_addresses(text) == without_addresses(printed)


def without_addresses(text: str) -> list[str]:
    """Lines without the address before a record's page."""
    return [line.rpartition("/advisories/")[2] for line in text.splitlines()]


def test_ticks_are_kept_for_the_step(clean_tab: Tab) -> None:
    """A tick survives a reload and another answer, is copied with the plan, and is another one for
    another step."""
    clean_tab.page.add_init_script(CLIPBOARD)
    page = clean_tab.goto(STORY)
    key = "test-networking-before-upgrade/1"
    box = page.locator(f"[data-step='{key}']")
    box.check()
    page.reload()
    expect(box).to_be_checked()
    page.locator("[data-fact='ipset-modules'] select").select_option("present")
    expect(page.locator("[data-fact='ipset-modules']")).not_to_have_attribute("data-needed", "")
    expect(box).to_be_checked()
    assert copied(page, spoken("")("plan.copy-markdown")).count("- [x]") == 1
    clean_tab.goto(STORY.replace("27.5.1", "27.5.0"))
    expect(page.locator(f"[data-step='{key}']")).not_to_be_checked()


def test_a_default_that_moves_is_said(clean_tab: Tab) -> None:
    """Who answers with the default of the release they leave is told that it changes; setting it by
    hand is a tick, and the address keeps it."""
    page = clean_tab.goto(
        "plan/?product=docker-engine&from=28.5.2&to=29.0.0"
        "&traefik=3.5.0&traefik.provider=docker&docker-engine.min-api=1.24"
    )
    slug = page.locator("#entered ~ .cv-bites").first
    expect(slug).to_contain_text("CAV-2025-0002")
    moves = page.locator("[data-fact='docker-engine.min-api'] .cv-plan-moves")
    expect(moves).to_contain_text("1.44")
    moves.get_by_role("checkbox").check()
    expect(page.locator(".cv-plan-result")).not_to_contain_text("CAV-2025-0002")
    assert query(page)["kept"] == "docker-engine.min-api"


def test_older_is_a_plan_as_well(clean_tab: Tab) -> None:
    """Going back says what one leaves and that nothing is a clean landing."""
    t = spoken("")
    page = clean_tab.goto("plan/?product=docker-engine&from=29.0.0&to=27.5.1&defaults=yes")
    expect(page.locator(".cv-plan-landing")).to_contain_text(
        t("plan.landing-none-down", to="27.5.1", from_="29.0.0")
    )
    expect(page.get_by_label(t("plan.defaults"))).to_be_checked()


def test_what_was_said_is_remembered_and_can_be_forgotten(clean_tab: Tab) -> None:
    """The next plan begins with this host's release and traits; the reader sees it and can undo
    it. What a link says is not kept: it may be about somebody else's host."""
    page = clean_tab.goto(STORY)
    expect(page.locator(".cv-plan-verdict")).to_be_visible()
    clean_tab.goto("plan/")
    page.locator("#plan-product").select_option("docker-engine")
    expect(page.locator("#plan-to")).to_be_enabled()
    expect(page.locator("#plan-from")).to_have_value("")
    page.locator("#plan-from").select_option("27.5.1")
    page.locator("#plan-to").select_option("28.0.0")
    mode = page.locator("[data-fact='docker-engine.mode'] select")
    expect(mode).to_have_value("")
    mode.select_option("rootless")
    clean_tab.goto("plan/")
    page.locator("#plan-product").select_option("docker-engine")
    expect(page.locator("#plan-from")).to_have_value("27.5.1")
    page.locator("#plan-to").select_option("28.0.0")
    expect(mode).to_have_value("rootless")
    page.get_by_role("button", name=spoken("")("plan.forget")).click()
    expect(mode).to_have_value("")
    assert "docker-engine.mode" not in query(page)


@pytest.mark.parametrize("version", ["v27.5.1", "5:27.5.1-1~debian.12~bookworm"])
def test_a_packages_number_is_understood(clean_tab: Tab, version: str) -> None:
    """A link may name a release as its package does."""
    page = clean_tab.goto(f"plan/?product=docker-engine&from={quote(version)}&to=28.0.0")
    expect(page.locator("#plan-from")).to_have_value("27.5.1")
    expect(page.locator(".cv-plan-verdict")).to_be_visible()


def test_what_the_address_makes_up_is_named(clean_tab: Tab) -> None:
    """A release or a value that nobody knows is left out and said."""
    page = clean_tab.goto(f"{STORY}&docker-engine.swarm=perhaps")
    expect(page.locator(".cv-plan-host .cv-last")).to_contain_text("perhaps")
    page = clean_tab.goto("plan/?product=docker-engine&from=27.5.1&to=99")
    expect(page.locator(".cv-plan-said")).to_contain_text(spoken("")("plan.choose-both"))
    expect(page.locator(".cv-plan-said code")).to_have_text("99")
    page = clean_tab.goto("plan/?product=nothing")
    expect(page.locator("#plan-product")).to_have_value("")


def test_a_lost_connection_can_be_tried_again(tab: Tab) -> None:
    """Where the records cannot be fetched the page says so, and a second try works."""
    tab.page.route("**/product/docker-engine.json", lambda route: route.abort(), times=1)
    page = tab.goto(STORY)
    expect(page.locator(".cv-plan-said")).to_be_visible()
    page.locator(".cv-plan-said button").click()
    expect(page.locator(".cv-plan-verdict")).to_be_visible()


@pytest.mark.parametrize("folder", FOLDERS)
def test_without_scripts_the_command_is_named(plain: Tab, folder: str) -> None:
    """The page says what does the same and leads to the products; no dead form is shown."""
    page = plain.goto(f"{folder}plan/")
    expect(page.locator(".cv-plan-plain code").first).to_contain_text("caveat plan docker-engine")
    assert page.locator(".cv-plan-plain a").count() > 5
    expect(page.locator(".cv-plan-form")).to_be_hidden()


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fits_a_phone(chromium: object, site_address: str, folder: str, scheme: str) -> None:
    """At 360 pixels nothing sticks out, every choice has a name, and what is pressed is large
    enough for a finger."""
    size = {"width": 360, "height": 740}
    with open_tab(chromium, site_address, viewport=size, color_scheme=scheme) as tab:  # type: ignore[arg-type]
        page = tab.goto(folder + STORY)
        expect(page.locator(".cv-plan-verdict")).to_be_visible()
        page.evaluate(
            "document.querySelectorAll('.cv-plan details').forEach((one) => one.open = true)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
        nameless = page.locator("#plan select").evaluate_all(
            "all => all.filter((one) => !one.labels.length).map((one) => one.id)"
        )
        assert nameless == []
        small = page.locator("#plan :is(button, select):visible").evaluate_all(
            """all => all.filter((one) => one.getBoundingClientRect().height < 24)
                .map((one) => one.outerHTML)"""
        )
        assert small == []
        assert tab.errors == []


def test_the_other_language_plans_the_same_step(clean_tab: Tab) -> None:
    """The link to the other language carries the address along."""
    page = clean_tab.goto(STORY)
    page.locator("#plan-to").select_option("28.0.1")
    page.locator("a.caveat-language").first.click()
    expect(page.locator("#plan-to")).to_have_value("28.0.1")
    assert "/zh/plan/" in page.url
