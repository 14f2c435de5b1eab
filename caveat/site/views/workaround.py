"""A workaround as the page shows it: what it costs, how to apply, check and undo it.

Takes a scene, a record and a workaround and gives plain values.
"""

from __future__ import annotations

from typing import Any

from caveat.model import Advisory, Step, Workaround
from caveat.site.scene import Scene


def view(scene: Scene, record: Advisory, workaround: Workaround) -> dict[str, Any]:
    """The values of one workaround."""
    references = {r.id: r for r in record.references}
    source = workaround.evidence.reference
    phases = [
        {"name": name, "steps": [_step(scene, step) for step in getattr(workaround, name)]}
        for name in ("apply", "verify", "rollback")
    ]
    platforms = _platforms(workaround)
    return {
        "id": workaround.id,
        "kind": workaround.kind,
        "title": scene.inline(workaround.title),
        "effort": workaround.effort,
        "disruption": workaround.disruption,
        "evidence": workaround.evidence.level,
        "reference": references.get(source) if source else None,
        "possible": _possible(scene, record, workaround),
        "risk": scene.block(workaround.risk),
        "phases": phases,
        "platforms": platforms if len(platforms) > 1 else [],
        "remove_when": scene.block(workaround.remove_when) if workaround.remove_when else None,
    }


def _possible(scene: Scene, record: Advisory, workaround: Workaround) -> list[str]:
    found = [
        f"{scene.product(where.product)} {scene.range(one, where.product)}"
        for where in workaround.versions
        for one in where.ranges
    ]
    for path, values in workaround.when.items():
        key = scene.kb.trait_key(record.products[0], path) or path
        value = scene.any_value(key, values)
        found.append(scene.words("column.trait", trait=scene.trait(key), values=value))
    return found


def _platforms(workaround: Workaround) -> list[str]:
    """Platforms whose commands differ, so that a reader picks one of them."""
    steps = (*workaround.apply, *workaround.verify, *workaround.rollback)
    named = dict.fromkeys(platform for step in steps for platform in step.commands)
    return [platform for platform in named if platform != "any"]


def _step(scene: Scene, step: Step) -> dict[str, Any]:
    return {
        "text": scene.block(step.text) if step.text else None,
        "commands": list(step.commands.items()),
        "expected": step.expected,
    }
