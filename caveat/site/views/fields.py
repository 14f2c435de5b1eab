"""What the page of a kind of record shows: every field that a file may hold.

Takes a scene and the kind's name and gives plain values, all of them from the declarations in
`caveat.model`.
"""

from __future__ import annotations

from typing import Any

import yaml

from caveat import urls
from caveat.model.schema import schemas
from caveat.reading.tree import PATTERNS
from caveat.site.scene import Scene
from caveat.site.views.forms import Schema, pieces


def view(scene: Scene, kind: str) -> dict[str, Any]:
    """The values of the page."""
    schema = schemas()[kind]
    sections = [_section(scene, name, one) for name, one in _parts(schema)]
    sections[0]["says"] = None  # the page says it
    return {
        "up": scene.link(urls.FORMATS),
        "title": scene.words(f"formats.{kind}"),
        "description": scene.words(f"formats.{kind}-says"),
        "place": f"advisories/{PATTERNS[kind]}",
        "schema": scene.once(urls.api_schema(kind)) if kind in _SERVED else None,
        "sections": sections,
        "toc": [(one["id"], one["name"], 2) for one in sections],
    }


#: Kinds of which the API serves single records, with a schema.
_SERVED = ("advisory", "product")


def _parts(schema: Schema) -> list[tuple[str, Schema]]:
    """The declaration of the file and of everything in it, in the order in which a file needs
    them."""
    found: dict[str, Schema] = {schema["title"]: schema}
    open_ = [schema]
    while open_:
        for name in _named(open_.pop(0)["properties"]):
            if name not in found:
                found[name] = schema["$defs"][name]
                open_.append(found[name])
    return list(found.items())


def _named(value: Any) -> list[str]:
    """The declarations that a schema refers to, each once."""
    if isinstance(value, list):
        return list(dict.fromkeys(name for one in value for name in _named(one)))
    if not isinstance(value, dict):
        return []
    own = [value["$ref"].rpartition("/")[2]] if isinstance(value.get("$ref"), str) else []
    rest = [name for key, one in value.items() if key != "examples" for name in _named(one)]
    return list(dict.fromkeys([*own, *rest]))


def anchor(name: str) -> str:
    """Where a declaration stands on its page."""
    return name.lower()


def _section(scene: Scene, name: str, schema: Schema) -> dict[str, Any]:
    fields = [
        {
            "id": f"{anchor(name)}-{key}",
            "name": key,
            "needed": key in schema.get("required", []),
            "form": pieces(scene, one, lambda other: f"#{anchor(other)}"),
            "says": scene.declared(one.get("description", "")),
            "example": example(key, one["examples"][0]) if one.get("examples") else "",
        }
        for key, one in schema["properties"].items()
    ]
    says = scene.declared(schema.get("description", ""))
    return {"id": anchor(name), "name": name, "says": says, "fields": fields}


def example(key: str, value: Any) -> str:
    """A field as a file would hold it."""
    text: str = yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=76)
    return text.rstrip("\n")
