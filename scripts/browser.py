"""Find the browser that the tests drive, and install one where there is none.

Takes this machine; prints the path of a Chromium. Exit status: 0 found, 1 none and
none could be installed (what to install is said), 2 wrong use.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = (
    "chromium-headless-shell",  # the same pages without windows, for a fifth less work
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
#: Chromium obeys the last list of its command line, so the tool's own stands here once more. The
#: popups of an address bar that nobody types into are two more pages to load with every tab.
OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "msForceBrowserSignIn",
    "msEdgeUpdateLaunchServicesPreferredVersion",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
)
FLAGS = (
    "--no-sandbox",  # containers run the tests as root, where Chromium refuses its own
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(OFF)}",
)
#: The first that the system knows is enough; the font is for people who look at screenshots.
PACKAGES = ("chromium-headless-shell", "chromium")
FONTS = ("fonts-noto-cjk",)

HELP = """No browser for the tests was found, and none could be installed.
Install Chromium or Google Chrome, for instance
    Debian, Ubuntu   sudo apt-get install chromium
    Fedora           sudo dnf install chromium
    macOS            brew install --cask chromium
or set CAVEAT_BROWSER to the path of one."""


class NoBrowserError(RuntimeError):
    """There is none; the message says what to do."""


def find() -> str | None:
    """The path of a browser that is installed, or None."""
    if named := os.environ.get("CAVEAT_BROWSER"):
        return shutil.which(named)
    for name in (*NAMES, *PLACES):
        if path := shutil.which(name):
            return path
    return _playwrights_own()


def require() -> str:
    """The path of a browser, or an error that says what to install."""
    if path := find():
        return path
    raise NoBrowserError(HELP)


def install() -> str | None:
    """Get a browser: the test tool's own, else the system's where that is ours to change."""
    for way in (_by_playwright, _by_apt):
        way()
        if path := find():
            return path
    return None


def _playwrights_own() -> str | None:
    """The browser that `playwright install` keeps in the user's cache, if it did."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and often not needed

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _by_playwright() -> None:
    tool = [sys.executable, "-m", "playwright"]
    _try([*tool, "install", "chromium"], seconds=600)
    if _as_root() and _playwrights_own():  # it comes without the libraries that it needs
        _try([*tool, "install-deps", "chromium"], seconds=1800)


def _by_apt() -> None:
    apt((*FONTS, PACKAGES[0]))
    if not find():
        apt(PACKAGES[1:])


def apt(packages: Sequence[str]) -> None:
    """Install packages in a container, as root; on a person's machine the system is theirs."""
    if _as_root() and shutil.which("apt-get"):
        quiet = ["apt-get", "-y", "-qq", "-o", "Dpkg::Use-Pty=0"]
        _try([*quiet, "update"], seconds=600)
        for package in packages:
            _try([*quiet, "install", "--no-install-recommends", package], seconds=1800)


def _as_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _try(command: list[str], seconds: int) -> None:
    print("trying:", *command, file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"that failed: {error}", file=sys.stderr)


def main() -> int:
    """Print the path, after installing if asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--install", action="store_true", help="get a browser where there is none")
    options = parser.parse_args()
    path = find() or (install() if options.install else None)
    if not path:
        print(HELP, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
