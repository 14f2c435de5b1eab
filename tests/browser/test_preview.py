"""Takes the preview of a record; shows that it fits, that axe finds nothing, and that an open page
follows the file."""

import os
import shutil
import signal
import socket
from pathlib import Path
from subprocess import Popen

import pytest
from playwright.sync_api import Browser, Error, Page

from tests.support.axe import violations
from tests.support.browser import open_tab, until
from tests.support.checkout import Checkout
from tests.support.server import serve

pytestmark = pytest.mark.browser

PATIENCE = 60
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
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            mark = page.locator(".cv-problems mark").first
            assert mark.is_visible()
            box = mark.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= width


def test_open_page_follows_the_file(chromium: Browser, copied: Checkout, tmp_path: Path) -> None:
    """A save reloads the page that is open, be the record sound or broken, in both languages; an
    interrupt ends the server without a traceback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    log = tmp_path / "log"
    process = copied.start("scripts/preview.py", "CAV-2025-0001", "--address", address, log=log)
    seen = "text => document.body.innerText.includes(text)"
    try:
        with open_tab(chromium, f"http://{address}/") as tab:
            page = _opened(tab.page, f"http://{address}/advisories/CAV-2025-0001/", process)
            until(page, seen, "Nothing is wrong", PATIENCE)
            with copied.edited(RECORD) as path:
                text = path.read_text("utf-8")
                path.write_text(
                    text.replace("title:\n  en: ", "title:\n  en: Edited: ", 1), "utf-8"
                )
                until(page, seen, "a colon and a space", PATIENCE)
                path.write_text(text.replace("title:\n  en: ", "title:\n  en: Edited ", 1), "utf-8")
                until(page, seen, "Edited Rootless Docker", PATIENCE)
                page.goto(f"http://{address}/zh/advisories/CAV-2025-0001/")
                until(page, seen, "错误 0 处", PATIENCE)
            assert tab.foreign == []
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(30) in (0, 130)
    finally:
        process.kill()
        process.wait()
    assert "Traceback" not in log.read_text()


def _opened(page: Page, url: str, process: Popen[bytes]) -> Page:
    """The page, as soon as the server answers."""
    for _ in range(PATIENCE * 2):
        assert process.poll() is None, "the preview ended"
        try:
            page.goto(url)
        except Error:
            page.wait_for_timeout(500)
        else:
            return page
    raise AssertionError("the preview does not answer")
