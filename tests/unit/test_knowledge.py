"""Takes the base knowledge; shows how it is indexed and what problems look like."""

from pathlib import Path

import pytest

from caveat.knowledge import load
from caveat.problems import Problem, did_you_mean, nearest, printable, shown
from tests.support.knowledge import ADVISORY, base_knowledge, change, write_base

SECOND = "advisories/records/2025/CAV-2025-0002.yml"


def second(root: Path, extra: str = "") -> Path:
    """A copy of the record under another name, with a line more."""
    text = (root / ADVISORY).read_text(encoding="utf-8")
    text = text.replace("CAV-2025-0001", "CAV-2025-0002").replace("slug: engine-", "slug: other-")
    (root / SECOND).write_text(text + extra, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("CAV-2025-0001", 1),
        ("cav-2025-0001", 1),
        ("engine-2-0-0-ports", 1),
        ("Engine/Engine#12", 1),
        ("CVE-2025-1234", 1),
        ("CVE-2025-12345", 0),
        ("", 0),
    ],
)
def test_records_are_found_by_id_slug_and_alias(name: str, count: int) -> None:
    """Whatever the case."""
    assert len(base_knowledge().find(name)) == count


def test_records_that_share_an_alias_are_all_found(tmp_path: Path) -> None:
    """One upstream issue may be two problems."""
    kb, problems = load(second(write_base(tmp_path)))
    assert problems == []
    assert [a.id for a in kb.find("CVE-2025-1234")] == ["CAV-2025-0001", "CAV-2025-0002"]


def test_traits_are_the_products_own_before_the_hosts() -> None:
    """A short name means the product's trait, a dotted one says whose."""
    kb = base_knowledge()
    assert kb.trait_key("engine", "mode") == "engine.mode"
    assert kb.trait_key("engine", "kernel-module") == "kernel-module"
    assert kb.trait_key("proxy", "mode") is None
    assert kb.trait_key("proxy", "engine.mode") == "engine.mode"
    assert kb.trait_key(None, "proxy.mode") is None


def test_ties_are_seen_from_both_sides(tmp_path: Path) -> None:
    """A relation is stored once and read twice."""
    tie = "related: [{relation: recurrence-of, id: CAV-2025-0001}]\n"
    root = second(write_base(tmp_path), tie)
    kb, problems = load(root)
    assert problems == []
    first, other = kb.advisories.values()
    assert [(name, a.id) for name, a in kb.related(first)] == [("recurred-as", other.id)]
    assert [(name, a.id) for name, a in kb.related(other)] == [("recurrence-of", first.id)]


def test_drafts_are_not_published(tmp_path: Path) -> None:
    """They are there for previews, and no product lists them."""
    root = change(write_base(tmp_path), ADVISORY, "status: published", "status: draft")
    kb, _ = load(root)
    assert "CAV-2025-0001" in kb.advisories
    assert kb.published == ()
    assert kb.by_product["engine"] == ()
    assert kb.by_practice["pin-versions"] == ()


def test_products_of_a_record_begin_where_the_fix_lies() -> None:
    """And every product named lists it."""
    kb = base_knowledge()
    record = kb.advisories["CAV-2025-0001"]
    assert record.products == ("engine", "proxy")
    assert kb.by_product["proxy"] == (record,)


def test_only_the_asked_files_are_decoded(tmp_path: Path) -> None:
    """Names and slugs of the others are known all the same."""
    root = second(write_base(tmp_path))
    kb, problems = load(root, {SECOND})
    assert problems == []
    assert list(kb.advisories) == ["CAV-2025-0002"]
    assert kb.unread == {"CAV-2025-0001": "engine-2-0-0-ports"}


def test_problem_line() -> None:
    """One line, printable, in the form of the contract."""
    problem = Problem("a.yml", 3, 7, "CAV999", "b[0].c", "`x\ny\x1b`", "z", "really")
    assert str(problem) == r"a.yml:3:7: CAV999 b[0].c: found `x\ny\x1b`, want z (really)"
    warning = Problem("a.yml", 3, 7, "CAV999", "b", "c", "d", level="warning")
    assert str(warning) == "a.yml:3:7: CAV999 warning: b: found c, want d"
    assert not warning.is_error


def test_long_values_are_cut_and_foreign_words_kept() -> None:
    """A message stays a line; Chinese is printable."""
    assert shown("x" * 200) == f"`{'x' * 79}…`"
    assert printable("容器 \u202e") == r"容器 \u202e"


def test_near_names() -> None:
    """A hint names what was meant, or says nothing."""
    assert nearest("dokcer", ["docker", "runc"]) == ["docker"]
    assert did_you_mean("dokcer", ["docker", "runc"]) == "did you mean `docker`?"
    assert did_you_mean("zzz", ["docker", "runc"]) == ""
