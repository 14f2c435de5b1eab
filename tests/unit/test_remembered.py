"""Takes the small base while it is edited; shows that what is remembered, problems and cards, is
what would be seen anew."""

import gc
import shutil
from pathlib import Path

import pytest

from caveat.knowledge import KnowledgeBase, load
from caveat.problems import Problem
from caveat.publishing import known
from caveat.reading.translations import FILE, digest
from caveat.rules import ALONE, RULES, check
from caveat.site import Site
from caveat.words import words
from tests.support.knowledge import ADVISORY
from tests.support.rule_cases import cases, changed_base
from tests.support.six import NEWER, PLAIN, SHARING, write_six

NOTE = words("en")("advisory.behind")
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


def named(root: Path) -> str:
    """How the catalogue names the record."""
    site = Site(load(root)[0], "en")
    page = next(page for page in site.pages() if page.kind == "advisories")
    rows = site.render(page).html.split("<tr")
    return next(row for row in rows if f">{PLAIN}<" in row).partition("</th>")[0]


def test_a_card_follows_what_other_files_say_of_its_record(tmp_path: Path) -> None:
    """That another replaces it, and that the pair of its texts is no longer what was recorded."""
    root = write_six(tmp_path)
    assert "replaced" not in named(root)
    path = (root / ADVISORY).with_stem(SHARING)
    newer = (root / ADVISORY).with_stem(NEWER).read_text("utf-8")
    tie = next(line for line in newer.splitlines() if line.startswith("related: "))
    own = tie.replace("CAV-2025-0003", PLAIN)
    path.write_text(path.read_text("utf-8").replace("\n\naffected:", f"\n{own}\n\naffected:"))
    assert "replaced" in named(root)
    title = load(root)[0].advisories[PLAIN].title
    lock = f"advisory {PLAIN} {digest(title.en or '')} 0123456789\n"
    assert NOTE not in named(root)
    (root / FILE).write_text(lock, "utf-8")
    assert NOTE in named(root)


def test_what_was_made_is_out_of_a_collections_sight() -> None:
    """Under a server no collection goes through the first build's knowledge again."""
    one: list[object] = []
    known.settle.__wrapped__()
    try:
        assert not any(other is one for other in gc.get_objects())
    finally:
        gc.unfreeze()
