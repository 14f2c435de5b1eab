"""Takes the texts to paste of every record; shows that they lead where they say, stay what they are
in Markdown, HTML and YAML, and pass the check of runbooks."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml
from markdown_it import MarkdownIt

from caveat import urls
from caveat.applicability import Facts, State, judge
from caveat.applicability.answers import Answers
from caveat.knowledge import KnowledgeBase, load
from caveat.model import Advisory
from caveat.model.base import Language
from caveat.runbooks import Judge, Names, Sites, of_marks, read
from caveat.runbooks.judge import anchors
from caveat.site import Site
from caveat.site.scene import Scene
from caveat.site.views import kit
from caveat.words import LANGUAGES, words
from tests.support.knowledge import ADVISORY, change, write_base

SITE, TODAY = "https://kb.example/a/", "2031-01-01"
KINDS = {"address": "markdown", "markdown": "markdown", "html": "html", "badge": "markdown"}


def texts(
    kb: KnowledgeBase, record: Advisory, language: Language = "en", site: str = SITE
) -> dict[str, str]:
    """The texts of a record by their names."""
    scene = Scene(kb, words(language), Answers(kb), urls.advisory(record.id), site)
    return dict(kit.view(scene, record)["snippets"])


def whole(kb: KnowledgeBase) -> list[Advisory]:
    """Records that people are to link to."""
    return [record for record in kb.published if record.status != "withdrawn"]


def test_the_decided_state_is_affected(kb: KnowledgeBase) -> None:
    """The address holds facts of a host that the record strikes; only what strikes on a step
    alone has none."""
    asked = 0
    for record in whole(kb):
        parts = urlsplit(texts(kb, record)["address"])
        assert parts.fragment == "affects-me"
        assert f"{SITE}{urls.advisory(record.id)}" == f"https://{parts.netloc}{parts.path}"
        told = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        if not told:
            assert all(entry.upgrade for entry in record.affected), record.id
            continue
        facts = Facts()
        for key, value in told.items():
            if key in kb.products:
                facts = facts.at(key, kb.catalogues[key].parse(value))
            else:
                facts = facts.having(key, *value.split(","))
        product = next(iter(told))
        answer = judge(kb, record, product, facts.versions[product], facts)
        assert answer.state is State.AFFECTED, (record.id, told)
        asked += 1
    assert asked > 20


class Tags(HTMLParser):
    """The elements and links of a fragment."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_what_they_are_called(kb: KnowledgeBase, language: Language) -> None:
    """A quotation in Markdown, closed elements in HTML, a mapping in YAML; every link leads to an
    anchor that stays, in the page's language."""
    page = f"{SITE}{urls.FOLDER[language]}advisories/"
    for record in whole(kb):
        made = texts(kb, record, language)
        tokens = MarkdownIt("commonmark").parse(made["markdown"])
        assert tokens[0].type == "blockquote_open"
        inner = [child for token in tokens for child in token.children or ()]
        links = [str(one.attrs["href"]) for one in inner if one.type == "link_open"]
        tags = Tags()
        tags.feed(made["html"])
        assert tags.open == []
        assert tags.seen <= {"aside", "strong", "em", "code", "a"}
        for found, least in ((links, 3), (tags.links, 1)):
            own = [urlsplit(link) for link in found if link.startswith(page)]
            assert len(own) >= least
            assert {one.fragment for one in own} - {""} <= set(anchors(record))
        values = yaml.safe_load(made["alert"])["annotations"]
        assert values == {"runbook_url": made["address"], "caveat_reviewed": kit.DAY}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_pasted_today_is_good(kb: KnowledgeBase, language: Language) -> None:
    """The check of runbooks knows every link in it and finds nothing; before the day is filled in
    it says so."""
    names = Names((one.id, one.slug, one.aliases) for one in kb.advisories.values())
    judge_, sites = Judge(names, kb), Sites([SITE], only=True)
    for record in whole(kb):
        for name, text in texts(kb, record, language).items():
            kind = KINDS.get(name, "yaml")
            mark = "<!-- caveat-reviewed: YYYY-MM-DD -->" if name in ("address", "badge") else ""
            book = read((text + mark).replace(kit.DAY, TODAY), kind, sites)
            found = [one for link in book.links for one in judge_.findings(link)]
            newer = any(one[0] == "superseded-by" for one in kb.related(record))
            assert book.links
            assert {one.code for one in found} <= ({"superseded"} if newer else set()), text
            assert list(of_marks(book, TODAY)) == []
            assert [one.code for one in of_marks(read(text + mark, kind, sites), TODAY)] == ["mark"]


def test_titles_do_no_harm(tmp_path: Path) -> None:
    """Prose stays prose: what a title may hold ends neither the quotation nor the element."""
    title = 'en: "`a` \\"b\\" & *c* | [d](https://d.example)"'
    root = change(write_base(tmp_path), ADVISORY, "en: Engine 2.0.0 cannot publish ports", title)
    kb, problems = load(root)
    assert not problems
    test_texts_are_what_they_are_called(kb, "en")


def test_without_an_address_a_placeholder_stands_for_it(kb: KnowledgeBase) -> None:
    """And the page says so; scripts put the page's own address in its place."""
    record = kb.advisories["CAV-2025-0001"]
    made = texts(kb, record, "zh", "")
    assert all(kit.ROOT in text for text in made.values())
    site, with_site = Site(kb, "zh"), Site(kb, "zh", site_url=SITE)
    page = next(one for one in site.pages() if one.subject == (record.id,))
    assert f'data-placeholder="{kit.ROOT}"' in site.render(page).html
    assert f"{kit.ROOT} 代表本站地址" in site.render(page).html
    assert kit.ROOT not in with_site.render(page).html


def test_a_withdrawn_record_is_not_offered(tmp_path: Path) -> None:
    """Nobody is invited to link to what was wrong; links that exist go on leading here."""
    withdrawn = "status: withdrawn\nwithdrawn: {reason: {en: A cable., zh: 网线。}}"
    root = change(write_base(tmp_path), ADVISORY, "status: published", withdrawn)
    site = Site(load(root)[0], "en")
    page = next(one for one in site.pages() if one.kind == "advisory")
    rendered = site.render(page)
    assert "cv-kit" not in rendered.html
    assert "Links to it go on leading here" in rendered.html
    assert "link" in {entry.id for entry in rendered.toc}
