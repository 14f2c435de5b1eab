"""What the list of rules and the page of a rule show.

Takes a scene and the rule's code and gives plain values; the examples are the rule's test cases.
"""

from __future__ import annotations

from typing import Any

from caveat import urls
from caveat.rules import ALL_RULES
from caveat.rules.beyond import beyond
from caveat.rules.rule import Rule
from caveat.site import reference
from caveat.site.scene import Scene

ALL = {rule.code: rule for rule in sorted(ALL_RULES, key=lambda rule: rule.code)}


def index(scene: Scene) -> dict[str, Any]:
    """The values of the list, rules in groups by the hundreds of their codes."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for rule in ALL.values():
        groups.setdefault(rule.code[: len("CAV1")].lower(), []).append(_line(scene, rule))
    return {
        "up": scene.link(urls.FORMATS),
        "title": scene.words("rules.title"),
        "description": scene.words("rules.intro"),
        "groups": [(id_, scene.words(f"rules.{id_}"), rules) for id_, rules in groups.items()],
        "toc": [(id_, scene.words(f"rules.{id_}"), 2) for id_ in groups],
    }


def view(scene: Scene, code: str) -> dict[str, Any]:
    """The values of a rule's page."""
    rule, t = ALL[code], scene.words
    shown = reference.read("rules")[code]
    return {
        **_line(scene, rule),
        "title": f"{code} {rule.name}",
        "description": scene.declared(rule.says).html.striptags(),
        "why": scene.text(t(f"rule.{code}.why")),
        "mend": scene.text(t(f"rule.{code}.mend")),
        "beyond": scene.declared(reason) if (reason := beyond(code)) else None,
        "bad": shown["bad"],
        "good": shown["good"],
        "list": scene.link(urls.RULES),
        "up": scene.link(urls.FORMATS),
        "toc": [(id_, t(f"rules.{id_}"), 2) for id_ in ("why", "mend", "bad", "good")],
    }


def _line(scene: Scene, rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "level": rule.level,
        "says": scene.declared(rule.says),
        "url": scene.link(urls.rule(rule.code)),
    }
