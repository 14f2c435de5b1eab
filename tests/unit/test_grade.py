"""Takes the small base with one change; shows what a record's grade and freshness say."""

import json
from pathlib import Path

import pytest

from caveat.knowledge import load
from caveat.model.base import LANGUAGES
from caveat.rules.freshness import Behind, behind, due
from caveat.rules.grade import CRITERIA, grade
from caveat.words import words
from scripts import review
from tests.support.knowledge import ADVISORY, ENGINE, base_knowledge, change, write_base

ID = "CAV-2025-0001"
ROLLBACK = """    rollback:
      - commands:
          debian: sudo apt-mark unhold engine-ce
"""


def graded(root: Path) -> tuple[str, tuple[str, ...]]:
    """Letter and missing criteria of the base's record below `root`."""
    kb, problems = load(root)
    assert not problems
    found = grade(kb, kb.advisories[ID])
    return found.letter, found.missing


def whole(target: Path) -> Path:
    """The base with a reference that is more than a report, and why a trait has no probe."""
    root = change(write_base(target), ADVISORY, "    type: report", "    type: fix")
    told = "omitted: {probe: {en: No command tells., zh: 没有命令能查。}}\nhistory:\n"
    return change(root, ADVISORY, "history:\n", told)


def test_a_record_with_all_there_is_to_have(tmp_path: Path) -> None:
    """A record that meets every criterion is an A; a report alone as its source makes it a C."""
    assert graded(whole(tmp_path)) == ("A", ())
    assert grade(base_knowledge(), base_knowledge().advisories[ID]).missing[0] == "sourced"


@pytest.mark.parametrize(
    ("old", "new", "letter", "missing"),
    [
        (ROLLBACK, "", "C", "workable"),
        ("  zh: 守护进程接管了端口映射。\n", "", "C", "bilingual"),
        ("practices: [pin-versions]\n", "", "B", "linked"),
        ("      - 'port driver \"a\" is not running'", "      []", "B", "tested-signatures"),
    ],
)
def test_what_is_missing_lowers_the_grade(
    tmp_path: Path, old: str, new: str, letter: str, missing: str
) -> None:
    """One thing less than all makes B, or C where it is essential; it is named first."""
    root = change(whole(tmp_path), ADVISORY, old, new)
    if missing == "tested-signatures":
        change(root, ADVISORY, "    near_misses:\n      []\n", "")
    found, lacking = graded(root)
    assert found == letter
    assert lacking[0] == missing


def test_every_criterion_has_its_words() -> None:
    """What would help is said in both languages."""
    for language in LANGUAGES:
        for one in CRITERIA:
            assert words(language)(f"grade.{one.name}")


def test_a_new_release_puts_an_open_range_behind(tmp_path: Path) -> None:
    """The record was held against 2.1.0; with 2.2.0 in the catalogue somebody has to look again."""
    root = change(
        write_base(tmp_path),
        ENGINE,
        '- {version: "2.1.0"',
        '- {version: "2.2.0"}\n  - {version: "2.1.0"',
    )
    kb, problems = load(root)
    assert not problems
    late = behind(kb, kb.advisories[ID])
    assert late == [Behind("engine", "2.1.0", kb.catalogues["engine"].parse("2.2.0"))]
    assert behind(base_knowledge(), base_knowledge().advisories[ID]) == []


def test_a_review_is_due_on_its_day() -> None:
    """Not the day before."""
    kb = base_knowledge()
    assert due(kb, "2025-09-09") == []
    assert [one.overdue for one in due(kb, "2025-09-10")] == [True]


def test_the_command_lists_what_is_due(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 1 and a line a record; 0 and nothing to do the day before."""
    root = str(write_base(tmp_path))
    assert review.main(["--root", root, "--today", "2025-09-10"]) == 1
    assert "review by 2025-09-10 (overdue)" in capsys.readouterr().out
    assert review.main(["--root", root, "--today", "2025-09-09"]) == 0
    assert capsys.readouterr().out == "0 of 1 records are due on 2025-09-09\n"
    assert review.main(["--root", root, "--today", "2025-09-10", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["id"] == ID
