"""Takes a checkout under `mkdocs serve`; shows that an edit is seen, in both languages."""

import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.checkout import Checkout
from tests.support.six import six_checkout

RECORD = "advisories/records/2025/CAV-2025-0001.yml"
PAGE = "advisories/CAV-2025-0001/"
PATIENCE = 60


@dataclass(frozen=True)
class Preview:
    """A running preview."""

    checkout: Checkout
    base: str
    log: Path

    def shows(self, path: str, text: str) -> bool:
        """Whether a page comes to show a text before patience ends."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if text in self.page(path):
                return True
            time.sleep(0.3)
        return False

    def page(self, path: str) -> str:
        """A page as it is now, or nothing while there is none."""
        try:
            with urllib.request.urlopen(self.base + path, timeout=PATIENCE) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return ""


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """`make serve` on a free port, of a checkout of six records."""
    copied = six_checkout(tmp_path_factory.mktemp("served") / "checkout")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("serve") / "log"
    address = f"127.0.0.1:{port}"
    process = copied.start("-m", "mkdocs", "serve", "--dev-addr", address, log=log)
    try:
        running = Preview(copied, f"http://{address}/", log)
        if not running.shows("", "<html"):
            pytest.fail(f"the preview does not start:\n{log.read_text()}")
        yield running
    finally:
        process.kill()
        process.wait()


def replaced(path: Path, pattern: str, text: str) -> None:
    """Edit a file as a person would: one write."""
    before = path.read_text("utf-8")
    after = re.sub(pattern, text, before, count=1, flags=re.MULTILINE)
    assert after != before
    path.write_text(after, "utf-8")


def test_an_edited_record_is_seen_in_both_languages(preview: Preview) -> None:
    """One save, two pages."""
    with preview.checkout.edited(RECORD) as path:
        replaced(
            path,
            r"^(title:\n  en: )(.*)\n(  zh: )(.*)$",
            r"\1Edited title of this advisory\n\3这条公告改过的新标题",
        )
        assert preview.shows(PAGE, "Edited title of this advisory"), preview.log.read_text()
        assert preview.shows(f"zh/{PAGE}", "这条公告改过的新标题")


@pytest.mark.parametrize(
    ("name", "pattern", "text", "page"),
    [
        ("docs/zh/about.md", r"^## .*可信.*$", "## MARK", "zh/about/"),
        ("docs/theme/partials/copyright.html", r"<a ", "<i>MARK</i> <a ", "about/"),
        ("caveat/site/templates/checklists.html.jinja", r"</h1>", " MARK</h1>", "checklists/"),
        ("caveat/words/zh.toml", r'^checklists = ".*"$', 'checklists = "MARK"', "zh/checklists/"),
        ("docs/theme/scripts/search.js", r"\A", "// MARK\n", "scripts/search.js"),
    ],
)
def test_an_edit_anywhere_is_seen(
    preview: Preview, name: str, pattern: str, text: str, page: str
) -> None:
    """Pages of the other language, the theme, templates, words and scripts all reload."""
    mark = f"edited-{Path(name).stem}"
    with preview.checkout.edited(name) as path:
        replaced(path, pattern, text.replace("MARK", mark))
        assert preview.shows(page, mark), preview.log.read_text()
