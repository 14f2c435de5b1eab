"""Takes files and pastes that are no good log; each gets an answer or a clear message."""

import random
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_find import ADVISORY, KNOWN, LOG, RESULT, STATUS, at_field
from tests.support.browser import Tab
from tests.support.paste import drop, paste

pytestmark = pytest.mark.browser

MEGABYTE = 1_000_000
ONE_LINE = f" {LOG} ".replace("\n", " ")
#: What the machine of the tests may take; alone and warm it is under a second.
SECONDS = 12
#: The longest that the page itself may do nothing else.
PAUSE = 1000
WATCH = """
() => {
  let last = performance.now();
  window.longestPause = 0;
  setInterval(() => {
    const now = performance.now();
    window.longestPause = Math.max(window.longestPause, now - last);
    last = now;
  }, 20);
}
"""


def given(page: Page, path: Path, content: bytes) -> None:
    """Choose a file with this content."""
    path.write_bytes(content)
    page.locator("#find-file").set_input_files(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nul.log", b"\0" * 100_000 + LOG.encode()),
        ("utf-16-le.log", b"\xff\xfe" + LOG.encode("utf-16-le")),
        ("utf-16-be.log", b"\xfe\xff" + LOG.encode("utf-16-be")),
        ("utf-16-without-mark.log", LOG.encode("utf-16-le")),
        ("mixed.log", "caf\xe9 ".encode("latin-1") * 30 + b"\n" + LOG.encode() + b"\xff\xfe\x80"),
        (
            "one-line.log",
            b"x" * MEGABYTE + ONE_LINE.encode() + b"y" * MEGABYTE,
        ),
        ("carriage-returns.log", LOG.replace("\n", "\r\n").encode()),
        ("colours.log", LOG.replace("protocol", "\x1b[31mprotocol\x1b[0m").encode()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_error_is_found_in_an_odd_file(
    clean_tab: Tab, tmp_path: Path, name: str, content: bytes
) -> None:
    """Encodings, NUL and lines of a megabyte hide nothing."""
    page = at_field(clean_tab)
    given(page, tmp_path / name, content)
    expect(page.locator(KNOWN)).to_have_count(1)
    expect(page.locator(f"{KNOWN} a").first).to_have_attribute("href", re.compile(ADVISORY))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("core.bin", random.Random(1).randbytes(MEGABYTE), "looks like a binary file"),
        ("log.gz", b"\x1f\x8b\x08" + bytes(1000), "is packed"),
        ("log.zip", b"PK\x03\x04" + bytes(1000), "is packed"),
        ("empty.log", b"", "is empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_log_is_told(
    clean_tab: Tab, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    """A clear message instead of silence or nonsense; no error is ever known of it."""
    page = at_field(clean_tab)
    given(page, tmp_path / name, content)
    expect(page.locator(STATUS)).to_contain_text(said)
    expect(page.locator(STATUS)).to_contain_text(name)
    expect(page.locator(KNOWN)).to_have_count(0)


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_an_empty_field_is_told(clean_tab: Tab, text: str) -> None:
    """Blanks are nothing either."""
    page = at_field(clean_tab)
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
    expect(page.locator(STATUS)).to_contain_text("There is nothing to compare yet")
    expect(page.locator(RESULT)).to_be_hidden()


def test_a_file_of_20_mb_takes_a_moment_and_never_the_tab(clean_tab: Tab, tmp_path: Path) -> None:
    """An error in the middle is found with its line while the page goes on answering."""
    line = "2025-01-01T00:00:00Z host app[12]: GET /healthz 200 in 3ms id=4bf92f3577b34da6\n"
    half = line * (10 * MEGABYTE // len(line))
    page = at_field(clean_tab)
    page.evaluate(WATCH)
    begin = time.monotonic()
    given(page, tmp_path / "big.log", (half + LOG + half).encode())
    expect(page.locator(KNOWN)).to_have_count(1, timeout=SECONDS * 1000)
    assert time.monotonic() - begin < SECONDS
    assert page.evaluate("window.longestPause") < PAUSE
    number = half.count("\n") + 2
    expect(page.locator(f"{KNOWN} .cv-hit-grade")).to_contain_text(f"line {number}")


def test_ten_million_short_lines_never_stop_the_tab(clean_tab: Tab) -> None:
    """They are counted, and nothing is known of them."""
    page = at_field(clean_tab)
    page.evaluate(WATCH)
    drop(page, "#find", "short.log", "a\n", 10_000_000)
    expect(page.locator(STATUS)).to_contain_text(
        "short.log: 10,000,000 lines compared", timeout=SECONDS * 1000
    )
    assert page.evaluate("window.longestPause") < PAUSE


def test_texts_made_to_be_slow_are_not(clean_tab: Tab) -> None:
    """What repeats the beginnings of escapes and of patterns takes no longer than a log."""
    page = at_field(clean_tab)
    begin = time.monotonic()
    for line in ("\\", "\x1b[", "[1;1;", "&#", "client version 1 is ", "protocol "):
        drop(page, "#find", "slow.log", line, 5 * MEGABYTE // len(line))
        expect(page.locator(STATUS)).to_contain_text("slow.log", timeout=SECONDS * 1000)
    assert time.monotonic() - begin < 3 * SECONDS


def test_a_paste_too_long_for_a_field_is_compared_whole(clean_tab: Tab) -> None:
    """The field shows its beginning, so that the tab does not stop; the end is compared too."""
    page = at_field(clean_tab)
    paste(page, "nothing to see here\n" * 100_000 + LOG)
    expect(page.locator(KNOWN)).to_have_count(1)
    assert len(page.locator("#find-text").input_value()) < 10_000
    expect(page.locator(STATUS)).to_contain_text("too long for the field")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#find-result-title")).to_be_focused()
    expect(page.locator(KNOWN)).to_have_count(1)
