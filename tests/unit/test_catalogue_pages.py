"""Takes the small knowledge base and a short page; shows how a long catalogue goes on."""

import re
from itertools import chain

import pytest

from caveat.knowledge import KnowledgeBase
from caveat.model.base import LANGUAGES, Language
from caveat.site import Site
from caveat.site.views import catalogue

_IDS = re.compile(r'<span class="cv-id">(CAV-[0-9-]+)</span>')


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_stands_on_one_page_of_the_catalogue(
    kb: KnowledgeBase, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages together hold each record once, in the order of one long list."""
    monkeypatch.setattr(catalogue, "ROWS", 9)
    site = Site(kb, language)
    pages = [page for page in site.pages() if page.kind == "advisories"]
    found = [_IDS.findall(site.render(page).html) for page in pages]
    assert list(chain(*found)) == [record.id for record in kb.published]
    assert {len(ids) for ids in found[:-1]} == {9}
    assert [page.path for page in pages[:3]] == [
        "advisories/",
        "advisories/page/2/",
        "advisories/page/3/",
    ]


def test_a_short_catalogue_is_one_page(kb: KnowledgeBase) -> None:
    """Where all rows fit, there is one page and no list of pages."""
    site = Site(kb, "en")
    (page,) = [page for page in site.pages() if page.kind == "advisories"]
    assert "cv-pages" not in site.render(page).html


def test_only_the_first_page_narrows_the_list(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form stands on the first page and counts the records of all; each page leads to each."""
    monkeypatch.setattr(catalogue, "ROWS", 30)
    site = Site(kb, "en")
    first, *others = [site.render(page).html for page in site.pages() if page.kind == "advisories"]
    assert f'data-total="{len(kb.published)}"' in first
    assert others
    assert not [html for html in others if "<form" in html]
    assert re.search(r'<a href="[^"]*" aria-current="page">2</a>', others[0])
