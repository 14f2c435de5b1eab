"""Takes a site whose every text is a payload; shows that none of them runs in a browser, and none
brings anything into a page, whatever its scripts do there."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support.allowed import ELEMENTS, in_html, own_scripts
from tests.support.browser import Tab, open_tab
from tests.support.checkout import Checkout
from tests.support.payloads import PAYLOADS
from tests.support.poisoned import write_poisoned
from tests.support.server import serve

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
UNRULY = ROOT / "tests" / "support" / "unruly.py"
#: What tables and terminals obey means nothing to a browser.
MEANT = {name: one for name, one in PAYLOADS.items() if not name.startswith(("table", "terminal"))}
RAN = "a payload ran"
#: In the page and in each frame of it: a payload that runs is told. The site's own policy, which
#: would stop some of them, is switched off.
CANARY = f"window.__hit = () => console.error({RAN!r}, location.href);"
#: Pages are opened in frames, a few at once, and looked at when their scripts have had their turn.
WALK = """async ([addresses, allowed]) => {
  const found = [];
  const look = (page, address) => {
    for (const element of page.querySelectorAll("*")) {
      const tag = element.localName;
      if (!allowed.includes(tag)) found.push(`${address}: <${tag}>`);
      for (const { name, value } of element.attributes) {
        if (name.startsWith("on") || name === "srcdoc") found.push(`${address}: ${tag} ${name}`);
        if (/^(href|src|action|formaction|xlink:href)$/.test(name) && element[name] !== undefined) {
          const scheme = new URL(value, page.baseURI).protocol;
          if (!/^(https?|blob):$/.test(scheme)) found.push(`${address}: ${tag} ${name}=${value}`);
        }
      }
    }
  };
  const open = (address) => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.style.cssText = "width:1280px;height:900px";
    frame.onload = async () => {
      await new Promise((wait) => setTimeout(wait, 60));
      for (const one of frame.contentDocument.querySelectorAll("details")) one.open = true;
      look(frame.contentDocument, address);
      frame.remove();
      done();
    };
    frame.src = address;
    document.body.append(frame);
  });
  const waiting = [...addresses];
  const turn = async () => { while (waiting.length) await open(waiting.shift()); };
  await Promise.all(Array.from({ length: 6 }, turn));
  return found;
}"""
LOOK = """(allowed) => [...document.querySelectorAll("*")].flatMap((element) => [
  ...(allowed.includes(element.localName) || element.localName.startsWith("pagefind-") ? []
    : [element.localName]),
  ...[...element.attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => name),
])"""
#: What scripts of the site and of the search add to what templates write.
ADDED = (
    "output",
    "mark",
    "template",
    "style",
    "dialog",
    "meter",
    "br",
    "kbd",
    "slot",
    "small",
    "search",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built by MkDocs with the rules switched off."""
    checkout = Checkout.of(ROOT, tmp_path_factory.mktemp("unruly"))
    shutil.rmtree(checkout.root / "advisories")
    write_poisoned(checkout.root, MEANT)
    shutil.copy2(UNRULY, checkout.root / "unruly.py")
    target = checkout.root / "site"
    done = checkout.run("unruly.py", "build", "--site-dir", str(target))
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serve(site, "/") as where:
        yield where


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Tab]:
    """A tab that knows what a payload would do, and in the end has seen none of it."""
    with open_tab(chromium, address, bypass_csp=True) as opened:
        opened.page.context.add_init_script(CANARY)
        opened.page.on("dialog", lambda dialog: opened.errors.append(dialog.message))
        yield opened
        assert [error for error in opened.errors if RAN in error or "dialog" in error] == []
        assert opened.foreign == []


def pages(site: Path) -> list[str]:
    """Every page, by its path."""
    found = (path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return sorted(path for path in found if "pagefind/" not in path)


def test_the_canary_sings(tab: Tab) -> None:
    """A payload that gets into a page is seen."""
    tab.goto("")
    tab.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=__hit()>')"
    )
    tab.page.wait_for_timeout(300)
    assert any(RAN in error for error in tab.errors)
    tab.errors.clear()


def test_no_page_holds_more_than_its_own(site: Path) -> None:
    """The theme's part of a page as well: its title, its description, its contents."""
    texts = {path: (site / path).read_text(encoding="utf-8") for path in pages(site)}
    scripts = {one for path in ("404.html", "about/index.html") for one in own_scripts(texts[path])}
    found = [f"{path}: {fault}" for path, text in texts.items() for fault in in_html(text, scripts)]
    assert found == []


def test_no_payload_runs_on_any_page(tab: Tab, site: Path) -> None:
    """Every record and every kind of page in English, some records in Chinese (the others are there
    as files, which another test reads), with the site's scripts."""
    wanted = [
        path
        for number, path in enumerate(pages(site))
        if not path.startswith(("alias/", "zh/alias/", "zh/products/", "zh/checklists/"))
        and not (path.startswith("zh/advisories/") and number % 6)
        and not re.match(r"products/(proxy-\d+/1|engine-\d+/1)", path)
    ]
    tab.page.context.route("**/*.{css,png,woff2}", lambda route: route.abort())
    page = tab.goto("404.html")
    allowed = [*sorted(ELEMENTS), *ADDED]
    assert page.evaluate(WALK, [[tab.base + path for path in wanted], allowed]) == []


def test_no_name_leads_into_a_payload(tab: Tab, site: Path) -> None:
    """Pages of names send their readers on by themselves; one of each language is followed."""
    for folder in ("", "zh/"):
        first = next(path for path in pages(site) if path.startswith(f"{folder}alias/record-1/"))
        page = tab.goto(first.removesuffix("index.html"))
        expect(page).to_have_url(re.compile("advisories/CAV-2025-0001/"))


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_no_payload_runs_when_a_page_is_used(tab: Tab, folder: str) -> None:
    """The panel of a record, the finder, the planner, the catalogue and the search show texts that
    they fetch."""
    allowed = [*sorted(ELEMENTS), *ADDED]
    page = tab.goto(f"{folder}find/")
    page.locator("textarea").first.fill("\n".join(MEANT.values()))
    page.locator("form:has(textarea) button[type=submit], form:has(textarea) button").first.click()
    page.wait_for_timeout(1500)
    assert page.evaluate(LOOK, allowed) == []
    for group in range(0, len(MEANT) // 5, 4):
        page = tab.goto(f"{folder}plan/?product=engine-{group}&from=1.1.2&to=2.0.0")
        page.wait_for_timeout(150)
        assert page.evaluate(LOOK, allowed) == []
    for number in range(1, len(MEANT), 20):
        page = tab.goto(f"{folder}advisories/CAV-2025-{number:04}/")
        page.locator("#affects-me").scroll_into_view_if_needed()
        for choice in page.locator("select").all()[:3]:
            if choice.is_visible():
                choice.select_option(index=1)
        page.wait_for_timeout(150)
        assert page.evaluate(LOOK, allowed) == []
    page = tab.goto(f"{folder}advisories/")
    page.keyboard.press("Control+k")
    page.wait_for_timeout(800)
    page.keyboard.type("hit script evil")
    page.wait_for_timeout(1500)
    assert page.evaluate(LOOK, allowed) == []
