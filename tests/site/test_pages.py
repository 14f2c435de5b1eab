"""Takes the records and the built site; shows that each record has its page in each language."""

import re
from pathlib import Path

import pytest

from tests.support.html import pages

ID = re.compile(r"CAV-\d{4}-\d{4}")


@pytest.fixture(scope="module")
def paths(site: Path) -> set[str]:
    """The address of every page."""
    return set(pages(site))


def records(root: Path) -> set[str]:
    """Ids of the records that readers see, from their file names: an id equals its file's name."""
    return {
        path.stem
        for path in (root / "advisories" / "records").glob("*/*.yml")
        if ID.fullmatch(path.stem) and "\nstatus: draft\n" not in path.read_text("utf-8")
    }


def test_pages_are_records_times_languages(root: Path, paths: set[str]) -> None:
    """Each record has one page in each language, and there is no page without a record."""
    wanted = {f"{folder}advisories/{record}/" for record in records(root) for folder in ("", "zh/")}
    found = {path for path in paths if ID.search(path) and path.endswith("/")}
    found = {path for path in found if re.fullmatch(r"(zh/)?advisories/[^/]+/", path)}
    assert wanted
    assert found == wanted


@pytest.mark.parametrize("kind", ["products", "practices"])
def test_products_and_practices_have_pages(root: Path, paths: set[str], kind: str) -> None:
    """Each product has its matrix, each practice its checklist, in both languages."""
    folder = {"products": "products", "practices": "checklists"}[kind]
    names = {path.stem for path in (root / "advisories" / kind).glob("*.yml")}
    assert names
    assert {f"{lang}{folder}/{name}/" for name in names for lang in ("", "zh/")} <= paths


def test_record_pages_stay_out_of_the_navigation(site: Path) -> None:
    """A page does not grow with the number of records: the menu never lists them."""
    home = (site / "contribute" / "index.html").read_text("utf-8")
    assert not ID.search(home)


def test_the_navigation_is_in_the_pages_language(site: Path) -> None:
    """Labels come from each language's own settings."""
    assert ">Checklists<" in _squeezed(site / "about" / "index.html")
    assert ">检查清单<" in _squeezed(site / "zh" / "about" / "index.html")


def test_hand_written_pages_have_the_same_names_in_both_languages(root: Path) -> None:
    """Nobody finds a page in one language only."""
    trees = [
        {path.relative_to(root / "docs" / lang) for path in (root / "docs" / lang).rglob("*.md")}
        for lang in ("en", "zh")
    ]
    assert trees[0] == trees[1]


def _squeezed(page: Path) -> str:
    return re.sub(r"\s+", "", page.read_text("utf-8"))
