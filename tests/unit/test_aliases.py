"""Takes the pages of names; shows that each leads to what it is the name of, in both languages."""

import re
from pathlib import Path

import pytest

from caveat import urls
from caveat.applicability.answers import Answers
from caveat.exports import Shelf, aliases
from caveat.knowledge import KnowledgeBase, load
from tests.support.html import resolve
from tests.support.knowledge import ADVISORY, base_knowledge, change, write_base

SITE = "https://kb.example/a/"
PAGE = "advisories/CAV-2025-0001/"


def pages(kb: KnowledgeBase, site: str = "") -> dict[str, str]:
    """Every page by its address."""
    found = aliases.files(Shelf(kb, Answers(kb), site))
    return {path.removesuffix("index.html"): content.decode() for path, content in found}


def targets(page: str) -> list[str]:
    """Where its links lead, as written."""
    return re.findall(r'<a href="([^"]*)"', page)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("moby/moby#49499", "alias/moby/moby/49499/"),
        ("CVE-2025-1234", "alias/CVE-2025-1234/"),
        ("GHSA-aaaa-bbbb-cccc", "alias/GHSA-aaaa-bbbb-cccc/"),
        ("launchpad:12", "alias/launchpad/12/"),
        ("docker-28-ports", "alias/docker-28-ports/"),
        ("../..#1", None),
        ("a/.#1", None),
    ],
)
def test_address_of_a_name(name: str, path: str | None) -> None:
    """Follows from the name by rule, and never leads out of its folder."""
    assert urls.alias(name) == path


def test_every_name_of_every_record_leads_to_it(kb: KnowledgeBase) -> None:
    """In both languages, to the page in the same one."""
    found = pages(kb)
    paths = {urls.alias(name) for one in kb.published for name in (one.slug, *one.aliases)}
    assert set(found) == {folder + path for path in paths if path for folder in ("", "zh/")}
    for record in kb.published:
        for name in (record.slug, *record.aliases):
            for folder in ("", "zh/"):
                path = f"{folder}{urls.alias(name)}"
                led = [resolve(path, target) for target in targets(found[path])]
                assert (folder + urls.advisory(record.id), "") in led, path


def test_one_record_is_gone_to_at_once() -> None:
    """The link is there for those whose browser does not, and search engines keep the record."""
    found = pages(base_knowledge(), SITE)
    for folder in ("", "zh/"):
        for name in ("engine/engine/12", "CVE-2025-1234", "engine-2-0-0-ports"):
            page = found[f"{folder}alias/{name}/"]
            whole = f"{SITE}{folder}{PAGE}"
            assert f'<link rel="canonical" href="{whole}">' in page
            assert f'<meta http-equiv="refresh" content="0; url={whole}">' in page
            assert targets(page)[0] == whole
            assert "<script" not in page


def test_a_shared_name_lists_all(tmp_path: Path) -> None:
    """Nobody is sent on, since nobody knows to which; what was withdrawn says so."""
    root = write_base(tmp_path)
    text = (root / ADVISORY).read_text(encoding="utf-8")
    other = text.replace("CAV-2025-0001", "CAV-2025-0002").replace("engine-2-0-0-ports", "twin")
    other = other.replace(
        "status: published",
        "status: withdrawn\nwithdrawn: {reason: {en: A cable., zh: 网线。}}",
    )
    (root / ADVISORY).with_name("CAV-2025-0002.yml").write_text(other, encoding="utf-8")
    found = pages(load(root)[0], SITE)
    page = found["alias/CVE-2025-1234/"]
    assert "refresh" not in page
    assert f'<link rel="canonical" href="{SITE}alias/CVE-2025-1234/">' in page
    ids = ("CAV-2025-0001", "CAV-2025-0002")
    assert targets(page)[:2] == [f"{SITE}advisories/{id_}/" for id_ in ids]
    assert page.count("(withdrawn)") == 1
    assert found["zh/alias/CVE-2025-1234/"].count("（已撤回）") == 1
    assert "refresh" in found["alias/twin/"]


def test_drafts_have_no_address(tmp_path: Path) -> None:
    """What is not published yet is not led to."""
    root = change(write_base(tmp_path), ADVISORY, "status: published", "status: draft")
    assert pages(load(root)[0]) == {}


def test_titles_cannot_act_as_markup(tmp_path: Path) -> None:
    """A record may name a tag in its title."""
    root = change(
        write_base(tmp_path), ADVISORY, "cannot publish ports\n", "has no `<script>` & ports\n"
    )
    page = pages(load(root)[0])["alias/engine-2-0-0-ports/"]
    assert "has no &lt;script&gt; &amp; ports</a>" in page
    assert "<script" not in page
