"""What the heat map of a product fetches once somebody switches its configuration.

Takes a scene and a product's id and gives its answers as plain values, with the names of all that
can be switched; the browser looks states up and compares no versions.
"""

from __future__ import annotations

from typing import Any

from caveat.applicability import State
from caveat.site.scene import Scene


def data(scene: Scene, id_: str) -> dict[str, Any]:
    """The product's answers (see `applicability.forms`) with `switches` and `words`."""
    made = scene.answers.of_product(id_)
    # The map shows states; why and on what evidence stands on the page of the record.
    for record in made["records"]:
        record["answers"] = [{"state": answer["state"]} for answer in record["answers"]]
    others = [product for product in made["products"] if product != id_]
    versions = {
        one: {"name": scene.words("affects.version-of", product=scene.product(one))}
        for one in others
    }
    own, host = f"{id_}.", [key for key in made["traits"] if "." not in key]
    mine = [key for key in made["traits"] if key.startswith(own)]
    keys = dict.fromkeys((*mine, *host, *made["traits"]))
    traits = {key: _trait(scene, key) for key in keys}
    names = ("configuration", "default", "unknown", "as-above", "reset", "said")
    words = {name: scene.words(f"heat.{name}") for name in names}
    return {
        **made,
        "switches": {**traits, **versions},
        "words": {
            **words,
            "folded": scene.words("matrix.folded"),
            "states": {str(state): scene.words(f"state.{state}") for state in State},
        },
    }


def _trait(scene: Scene, key: str) -> dict[str, Any]:
    values = {value.id: scene.value(key, value.id) for value in scene.kb.traits[key].values}
    return {"name": scene.trait(key), "values": values}
