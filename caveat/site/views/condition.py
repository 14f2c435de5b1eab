"""The conditions of a record as a table: what decides, when it hits, and how to find out.

Takes a scene and a record and gives plain values: each product's version first, then each trait
once, what was only tested included.
"""

from __future__ import annotations

import shlex
from typing import Any

from caveat.model import Advisory, Probe, Trait
from caveat.site.scene import Scene


def view(scene: Scene, record: Advisory) -> list[dict[str, Any]]:
    """The rows of the table, one for each fact that the record's answers ask for."""
    facts = scene.answers.sheet(record).facts
    wanted: dict[str, list[str]] = {}
    for entry in record.affected:
        for on in entry.on:
            for path, values in on.when.items():
                key = scene.kb.trait_key(on.product, path) or path
                known = wanted.setdefault(key, [])
                known += [value for value in values if value not in known]
    rows = [_version(scene, record, fact.of) for fact in facts if fact.kind == "version"]
    traits = [fact.of for fact in facts if fact.kind == "trait"]
    return rows + [_trait(scene, key, wanted.get(key, [])) for key in traits]


def _version(scene: Scene, record: Advisory, product: str) -> dict[str, Any]:
    ranges = dict(scene.affected_versions(record)).get(scene.product(product), [])
    argv = scene.kb.products[product].version_command
    return {
        "fact": product,
        "name": scene.words("affects.version-of", product=scene.product(product)),
        "about": None,
        "hit_when": ranges,
        "command": shlex.join(argv) if argv else None,
        "outputs": [],
        "defaults": [],
    }


def _trait(scene: Scene, key: str, values: list[str]) -> dict[str, Any]:
    trait = scene.kb.traits[key]
    return {
        "fact": key,
        "name": scene.trait(key),
        "about": scene.block(trait.about) if trait.about else None,
        "hit_when": [scene.value(key, value) for value in values],
        "command": shlex.join(trait.probe.argv) if trait.probe else None,
        "outputs": outputs(scene, key, trait.probe, values) if trait.probe else [],
        "defaults": _defaults(scene, key, trait),
    }


def outputs(scene: Scene, key: str, probe: Probe, hit: list[str]) -> list[dict[str, Any]]:
    """What each output means, in the order in which the probe is read, and whether it is a hit."""
    t = scene.words
    found: list[tuple[str, str | None, str]] = [
        (t("affects.exit-is", code=code), None, value) for code, value in probe.exit.items()
    ]
    for kind, table in (("output-is", probe.equals), ("output-contains", probe.contains)):
        found += [(t(f"affects.{kind}"), text, value) for text, value in table.items()]
    return [
        {"says": says, "text": text, "value": scene.value(key, value), "hit": value in hit}
        for says, text, value in found
    ]


def _defaults(scene: Scene, key: str, trait: Trait) -> list[str]:
    found = []
    for default in trait.default:
        value = scene.value(key, default.value)
        if default.ranges:
            span = scene.words.joined(
                [scene.range(r, key.partition(".")[0]) for r in default.ranges]
            )
            value = scene.words("affects.default-for", value=value, range=span)
        found.append(value)
    return found
