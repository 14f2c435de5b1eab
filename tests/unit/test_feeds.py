"""Takes the feeds of the small base and of the house; shows that a reader of either format gets
valid feeds, whole addresses and entries that keep their ids."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.dom import minidom
from xml.etree import ElementTree as ET

import pytest

from caveat import urls
from caveat.applicability.answers import Answers
from caveat.exports import Shelf, feeds
from caveat.knowledge import KnowledgeBase, load
from tests.support.knowledge import ADVISORY, base_knowledge, change, write_base

SITE = "https://kb.example/a/"
ATOM = "{http://www.w3.org/2005/Atom}"
WITHDRAWN = (
    "status: withdrawn\nwithdrawn: {successor: CAV-2025-0009, reason: {en: A <cable>., zh: 网线。}}"
)


def made(kb: KnowledgeBase, site: str = SITE) -> dict[str, bytes]:
    """Every feed by its path."""
    return dict(feeds.files(Shelf(kb, Answers(kb), site)))


def texts(entry: ET.Element) -> dict[str, str]:
    """The parts of an entry that occur once and hold text."""
    return {one.tag.removeprefix(ATOM): one.text or "" for one in entry}


def changed(root: Path, new: str) -> dict[str, bytes]:
    """The feeds of the base with another status; its record is the only one."""
    return made(load(change(write_base(root), ADVISORY, "status: published", new))[0])


@pytest.mark.parametrize("site", [SITE, ""], ids=["address", "none"])
def test_every_atom_feed_has_what_rfc_4287_requires(kb: KnowledgeBase, site: str) -> None:
    """One id, title and moment each for feed and entries, an author, links that resolve to this
    site; two parsers read the same."""
    found = {path: text for path, text in made(kb, site).items() if path.endswith(".atom")}
    assert len(found) == 2 * (1 + len(kb.products))
    for path, text in found.items():
        feed = ET.fromstring(text)
        assert feed.tag == f"{ATOM}feed"
        assert len(feed.findall(f"{ATOM}author/{ATOM}name")) == 1
        entries = feed.findall(f"{ATOM}entry")
        for one in (feed, *entries):
            for name in ("id", "title", "updated"):
                assert len(one.findall(f"{ATOM}{name}")) == 1, path
            assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", texts(one)["id"])
            assert datetime.fromisoformat(texts(one)["updated"]).tzinfo
            alternates = [x for x in one.findall(f"{ATOM}link") if x.get("rel") == "alternate"]
            assert len(alternates) == 1
            whole = urljoin(SITE + path, alternates[0].attrib["href"])
            assert whole.startswith(SITE + ("zh/" if path.startswith("zh/") else ""))
            assert whole.endswith("/")
        own = next(x for x in feed.findall(f"{ATOM}link") if x.get("rel") == "self")
        assert urljoin(SITE + path, own.attrib["href"]) == SITE + path
        assert bool(site) == own.attrib["href"].startswith(SITE)
        moments = [texts(entry)["updated"] for entry in entries]
        assert moments == sorted(moments, reverse=True)
        assert texts(feed)["updated"] == max(moments, default="1970-01-01T00:00:00Z")
        again = minidom.parseString(text).getElementsByTagName("entry")
        ids = [one.getElementsByTagName("id")[0].firstChild.data for one in again]  # type: ignore[union-attr]
        assert ids == [texts(entry)["id"] for entry in entries]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("site", [SITE, ""], ids=["address", "none"])
def test_every_json_feed_has_what_version_1_1_requires(kb: KnowledgeBase, site: str) -> None:
    """And holds the very entries of the Atom feed beside it; addresses are whole or absent."""
    found = made(kb, site)
    for path, text in found.items():
        if not path.endswith(".json"):
            continue
        feed = json.loads(text)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"]
        assert ("feed_url" in feed) == bool(site)
        assert feed.get("feed_url", SITE + path) == SITE + path
        for item in feed["items"]:
            assert item["id"]
            assert item["content_html"]
            assert item.get("url", SITE).startswith(SITE)
            assert datetime.fromisoformat(item["date_modified"]).tzinfo
        atom = ET.fromstring(found[path.replace(".json", ".atom")])
        entries = [texts(entry) for entry in atom.findall(f"{ATOM}entry")]
        pairs = [(item["id"], item["title"], item["content_html"]) for item in feed["items"]]
        assert pairs == [(one["id"], one["title"], one["content"]) for one in entries]


def items(found: Mapping[str, bytes], path: str) -> list[dict[str, Any]]:
    """The entries of a JSON feed."""
    listed: list[dict[str, Any]] = json.loads(found[path])["items"]
    return listed


def test_a_product_has_its_own_feed(kb: KnowledgeBase) -> None:
    """With its records and no others."""
    found = made(kb)
    for id_, records in kb.by_product.items():
        told = {item["_caveat"]["id"] for item in items(found, urls.feed("feed.json", id_))}
        assert told <= {record.id for record in records}
        assert len(told) == min(len(records), feeds.LENGTH)


def test_ids_stay_when_the_site_moves() -> None:
    """A reader that was shown an entry is not shown it again because of another address."""
    kb = base_knowledge()
    here, there = made(kb), made(kb, "https://other.example/")
    for path in ("feed.json", "zh/feed.json", "products/engine/feed.json"):
        one, two = items(here, path), items(there, path)
        assert [item["id"] for item in one] == [item["id"] for item in two] != []
    assert items(here, "feed.json")[0]["id"] != items(here, "zh/feed.json")[0]["id"]
    assert items(here, "feed.json")[0]["id"] == items(here, "products/engine/feed.json")[0]["id"]


def test_the_id_of_an_entry_is_this() -> None:
    """Recorded once: another would show every entry to every reader again."""
    first = items(made(base_knowledge()), "feed.json")[0]["id"]
    assert first == "urn:uuid:be71853f-aafa-59ae-add4-c262e35eef3d"


def test_a_withdrawal_is_an_update(tmp_path: Path) -> None:
    """The entry stays, under its id, and says why and what to read instead."""
    before = items(made(base_knowledge()), "feed.json")[0]
    after = changed(tmp_path, WITHDRAWN)
    entry = items(after, "feed.json")[0]
    assert entry["id"] == before["id"]
    assert entry["title"] == f"Withdrawn: {before['title']}"
    assert entry["content_html"].startswith(
        "<p>A &lt;cable&gt;.</p>\n<p>Read instead: CAV-2025-0009</p>"
    )
    assert items(after, "zh/feed.json")[0]["title"].startswith("已撤回：CAV-2025-0001")


def test_a_draft_is_in_no_feed(tmp_path: Path) -> None:
    """Nor is its product's feed gone: a reader that follows it waits."""
    found = changed(tmp_path, "status: draft")
    assert {path: len(items(found, path)) for path in found if path.endswith(".json")} == {
        path: 0 for path in made(base_knowledge()) if path.endswith(".json")
    }


def test_a_change_is_told(tmp_path: Path) -> None:
    """Whoever reads an entry again learns what is new in it."""
    root = write_base(tmp_path)
    text = (root / ADVISORY).read_text(encoding="utf-8")
    text = re.sub(r"(?m)^modified: .*$", 'modified: "2031-02-03"', text)
    text = text.replace(
        "history:\n",
        'history:\n  - date: "2031-02-03"\n    change: {en: "Names `x` & y.", zh: 写明了 y。}\n',
    )
    (root / ADVISORY).write_text(text, encoding="utf-8")
    found = made(load(root)[0])
    told = items(found, "feed.json")[0]["content_html"]
    assert told.endswith("<p>Changed on 2031-02-03: Names <code>x</code> &amp; y.</p>")
    assert "2031-02-03 更新：写明了 y。" in items(found, "zh/feed.json")[0]["content_html"]
