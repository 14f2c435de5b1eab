"""What the catalogue shows: every published record in one table, and the facets to narrow it by.

Takes a scene and gives plain values; the rows carry what the facets and the sorting compare, so
that the browser only hides and orders.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from caveat.model import Advisory
from caveat.site.scene import Scene
from caveat.site.views import parts


class Option(NamedTuple):
    """One value of a facet, with how many records have it."""

    value: str
    label: str
    records: int


def view(scene: Scene) -> dict[str, Any]:
    """The values of the page."""
    records = scene.kb.published
    return {
        "title": scene.words("nav.advisories"),
        "description": scene.words("catalogue.intro"),
        "rows": [
            {"card": parts.card(scene, record), "facets": _facets_of(scene, record)}
            for record in records
        ],
        "facets": _facets(scene, records),
        "severities": parts.SEVERITIES,
    }


def _facets_of(scene: Scene, record: Advisory) -> dict[str, list[str]]:
    """The values by which a record is found, by facet."""
    conditions = (
        scene.kb.trait_key(on.product, path)
        for entry in record.affected
        for on in entry.on
        for path in on.when
    )
    return {
        "product": list(record.products),
        "severity": [record.severity.level],
        "kind": [record.kind],
        "status": [scene.kb.standing(record)],
        "trait": list(dict.fromkeys(key for key in conditions if key)),
    }


def _facets(scene: Scene, records: tuple[Advisory, ...]) -> list[dict[str, Any]]:
    """The facets that tell records apart: a facet in which all are alike is left out."""
    found = []
    for name in ("product", "severity", "kind", "status", "trait"):
        counts = Counter(v for record in records for v in _facets_of(scene, record)[name])
        options = [Option(v, _label(scene, name, v), n) for v, n in counts.items()]
        if len(options) > 1:
            found.append({"name": name, "options": sorted(options, key=_order)})
    return found


def _label(scene: Scene, name: str, value: str) -> str:
    if name == "product":
        return scene.product(value)
    if name == "trait":
        owner, _, _ = value.partition(".")
        own = "." in value
        return f"{scene.product(owner)}: {scene.trait(value)}" if own else scene.trait(value)
    return scene.words(f"{name}.{value}")


def _order(option: Option) -> tuple[int, str]:
    """Severities by weight, all else by name."""
    if option.value in parts.SEVERITIES:
        return parts.SEVERITIES.index(option.value), ""
    return len(parts.SEVERITIES), option.label.casefold()
