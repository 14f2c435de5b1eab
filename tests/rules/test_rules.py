"""Takes the folders beside it, one a rule; shows that a bad case is found and a good one is not.

Adding a folder `tests/rules/<CODE>/` adds its tests; `scripts/regenerate.py` writes what a bad case
prints, to be read before it is committed.
"""

import re
from pathlib import Path

import pytest

from caveat.rules import ALL_RULES, READING_RULES, RULES, TIDY_RULES
from tests.support.rule_cases import cases, codes, expected, printed

LINE = re.compile(r"^\S+:[1-9]\d*:[1-9]\d*: (CAV\d{3}) (?:warning: )?\S+: found .+, want .+$")


def case_id(case: Path) -> str:
    """`CAV101/bad-folder`."""
    return f"{case.parent.name}/{case.stem}"


def test_every_rule_has_a_folder_and_every_folder_a_rule() -> None:
    """No rule goes without a bad and a good case."""
    assert codes() == sorted(rule.code for rule in ALL_RULES)
    for kind in ("bad", "good"):
        assert sorted({case.parent.name for case in cases(kind)}) == codes()


def test_codes_and_names_are_used_once() -> None:
    """A code is permanent and means one thing."""
    assert len({rule.code for rule in ALL_RULES}) == len(ALL_RULES)
    assert len({rule.name for rule in ALL_RULES}) == len(ALL_RULES)


def test_rules_that_look_have_a_function() -> None:
    """Only the reader's own rules find nothing by themselves."""
    assert all(rule.find is None for rule in READING_RULES)
    assert all(rule.find is not None for rule in (*RULES, *TIDY_RULES))


@pytest.mark.parametrize("case", cases("bad"), ids=case_id)
def test_bad(case: Path, tmp_path: Path) -> None:
    """The change is found, under the folder's code, with the place and words on file."""
    lines = printed(case, tmp_path)
    found = [match[1] for line in lines if (match := LINE.match(line))]
    assert len(found) == len(lines), lines
    assert set(found) == {case.parent.name}, lines
    assert lines == expected(case).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("case", cases("good"), ids=case_id)
def test_good(case: Path, tmp_path: Path) -> None:
    """A neighbour of the fault that is none passes every rule."""
    assert printed(case, tmp_path) == []
