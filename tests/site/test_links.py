"""Takes the built site; shows that every link inside it leads somewhere, anchors included."""

from pathlib import Path

import pytest

from tests.conftest import EDIT_BASE, SITE_URL
from tests.support.crawl import READERS, crawl
from tests.support.html import Document, read_site, resolve


@pytest.fixture(scope="module")
def documents(site: Path) -> dict[str, Document]:
    """Every page of both languages."""
    return read_site(site)


def test_everything_inside_the_site_is_there(site: Path, documents: dict[str, Document]) -> None:
    """A reader or a tool that follows what any file of the site says always arrives, at the very
    section: links, anchors, styles, modules, feeds, API, Markdown, the map of the site."""
    counts, dead = crawl(site, SITE_URL, documents)
    assert dead == []
    assert all(counts[kind] for kind in READERS if kind not in (".svg", ".css")), counts


def test_no_page_uses_an_id_twice(documents: dict[str, Document]) -> None:
    """An anchor means one place."""
    doubled = {
        document.path: sorted({i for i in document.ids if document.ids.count(i) > 1})
        for document in documents.values()
        if len(set(document.ids)) != len(document.ids)
    }
    assert doubled == {}


def test_every_page_exists_in_both_languages_with_the_same_ids(
    documents: dict[str, Document],
) -> None:
    """A link to a section works in the other language too."""
    english = {path: doc for path, doc in documents.items() if not path.startswith("zh/")}
    chinese = {
        path.removeprefix("zh/"): doc for path, doc in documents.items() if path.startswith("zh/")
    }
    assert set(english) == set(chinese)
    differ = {
        path: sorted(set(english[path].ids) ^ set(chinese[path].ids))
        for path in english
        if set(english[path].ids) != set(chinese[path].ids)
    }
    assert differ == {}


def test_a_page_says_its_language(documents: dict[str, Document]) -> None:
    """Screen readers choose their voice, browsers their font, by this."""
    wrong = {
        path: document.lang
        for path, document in documents.items()
        if document.lang != ("zh" if path.startswith("zh/") else "en")
    }
    assert wrong == {}


def test_the_language_switch_stays_on_the_page(documents: dict[str, Document]) -> None:
    """The switch leads to the same page in the other language, wherever the site is published."""
    for path, document in documents.items():
        if path.endswith("404.html"):
            continue
        twin = path.removeprefix("zh/") if path.startswith("zh/") else f"zh/{path}"
        assert resolve(path, document.switch) == (twin, ""), path


def test_search_engines_learn_the_public_address_and_both_languages(
    documents: dict[str, Document],
) -> None:
    """Canonical and alternate links are whole addresses once the public address is known. A page
    that only leads on gives the address of what it leads to."""
    for path, document in documents.items():
        if path.endswith("404.html"):
            continue
        plain = path.removeprefix("zh/")
        if not plain.startswith("alias/"):
            assert document.canonical == SITE_URL + path
        elif document.canonical != SITE_URL + path:
            assert document.canonical.startswith(f"{SITE_URL}{path[: -len(plain)]}advisories/CAV-")
        assert document.alternates == {
            "en": SITE_URL + plain,
            "zh": f"{SITE_URL}zh/{plain}",
            "x-default": SITE_URL + plain,
        }


def test_the_edit_button_leads_to_a_file_of_the_repository(
    root: Path, documents: dict[str, Document]
) -> None:
    """A record's page is edited in its YAML file, a hand-written one in its Markdown."""
    for path, document in documents.items():
        if document.edit:
            assert document.edit.startswith(EDIT_BASE + "/")
            assert (root / document.edit.removeprefix(EDIT_BASE + "/")).is_file(), path
    for path in ("advisories/CAV-2025-0001/", "zh/advisories/CAV-2025-0001/"):
        assert documents[path].edit == f"{EDIT_BASE}/advisories/records/2025/CAV-2025-0001.yml"
    assert documents["contribute/"].edit == f"{EDIT_BASE}/docs/en/contribute/index.md"
    assert documents["zh/contribute/"].edit == f"{EDIT_BASE}/docs/zh/contribute/index.md"
