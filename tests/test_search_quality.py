"""Takes the golden queries; shows that readers go on finding what they look for.

The bounds lie a little below what is measured; `scripts/search_quality.py` prints the figures.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LANGUAGES = ("en", "zh")
#: Parts of the queries whose wanted record comes first.
FINDER_FIRST = {"error": 0.98, "symptom": 0.85, "number": 1.0, "version": 0.9, "command": 0.9}
WORDS_FIRST = {"symptom": 0.75, "number": 0.95, "version": 0.9, "command": 0.8}
#: Parts whose wanted record is among the first three.
WORDS_THREE = {"symptom": 0.9, "number": 0.95, "version": 0.9, "command": 0.9}


def measured(root: Path, *arguments: str) -> Any:
    done = subprocess.run(
        [sys.executable, "scripts/search_quality.py", "--json", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def share(figures: Any, language: str, kind: str, of: str) -> float:
    one = figures[f"{language} {kind}"]
    return float(one[of] / one["total"])


@pytest.fixture(scope="module")
def finder(root: Path) -> Any:
    """The finder's figures."""
    return measured(root, "--finder")


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_queries(finder: Any, language: str) -> None:
    """Sixty in each language, or a figure says little."""
    assert finder["finder"][f"{language} all"]["total"] >= 60


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "least"), FINDER_FIRST.items())
def test_the_finder_puts_the_record_first(
    finder: Any, language: str, kind: str, least: float
) -> None:
    """Errors as people pasted them upstream, and questions in words, numbers and versions."""
    assert share(finder["finder"], language, kind, "first") >= least


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pasted_error_is_always_among_the_first_three(finder: Any, language: str) -> None:
    """None of them is lost."""
    assert share(finder["finder"], language, "error", "three") == 1.0


def test_nothing_else_is_called_a_known_error(finder: Any) -> None:
    """Neither a near miss by its own record, nor what strangers pasted about other things."""
    assert finder["mistaken"] == []


@pytest.mark.browser
def test_the_word_search_finds_what_words_can(root: Path, site: Path) -> None:
    """In both languages alike; a pasted error is the finder's business."""
    found = measured(root, "--site", str(site))["words"]
    weak = [
        (language, kind, of, share(found, language, kind, of))
        for language in LANGUAGES
        for of, bounds in (("first", WORDS_FIRST), ("three", WORDS_THREE))
        for kind, least in bounds.items()
        if share(found, language, kind, of) < least
    ]
    assert weak == []
