"""Takes the preview of a record with problems; shows that it fits, and that axe finds nothing."""

import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.test_accessibility import OPTIONS
from tests.support.browser import open_tab
from tests.support.checkout import Checkout
from tests.support.server import serve

pytestmark = pytest.mark.browser

RECORD = "advisories/records/2025/CAV-2025-0001.yml"


@pytest.fixture(scope="module")
def previewed(copied: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two previews beside each other: `shown` has a page below its problems, `broken` has none."""
    folder = tmp_path_factory.mktemp("previewed")
    changes = {
        "shown": ("zh: 以常规", "zh: 以<b>常规"),
        "broken": ("title:\n  en: ", "title:\n  en: A: "),
    }
    for name, (old, new) in changes.items():
        with copied.edited(RECORD) as path:
            path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
            command = ("scripts/preview.py", "CAV-2025-0001", "--once", str(folder / name))
            done = copied.run(*command)
        assert done.returncode == 0, done.stderr
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
@pytest.mark.parametrize("state", ["shown", "broken"])
def test_preview_is_accessible_and_fits(
    chromium: Browser, previewed: Path, state: str, width: int, scheme: str
) -> None:
    """Both languages: no violation, nothing wider than the screen, and the place is in sight."""
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    with serve(previewed / state, "/") as address, open_tab(chromium, address, **options) as tab:
        for language in ("", "zh/"):
            page = tab.goto(f"{language}advisories/CAV-2025-0001/")
            page.wait_for_timeout(300)
            found = Axe().run(page, options=OPTIONS).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            mark = page.locator(".cv-problems mark").first
            assert mark.is_visible()
            box = mark.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= width
