"""Takes the panel "does it affect me?"; shows that it answers by mouse, keyboard and address."""

import json
import random
import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase
from tests.support.browser import Tab, open_tab, type_choice
from tests.support.lookup import number

pytestmark = pytest.mark.browser

ADVISORY = "advisories/CAV-2025-0001/"
TMPFS = "advisories/CAV-2025-0032/"
TWO = "advisories/CAV-2025-0007/"
STATE = "docker-engine=28.0.0&docker-engine.mode=rootless"
AFFECTED = f"{STATE}&docker-engine.port-driver=slirp4netns"
HERE = "#affects-me"
SAID = {
    "": ("Affected", "Not affected", "Cannot tell yet: run this"),
    "zh/": ("受影响", "不受影响", "还不能判断，请运行下面的命令"),
}


def verdict(page: Page) -> Locator:
    """The answer in the live region."""
    return page.locator(".cv-answer [role='status']")


def row(page: Page, fact: str) -> Locator:
    """The condition of one fact."""
    return page.locator(f"[data-fact='{fact}']")


def radio(page: Page, fact: str, value: str) -> Locator:
    """A value to choose."""
    return row(page, fact).locator(f"input[value='{value}']")


def opened(tab: Tab, path: str = ADVISORY) -> Page:
    """The page, once its panel is there."""
    page = tab.goto(path + ("" if "#" in path else HERE))
    expect(verdict(page)).to_be_visible()
    return page


def test_answers_that_do_not_come_are_asked_for_again(tab: Tab) -> None:
    """Off line the conditions stay a plain list; the panel comes once the browser is back."""
    tab.page.route("**/answers.json", lambda route: route.abort(), times=1)
    with tab.page.expect_event("requestfailed"):
        page = tab.goto(ADVISORY + HERE)
    expect(row(page, "docker-engine")).to_be_visible()
    expect(verdict(page)).to_have_count(0)
    page.context.set_offline(offline=True)
    page.context.set_offline(offline=False)
    expect(verdict(page)).to_be_visible()


@pytest.mark.parametrize("folder", SAID)
def test_the_story_of_the_port_driver(clean_tab: Tab, folder: str) -> None:
    """28.0.0, rootless, slirp4netns is affected; with builtin it is not; without the port driver
    nobody can tell, and the command that tells stands there."""
    affected, fine, run = SAID[folder]
    page = opened(clean_tab, folder + ADVISORY)
    row(page, "docker-engine").locator("select").select_option("28.0.0")
    radio(page, "docker-engine.mode", "rootless").check()
    expect(verdict(page)).to_contain_text(run)
    driver = row(page, "docker-engine.port-driver")
    expect(driver.locator(".cv-code code")).to_contain_text("PortDriver")
    expect(driver.locator(".cv-code code")).to_be_visible()
    expect(row(page, "docker-engine.mode").locator(".cv-code")).to_be_hidden()
    radio(page, "docker-engine.port-driver", "slirp4netns").check()
    expect(verdict(page).locator("strong")).to_have_text(affected)
    radio(page, "docker-engine.port-driver", "builtin").check()
    expect(verdict(page).locator("strong")).to_have_text(fine)
    radio(page, "docker-engine.port-driver", "").check()
    expect(verdict(page)).to_contain_text(run)


def test_reason_and_source_stand_with_the_answer(clean_tab: Tab) -> None:
    """Why, how sure, and who says so; from an affected host the way on."""
    page = opened(clean_tab, f"{ADVISORY}?{AFFECTED}")
    box = page.locator(".cv-answer")
    expect(box).to_contain_text("every condition holds")
    expect(box.locator("a[href='#ref-issue-49499']")).to_be_visible()
    expect(box.locator("a[href='#workarounds']")).to_be_visible()


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_fixed_is_not_all_where_it_came_back(clean_tab: Tab, folder: str) -> None:
    """The answer leads to the record of the release that has it again, with the same host."""
    host = AFFECTED.replace("28.0.0", "29.0.0")
    page = opened(clean_tab, f"{folder}{ADVISORY}?{host}")
    box = page.locator(".cv-answer")
    expect(box).to_have_attribute("data-state", "fixed")
    box.locator("a[href*='CAV-2025-0007']").click()
    expect(page).to_have_url(re.compile(rf"/CAV-2025-0007/\?{re.escape(host)}#affects-me$"))
    expect(page.locator(".cv-answer")).to_have_attribute("data-state", "affected")


def test_an_affected_host_reads_who_feels_it(clean_tab: Tab) -> None:
    """Where a record narrows it to some containers, the answer leads to the text that does."""
    page = opened(clean_tab, f"{TMPFS}?runc=1.3.3")
    page.locator(".cv-answer a", has_text="Who feels it").click()
    expect(page.locator("#effect-1")).to_be_in_viewport()
    assert page.url.endswith("#effect-1")


def test_the_address_holds_the_state(clean_tab: Tab) -> None:
    """A choice is in the address at once, and the address brings it back, in both languages."""
    page = opened(clean_tab)
    row(page, "docker-engine").locator("select").select_option("28.0.0")
    radio(page, "docker-engine.mode", "rootless").check()
    assert page.url.endswith(f"{ADVISORY}?{STATE}{HERE}")
    radio(page, "docker-engine.port-driver", "slirp4netns").check()
    page.goto(page.url)
    expect(verdict(page).locator("strong")).to_have_text("Affected")
    expect(page.locator(".cv-first-answer")).to_contain_text("Affected")
    page.locator("a.caveat-language").click()
    expect(verdict(page).locator("strong")).to_have_text("受影响")
    assert f"zh/{ADVISORY}?{AFFECTED}" in page.url


def test_the_link_of_a_runbook_can_be_copied(chromium: Browser, site_address: str) -> None:
    """The button puts the address of this answer on the clipboard, anchor included."""
    options: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}
    with open_tab(chromium, site_address, **options) as tab:
        page = opened(tab, f"{ADVISORY}?{AFFECTED}")
        page.get_by_role("button", name="Copy the link to this answer").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == f"{site_address}{ADVISORY}?{AFFECTED}{HERE}"


def test_other_parameters_and_strange_values_do_no_harm(clean_tab: Tab) -> None:
    """What is not ours stays in the address; what is not in the catalogue is said, not guessed."""
    page = opened(clean_tab, f"{ADVISORY}?from=wiki&docker-engine=99.9.9")
    expect(page.locator(".cv-last")).to_contain_text("99.9.9")
    expect(verdict(page)).to_contain_text("Cannot tell yet")
    radio(page, "docker-engine.mode", "rootful").check()
    expect(verdict(page).locator("strong")).to_have_text("Not affected")
    assert "?from=wiki&docker-engine.mode=rootful" in page.url


def test_answers_are_remembered_visibly_and_can_be_forgotten(clean_tab: Tab) -> None:
    """The next advisory of the product starts from them, says so, and one button clears them."""
    page = opened(clean_tab)
    row(page, "docker-engine").locator("select").select_option("29.0.0")
    radio(page, "docker-engine.mode", "rootless").check()
    page = opened(clean_tab, TWO)
    last = page.locator(".cv-last")
    expect(last).to_contain_text("From your last visit:")
    expect(last).to_contain_text("29.0.0")
    expect(last).to_contain_text("rootless")
    expect(row(page, "docker-engine").locator("select")).to_have_value("29.0.0")
    assert "?" not in page.url, "a plain address stays one until something is chosen"
    last.get_by_role("button").click()
    expect(last).to_be_hidden()
    expect(row(page, "docker-engine").locator("select")).to_have_value("")
    page = opened(clean_tab)
    expect(page.locator(".cv-last")).to_be_hidden()
    expect(row(page, "docker-engine").locator("select")).to_have_value("")


def test_a_link_is_stronger_than_memory(clean_tab: Tab) -> None:
    """Who follows a runbook's link sees what the runbook says, and keeps what was remembered."""
    page = opened(clean_tab)
    radio(page, "docker-engine.mode", "rootful").check()
    page = opened(clean_tab, f"{ADVISORY}?{AFFECTED}")
    expect(verdict(page).locator("strong")).to_have_text("Affected")
    page = opened(clean_tab)
    expect(radio(page, "docker-engine.mode", "rootful")).to_be_checked()


def test_it_works_where_storage_is_denied(chromium: Browser, site_address: str) -> None:
    """A browser that keeps nothing still answers."""
    with open_tab(chromium, site_address) as tab:
        denied = "{ get() { throw new Error('denied'); } }"
        tab.page.add_init_script(f"Object.defineProperty(window, 'localStorage', {denied})")
        page = opened(tab)
        radio(page, "docker-engine.mode", "rootful").check()
        expect(verdict(page).locator("strong")).to_have_text("Not affected")


def test_by_keyboard_alone(clean_tab: Tab) -> None:
    """Tab reaches each choice, arrows choose, and the focus stays where it is."""
    page = opened(clean_tab)
    row(page, "docker-engine").locator("select").focus()
    type_choice(page, "28.0.0")
    expect(row(page, "docker-engine").locator("select")).to_have_value("28.0.0")
    radio(page, "docker-engine.mode", "").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(radio(page, "docker-engine.mode", "rootless")).to_be_checked()
    expect(radio(page, "docker-engine.mode", "rootless")).to_be_focused()
    expect(verdict(page)).to_contain_text("Cannot tell yet: run this")
    page.locator(".cv-needs a").focus()
    page.keyboard.press("Enter")
    expect(radio(page, "docker-engine.port-driver", "")).to_be_focused()
    unfold = row(page, "docker-engine.mode").get_by_role("button", name="How to find out")
    expect(unfold).to_have_attribute("aria-expanded", "false")
    unfold.focus()
    page.keyboard.press("Enter")
    expect(unfold).to_have_attribute("aria-expanded", "true")
    expect(row(page, "docker-engine.mode").locator(".cv-code")).to_be_visible()


def test_a_choice_stays_under_the_finger(clean_tab: Tab) -> None:
    """What folds above does not move what was just chosen."""
    page = opened(clean_tab)
    choice = radio(page, "docker-engine.port-driver", "builtin")
    choice.scroll_into_view_if_needed()
    before = choice.bounding_box()
    choice.check()
    after = choice.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) <= 1


def test_a_step_is_asked_where_a_record_needs_one(clean_tab: Tab) -> None:
    """Who names the version that an upgrade leaves finds it in the address, but not in the
    browser's memory: a step is taken once."""

    def with_step(route: Route) -> None:
        made = route.fetch().json()
        step = {"kind": "leaves", "of": "docker-engine", "size": 1, "runs": [[1000, 0]]}
        made["records"][0]["facts"].append(step)
        made["names"].append({"name": "Coming from"})
        route.fulfill(json=made)

    clean_tab.page.route("**/answers.json", with_step)
    page = opened(clean_tab)
    page.get_by_label("Coming from").select_option("27.5.1")
    assert "?docker-engine:from=27.5.1" in page.url
    row(page, "docker-engine").locator("select").first.select_option("28.0.0")
    page = opened(clean_tab)
    expect(row(page, "docker-engine").locator("select").first).to_have_value("28.0.0")
    expect(page.get_by_label("Coming from")).to_have_value("")


@pytest.mark.parametrize("anchor", ["impact", "workarounds", "symptoms"])
def test_a_link_to_a_section_shows_its_heading(
    chromium: Browser, site_address: str, anchor: str
) -> None:
    """Neither the panel, which changes its height as it comes, nor its answer lies over it: as a
    page is opened, and as one goes there from the answer."""
    with open_tab(chromium, site_address, viewport={"width": 360, "height": 740}) as tab:
        page = tab.goto(f"{ADVISORY}#{anchor}")
        heading = page.locator(f"#{anchor}")
        expect(heading).to_be_in_viewport()
        assert _on_top(heading)
        page = tab.goto(f"{ADVISORY}?{AFFECTED}{HERE}")
        page.locator(".cv-answer").wait_for()
        page.evaluate("(anchor) => { location.hash = anchor; }", anchor)
        expect(heading).to_be_in_viewport()
        assert _on_top(heading)


def _on_top(heading: Locator) -> bool:
    """Nothing lies over the middle of the heading, which is in the upper half of the screen."""
    return bool(
        heading.evaluate(
            """(one) => {
              const { left, top, height } = one.getBoundingClientRect();
              const found = document.elementFromPoint(left + 5, top + height / 2);
              return one.contains(found) && top < innerHeight / 2;
            }"""
        )
    )


def test_narrow_screens_hold_it(chromium: Browser, site_address: str) -> None:
    """At 360 px nothing sticks out, the answer stays in sight, and a finger hits a choice."""
    size = {"width": 360, "height": 740}
    with open_tab(chromium, site_address, viewport=size) as tab:
        page = opened(tab, f"zh/{ADVISORY}?{AFFECTED}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.locator("[data-fact='docker-engine.port-driver'] h3").scroll_into_view_if_needed()
        expect(verdict(page)).to_be_in_viewport()
        for label in page.locator(".cv-radios label").all():
            assert (label.bounding_box() or {"height": 0})["height"] >= 24


def test_without_scripts_the_list_and_its_commands_stay(plain: Tab) -> None:
    """Every condition with its command; nothing that needs a script is offered."""
    page = plain.goto(ADVISORY)
    rows = page.locator(".cv-conditions > li")
    assert rows.count() == 3
    for one in rows.all():
        expect(one.locator("pre code")).to_be_visible()
    assert page.locator(".cv-conditions :is(select, input, button:visible)").count() == 0


def test_nothing_is_fetched_before_it_is_wanted(tab: Tab) -> None:
    """A reader who stays on the first screen pays nothing for the panel."""
    tab.page.set_viewport_size({"width": 1280, "height": 400})
    tab.goto(ADVISORY)
    assert not [url for url in tab.requests if re.search(r"answers\.json|lib/panel\.js", url)]


def test_the_browser_looks_up_what_the_engine_says(tab: Tab, kb: KnowledgeBase) -> None:
    """The lookup in the browser agrees with the description of the form for random hosts of every
    record, several values of a trait included."""
    chance, answers = random.Random(4), Answers(kb)
    page = tab.goto(ADVISORY)
    for record in kb.published:
        made = answers.of_record(record)
        hosts, wanted = [], []
        for _ in range(60):
            versions, leaves, traits = _host(chance, made)
            wanted.append(number(made, made["records"][0], versions, traits, leaves))
            steps = {f"{product}:from": [version] for product, version in leaves.items()}
            hosts.append({**{p: [v] for p, v in versions.items()}, **steps, **traits})
        found = page.evaluate(
            """async ([address, form, hosts]) => {
                const own = document.querySelector("script[src$='panel.js']").src;
                const { lookUp } = await import(new URL(address, own));
                const known = (host) => new Map(Object.entries(host));
                return hosts.map((host) => lookUp(form, form.records[0], known(host)));
            }""",
            ["lib/answers.js", json.loads(json.dumps(made)), hosts],
        )
        assert found == wanted, record.id


def _host(
    chance: random.Random, made: dict[str, Any]
) -> tuple[dict[str, str], dict[str, str], dict[str, list[str]]]:
    """Any versions, steps and values, or none."""
    versions, leaves, traits = {}, {}, {}
    for fact in made["records"][0]["facts"]:
        if chance.random() < 0.25:
            continue
        if fact["kind"] == "trait":
            values = sorted(fact["values"])
            traits[fact["of"]] = chance.sample(values, chance.choice([1, 1, min(2, len(values))]))
            continue
        release = chance.choice(made["products"][fact["of"]]["releases"])["version"]
        (versions if fact["kind"] == "version" else leaves)[fact["of"]] = release
    return versions, leaves, traits
