"""What the board of records that need help shows.

Takes a scene and gives plain values; nothing on it depends on the day of the build.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from caveat.model import Advisory
from caveat.model.base import LANGUAGES
from caveat.rules.freshness import behind
from caveat.rules.translation import State, told
from caveat.site.scene import Scene
from caveat.site.views import parts

_SECTIONS = ("behind", "improvable", "unverified", "untranslated", "outdated", "due")
_NEXT = 12
"""How many of the coming reviews are listed."""


def view(scene: Scene) -> dict[str, Any]:
    """The values of the page."""
    records = [record for record in scene.kb.published if record.status == "published"]
    each = [parts.kept(scene, record, "board", partial(_line, scene, record)) for record in records]
    by_day = sorted(records, key=lambda r: (r.verification.review_by, r.id))[:_NEXT]
    return {
        "title": scene.words("board.title"),
        "description": scene.words("board.intro"),
        "toc": [(name, scene.words(f"board.{name}"), 2) for name in _SECTIONS],
        "behind": [one["behind"] for one in each if one["behind"]["products"]],
        "improvable": [
            one["improvable"]
            for one in sorted(each, key=_letter, reverse=True)
            if one["improvable"]["grade"]["missing"]
        ],
        "unverified": [one["unverified"] for one in each if one["unverified"]["texts"]],
        "untranslated": [one["untranslated"] for one in each if one["untranslated"]["counts"]],
        "outdated": [one["outdated"] for one in each if one["outdated"]["counts"]],
        "due": [(parts.card(scene, record), record.verification.review_by) for record in by_day],
    }


def _line(scene: Scene, record: Advisory) -> dict[str, Any]:
    """What may be said of a record, by section."""
    card = parts.card(scene, record)
    late = [parts.lateness(scene, one) for one in behind(scene.kb, record)]
    return {
        "behind": {"record": card, "products": late},
        "improvable": {"record": card, "grade": parts.grading(scene, record)},
        "unverified": {
            "record": card,
            "texts": [scene.inline(text) for text in record.unverified],
        },
        "untranslated": {"record": card, "counts": _counts(scene, record, "missing")},
        "outdated": {"record": card, "counts": _counts(scene, record, "behind")},
    }


def _letter(line: dict[str, Any]) -> str:
    letter: str = line["improvable"]["grade"]["letter"]
    return letter


def _counts(scene: Scene, record: Advisory, state: State) -> str:
    """How many texts of that state there are in which language; "" where there is none."""
    texts = [one.language for one in told(scene.kb, record, state)]
    counts = [
        scene.words(f"board.texts-{one}", count=texts.count(one))
        for one in LANGUAGES
        if one in texts
    ]
    return scene.words.joined(counts)
