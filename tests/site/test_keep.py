"""Takes two sites of which the second replaces the first; shows that a page loaded before finds its
assets after, and that they do not stay for ever."""

import json
from pathlib import Path

import pytest

from caveat.publishing import keep, naming, staging
from tests.support.browser import open_tab
from tests.support.checkout import Checkout
from tests.support.server import serve
from tests.support.six import six_checkout

DAY = 24 * 3600
ASSETS = (
    "scripts-0a1b2c3d/lib/find/page.js",
    "styles-0a1b2c3d/10-base.css",
    "zh/scripts-0a1b2c3d/find.js",
    "assets/javascripts/bundle.a5f9d56c.min.js",
    "assets/stylesheets/main.57a0d79d.min.css",
    "pagefind/fragment/en_1234567.pf_fragment",
    "zh/pagefind/index/zh_1234567.pf_index",
    "pagefind/pagefind.en_01234.pf_meta",
    "find/terms-0a1b2c3d/17.json",
)
OTHERS = (
    "index.html",
    "advisories/CAV-2025-0001/index.html",
    "pagefind/pagefind.js",
    "pagefind/pagefind-entry.json",
    "find/index.json",
    "assets/mark.svg",
    "scripts-0a1b2c3/short.js",
    "api/v1/index.json",
)


def tree(root: Path, *paths: str) -> Path:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path)
    root.mkdir(exist_ok=True)
    return root


def files(root: Path) -> set[str]:
    return {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}


def test_assets_stay_and_nothing_else(tmp_path: Path) -> None:
    """What is named by its content; pages and data are the new ones."""
    old, new = tree(tmp_path / "old", *ASSETS, *OTHERS), tree(tmp_path / "new", "index.html")
    assert keep.assets(old, new, 1000) == len(ASSETS)
    assert files(new) == {*ASSETS, "index.html", keep.LIST}
    assert (new / ASSETS[0]).read_text() == ASSETS[0]


def test_what_the_new_site_has_is_not_kept(tmp_path: Path) -> None:
    """It is in use: no day is counted for it, and its bytes are the new site's."""
    old, new = tree(tmp_path / "old", *ASSETS), tree(tmp_path / "new", *ASSETS)
    (new / ASSETS[0]).write_text("new")
    assert keep.assets(old, new, 1000) == 0
    assert not (new / keep.LIST).exists()
    assert (new / ASSETS[0]).read_text() == "new"


@pytest.mark.parametrize(("days", "there"), [(1, True), (14, True), (15, False), (-1, False)])
def test_the_day_counts_from_when_it_left(tmp_path: Path, days: int, there: bool) -> None:
    """Over any number of publications in between; a clock that went back keeps nothing for ever."""
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    keep.assets(tree(first, ASSETS[0]), tree(second), 100 * DAY)
    keep.assets(second, tree(third), 100 * DAY + days * DAY)
    assert (third / ASSETS[0]).exists() == there


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": "b"}', "\xff"])
def test_a_list_that_is_none_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    """Whatever stands in it, the build goes on."""
    old = tree(tmp_path / "old", ASSETS[0])
    (old / keep.LIST).write_text(text, "latin-1")
    assert keep.assets(old, tree(tmp_path / "new"), 1000) == 1


def test_no_link_leads_out(tmp_path: Path) -> None:
    """A link among the assets is not followed, and not kept."""
    old, secret = tree(tmp_path / "old", ASSETS[1]), tree(tmp_path / "secret", "key")
    (old / ASSETS[0]).parent.mkdir(parents=True)
    (old / ASSETS[0]).symlink_to(secret / "key")
    new = tree(tmp_path / "new")
    assert keep.assets(old, new, 1000) == 1
    assert not (new / ASSETS[0]).exists()


def test_a_first_site_keeps_nothing(tmp_path: Path) -> None:
    """There is no old one."""
    assert keep.assets(tmp_path / "none", tree(tmp_path / "new"), 1000) == 0


def test_names_follow_from_content(tmp_path: Path) -> None:
    """The same files, the same name; a byte or a name more, another; the other folder stays."""
    theme = tree(tmp_path, "styles/a.css", "scripts/a.js", "scripts/lib/b.js")
    before = naming.published(theme)
    assert naming.published(theme) == before
    assert naming.place("scripts/lib/b.js", before) == f"{before['scripts']}/lib/b.js"
    assert naming.place("assets/mark.svg", before) == "assets/mark.svg"
    (theme / "scripts/lib/b.js").write_text("changed")
    changed = naming.published(theme)
    assert changed["scripts"] != before["scripts"]
    assert changed["styles"] == before["styles"]
    (theme / "scripts/lib/b.js").rename(theme / "scripts/lib/c.js")
    assert naming.published(theme)["scripts"] not in (before["scripts"], changed["scripts"])


@pytest.fixture(scope="module")
def checkout(six: Path, tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """The six records with their site, to publish anew."""
    made = six_checkout(tmp_path_factory.mktemp("again"))

    def copy(folder: Path) -> None:
        """The site that the session built."""
        for path in (six / "site").rglob("*"):
            if path.is_file():
                to = folder / path.relative_to(six / "site")
                to.parent.mkdir(parents=True, exist_ok=True)
                to.write_bytes(path.read_bytes())

    staging.build_and_publish(copy, made.root / "site")
    return made


@pytest.mark.browser
def test_a_page_from_before_works_after(chromium: object, checkout: Checkout) -> None:
    """Loaded from the old site, used on the new one: the planner's module, which it fetches only
    when somebody plans, and the search, whose pieces are those of the old words."""
    site = checkout.root / "site"
    old = {path.name for path in site.glob("scripts-*")}
    with serve(site) as address, open_tab(chromium, address) as tab:
        page = tab.goto("advisories/CAV-2025-0001/")
        script = checkout.root / "docs/theme/scripts/lib/search/dialogue.js"
        script.write_text(script.read_text("utf-8") + "\n// Another build.\n", "utf-8")
        done = checkout.run("scripts/build.py")
        assert done.returncode == 0, done.stderr
        now = {path.name for path in site.glob("scripts-*")}
        assert old < now
        kept = json.loads((site / keep.LIST).read_text())
        assert {name.partition("/")[0] for name in kept} >= old
        page.keyboard.press("Control+k")
        page.locator("pagefind-modal dialog[open]").wait_for()
        asked = [url for url in tab.requests if "lib/search/dialogue.js" in url]
        assert asked
        assert any(name in asked[0] for name in old)
        assert tab.errors == []
