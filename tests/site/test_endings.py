"""Takes a small site with records that ended; shows that each keeps its place everywhere, and says
there that it ended, why, and what to read instead, in both languages."""

import json
from pathlib import Path
from typing import Any

import pytest

from caveat.knowledge import load
from caveat.matching import Index
from tests.support.command import run
from tests.support.html import read_site
from tests.support.six import ENDED, MOVED, NEWER, PLAIN, REPLACED

#: A record that ended, its successor, its standing in both languages.
ENDS = {
    "replaced": (REPLACED, NEWER, {"en": "replaced", "zh": "已被取代"}),
    "withdrawn-for": (MOVED, PLAIN, {"en": "withdrawn", "zh": "已撤回"}),
    "withdrawn": (ENDED, None, {"en": "withdrawn", "zh": "已撤回"}),
}
REASON = {"en": "It was a faulty cable.", "zh": "原因是网线损坏。"}
NOTICE = {
    "replaced": {"en": "This record was replaced by a newer one", "zh": "本记录已被新的记录取代"},
    "withdrawn-for": {"en": "This record was withdrawn", "zh": "本记录已撤回"},
    "withdrawn": {"en": "This record was withdrawn", "zh": "本记录已撤回"},
}
FOLDER = {"en": "", "zh": "zh/"}
CASES = [(name, lang) for name in ENDS for lang in FOLDER]


def text(six: Path, lang: str, path: str) -> str:
    return (six / "site" / FOLDER[lang] / path).read_text("utf-8")


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_page_begins_with_the_end(six: Path, name: str, lang: str) -> None:
    """Before anything else: that it ended, why, and a link to what to read instead."""
    id_, successor, standing = ENDS[name]
    page = text(six, lang, f"advisories/{id_}/index.html")
    banner = page[page.index("cv-ended") : page.index("cv-first")]
    assert NOTICE[name][lang] in banner
    assert (REASON[lang] in banner) == (name != "replaced")
    assert (f"advisories/{successor}/" in banner) == bool(successor)
    assert f">{standing[lang]}</span>" in page[: page.index("<h1>")]
    assert f'data-pagefind-filter="status">{standing[lang]}<' in page


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_lists_say_so(six: Path, name: str, lang: str) -> None:
    """The catalogue, the upstream name, the list for assistants."""
    id_, _, standing = ENDS[name]
    row = text(six, lang, "advisories/index.html").partition(f">{id_}<")[2].partition("</th>")[0]
    assert f">{standing[lang]}</span>" in row
    alias = text(six, lang, f"alias/engine/engine/{int(id_[-1]) + 20}/index.html")
    assert f"{'(' if lang == 'en' else '（'}{standing[lang]}" in alias
    up = "../" * (4 if lang == "en" else 5)
    assert f'content="0; url={up}{FOLDER[lang]}advisories/{id_}/"' in alias
    line = next(one for one in text(six, lang, "llms.txt").splitlines() if f"[{id_}" in one)
    assert line.endswith(standing[lang])


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_badge_says_so(six: Path, name: str, lang: str) -> None:
    """With the record to read instead."""
    id_, successor, _ = ENDS[name]
    made = json.loads(text(six, lang, f"badge/{id_}.json"))
    words = {
        "replaced": {"en": f"replaced by {successor}", "zh": f"已被 {successor} 取代"},
        "withdrawn-for": {"en": f"withdrawn, see {successor}", "zh": f"已撤回，请改看 {successor}"},
        "withdrawn": {"en": "withdrawn", "zh": "已撤回"},
    }
    assert made["message"] == words[name][lang]
    assert made["message"] in text(six, lang, f"badge/{id_}.svg")


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_feeds_say_so(six: Path, name: str, lang: str) -> None:
    """In the title, and with reason and successor before all else."""
    id_, successor, standing = ENDS[name]
    feed = json.loads(text(six, lang, "products/engine/feed.json"))
    entry = next(one for one in feed["items"] if id_ in one["title"])
    assert entry["title"].casefold().startswith(standing[lang])
    head = entry["content_html"].partition("2.0.0")[0]
    assert (REASON[lang] in head) == (name != "replaced")
    assert (f"{successor}</p>" in head) == bool(successor)
    assert entry["title"] in text(six, lang, "feed.atom")


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_terminal_and_markdown_say_so(six: Path, name: str, lang: str) -> None:
    """From the checkout and from the published site alike."""
    id_, successor, _ = ENDS[name]
    shown = [run("show", id_, "--lang", lang, kb=place).out for place in (six, six / "site")]
    for told in (*shown, text(six, lang, f"advisories/{id_}/index.md")):
        assert NOTICE[name][lang] in told
        assert (REASON[lang] in told) == (name != "replaced")
        assert (successor or "CAV-2025-9999") in told or successor is None


@pytest.mark.parametrize("name", ENDS)
def test_api_says_so(six: Path, name: str) -> None:
    """In the index, the list and the record."""
    id_, successor, _ = ENDS[name]
    want = [successor] if successor else []
    for path in ("index.json", "advisories.json"):
        found: Any = json.loads(text(six, "en", f"api/v1/{path}"))["advisories"]
        assert next(one for one in found if one["id"] == id_)["successors"] == want, path
    whole = json.loads(text(six, "en", f"api/v1/advisories/{id_}.json"))
    assert whole["successors"] == want
    assert ("withdrawn" in whole) == (name != "replaced")


def test_what_was_withdrawn_answers_no_more(six: Path) -> None:
    """Neither the finder, nor a release's page, nor the planner, nor the command; what was replaced
    still holds."""
    kb, _ = load(six)
    known = {id_ for id_, _ in Index.of(kb).records}
    assert {REPLACED, PLAIN} <= known
    assert not {MOVED, ENDED} & known
    told = run("check", "engine", "2.0.0", "--defaults", "--all", "--json", kb=six).json
    answered = {one["id"] for one in told["answers"]}
    assert REPLACED in answered
    assert not {MOVED, ENDED} & answered
    plan = json.loads(text(six, "en", "plan/product/engine.json"))
    listed = json.dumps(plan)
    assert REPLACED in listed
    assert MOVED not in listed
    for lang in FOLDER:
        page = text(six, lang, "products/engine/2.0.0/index.html")
        row = page.partition(f"advisories/{REPLACED}/")[2].partition("</p>")[0]
        assert f">{ENDS['replaced'][2][lang]}</span>" in row
        assert f"advisories/{MOVED}/" not in page
        assert f"advisories/{ENDED}/" not in page


def test_anchors_of_what_ended_stay(six: Path) -> None:
    """All that the page of a record that holds has."""
    documents = read_site(six / "site")
    for folder in FOLDER.values():
        ids = set(documents[f"{folder}advisories/{PLAIN}/"].ids)
        for id_ in (REPLACED, MOVED, ENDED):
            own = set(documents[f"{folder}advisories/{id_}/"].ids)
            assert {one for one in ids - own if not one.startswith("why-")} == set()
