"""Takes the badges of the small base and of the house; shows that each is drawn, told and
legible."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from caveat import published, urls
from caveat.applicability import State
from caveat.applicability.answers import Answers
from caveat.exports import Shelf, badges
from caveat.exports.badge import GROUND, Look, draw
from caveat.knowledge import KnowledgeBase, load
from tests.support.knowledge import ADVISORY, base_knowledge, change, write_base
from tests.support.small import entry, on, small

SVG = "{http://www.w3.org/2000/svg}"


def made(kb: KnowledgeBase) -> dict[str, bytes]:
    """Every badge by its path."""
    return dict(badges.files(Shelf(kb, Answers(kb))))


def told(svg: bytes) -> str:
    """What a screen reader says."""
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == root.get("aria-label")
    return root.attrib["aria-label"]


def with_documents(kb: KnowledgeBase) -> KnowledgeBase:
    """The same, as if it had been read."""
    traits = {key: published.values(trait) for key, trait in kb.host_traits.items()}
    return published.knowledge(
        [
            {**published.values(one), published.SHARED_TRAITS: traits}
            for one in kb.products.values()
        ],
        kb.advisories.values(),
    )


def light(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    line = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]


def test_white_is_legible_on_every_ground() -> None:
    """4.5 : 1, which the badge brings along to dark pages and light ones."""
    for colour in (GROUND, *(look.colour for look in Look)):
        assert 1.05 / (light(colour) + 0.05) >= 4.5, colour


def test_no_two_looks_share_a_shape() -> None:
    """Whoever sees no colours sees which it is."""
    assert len({look.shape for look in Look}) == len(Look)


def test_every_record_and_release_has_one_a_language(kb: KnowledgeBase) -> None:
    """And nothing else has; every drawing is well formed and says what it shows."""
    found = made(kb)
    wanted = {urls.badge(one.id, end) for one in kb.published for end in ("svg", "json")}
    for id_, catalogue in kb.catalogues.items():
        wanted |= {urls.release_badge(id_, version.text) for version in catalogue.versions}
    assert set(found) == {folder + path for path in wanted for folder in ("", "zh/")}
    for path, content in found.items():
        if path.endswith(".svg"):
            label, message = (one.text for one in ET.fromstring(content).iter(f"{SVG}text"))
            assert told(content) == f"{label}: {message}"


def test_json_is_what_shields_reads() -> None:
    """Version 1 of its endpoint, with the words and the colour of the drawing."""
    found = made(base_knowledge())
    for folder, message in (("", "high, fixed in 2.0.1"), ("zh/", "严重程度：高；2.0.1 已修复")):
        badge = json.loads(found[f"{folder}badge/CAV-2025-0001.json"])
        assert badge == {
            "schemaVersion": 1,
            "label": "CAV-2025-0001",
            "message": message,
            "color": Look.HIGH.colour.removeprefix("#"),
        }
        assert told(found[f"{folder}badge/CAV-2025-0001.svg"]) == f"CAV-2025-0001: {message}"


def test_a_withdrawn_record_keeps_its_badge(tmp_path: Path) -> None:
    """It says so, and no longer how bad it is; a draft has none."""
    withdrawn = "status: withdrawn\nwithdrawn: {reason: {en: A cable., zh: 网线。}}"
    for new, text in ((withdrawn, "CAV-2025-0001: withdrawn"), ("status: draft", None)):
        root = tmp_path / new[8:12]
        found = made(load(change(write_base(root), ADVISORY, "status: published", new))[0])
        svg = found.get("badge/CAV-2025-0001.svg")
        assert (told(svg) if svg else None) == text


@pytest.mark.parametrize(
    ("version", "text"),
    [
        ("1.0.0", "engine 1.0.0: nothing known"),
        ("2.0.0", "engine 2.0.0: affected by 1, perhaps 1"),
        ("2.1.0", "engine 2.1.0: perhaps affected by 1"),
        ("3.0.0", "engine 3.0.0: affected by 1"),
    ],
)
def test_a_release_counts_what_strikes_it(version: str, text: str) -> None:
    """What is certain apart from what facts decide, as the release's page has it."""
    kb = small(
        {"engine": ("1.0.0", "2.0.0", "2.1.0", "3.0.0")},
        {
            "sure": [entry(on("2.0.0", "2.1.0"))],
            "depends": [entry(on("2.0.0", "3.0.0", when={"kernel": ["new"]}))],
            "late": [entry(on("3.0.0"))],
        },
        verified={"engine": "3.0.0"},
    )
    kb = with_documents(kb)
    assert told(made(kb)[f"badge/engine/{version}.svg"]) == text
    answers, parsed = Answers(kb), kb.catalogues["engine"].parse(version)
    states = [answer.state for _, answer in answers.may_bite("engine", parsed)]
    assert states.count(State.AFFECTED) == int("affected by 1" in text.replace("perhaps a", ""))


def test_texts_cannot_act_as_markup() -> None:
    """A product may be called anything."""
    svg = draw('a"<b>&', "x</title><script>", Look.LOW, "en")
    assert told(svg) == 'a"<b>&: x</title><script>'
    assert b"<script" not in svg
