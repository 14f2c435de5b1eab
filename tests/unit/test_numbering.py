"""Takes the small base with new records; shows that numbers are given once and ties hold."""

from pathlib import Path

from caveat.knowledge import load
from caveat.publishing.numbering import number
from tests.support.knowledge import ADVISORY, problems_of, write_base

FIRST, SECOND = "CAV-2025-new-port", "CAV-2025-new-port-again"


def _add(root: Path, id_: str, related: str = "") -> None:
    """A copy of the base's record under a placeholder, with an error text of its own."""
    text = (root / ADVISORY).read_text(encoding="utf-8")
    lines = []
    for line in text.splitlines():
        if line.startswith("id: "):
            lines.append(f"id: {id_}")
        elif line.startswith("slug: "):
            lines.append(f"slug: {id_.removeprefix('CAV-2025-new-')}")
        else:
            lines.append(line.replace("cannot bind", f"cannot bind {id_}"))
    if related:
        lines.append(f"related: [{{relation: recurrence-of, id: {related}}}]")
    (root / ADVISORY).with_stem(id_).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_placeholders_get_the_next_numbers_and_ties_follow(tmp_path: Path) -> None:
    """Two new records are numbered in the order of their names, and the tie between them holds."""
    root = write_base(tmp_path)
    _add(root, FIRST)
    _add(root, SECOND, related=FIRST)
    assert number(root) == [(FIRST, "CAV-2025-0002"), (SECOND, "CAV-2025-0003")]
    assert not [problem for problem in problems_of(root) if problem.is_error]
    kb, _ = load(root)
    assert [tie.id for tie in kb.advisories["CAV-2025-0003"].related] == ["CAV-2025-0002"]


def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    """A number that was published stays taken when its record is gone."""
    root = write_base(tmp_path)
    _add(root, FIRST)
    assert number(root, taken=["CAV-2025-0007", "CAV-2024-0009"]) == [(FIRST, "CAV-2025-0008")]


def test_nothing_waiting_changes_nothing(tmp_path: Path) -> None:
    """Without placeholders no file is touched."""
    root = write_base(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*.yml")}
    assert number(root) == []
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*.yml")} == before
