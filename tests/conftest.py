"""Takes this checkout; gives tests the site that it builds, a server for it and a browser.

The site is built once a session, by the script behind `make site`, with a public
address and an edit address set, and is served under a path that is not the root:
whoever publishes at the root has the easier case.
"""

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from caveat.knowledge import KnowledgeBase, load
from tests.support.browser import Tab, open_tab, running_chromium
from tests.support.checkout import Checkout
from tests.support.server import serve
from tests.support.six import six_checkout

# A shell that runs the tests in the background has what they start ignore an interrupt, and some of
# it is interrupted on purpose. A handler, unlike "ignore", is not handed on.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "/kb/"
SITE_URL = f"https://caveat.example{PREFIX}"
EDIT_BASE = "https://forge.example/caveat/edit/main"


def pytest_xdist_auto_num_workers() -> int:
    """One test process more than there are processors: those with a browser wait for it a lot."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built once however many test processes there are."""
    if prepared := os.environ.get("CAVEAT_TEST_SITE"):
        return Path(prepared).resolve()
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    target = shared / "site"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            build_site(target)
    return target


@pytest.fixture(scope="session")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout of six records, published: its `site/`, and the lock of that. Read only."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with (shared / "six.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "six").exists():
            checkout = six_checkout(shared / "six")
            for script in ("publish_lock", "build"):
                done = checkout.run(f"scripts/{script}.py")
                assert done.returncode == 0, done.stdout + done.stderr
    return shared / "six"


def build_site(target: Path) -> None:
    """What `make site` runs, into another folder."""
    command = [sys.executable, "scripts/build.py", "--site-dir", str(target)]
    command += ["--site-url", SITE_URL, "--edit-base", EDIT_BASE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"the site does not build:\n{done.stdout}\n{done.stderr}", pytrace=False)


@pytest.fixture(scope="session")
def kb(root: Path) -> KnowledgeBase:
    """The records of this checkout."""
    return load(root)[0]


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A copy of what the site is made of, for tests that break or edit it."""
    return Checkout.of(ROOT, tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="session")
def site_address(site: Path) -> Iterator[str]:
    """Where the site is served; ends in a slash."""
    with serve(site, PREFIX) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One running browser; fails, never skips, where there is none."""
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def tab(chromium: object, site_address: str) -> Iterator[Tab]:
    """A fresh page in a fresh profile that records errors and requests."""
    with open_tab(chromium, site_address) as opened:
        yield opened


@pytest.fixture
def plain(chromium: object, site_address: str) -> Iterator[Tab]:
    """A page that runs no scripts."""
    with open_tab(chromium, site_address, java_script_enabled=False) as opened:
        yield opened


@pytest.fixture
def clean_tab(tab: Tab) -> Iterator[Tab]:
    """The same, and in the end the page has logged no error and asked no other host."""
    yield tab
    assert tab.errors == []
    assert tab.foreign == []
