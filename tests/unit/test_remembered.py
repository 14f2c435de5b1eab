"""Takes the small base while it is edited; shows that remembered problems are those seen anew."""

import shutil
from pathlib import Path

import pytest

from caveat.knowledge import KnowledgeBase, load
from caveat.problems import Problem
from caveat.rules import ALONE, RULES, check
from tests.support.knowledge import ADVISORY
from tests.support.rule_cases import cases, changed_base
from tests.support.six import write_six

BAD = [case for case in cases("bad") if case.parent.name in ALONE]


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def anew(kb: KnowledgeBase) -> list[Problem]:
    """Every rule on everything."""
    return sorted({problem for rule in RULES for problem in rule.run(kb)})


def test_an_edit_brings_its_own_problems_and_leaves_those_of_others(tmp_path: Path) -> None:
    """And mending it takes them away again."""
    root = write_six(tmp_path)
    path = root / ADVISORY
    whole = path.read_text("utf-8")
    other = path.with_stem("CAV-2025-0002")
    other.write_text(other.read_text("utf-8").replace("https://", "http://", 1), "utf-8")
    seen = []
    for text in (whole, whole.replace("summary:\n  en: ", "summary:\n  en: <b>Oh</b> ", 1), whole):
        path.write_text(text, "utf-8")
        kb, _ = load(root)
        seen.append(check(kb))
        assert seen[-1] == anew(kb)
    assert seen[0] == seen[2] != seen[1]


@pytest.mark.parametrize("case", BAD, ids=lambda case: f"{case.parent.name}-{case.stem}")
def test_a_rule_that_judges_alone_needs_no_other_record(case: Path, tmp_path: Path) -> None:
    """What it finds in a record it finds when the others were looked at before."""
    root = write_six(made(tmp_path / "six"))
    check(load(root)[0])
    bad = changed_base(case, made(tmp_path / "bad"))
    for path in (bad / "advisories").rglob("*.yml"):
        shutil.copy(path, root / path.relative_to(bad))
    kb, _ = load(root)
    assert check(kb) == anew(kb)
