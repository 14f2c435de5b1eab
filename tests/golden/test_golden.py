"""Takes the expected files; shows that they are what the code says today, and no more."""

from pathlib import Path

import pytest

from tests.support.goldens import GOLDEN, ROOT, goldens
from tests.support.knowledge import problems_of
from tests.support.rule_cases import MISTAKES, cases, changed_base, expected

EXPECTED = dict(goldens())


@pytest.mark.parametrize("file", EXPECTED, ids=lambda file: file.name)
def test_expected_file_is_fresh(file: Path) -> None:
    """The file holds what the code gives; `scripts/regenerate.py` writes it anew."""
    assert file.read_text(encoding="utf-8") == EXPECTED[file]


@pytest.mark.parametrize("case", sorted(MISTAKES.glob("*.yml")), ids=lambda case: case.stem)
def test_usual_mistake_gives_one_message(case: Path, tmp_path: Path) -> None:
    """A stranger's slip is one error, at its line, and nothing that follows from it."""
    (problem,) = problems_of(changed_base(case, tmp_path), tidy=True)
    assert problem.is_error
    assert problem.line > 1


def test_no_expected_file_is_left_over() -> None:
    """Every expected file belongs to a case."""
    found = {*GOLDEN.glob("*.txt"), *GOLDEN.glob("problems.*"), *ROOT.glob("tests/rules/**/*.txt")}
    assert found == {*EXPECTED, *(expected(case) for case in cases("bad"))}
