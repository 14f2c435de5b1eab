"""Takes README, Makefile and scripts; shows that what is documented runs, and the reverse."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from caveat import __version__
from caveat.cli.commands import COMMANDS
from tests.support.command import run

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

#: The lines of the README that ask the command, without what stands before a pipe.
ASKED = [
    shlex.split(line.rpartition("| ")[2])[1:]
    for line in README.splitlines()
    if ".venv/bin/caveat " in line
]


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


def test_the_version_stands_in_two_places_alike() -> None:
    """A release sets the number in the package and in its settings."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["version"] == __version__


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


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_command_is_documented(command: object) -> None:
    """The README shows it, tells what it does, and what its exit status means."""
    name = command.name  # type: ignore[attr-defined]
    row = next(line for line in README.splitlines() if line.startswith(f"| `caveat {name} "))
    documented = row.rstrip(" |").rpartition("|")[2]
    status = command.status  # type: ignore[attr-defined]
    assert re.findall(r"\d", documented) == [n for n in re.findall(r"\d", status) if n != "2"]
    assert any(words[0] == name for words in ASKED)


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_command_runs_as_documented(words: list[str]) -> None:
    """Each line of the README has an answer."""
    done = run(*words, kb=ROOT)
    assert done.status in (0, 1, 3), done.error
    assert done.out
