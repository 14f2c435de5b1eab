"""What to look at before going to a release that a record recommends.

Takes a scene and a record and gives plain values, by the workaround's id or by the fix's product
and version.
"""

from __future__ import annotations

from typing import Any

from caveat import urls
from caveat.applicability.advice import Caution, cautions
from caveat.model import Advisory
from caveat.site.scene import Scene


def view(scene: Scene, record: Advisory) -> dict[str, list[dict[str, Any]]]:
    """The notes of each fix and each workaround that has any; what is said of a fix is not said
    again of the workaround that leads there."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in sorted(
        cautions(scene.kb, record), key=lambda one: one.advised.workaround is not None
    ):
        to = one.advised
        fix = f"{to.product} {to.version.text}"
        if to.workaround is None:
            found.setdefault(fix, []).append(_note(scene, one))
        elif fix not in found:
            found.setdefault(to.workaround.id, []).append(_note(scene, one))
    return found


def _note(scene: Scene, one: Caution) -> dict[str, Any]:
    key = "caution.way" if one.advised.workaround else "caution.fix"
    conditions = [
        scene.words("column.trait", trait=scene.trait(name), values=scene.any_value(name, values))
        for name, values in one.witness.where
    ]
    conditions += [
        scene.words("caution.beside", product=scene.product(p)) for p in one.witness.beside
    ]
    where = scene.words("caution.where", conditions=scene.words.joined(conditions))
    return {
        "says": scene.words(key, version=one.advised.version.text),
        "id": one.other.id,
        "url": scene.link(urls.advisory(one.other.id)),
        "title": scene.inline(one.other.title),
        "where": where if conditions else "",
    }
