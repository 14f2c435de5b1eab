"""Takes the folders below tests/rules; gives each rule's cases and what the bad ones print.

A case is a YAML file that says what to change in the base (tests/data/base):

    file: advisories/…          which file; the advisory where it is left out
    replace: …  with: …         a text that stands there once, and its replacement
    text: …                     or the whole file
    hex: …                      or the whole file as bytes
    lines: 9                    how often `text` or `with` is repeated
    folder: true                or a folder instead
    link: …                     or a symbolic link instead
    remove: true                or nothing at all

Several changes are a list of such mappings.
"""

import shutil
from pathlib import Path
from typing import Any

import yaml

from caveat.problems import Problem
from caveat.rules import TIDY_RULES
from tests.support.knowledge import ADVISORY, change, problems_of, write_base

CASES = Path(__file__).resolve().parents[1] / "rules"
#: What people who write their first record get wrong, one slip a file, in the same form.
MISTAKES = Path(__file__).resolve().parents[1] / "data" / "mistakes"


def codes() -> list[str]:
    """Every rule that has a folder."""
    return sorted(path.name for path in CASES.iterdir() if path.name.startswith("CAV"))


def cases(kind: str) -> list[Path]:
    """All `bad` or `good` cases; a rule may have several, such as `bad-folder.yml`."""
    return sorted(CASES.glob(f"CAV*/{kind}*.yml"))


def changed_base(case: Path, folder: Path) -> Path:
    """The base with the case's change, made in an empty folder."""
    root = write_base(folder)
    for one in changes(case):
        make(root, one)
    return root


def printed(case: Path, folder: Path) -> list[str]:
    """The problem lines of the base with the case's change."""
    return [str(problem) for problem in found(case, changed_base(case, folder))]


def found(case: Path, root: Path) -> list[Problem]:
    """The problems of the changed base below `root`; how files are written is looked at only where
    the case is about that."""
    tidy = case.parent.name in {rule.code for rule in TIDY_RULES}
    return problems_of(root, tidy=tidy)


def changes(case: Path) -> list[dict[str, Any]]:
    """What a case changes, one mapping a change."""
    said = yaml.safe_load(case.read_text(encoding="utf-8"))
    return said if isinstance(said, list) else [said]


def expected(case: Path) -> Path:
    """The file that holds what a bad case prints."""
    return case.with_name(case.name.replace("bad", "expected").replace(".yml", ".txt"))


def make(root: Path, said: dict[str, Any]) -> None:
    """Make one change of a case in the base below `root`."""
    file = said.get("file", ADVISORY)
    path = root / file
    if "replace" in said:
        change(root, file, said["replace"], said["with"] * said.get("lines", 1))
        return
    if path.is_dir():
        shutil.rmtree(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if "text" in said:
        path.write_text(said["text"] * said.get("lines", 1), encoding="utf-8")
    elif "hex" in said:
        path.write_bytes(bytes.fromhex(said["hex"]))
    elif "folder" in said:
        path.mkdir()
    elif "link" in said:
        path.symlink_to(said["link"])
    else:
        assert said.get("remove"), f"a case that changes nothing: {said}"
