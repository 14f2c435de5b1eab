"""Takes the small valid knowledge in tests/data/base; gives copies with one change, and problems.

One valid record with one change a test: what the change broke is then the only thing that is wrong.
"""

import shutil
from functools import cache
from pathlib import Path

from caveat.knowledge import KnowledgeBase, load
from caveat.problems import Problem
from caveat.rules import load_and_check

BASE = Path(__file__).resolve().parents[1] / "data" / "base"
ADVISORY = "advisories/records/2025/CAV-2025-0001.yml"
ENGINE = "advisories/products/engine.yml"
TRAIT = "advisories/traits/kernel-module.yml"
PRACTICE = "advisories/practices/pin-versions.yml"


def write_base(target: Path) -> Path:
    """A copy of the base below `target`, which is given back."""
    shutil.copytree(BASE / "advisories", target / "advisories")
    return target


def change(root: Path, file: str, old: str, new: str) -> Path:
    """Replace `old`, which stands in the file exactly once; gives the root back."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return root


def problems_of(root: Path, *, tidy: bool = False) -> list[Problem]:
    """All that reading and the rules find below `root`, sorted; `tidy` asks for more."""
    return load_and_check(root, tidy=tidy)[1]


@cache
def base_knowledge() -> KnowledgeBase:
    """The base, read."""
    kb, problems = load(BASE)
    assert not problems, problems
    return kb
