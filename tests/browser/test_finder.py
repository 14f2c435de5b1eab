"""Takes a machine without a browser; shows that the finder says what to install."""

import os
import subprocess
import sys
from pathlib import Path


def finder(root: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """scripts/browser.py where nothing but what `environment` names can be found."""
    return subprocess.run(
        [sys.executable, "scripts/browser.py"],
        cwd=root,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_browser_is_a_failure_that_names_the_remedy(root: Path, tmp_path: Path) -> None:
    """Never a silent skip: exit 1, and what to type."""
    nowhere = str(tmp_path)
    done = finder(root, CAVEAT_BROWSER="", PATH=nowhere, PLAYWRIGHT_BROWSERS_PATH=nowhere)
    assert done.returncode == 1
    assert "apt-get install chromium" in done.stderr
    assert done.stdout == ""


def test_a_named_browser_is_taken(root: Path, tmp_path: Path) -> None:
    """CAVEAT_BROWSER goes before everything else."""
    named = tmp_path / "my-chromium"
    named.write_text("#!/bin/sh\n")
    named.chmod(0o755)
    done = finder(root, CAVEAT_BROWSER=str(named))
    assert (done.returncode, done.stdout.strip()) == (0, str(named))


def test_a_named_browser_that_is_missing_is_not_replaced(root: Path, tmp_path: Path) -> None:
    """Whoever names one wants that one."""
    assert finder(root, CAVEAT_BROWSER=str(tmp_path / "none")).returncode == 1


def test_what_the_browser_tool_switches_off_stays_off(root: Path, tmp_path: Path) -> None:
    """Chromium obeys the last of two lists of features, which is ours and holds the tool's."""
    named, heard = tmp_path / "my-chromium", tmp_path / "heard"
    named.write_text(f"#!/bin/sh\nprintf '%s\\n' \"$@\" > {heard}\n")
    named.chmod(0o755)
    start = "from tests.support.browser import running_chromium as it\nwith it(): pass"
    subprocess.run(
        [sys.executable, "-c", start],
        cwd=root,
        env=os.environ | {"CAVEAT_BROWSER": str(named), "PYTHONPATH": "scripts"},
        capture_output=True,
        check=False,
    )
    switch = "--disable-features="
    told = [line for line in heard.read_text().splitlines() if line.startswith(switch)]
    theirs, ours = (set(line.removeprefix(switch).split(",")) for line in told)
    assert theirs < ours
