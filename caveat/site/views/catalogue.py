"""What the catalogue shows: every published record in one table, and the facets to narrow it by.

Takes a scene and gives plain values; the rows carry what the facets and the sorting compare, so
that the browser only hides and orders. A long table goes on on pages of its own: the first stays
light, and fetches the others when somebody narrows or orders the list.
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import chain
from typing import Any, NamedTuple

from caveat import urls
from caveat.knowledge import KnowledgeBase
from caveat.model import Advisory
from caveat.site.scene import Scene
from caveat.site.views import parts
from caveat.words import Words

#: Rows of a page: 0.06 KB each on their way.
ROWS = 2000


class Option(NamedTuple):
    """One value of a facet, with how many records have it."""

    value: str
    label: str
    records: int


def numbers(kb: KnowledgeBase) -> range:
    """The numbers of the catalogue's pages."""
    return range(1, max(1, math.ceil(len(kb.published) / ROWS)) + 1)


def title(words: Words, number: int) -> str:
    """The title of the catalogue's page of this number."""
    return words("catalogue.page", number=number) if number > 1 else words("nav.advisories")


def view(scene: Scene, number: str = "1") -> dict[str, Any]:
    """The values of the page of this number."""
    records, here, last = scene.kb.published, int(number), numbers(scene.kb)[-1]
    shown = records[(here - 1) * ROWS : here * ROWS]
    return {
        "title": title(scene.words, here),
        "description": scene.words("catalogue.intro"),
        "rows": [_row(scene, record) for record in shown],
        "facets": _facets(scene, records) if here == 1 else [],
        "total": len(records),
        "pages": [
            (one, scene.link(urls.catalogue(one)), one == here)
            for one in (numbers(scene.kb) if last > 1 else ())
        ],
        "first": here == 1,
    }


def _row(scene: Scene, record: Advisory) -> dict[str, Any]:
    return parts.kept(
        scene,
        record,
        "row",
        lambda: {"card": parts.card(scene, record), "facets": _facets_of(scene, record)},
    )


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
    each = [_row(scene, record)["facets"] for record in records]
    for name in ("product", "severity", "kind", "status", "trait"):
        counts = Counter(chain.from_iterable(facets[name] for facets in each))
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
        if not own:
            return scene.trait(value)
        return scene.words("column.trait", trait=scene.product(owner), values=scene.trait(value))
    return scene.words(f"{name}.{value}")


def _order(option: Option) -> tuple[int, str]:
    """Severities by weight, all else by name."""
    if option.value in parts.SEVERITIES:
        return parts.SEVERITIES.index(option.value), ""
    return len(parts.SEVERITIES), option.label.casefold()
