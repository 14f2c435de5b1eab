"""What the panel "does it affect me?" of an advisory needs once somebody uses it.

Takes a scene and the record's id and gives the record's answers as plain values with every text in
the page's language: the browser looks an answer up and prints it, and composes no sentence.
"""

from __future__ import annotations

from typing import Any

from caveat.applicability import Answer
from caveat.applicability.sheets import Fact
from caveat.site.scene import Scene

#: Texts that stand in the panel as they are.
_WORDS = (
    *("unknown", "no-step", "probe", "link", "clear"),
    *("last-visit", "forget", "strange", "first-screen"),
)


def data(scene: Scene, id_: str) -> dict[str, Any]:
    """The record's answers (see `applicability.forms`) with `texts`, one for each answer, `names`,
    one for each fact, and `words`."""
    record = scene.kb.advisories[id_]
    sheet = scene.answers.sheet(record)
    said = {name: scene.words(f"panel.{name}") for name in _WORDS}
    copy = {name: scene.words(f"copy.{name}") for name in ("copied", "failed")}
    return {
        **scene.answers.of_record(record),
        "texts": [_text(scene, answer) for answer in sheet.answers],
        "names": [_name(scene, fact) for fact in sheet.facts],
        "words": {**said, **copy, "colon": scene.words("sentence.colon")},
    }


def _text(scene: Scene, answer: Answer) -> dict[str, Any]:
    """An answer in words: its state, its reason, and how sure it is."""
    made = {"state": _state(scene, answer), "reason": scene.reason(answer)}
    if answer.evidence:
        made["evidence"] = scene.words(f"evidence.{answer.evidence.level}")
        made["means"] = scene.words(f"evidence-means.{answer.evidence.level}")
    return made


def _state(scene: Scene, answer: Answer) -> str:
    """A state as the panel says it: where facts are missing, what to do."""
    if not answer.missing:
        return scene.words(f"panel.state-{answer.state}")
    has_command = any(_command(scene, name) for name in answer.missing)
    return scene.words("panel.state-run" if has_command else "panel.state-look")


def _command(scene: Scene, name: str) -> bool:
    """Whether a command tells the fact that an answer misses."""
    if name.startswith("product:"):
        return bool(scene.kb.products[name.removeprefix("product:")].version_command)
    return scene.kb.traits[name].probe is not None


def _name(scene: Scene, fact: Fact) -> dict[str, Any]:
    """What a fact and each of its values is called."""
    if fact.kind == "trait":
        values = {value: scene.value(fact.of, value) for value in fact.classes}
        return {"name": scene.trait(fact.of), "values": values}
    key = "affects.version-of" if fact.kind == "version" else "panel.leaves"
    return {"name": scene.words(key, product=scene.product(fact.of))}
