"""What a best practice's page and the list of checklists show.

Takes a scene and a practice's id and gives plain values.
"""

from __future__ import annotations

from typing import Any

from caveat import urls
from caveat.site.scene import Scene
from caveat.site.views import parts


def index(scene: Scene) -> dict[str, Any]:
    """The values of the list."""
    groups = parts.checklist(scene, list(scene.kb.practices.values()))
    return {
        "title": scene.words("nav.checklists"),
        "description": scene.words("checklist.intro"),
        "toc": [(f"phase-{g['phase']}", scene.words(f"phase.{g['phase']}"), 2) for g in groups],
        "checklist": {"id": "all", "groups": groups},
    }


def view(scene: Scene, id_: str) -> dict[str, Any]:
    """The values of a practice's page."""
    practice = scene.kb.practices[id_]
    products = [(scene.product(p), scene.link(urls.product(p))) for p in practice.products]
    return {
        "title": scene.plain(practice.title),
        "description": scene.plain(practice.why),
        "phase": practice.phase,
        "products": products,
        "checklist": {"id": practice.id, "groups": parts.checklist(scene, [practice])},
        "records": [parts.card(scene, record) for record in scene.kb.by_practice[id_]],
        "references": practice.references,
        "toc": [
            ("checklist", scene.words("section.checklist"), 2),
            ("records", scene.words("checklist.softened"), 2),
        ],
    }
