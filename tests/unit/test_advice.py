"""Takes two records, one of which recommends a release; shows when the other one is a caution.

The first sends its readers from 2.0.0 to another release; the second strikes there or does not.
"""

import textwrap
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from caveat.applicability.advice import Caution, cautions
from caveat.knowledge import KnowledgeBase, load
from caveat.model.base import LANGUAGES, Language
from caveat.site import Site
from tests.support.knowledge import write_base


@dataclass(frozen=True)
class Said:
    """What the two records say, as far as it matters here."""

    ranges: str = '[{introduced: "2.0.0", fixed: "2.0.1"}]'
    when: str = "{mode: [rootless]}"
    advice: str = 'fixes: [{product: engine, version: "2.0.1", scope: full}]'
    other: str = '[{introduced: "2.0.1", fixed: "2.1.0"}]'
    other_when: str = "{}"
    other_more: str = ""
    status: str = "published"


RECORD = """\
id: CAV-2025-000{number}
slug: record-{number}
status: {status}
kind: regression
severity: {{level: high, reason: {{en: It fails., zh: 会失败。}}}}
title: {{en: Record {number} fails, zh: 记录 {number} 会失败}}
summary: {{en: It fails., zh: 会失败。}}
published: "2025-03-01"
modified: "2025-03-01"
{withdrawn}
affected:
  - on:
      - product: engine
        ranges: {ranges}
        when: {when}
    evidence: {{level: reported, reference: issue}}
{more}
cause: {{en: A fault., zh: 缺陷。}}
{advice}
references: [{{id: issue, type: report, url: "https://git.example/1", title: A report}}]
verification: {{last_verified: "2025-03-01", review_by: "2025-09-01"}}
history: [{{date: "2025-03-01", change: {{en: First., zh: 首次。}}}}]
"""
WORKAROUND = """\
workarounds:
  - id: go-there
    kind: {kind}
    title: {{en: Go there, zh: 换过去}}
    leads_to: [{{product: engine, version: "{version}"}}]
    {possible}
    effort: minutes
    disruption: restart
    risk: {{en: Nothing., zh: 无。}}
    apply: [{{commands: {{any: engine install}}}}]
    evidence: {{level: reported}}
"""


def written(folder: Path, said: Said) -> KnowledgeBase:
    """The base with the two records in place of its own."""
    root = write_base(folder)
    records = root / "advisories" / "records" / "2025"
    (records / "CAV-2025-0001.yml").unlink()
    gone = "withdrawn: {reason: {en: Wrong., zh: 有误。}}" if said.status == "withdrawn" else ""
    first = RECORD.format(
        number=1,
        status="published",
        withdrawn="",
        ranges=said.ranges,
        when=said.when,
        more="",
        advice=said.advice,
    )
    second = RECORD.format(
        number=2,
        status=said.status,
        withdrawn=gone,
        ranges=said.other,
        when=said.other_when,
        more=textwrap.indent(said.other_more, "    "),
        advice="",
    )
    (records / "CAV-2025-0001.yml").write_text(first, encoding="utf-8")
    (records / "CAV-2025-0002.yml").write_text(second, encoding="utf-8")
    kb, problems = load(root)
    assert not problems, problems
    return kb


def found(folder: Path, said: Said) -> list[Caution]:
    """The cautions of the first record."""
    kb = written(folder, said)
    return list(cautions(kb, kb.advisories["CAV-2025-0001"]))


def way(kind: str, version: str, possible: str = "") -> str:
    """A workaround that leads to a release."""
    return WORKAROUND.format(kind=kind, version=version, possible=possible)


PLAIN = Said()
CAUTION = {
    "the fix is struck": PLAIN,
    "the same value will do for both": replace(PLAIN, other_when="{mode: [rootless, rootful]}"),
    "a trait that the first leaves open": replace(PLAIN, other_when="{kernel-module: [present]}"),
    "a downgrade": replace(
        PLAIN, advice=way("downgrade", "1.1.2"), other='[{introduced: "1.1.2", fixed: "2.0.0"}]'
    ),
    "only the step strikes": replace(
        PLAIN,
        other='[{introduced: "2.0.1"}]',
        other_more='upgrade: {from: [{introduced: "2.0.0"}], to: [{introduced: "2.0.1"}]}',
    ),
}
NO_CAUTION = {
    "only who comes from far away gets into it": replace(
        PLAIN,
        ranges='[{introduced: "1.1.0", fixed: "2.0.1"}]',
        other='[{introduced: "2.0.0", fixed: "2.1.0"}]',
    ),
    "it ends before": replace(PLAIN, other='[{introduced: "1.0.0", fixed: "2.0.1"}]'),
    "it begins after": replace(PLAIN, other='[{introduced: "2.1.0"}]'),
    "nobody is both": replace(PLAIN, other_when="{mode: [rootful]}"),
    "whoever comes has it already": replace(PLAIN, other='[{introduced: "2.0.0"}]'),
    "the way is not possible there": replace(
        PLAIN,
        advice=way("upgrade", "2.0.1", "when: {kernel-module: [missing]}"),
        other_when="{kernel-module: [present]}",
    ),
    "an upgrade does not lead back": replace(
        PLAIN, advice=way("upgrade", "1.1.2"), other='[{introduced: "1.1.2", fixed: "2.0.0"}]'
    ),
    "another step strikes": replace(
        PLAIN,
        other='[{introduced: "2.0.1"}]',
        other_more='upgrade: {from: [{introduced: "2.0.1"}], to: [{introduced: "2.1.0"}]}',
    ),
    "it does not hold any more": replace(PLAIN, status="withdrawn"),
    "nobody reads it yet": replace(PLAIN, status="draft"),
}


@pytest.mark.parametrize("said", CAUTION.values(), ids=CAUTION)
def test_caution(tmp_path: Path, said: Said) -> None:
    """A host that follows the first record is struck by the second, which it was not before."""
    assert [one.other.id for one in found(tmp_path, said)] == ["CAV-2025-0002"]


@pytest.mark.parametrize("said", NO_CAUTION.values(), ids=NO_CAUTION)
def test_no_caution(tmp_path: Path, said: Said) -> None:
    """Nobody gets into the second record by following the first."""
    assert found(tmp_path, said) == []


def test_it_says_what_else_has_to_hold(tmp_path: Path) -> None:
    """Conditions that every reader of the first record meets are not repeated."""
    when = "{mode: [rootless], kernel-module: [present]}"
    (one,) = found(tmp_path, replace(PLAIN, other_when=when))
    assert one.witness.where == (("kernel-module", ("present",)),)
    assert one.witness.evidence == "reported"


NOTES: dict[Language, str] = {
    "en": "2.0.1 fixes this, but see",
    "zh": "2.0.1 修复了本问题，但请先看",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_it_twice(tmp_path: Path, language: Language) -> None:
    """Where a reader in a hurry looks, and where the fix is described, with a link."""
    site = Site(written(tmp_path, PLAIN), language)
    page = next(page for page in site.pages() if page.subject == ("CAV-2025-0001",))
    html = site.render(page).html
    note = f'{NOTES[language]} <a href="../../advisories/CAV-2025-0002/">'
    assert html.count(note) == 2
    assert html.index(note) < html.index('id="affects-me"')
    assert html.rindex(note) > html.index('id="fix"')


def test_a_page_is_made_anew_when_another_record_begins_to_strike(tmp_path: Path) -> None:
    """The preview's memory of a page knows what its cautions are."""
    marks = []
    for name, said in (("a", PLAIN), ("b", replace(PLAIN, other='[{introduced: "2.1.0"}]'))):
        (tmp_path / name).mkdir()
        site = Site(written(tmp_path / name, said), "en")
        page = next(page for page in site.pages() if page.subject == ("CAV-2025-0001",))
        marks.append(site.sources(page))
    assert marks[0] != marks[1]
