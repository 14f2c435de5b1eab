"""Takes README, Makefile and scripts; shows that what is documented runs, and the reverse."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITTEN = README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
#: What a person runs; the other files in scripts/ are parts of these.
SCRIPTS = sorted(
    path.name
    for path in (ROOT / "scripts").glob("*.py")
    if '__name__ == "__main__"' in path.read_text(encoding="utf-8")
)
TARGETS = re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_is_documented_and_helps(script: str) -> None:
    """The README names it, and --help says what it does and what its exit status means."""
    assert f"scripts/{script}" in README
    command = [sys.executable, str(ROOT / "scripts" / script), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"usage: {script}")


@pytest.mark.parametrize("script", SCRIPTS)
def test_wrong_use_of_a_script_is_2(script: str) -> None:
    """An option that does not exist is refused before anything is done."""
    command = [sys.executable, str(ROOT / "scripts" / script), "--no-such-option"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_every_script_and_path_that_is_named_exists() -> None:
    """No page tells people to run or open what is not there."""
    named = set(re.findall(r"\b(?:scripts|tests|caveat|docs|hooks)/[\w./-]*\w", WRITTEN))
    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("target", TARGETS)
def test_target_says_what_it_does(target: str) -> None:
    """`make help` lists it, and make knows how to reach it."""
    assert re.search(rf"^{target}:.*## \w", MAKEFILE, re.MULTILINE)
    command = ["make", "--dry-run", target]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_target_that_is_named_exists() -> None:
    """The commands of the README are the Makefile's."""
    named = set(re.findall(r"\bmake ([a-z]+)\b(?=`|\s+#|,)", WRITTEN))
    assert {"site", "serve", "test"} <= named
    assert named <= set(TARGETS)
